"""References that have no date after their authors: numbered and medical styles, read as well as they allow."""

from __future__ import annotations

import re
from typing import Final

from ..patterns import pattern
from .draft import Draft
from .heads import put_people
from .persons import given_first, inverted
from .sentences import breaks

_FAMILY: Final = (
    r"(?:[a-z]{1,4}\s|d['’]){0,3}[^\W\d_a-z][^\s,;.:()\d]{0,40}"
    r"(?:[ -](?!(?:and|et)\b)[^\W\d_][^\s,;.:()\d]{0,40}){0,2}"
)
_PERSON: Final = pattern(
    rf"(?P<inverted>{_FAMILY},\s?(?:[^\W\d_a-z]\.[\s-]?){{1,4}}(?:,\s(?:Jr|Sr|II|III)\.?)?)"
    rf"|(?P<bare>{_FAMILY}\s[^\W\d_a-z]{{1,3}}(?=[,.;:\s]))"
    rf"|(?P<first>(?:[^\W\d_a-z]\.[\s-]?){{1,4}}\s?{_FAMILY})"
)
_FULL: Final = pattern(
    r"(?P<names>[^\W\d_a-z][^\s,.;:()\d]+,\s[^\W\d_a-z][^\s,.;:()\d]+(?:\s[^\W\d_a-z]\.)?"
    r"(?:,?\sand\s[^\W\d_a-z][^,.;:()\d]{2,40})?)\.?\s(?=[^\W\d_a-z“\"])"
)
_NEXT: Final = pattern(r"\s*(?:[;,]\s*(?:and\s|&\s)?|\band\s|&\s)\s*")
_MORE: Final = pattern(r"\s*[;,]?\s*(?:and\s)?(?:et al\.?|others)")
_EDITORS: Final = pattern(r"\s*[,.]?\s*\(?(?:Eds?\.?|eds?\.|editors?)\)?[.,]?")
_QUOTED: Final = pattern(r"\s*[“\"](?P<title>[^”\"]{3,400}?)[,.]?[”\"][,.]?\s*")
_YEAR: Final = pattern(r"(?<![\d–-])(?P<year>(?:1[5-9]|20)\d\d)(?![\d–-])")
_MONTH: Final = pattern(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s\d{1,2})?,?\s*\Z")
_NUMBERS: Final = pattern(
    r"\s*[;,]?\s*(?:vol\.\s*)?(?P<volume>\d{1,4}[A-Z]?)(?:\s?\((?P<number>[^()]{1,20})\)|,\s*no\.\s*(?P<issue>\w+))?"
    r"(?:\s*[:,]\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]?\d[\w.]*(?:\s?[–-]{1,2}\s?\w+)?))?[.,;]?\s*"
)
_TRAIL: Final = pattern(
    r",?\s*vol\.\s*(?P<volume>\w+)(?:,\s*no\.\s*(?P<number>\w+))?(?:,\s*pp?\.\s*(?P<pages>\w+(?:"
    r"[–-]{1,2}\w+)?))?[.,]?\s*\Z"
)
_EDITION: Final = pattern(r"[;,.]?\s*(?P<edition>\d+)(?:st|nd|rd|th)\s+ed(?:n|ition)?\.?;?\s*")


def other_style(draft: Draft, start: int, body: int) -> bool:
    """Read authors, title, source and year in their order, and say whether authors could be found."""
    end, count = _authors(draft, start, body)
    if not count:
        return False
    after = draft.trim(end, body, " .:,;")[0]
    if quoted := _QUOTED.match(draft.text, after, body):
        draft.put("title", *quoted.span("title"))
        draft.hold(*quoted.span())
        stop = quoted.end()
    else:
        ends = breaks(draft.text, after, body)
        semicolon = draft.text.find("; ", after, body)
        stop = ends[0] if ends else body
        if after < semicolon < stop:
            stop = semicolon
        title = draft.trim(after, stop, " .,;:")
        draft.put("title", *title)
    draft.slip("not-apa", start, end)
    _rest(draft, stop, body)
    return True


def _authors(draft: Draft, start: int, body: int) -> tuple[int, int]:
    """Take names off the beginning one by one; give where they end and how many there are."""
    text, at, count, kind = draft.text, start, 0, ""
    end = start
    while found := _PERSON.match(text, at, body):
        form = found.lastgroup or ""
        if kind and form != kind and count > 1:
            break
        kind, end, count = kind or form, found.end(), count + 1
        more = _NEXT.match(text, end, body)
        if not more:
            break
        at = more.end()
    if not count and (whole := _FULL.match(text, start, body)):
        put_people(draft, inverted(text, start, whole.end("names")), "", start, whole.end("names"))
        return whole.end("names"), 1
    if not count or (kind == "bare" and count == 1 and text[end : end + 1] != "."):
        return start, 0
    others = _MORE.match(text, end, body)
    stop = others.end() if others else end
    people = (given_first if kind == "first" else inverted)(text, start, stop)
    editors = _EDITORS.match(text, stop, body)
    people = people._replace(slips=())
    put_people(draft, people, "Eds." if editors else "", start, stop)
    if editors:
        draft.hold(*editors.span())
        stop = editors.end()
    return stop, count


def _rest(draft: Draft, start: int, body: int) -> None:
    """Read source and year from what follows the title."""
    start = draft.trim(start, body, " .,;:")[0]
    if edition := _EDITION.match(draft.text, start, body):
        draft.put("edition", *edition.span("edition"))
        draft.hold(*edition.span())
        start = edition.end()
    years = list(_YEAR.finditer(draft.text, start, body))
    year = years[-1] if years else None
    numbers = None
    for candidate in years:
        found = _NUMBERS.match(draft.text, candidate.end(), body)
        if found and draft.text[candidate.end() : found.start("volume")].strip() in ("", ",", ";"):
            year, numbers = candidate, found
            break
    if year is None:
        _house(draft, start, body)
        return
    draft.put("date", *year.span("year"))
    source_end = year.start()
    if month := _MONTH.search(draft.text, start, source_end):
        draft.hold(*month.span())
        source_end = month.start()
    if numbers:
        draft.hold(*numbers.span())
        _put(draft, numbers)
    elif trail := _TRAIL.search(draft.text, start, draft.trim(start, source_end, " ,.")[1]):
        draft.hold(*trail.span())
        _put(draft, trail)
        source_end, numbers = trail.start(), trail
    if numbers:
        name = draft.trim(start, source_end, " ,;:")
        if draft.text.count(".", *name) == 1:
            name = draft.trim(*name, " ,;:.")
        draft.put("journaltitle", *name)
        draft.type = "article"
    else:
        _house(draft, start, source_end)


def _put(draft: Draft, numbers: re.Match[str]) -> None:
    for name, value in numbers.groupdict().items():
        if value:
            draft.put("number" if name == "issue" else name, *numbers.span(name))


def _house(draft: Draft, start: int, end: int) -> None:
    from .houses import put_houses

    put_houses(draft, start, end)
