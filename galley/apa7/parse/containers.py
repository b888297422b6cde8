"""What holds a work: In E. Editor (Ed.), *Book* (2nd ed., pp. 3–9). Publisher. (APA 7 §9.28, 10.3, 10.5)."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .draft import Draft
from .facts import parenthesis
from .heads import put_people
from .persons import given_first, inverted
from .sentences import breaks
from .titles import runs

_KEEPERS: Final = pattern(
    r"(?P<who>[^()]{2,400}?)\s*[(\[](?P<role>(?:Eds?|Hrsg|eds?|Editors?|editors?|Chairs?|Coords?"
    r"|Executive Producers?|Producers?|Directors?|Dirs?|Hosts?|Trans)\b[^()\[\]]{0,40})[)\]]\.?\s*[,.:]?\s*"
)
_BARE: Final = pattern(
    r"(?P<who>(?:[^\W\d_]\.[\s-]?){1,4}\s?[^(),\d]{2,40}(?:(?:,|,? &"
    r"|,? and) (?:[^\W\d_]\.[\s-]?){1,4}[^(),\d]{2,40}){0,12}),\s+(?=[^\W\d_]{2,}[\s:,])"
)
_NAMED: Final = pattern(r"(?:[^\W\d_]\.[\s-]?){1,4}\s?[^()\d]{2,300},\s*\Z")
_MEETING: Final = pattern(
    r"\b(?:Proceedings|Conference|Symposium|Workshop|Congress|Meeting|Proc\.|Transactions|Kongress|Tagung)\b"
)
_PAREN: Final = pattern(r"\s*\((?P<said>[^()]{1,200})\)")
_BRACKET: Final = pattern(r"\s*\[(?P<said>[^\[\]]{1,120})\]")
_LOOSE: Final = pattern(r"[,.]\s*(?:pp?|S)\.\s*(?P<p>[\w.:]+(?:\s?[–—-]+\s?[\w.:]+)?)\.?\s*(?=[.,]|\Z)")
_LAST_PAREN: Final = pattern(r"\s*\(([^()]*)\)\Z")
_PAGED: Final = pattern(r"\s*\((?=[^()]*(?:\bpp?\.|\bVols?\.|\bed\.|\d\d?(?:st|nd|rd|th) ed))")


def container(draft: Draft, word: int, start: int, end: int) -> str:
    """Read the work that holds another, from after "In" to the end of the body, and name the type it makes."""
    draft.hold(word, start)
    kind = "incollection"
    keepers = _KEEPERS.match(draft.text, start, end)
    if keepers and not any(draft.italic[start : keepers.end("who")]):
        kind = _keep(draft, *keepers.span("who"), keepers["role"].strip())
        draft.hold(start, keepers.end())
        start = keepers.end()
    elif (slant := runs(draft, start, end)) and _NAMED.match(draft.text, start, slant[0].start):
        who = draft.trim(start, slant[0].start, " ,")
        put_people(draft, given_first(draft.text, *who), "", *who, "bookauthor")
        start = slant[0].start
    elif (bare := _BARE.match(draft.text, start, end)) and not draft.italic[start]:
        put_people(draft, given_first(draft.text, *bare.span("who")), "", *bare.span("who"), "bookauthor")
        start = bare.end()
    stop = _book(draft, start, end)
    if draft.text[word : word + 2] == "On":
        kind = "audio"
    from .houses import put_houses

    put_houses(draft, stop, end)
    if (
        kind == "incollection"
        and _MEETING.search(draft.fields.get("booktitle", ""))
        and not draft.fields.get("edition")
    ):
        return "inproceedings"
    return kind


def _keep(draft: Draft, start: int, end: int, role: str) -> str:
    """Set who edited, chaired or produced the whole."""
    lead = draft.text[start:end].split(",")
    people = given_first(draft.text, start, end)
    if len(lead) > 1 and all(not p.given for p in people.persons[::2]):
        people = inverted(draft.text, start, end)
    low = role.lower()
    name = "execproducer" if "producer" in low else "chair" if "chair" in low else "editor"
    put_people(draft, people, "Eds." if name == "editor" else "", start, end, name)
    if name == "editor" and "trans" in low:
        draft.fields["booktranslator"] = draft.fields["editor"]
    return {"execproducer": "video", "chair": "presentation"}.get(name, "incollection")


def _book(draft: Draft, start: int, end: int) -> int:
    """Set the title of the whole and what stands in brackets after it, and give where its publisher begins."""
    slant = [run for run in runs(draft, start, end) if run.start <= start + 3]
    stop = slant[0].end if slant else _title_end(draft, start, end)
    first, last = draft.trim(start, stop, " ,;.:")
    if (
        draft.text[first:last].endswith(")")
        and (found := _LAST_PAREN.search(draft.text, first, last))
        and parenthesis(draft, *found.span(1))
    ):
        draft.hold(*found.span())
        last = found.start()
    if loose := _LOOSE.search(draft.text, first, last):
        draft.put("pages", *loose.span("p"))
        draft.hold(*loose.span())
        last = loose.start()
    draft.put("booktitle", first, last)
    while True:
        if found := _PAREN.match(draft.text, stop, end):
            if not parenthesis(draft, *found.span("said"), loose=False):
                draft.put("booktitleaddon", *found.span("said"))
        elif found := _BRACKET.match(draft.text, stop, end):
            draft.put("booktitleaddon", *found.span("said"))
        elif found := _LOOSE.match(draft.text, stop, end):
            draft.put("pages", *found.span("p"))
        else:
            return stop
        draft.hold(*found.span())
        stop = found.end()


def _title_end(draft: Draft, start: int, end: int) -> int:
    """Where the title of the whole ends without italics: before its pages, else at the end of its sentence."""
    paged = _PAGED.search(draft.text, start, end)
    ends = list(breaks(draft.text, start, end))
    if paged and (not ends or ends[0] > paged.start() or len(draft.text[start : paged.start()]) < 220):
        return paged.start()
    return ends[0] if ends else end
