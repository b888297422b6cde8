"""One manner throughout: quotation marks of one shape, words in one spelling (APA 7 §6.6-6.12)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from galley.checks.typed.prose import PROSE, Said, blanked, prose, stretches
from galley.checks.typed.spellings import families
from galley.checks.typed.telling import folded, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Resolved

STRAIGHT_DOUBLE = pattern(r'(?<![\d\w])"(?=\w)|(?<=[\w.,;!?])"(?!\w)')
CURLY_DOUBLE = pattern(r"[“”]")
STRAIGHT_SINGLE = pattern(r"(?<=[^\W\d])'(?=[^\W\d]|\W|\Z)|(?<!\w)'(?=[^\W\d])")
CURLY_SINGLE = pattern(r"[‘’]")
HYPHENED = pattern(
    r"\b(pre|post|co|non|multi|re|sub|meta|inter|intra|over|under|semi|anti|micro|macro|bio|neuro|psycho|socio|pseudo"
    r"|super|trans|ultra|un|mid|cyber|counter|hyper|self)-([a-z]{4,})\b",
    re.IGNORECASE,
)
APART = frozenset({"recover", "recreation", "reform", "resign", "resort", "represent", "recreate", "relay", "release",
                   "recollect", "remark", "remove", "retreat", "restrain", "coop", "unionized"})  # fmt: skip
WORD = pattern(r"[^\W\d_]+")


class _Sign(NamedTuple):
    at: int
    said: Said


def quotes(resolved: Resolved) -> Iterator[Diagnostic]:
    """C26 ``mixed-quotes``: straight and curly quotation marks or apostrophes in one text."""
    if resolved.typescript.keyed:
        return  # Pandoc makes all of them curly
    rows = list(prose(resolved))
    for name, straight, curly in (
        ("double quotation marks", STRAIGHT_DOUBLE, CURLY_DOUBLE),
        ("single quotation marks and apostrophes", STRAIGHT_SINGLE, CURLY_SINGLE),
    ):
        found = [
            [_Sign(match.start(), said) for said in rows for match in shape.finditer(said.text)]
            for shape in (straight, curly)
        ]
        if not all(found):
            continue
        fewer = min(found, key=len)
        words = f"{name} are mixed: {len(found[0])} straight, {len(found[1])} curly"
        first = fewer[0]
        place = resolved.typescript.span(first.said.paragraph, first.at, first.at + 1)
        shown = ", ".join(f"'{_around(one)}'" for one in fewer[:3])
        query = f"The text mixes straight and curly {name}. May we make them all curly?"
        yield tell(WARNING, "mixed-quotes", place, words, "make them all curly", query, f"the rarer ones: {shown}")


def _around(one: _Sign) -> str:
    return " ".join(one.said.text[max(one.at - 12, 0) : one.at + 14].split())


def spellings(resolved: Resolved) -> Iterator[Diagnostic]:
    """C26 ``spelling-variants``: one word in two spellings, American and British or with a hyphen and without."""
    cites = stretches(resolved)
    own = PROSE - {"quote"} | {"heading", "title", "caption"}
    rows = [Said(said.at, said.paragraph, blanked(said.text, cites.get(said.at, []))) for said in prose(resolved, own)]
    text = "\n".join(said.text for said in rows)
    counts = Counter(word.lower() for word in WORD.findall(text))
    pairs = [*_national(counts), *_hyphened(text, counts)]
    yield from folded((kind, _told(resolved, rows, *pair)) for kind, pair in pairs)


def _national(counts: Counter[str]) -> Iterator[tuple[str, tuple[str, int, str, int]]]:
    """Words that stand in an American and in a British spelling."""
    for american, british in families():
        if counts[american] and counts[british]:
            yield "national", (american, counts[american], british, counts[british])


def _hyphened(text: str, counts: Counter[str]) -> Iterator[tuple[str, tuple[str, int, str, int]]]:
    """Words that stand with a hyphen after their prefix and without."""
    found = Counter(match.group().lower() for match in HYPHENED.finditer(text))
    for word, count in found.items():
        closed = word.replace("-", "")
        if counts[closed] and closed not in APART:
            yield "hyphen", (word, count, closed, counts[closed])


def _told(resolved: Resolved, rows: list[Said], one: str, times: int, other: str, often: int) -> Diagnostic:
    rarer = one if times <= often else other
    shape = re.compile(rf"\b{re.escape(rarer)}\b", re.IGNORECASE)
    said, found = next((said, found) for said in rows if (found := shape.search(said.text)))
    place = resolved.typescript.span(said.paragraph, *found.span())
    message = f"'{one}' ({_times(times)}) and '{other}' ({_times(often)}) stand in one text"
    query = f"The text has both “{one}” and “{other}”. Which of them do you prefer?"
    return tell(WARNING, "spelling-variants", place, message, "choose one spelling (APA 7 §6.11)", query)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
