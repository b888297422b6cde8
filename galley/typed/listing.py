"""The typed reference list -> entries: what was broken over two paragraphs is joined, what shares one is parted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from galley.apa7.parse import parse
from galley.apa7.parse.nouns import Parsed, Stretch
from galley.patterns import pattern
from galley.span import Span
from galley.typed.listkeys import keys
from galley.typescript import Listed, Paragraph, Run, Typescript

_DATED: Final = pattern(
    r"\((?:ca?\.\s*)?(?:1[4-9]|20)\d\d[a-z]?(?:[–/-]\d{2,4})?(?:,[^()]{1,40})?\)|\((?:n\.\s?d\.?"
    r"|in press)(?:-[a-z])?\)",
    2,
)
_YEAR: Final = pattern(r"\b(?:1[5-9]|20)\d\d[a-z]?\b|\bn\.\s?d\.|\bin press\b")
_NUMBER: Final = pattern(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)])\s+")
_ON: Final = pattern(r"\s*(?:https?:|doi\b|DOI\b|www\.|10\.\d{4}|[a-zà-ÿ(&,;]|\d+\(\d|Retrieved\b|pp?\.)")
_PARTICLE: Final = pattern(
    r"\s*(?:van|von|de|del|della|den|der|di|da|dos|du|la|le|el|al|ten|ter|zu|af|bin|ben|d’|d')[-’' ]"
    r"(?:[^,.]{1,30},\s[^\W\d_a-z]\.|[^()]{1,200}\()"
)
_OPEN: Final = pattern(r"(?:[,&]|\band|…)\s*\Z")
_OVER: Final = pattern(r"(?:[.”\"’)\]/]|https?://\S+|10\.\d{4,}/\S+)\s*\Z")
_NEXT: Final = pattern(
    r"(?:\n|(?<=[.\w/)])\s+)(?=(?:[A-ZÀ-Ž][^\s,.()\d]+(?:[ -][A-ZÀ-Ž][^\s,.()\d]+)?,\s(?:[A-ZÀ-Ž]\.[\s-]?){1,4}"
    r"[^()\n]{0,400}?)\((?:1[4-9]|20)\d\d[a-z]?(?:,[^()]{1,40})?\)\.)"
)


class _Part(NamedTuple):
    """A stretch of a paragraph: its position, and [start, end) of its text."""

    paragraph: int
    start: int
    end: int


def listed(typescript: Typescript) -> tuple[Listed, ...]:
    """Read the paragraphs of kind "reference" into entries, in their order, with keys of their own."""
    entries = [part for group in _joined(typescript.paragraphs) for part in _parted(group, typescript.paragraphs)]
    read = [_read(parts, typescript.paragraphs) for parts in entries]
    names = keys([parsed for _, _, parsed in read])
    return tuple(
        Listed(key, text, runs, tuple(dict.fromkeys(part.paragraph for part in parts)), parsed,
               _place(typescript, parts), _number(text))
        for key, parts, (text, runs, parsed) in zip(names, entries, read, strict=True)
    )  # fmt: skip


def _joined(paragraphs: Sequence[Paragraph]) -> Iterable[list[int]]:
    """Group the positions of paragraphs that make up one entry."""
    group: list[int] = []
    numbered = _are_numbered(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind != "reference" or not paragraph.text.strip():
            continue
        before = " ".join(paragraphs[i].text for i in group)
        if group and _goes_on(before, paragraph.text, numbered, _beside(paragraphs, group[-1], at)):
            group.append(at)
            continue
        if group:
            yield group
        group = [at]
    if group:
        yield group


def _beside(paragraphs: Sequence[Paragraph], one: int, other: int) -> bool:
    """Say whether two paragraphs are neighbours: nothing but empty ones stand between them."""
    return not any(paragraph.text.strip() for paragraph in paragraphs[one + 1 : other])


def _are_numbered(paragraphs: Sequence[Paragraph]) -> bool:
    """Say whether most entries of the list begin with a number."""
    found = [bool(_NUMBER.match(p.text)) for p in paragraphs if p.kind == "reference" and p.text.strip()]
    return sum(found) * 2 > len(found)


def _goes_on(before: str, text: str, numbered: bool, beside: bool) -> bool:
    """Say whether a paragraph is the rest of the entry before it."""
    if not beside or (numbered and _NUMBER.match(text)):
        return False
    if numbered or before.strip().strip("[]().").isdigit():
        return True  # a number in a cell of its own, or a line that has none among those that have
    if _OPEN.search(before) and not _YEAR.search(before):
        return True  # the list of authors went on
    dated = bool(_DATED.search(text))
    if _ON.match(text) and not (_PARTICLE.match(text) and _YEAR.search(text)):
        return not dated or not _YEAR.search(before)
    if _YEAR.search(text):
        return not _YEAR.search(before) and not _OVER.search(before) and not dated
    return not _OVER.search(before) or not _YEAR.search(before)


def _parted(group: list[int], paragraphs: Sequence[Paragraph]) -> Iterable[tuple[_Part, ...]]:
    """Part a paragraph that holds several entries; a group of several paragraphs is one entry."""
    if len(group) > 1:
        yield tuple(_Part(at, 0, len(paragraphs[at].text)) for at in group)
        return
    text, first = paragraphs[group[0]].text, 0
    for found in _NEXT.finditer(text[:20000]):
        if _DATED.search(text, first, found.start()) and found.start() - first > 30:
            yield (_Part(group[0], first, found.start()),)
            first = found.end()
    yield (_Part(group[0], first, len(text)),)


def _read(parts: tuple[_Part, ...], paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Run, ...], Parsed]:
    runs: list[Run] = []
    for part in parts:
        if runs and not runs[-1].text.endswith((" ", "\n", "/", "-", "_")):
            runs.append(Run(" "))
        runs += _cut(paragraphs[part.paragraph].runs, part.start, part.end)
    stretches = [Stretch(run.text, run.italic) for run in runs]
    return "".join(run.text for run in runs), tuple(runs), parse(stretches)


def _cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The runs of [start, end) of a paragraph's text."""
    out: list[Run] = []
    at = 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, len(run.text))
        if first < last:
            out.append(run if (first, last) == (0, len(run.text)) else run._replace(text=run.text[first:last]))
        at += len(run.text)
    return out


def _place(typescript: Typescript, parts: tuple[_Part, ...]) -> Span:
    first, last = parts[0], parts[-1]
    paragraphs = typescript.paragraphs
    start = typescript.span(paragraphs[first.paragraph], first.start, first.end)
    if first.paragraph == last.paragraph:
        return start
    begin = paragraphs[first.paragraph].offset(first.start)
    stop = paragraphs[last.paragraph].offset(max(last.end - 1, 0)) + 1
    return typescript.file.span(begin, max(stop, begin))


def _number(text: str) -> int:
    found = _NUMBER.match(text)
    return int(found[1] or found[2] or found[3]) if found else 0
