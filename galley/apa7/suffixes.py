"""The author's words before and behind a work: rich text kept as it is, its locators set as the manual sets them."""

from __future__ import annotations

from typing import Final

from pybtex.richtext import BaseText, String, Text

from .assembly import Part
from .locators import settle
from .patterns import pattern
from .terms import Terms

_POSSESSIVE: Final = pattern(r"(['’]s?)(?=[\s,;]|$)")


def before(prefix: BaseText, terms: Terms) -> list[Part]:
    """Give a prefix with the space that parts it from the names; one that goes on from the work before it with a
    comma (", p. 3, as cited in") may begin with that work's locator."""
    if not len(prefix):
        return []
    leaves = _leaves(prefix)
    if isinstance(leaves[0], str) and leaves[0].startswith(","):
        leaves = [settle(leaves[0], terms.language, more=True)[0], *leaves[1:]]
    return leaves if str(prefix)[-1:] in "([“‘ \u00a0" else [*leaves, " "]


def behind(suffix: BaseText, terms: Terms) -> list[Part]:
    """Give a suffix with its locators set; rich text and the host's own nodes stay what they are."""
    if not len(suffix):
        return []
    leaves = _leaves(suffix)
    if not isinstance(leaves[0], str):
        return [f"{terms.comma} ", *leaves] if str(leaves[0])[:1].isalnum() else leaves
    text, _ = settle(leaves[0], terms.language, more=len(leaves) > 1)
    if text.startswith(", ") and terms.comma != ",":
        text = terms.comma + text[1:]
    return [text, *leaves[1:]] if text else leaves[1:]


def unled(suffix: list[Part]) -> list[Part]:
    """Take the comma off a suffix that opens the parentheses."""
    if suffix and isinstance(suffix[0], str):
        return [suffix[0].lstrip(" ,،"), *suffix[1:]]
    return suffix


def possessive(suffix: list[Part]) -> tuple[str, list[Part]]:
    """Take a possessive ending off a suffix: it belongs to the names in prose, "Doe’s (2020)"."""
    found = _POSSESSIVE.match(suffix[0]) if suffix and isinstance(suffix[0], str) else None
    if found is None:
        return "", suffix
    rest = suffix[0][found.end() :]
    return found.group(1).replace("'", "’"), [rest, *suffix[1:]] if rest else suffix[1:]


def only_locators(suffix: BaseText, language: str = "en") -> bool:
    """Say whether a suffix names parts of the work and says nothing else."""
    leaves = _leaves(suffix)
    return len(leaves) == 1 and isinstance(leaves[0], str) and settle(leaves[0], language)[1]


def _leaves(text: BaseText) -> list[Part]:
    """Open plain ``Text`` into runs of str and the marked or opaque parts between them."""
    if type(text) is String:
        return [str(text)]
    if type(text) is not Text:
        return [text]
    out: list[Part] = []
    for part in text.parts:
        for leaf in _leaves(part):
            if isinstance(leaf, str) and out and isinstance(out[-1], str):
                out[-1] += leaf
            else:
                out.append(leaf)
    return out
