"""Links lead where their words say, and lead into the web (C27)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from galley.checks.typed.telling import folded, shortened, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Paragraph, Resolved

SCHEME = pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
SHOWN = pattern(
    r"(?:https?://|www\.|doi:\s?|10\.\d{4,9}/)\S+\Z|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|uk|de|eu|fr)(?:/\S*)?\Z",
    re.IGNORECASE,
)
MAIL = pattern(r"[^\s@]+@[^\s@]+\.[^\s@]+\Z")
PLAIN = frozenset({"http", "https", "ftp", "mailto", "tel", "doi"})


class _Link(NamedTuple):
    paragraph: Paragraph
    start: int
    end: int
    text: str
    target: str


def targets(resolved: Resolved) -> Iterator[Diagnostic]:
    """C27 ``link-target``: a link shows one address and leads to another, or to none that a reader can open."""
    yield from folded(_targets(resolved))


def _targets(resolved: Resolved) -> Iterator[tuple[str, Diagnostic]]:
    for paragraph in resolved.typescript.paragraphs:
        if not any(run.link for run in paragraph.runs):
            continue
        for link in _links(paragraph):
            found = _fault(link)
            if found is None:
                continue
            kind, message, hint = found
            place = resolved.typescript.span(paragraph, link.start, link.end)
            query = f"The link on “{shortened(link.text)}” leads to {shortened(link.target, 80)}. Where is it to lead?"
            yield kind, tell(WARNING, "link-target", place, message, hint, query)


def _links(paragraph: Paragraph) -> Iterator[_Link]:
    """Runs beside one another that lead to one place are one link."""
    at, open_at, words, target = 0, 0, "", ""
    for run in paragraph.runs:
        if run.link != target:
            if target and words.strip():
                yield _Link(paragraph, open_at, at, words, target)
            open_at, words, target = at, "", run.link
        words += run.text
        at += len(run.text)
    if target and words.strip():
        yield _Link(paragraph, open_at, at, words, target)


def _fault(link: _Link) -> tuple[str, str, str] | None:
    text, target = link.text.replace("\\", "").strip().strip("<>()[].,; "), link.target.strip()
    if target.startswith("#"):
        return None  # within the document
    scheme = SCHEME.match(target)
    name = scheme[1].lower() if scheme and len(scheme[1]) > 1 else ""
    if name == "mailto":
        return _mail(text, target)
    if (scheme and name not in PLAIN) or target.startswith(("\\\\", "//", "file:")):
        message = f"the link on '{shortened(text)}' leads to '{shortened(target)}', which no reader can open"
        return "scheme", message, "give the address in the web, or take the link out"
    if not name and "@" in target and MAIL.match(target):
        message = f"the link on '{shortened(text)}' leads to '{target}', which lacks mailto:"
        return "mail", message, f"write mailto:{target}"
    if SHOWN.match(text) and not _same(text, target):
        message = f"the link shows '{shortened(text)}' and leads to '{shortened(target)}'"
        return "other", message, "make both the same address"
    return None


def _mail(text: str, target: str) -> tuple[str, str, str] | None:
    address = unquote(target[7:].partition("?")[0]).strip()
    if not MAIL.match(address):
        return "mail", f"the link on '{shortened(text)}' is to mail '{address}', which is no address", "write name@host"
    if MAIL.match(text) and text.lower() != address.lower():
        return "mail", f"the link shows '{text}' and mails to '{address}'", "make both the same address"
    return None


def _same(text: str, target: str) -> bool:
    """Whether an address shown and one led to are one: scheme, www., escapes and case apart; one may go on."""
    one, other = _bare(text), _bare(target)
    short, long = sorted((one, other), key=len)
    return bool(short) and (long.startswith(short) or short.rstrip("….") in long)


def _bare(address: str) -> str:
    bare = unquote(address).strip().lower().replace("\u00ad", "").replace(" ", "")
    bare = re.sub(r"^(?:https?://|doi:)+", "", bare)
    bare = re.sub(r"^(?:www\.|dx\.)", "", bare).removeprefix("doi.org/")
    return bare.rstrip("/.,;>)")
