"""What is left of writing: marks of things to do, changes, remarks, highlights, broken paragraphs (C29, C31)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from galley.checks.typed.prose import SPOKEN, Said, prose, sentence
from galley.checks.typed.telling import folded, shortened, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Comment, Resolved

MARKS = (
    pattern(r"\b(?:TODO|FIXME|TBD|TBC)\b|\bTO DO\b"),
    pattern(r"(?<![?\w])\?\?+(?!\w)|\[\?+\]|\(\?+\)"),
    pattern(r"(?<![\w-])X{2,4}(?![\w-])"),
    pattern(
        r"[(\[]\s*(?:CITE|CITATION|REFS?|REFERENCE|cite|citation|refs?|(?:insert|INSERT) [^()\[\]]{3,40})"
        r"\s*[?!.]*\s*[)\]]"
    ),
    pattern(r"\b(?:citation|reference|source)s? needed\b|\badd (?:citation|reference|ref)s?\b", 2),
    pattern(r"Error! (?:Reference source|Bookmark) not (?:found|defined)\.?|\bLorem ipsum\b|<<[^<>]{1,60}>>|@@+"),
)
COUNTED = pattern(r"\b(?:centur|siècle|Jahrhundert|chromosom|XY|XO|karyotyp|females?\s*\()", 2)
NUMERAL_BEFORE = pattern(
    r"\b(?:volume|vol\.?|part|chapter|book|louis|pope|\w+ (?:pius|john|leo)|article|act|world cup|superbowl|bowl)\s\Z",
    2,
)
MIDST = pattern(r"[a-z,–—-]\s*\Z|\b(?:the|of|and|in|to|a|an|by|for|with)\s*\Z")
ENDED = pattern(r"[.!?:;…]['\"”’)\]]*\s*\Z")


def marks(resolved: Resolved) -> Iterator[Diagnostic]:
    """C29 ``leftover-mark``: a mark that something is to be done still stands in the text."""
    yield from folded(_marks(resolved))


def _marks(resolved: Resolved) -> Iterator[tuple[str, Diagnostic]]:
    for said in prose(resolved, SPOKEN):
        for number, shape in enumerate(MARKS):
            for found in shape.finditer(said.text):
                if number == 2 and _numeral(said.text, found.start(), found.end()):
                    continue
                words = found.group()
                message = f"'{words}' still stands in the text"
                round_it = sentence(said.text, found.start(), found.end())
                query = f"“{words}” stands in “{shortened(round_it, 120)}”. What belongs there?"
                place = resolved.typescript.span(said.paragraph, *found.span())
                yield (
                    words[:2],
                    tell(WARNING, "leftover-mark", place, message, "write what is missing", query, round_it),
                )


def _numeral(text: str, start: int, end: int) -> bool:
    """Whether XX counts a century or a volume, or names chromosomes."""
    return bool(
        COUNTED.search(text[max(start - 40, 0) : end + 40]) or NUMERAL_BEFORE.search(text[max(start - 20, 0) : start])
    )


def margin(resolved: Resolved) -> Iterator[Diagnostic]:
    """C29 ``tracked-changes``, ``comments``: changes nobody has accepted or rejected, remarks nobody has answered."""
    rows = resolved.typescript.comments
    changes = [one for one in rows if one.kind in ("ins", "del")]
    remarks = [one for one in rows if one.kind == "comment"]
    if changes:
        counts = Counter(one.kind for one in changes)
        message = f"the file has tracked changes: {counts['ins']} insertions, {counts['del']} deletions"
        hint = "accept or reject them; they were read as if accepted"
        query = "The file has tracked changes. May we take all of them as accepted?"
        yield _first(resolved, "tracked-changes", changes, message, hint, query)
    if remarks:
        many = f"{len(remarks)} comments stand" if len(remarks) > 1 else "a comment stands"
        query = f"{many.capitalize()} in the margin of the file. Are they settled?"
        yield _first(resolved, "comments", remarks, f"{many} in the margin", "settle and remove them", query)


def _first(resolved: Resolved, code: str, rows: list[Comment], message: str, hint: str, query: str) -> Diagnostic:
    one = rows[0]
    paragraphs = resolved.typescript.paragraphs
    named = next((p for p in paragraphs if p.number == one.paragraph), None)
    place = (
        resolved.typescript.span(named, one.start, max(one.end, one.start)) if named else resolved.typescript.file.name
    )
    evidence = "; ".join(f"'{shortened(row.text)}'" for row in rows[:3] if row.text.strip())
    return tell(WARNING, code, place, message, hint, query, evidence)


def highlights(resolved: Resolved) -> Iterator[Diagnostic]:
    """C29 ``highlighted``: words are highlighted, as authors do with what they mean to look at again."""
    found: list[tuple[str, Diagnostic]] = []
    for paragraph in resolved.typescript.paragraphs:
        at, start, words = 0, -1, ""
        for run in (*paragraph.runs, None):
            marked = run is not None and bool(run.mark) and run.change != "del"
            if not marked and words.strip():
                place = resolved.typescript.span(paragraph, start, at)
                shown = shortened(words)
                query = f"“{shown}” is highlighted in the file. Is something to be done there?"
                message = f"'{shown}' is highlighted"
                found.append(
                    ("mark", tell(WARNING, "highlighted", place, message, "settle it, and take the colour off", query))
                )
            if marked and run is not None:
                start, words = (start, words + run.text) if words else (at, run.text)
            else:
                words = ""
            at += len(run.text) if run is not None else 0
    yield from folded(found, 2)


def broken(resolved: Resolved) -> Iterator[Diagnostic]:
    """C31 ``broken-paragraph``: a sentence goes on in the next paragraph, as after a page's end."""
    yield from folded(("broken", _broken(resolved, one, other)) for one, other in _halves(resolved))


def _halves(resolved: Resolved) -> Iterator[tuple[Said, Said]]:
    for one, other in pairwise(prose(resolved, frozenset({"body"}))):
        beside = other.at == one.at + 1 and other.paragraph.number == one.paragraph.number + 1
        if not beside or one.paragraph.part != "body" or other.paragraph.part != "body" or "\n" in one.text.strip():
            continue
        left, right = one.text.strip(), other.text.strip()
        if len(left.split()) < 12 or len(right.split()) < 6 or ENDED.search(left) or not ENDED.search(right):
            continue
        if not (right[:1].islower() or left.endswith(",")) or not MIDST.search(left):
            continue
        if right.split()[0].lower().strip(",") in ("where", "with", "which") or _displayed(one, other):
            continue  # goes on after a formula
        yield one, other


def _displayed(one: Said, other: Said) -> bool:
    """Whether a formula ends or begins a half."""
    ends = [one.paragraph.runs[-1:], other.paragraph.runs[:1]]
    return any(run.code or run.text.strip().startswith("$") for row in ends for run in row) or "$" in one.text[-3:]


def _broken(resolved: Resolved, one: Said, other: Said) -> Diagnostic:
    left, right = " ".join(one.text.split()[-4:]), " ".join(other.text.split()[:4])
    message = f"a paragraph breaks within a sentence: '… {left}' / '{right} …'"
    query = f"A paragraph ends with “… {left}”, the next begins “{right} …”. May we join them?"
    size = len(one.text.rstrip())
    place = resolved.typescript.span(one.paragraph, max(size - len(left), 0), size)
    return tell(WARNING, "broken-paragraph", place, message, "join the two paragraphs", query)
