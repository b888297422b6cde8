"""The title of a typed reference: where it ends, what stands in brackets after it (APA 7 §9.18-9.22)."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..patterns import pattern
from .draft import Draft
from .facts import kind_of, parenthesis
from .periodicals import tail
from .sentences import breaks

_BRACKET: Final = pattern(r"\s*\[(?P<said>[^\[\]]{1,300})\]\.?\s*\Z")
_PAREN: Final = pattern(r"\s*\((?P<said>[^()]{1,200}(?:\([^()]{0,60}\)[^()]{0,60})?)\)\.?\s*\Z")
_IN: Final = pattern(
    r"(?:(?<=[.?!)\]”\"’…])\s*|(?<=,)\s*(?=in:))(?P<in>In|On|in)[:\s]\s*(?=[^\W\d_a-z]"
    r"|[*“\"\d]|[a-z]+ [A-Z])"
)
_VOLUME: Final = pattern(r".*: Vols?\. [\w–-]{1,7}\Z")
_DIGIT: Final = pattern(r"\d")
_ABOUT: Final = pattern(r"(?i)(?:review|comment|special|letter|peer|reply)\b")
_EDITED: Final = pattern(
    r"[^()]{2,200}\((?:Eds?|Hrsg|Chairs?|Executive Producers?|Producers?|eds?|Dirs?|Hosts?"
    r"|Coords?)\.?[^()]{0,30}\)"
)
_PAGED: Final = pattern(r".{5,300}\((?:[^()]*\b)?(?:pp?\.|Vols?\.|\d+\w\w ed)")

_MOST: Final = 6  # descriptions in brackets that are peeled off a title


class Run(NamedTuple):
    """A stretch of italics, signs at its ends apart."""

    start: int
    end: int


def runs(draft: Draft, start: int, end: int) -> list[Run]:
    """The stretches of italics in [start, end) that hold letters; those with only signs between them are one."""
    out: list[Run] = []
    at = start
    while at < end:
        if not draft.italic[at]:
            at += 1
            continue
        stop = at
        while stop < end and draft.italic[stop]:
            stop += 1
        first, last = draft.trim(at, stop, " ,;.:")
        if first < last and any(char.isalnum() for char in draft.text[first:last]):
            between = draft.text[out[-1].end : first] if out else "x"
            joined = not between.strip(" :–—-&,’'") or (
                between == ". " and _VOLUME.match(draft.text, out[-1].start, out[-1].end)
            )
            if out and joined:
                out[-1] = Run(out[-1].start, last)
            else:
                out.append(Run(first, last))
        at = stop
    return out


def stretches(text: str, faces: bytes) -> tuple[tuple[int, int], ...]:
    """The stretches [start, end) of a text, signs at their ends apart, over which ``faces`` is 1."""
    out: list[tuple[int, int]] = []
    at = faces.find(b"\1")
    while at >= 0:
        stop = faces.find(b"\0", at)
        stop = len(faces) if stop < 0 else stop
        part = text[at:stop]
        first, last = at + len(part) - len(part.lstrip(" ,;.:")), at + len(part.rstrip(" ,;.:"))
        if any(char.isalnum() for char in text[first:last]):
            out.append((first, last))
        at = faces.find(b"\1", stop)
    return tuple(out)


def put_title(draft: Draft, start: int, end: int) -> tuple[str, ...]:
    """Set the title from [start, end), peel brackets off its end, and give the kinds that they name."""
    start, end = draft.trim(start, end, " ,;")
    kinds: list[str] = []
    end = _peeled(draft, start, end, kinds)
    start, end = draft.trim(start, end, " ,;:")
    if draft.text[start:end].endswith(".") and not draft.text[start:end].endswith(("..", "U.S.", "et al.", " ed.")):
        end -= 1
    if start < end:
        if (
            draft.text[start] in '“"'
            and draft.text[end - 1] in '”"'
            and draft.text.count(draft.text[start], start, end) == (1 if draft.text[start] == "“" else 2)
            and draft.text[start] + draft.text[end - 1] in ("“”", '""')
        ):
            draft.slip("title-in-quotes", start, end)
        draft.put("title", start, end)
    return tuple(kinds)


def _peeled(draft: Draft, start: int, end: int, kinds: list[str]) -> int:
    """Read what stands in brackets at a title's end, and give where the title itself ends."""
    while end > start and len(kinds) < _MOST:
        near = max(start, end - 340)
        if (found := _BRACKET.search(draft.text, near, end)) and (found.start() > start or "title" not in draft.fields):
            _described(draft, *found.span("said"), kinds, found.start() == start)
            draft.hold(*found.span())
        elif (found := _PAREN.search(draft.text, near, end)) and _stated(found["said"]) and found.start() > start:
            _described(draft, *found.span("said"), kinds, False)
            draft.slip("parentheses-for-brackets", *found.span())
            draft.hold(*found.span())
        elif (found := _PAREN.search(draft.text, near, end)) and found.start() > start:
            inside = draft.slanted(*found.span("said"))
            loose = not inside and draft.slanted(start, found.start()) and bool(_DIGIT.search(found["said"]))
            if not parenthesis(draft, *found.span("said"), loose=loose):
                break
            draft.hold(*found.span())
        else:
            break
        end = found.start()
    return end


def _stated(said: str) -> bool:
    """Say whether round brackets hold what belongs into square ones: "(Unpublished doctoral dissertation)"."""
    return kind_of(said) in ("thesis", "unpublished") and not _DIGIT.search(said)


def _described(draft: Draft, start: int, end: int, kinds: list[str], alone: bool) -> None:
    said = draft.text[start:end]
    kind = kind_of(said)
    words = said.split()
    if kind == "thesis":
        name, _, school = said.partition(", ")
        draft.put("type", start, start + len(name), name)
        if school:
            draft.put("institution", start + len(name) + 2, end, school)
    elif kind == "unpublished":
        draft.put("howpublished", start, end)
    elif not kind and len(words) > 3 and not alone and not _ABOUT.match(said):
        draft.put("titletranslation", start, end)
    elif "titleaddon" in draft.fields:  # brackets are peeled from the end: what was found first stands last
        draft.fields["entrysubtype"], draft.at["entrysubtype"] = (
            draft.fields.pop("titleaddon"),
            draft.at.pop("titleaddon"),
        )
        draft.put("titleaddon", start, end)
    else:
        draft.put("titleaddon", start, end)
    kinds.append(kind)


def within(draft: Draft, start: int, end: int) -> tuple[int, int] | None:
    """Find "In" before the work that holds this one: where the word begins and where what follows begins."""
    text = draft.text
    slanted = any(draft.italic[start:end])
    for found in _IN.finditer(text, start, end):
        at = found.end()
        if any(draft.italic[at : at + 2]):
            return found.start("in"), at
        if found["in"] == "On":
            continue
        rest = text[at:end]
        if _EDITED.match(rest) or _PAGED.match(rest) or text[found.end("in")] == ":":
            return found.start("in"), at
        if slanted:  # "In R. Roe, *Book*"; else the words are the title's own: "Lost? In Search of ..."
            first = draft.italic.find(b"\1", at, end)
            if 0 < first < at + 200 and text[at:first].rstrip().endswith(","):
                return found.start("in"), at
        elif found["in"] == "In" and not ((numbers := tail(text, at, end)) and numbers.form < 4):
            return found.start("in"), at
    return None


def first_end(draft: Draft, start: int, end: int) -> int:
    """The end of the first sentence: where a title stops when nothing else tells."""
    ends = breaks(draft.text, start, end)
    for number, at in enumerate(ends):
        asked = draft.text[at - 1] in "?!" and number + 1 < len(ends) and ends[number + 1] < end
        if asked:  # "Why does it? A tale. Press.": a title may ask and then say
            continue
        opened = draft.text.count("(", start, at) - draft.text.count(")", start, at)
        if opened <= 0:
            return at
    return end
