"""All paragraphs of a typescript -> the citations typed in them, by name and year or by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galley.apa7.spot.finding import Found, found
from galley.apa7.spot.knowing import Known
from galley.apa7.spot.nouns import TypedCitation
from galley.apa7.spot.numbers import Numbers, marked, numbered
from galley.typed.linkingworks import index, works
from galley.typescript import Field, Listed, Paragraph, Typed, Typescript

SKIPPED = frozenset({"title", "subtitle", "author", "affiliation", "keywords", "reference", "code", "maths"})
NOTES = frozenset({"footnote", "endnote", "cell"})
LONGEST = 100_000  # characters of a paragraph that are looked at


def cited(typescript: Typescript, listed: Sequence[Listed]) -> tuple[Typed, ...]:
    """Find every citation outside title page, reference list, code and maths; a manager's field counts as one."""
    known = index(works(listed))
    fields: dict[int, list[Field]] = {}
    for one in typescript.fields:
        if not one.deleted:
            fields.setdefault(one.paragraph, []).append(one)
    rows = [
        (at, paragraph)
        for at, paragraph in enumerate(typescript.paragraphs)
        if paragraph.kind not in SKIPPED and paragraph.part != "header"
    ]
    texts = {at: _text(paragraph) for at, paragraph in rows}
    dated: list[tuple[int, Found]] = []
    for at, paragraph in rows:
        loose = paragraph.part in NOTES or paragraph.kind in ("cell", "note", "caption")
        slanted = _italics(paragraph)
        dated.extend((at, one) for one in found(texts[at], slanted, known, loose=loose))
    dated = _believed(dated)
    numbers = _numbers(rows, texts, listed, dated)
    merged = numbers or [(at, one.citation) for at, one in dated]
    merged += list(_from_fields(rows, fields, merged, known, bool(numbers), len(listed)))
    merged.sort(key=lambda one: (one[0], one[1].start, -one[1].end))
    return tuple(Typed(at, citation) for at, citation in merged)


def _text(paragraph: Paragraph) -> str:
    """The paragraph's text, with code blanked."""
    if any(run.code for run in paragraph.runs):
        text = "".join("\x1f" * len(run.text) if run.code else run.text for run in paragraph.runs)
    else:
        text = paragraph.text
    return text[:LONGEST]


def _italics(paragraph: Paragraph) -> list[tuple[int, int]]:
    """The italic stretches; those that touch are one."""
    found: list[tuple[int, int]] = []
    at = 0
    for run in paragraph.runs:
        end = at + len(run.text)
        if run.italic and run.text:
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], end)
            else:
                found.append((at, end))
        at = end
    return found


def _believed(dated: list[tuple[int, Found]]) -> list[tuple[int, Found]]:
    """Those hardly doubtful; where the author leaves out the comma throughout, its lack makes none doubtful."""
    sure = [one.citation for _, one in dated if one.doubt < 2]
    without = sum("no-comma" in work.slips for one in sure for work in one.works)
    usual = without >= 3 and without * 2 > sum(len(one.works) for one in sure if not one.narrative)
    return [
        (at, one)
        for at, one in dated
        if one.doubt < 2 or (usual and one.doubt == 2 and any("no-comma" in work.slips for work in one.citation.works))
    ]


def _numbers(
    rows: Sequence[tuple[int, Paragraph]], texts: dict[int, str], listed: Sequence[Listed], dated: Sequence[object]
) -> list[tuple[int, TypedCitation]]:
    """Citations by number, where the list is numbered or the bulk of the document says so; else none."""
    ours = sum(entry.number > 0 for entry in listed) * 2 > len(listed)
    last = max((entry.number for entry in listed), default=0) or len(listed)
    if not listed:
        return []
    found: dict[str, list[tuple[int, TypedCitation]]] = {"square": [], "round": [], "raised": []}
    for at, paragraph in rows:
        if paragraph.kind == "heading":
            continue
        for sign, one in numbered(texts[at], Numbers(1, last)):
            found[sign].append((at, one))
        raised = _raised(paragraph)
        found["raised"].extend((at, one) for one in marked(texts[at], raised, Numbers(1, last)))
    best = max(("square", "raised", "round"), key=lambda sign: len(found[sign]) - (sign == "round") * 0.5)
    several = len({work.number for _, one in found[best] for work in one.works})
    if not several or several * (1 if ours else 2) < min(len(listed), 6 if ours else 2 * len(listed)):
        return []
    if len(dated) > len(found[best]) * (2 if ours else 0.5):
        return []
    return found[best]


def _raised(paragraph: Paragraph) -> list[tuple[int, int]]:
    """The stretches set above the line."""
    found: list[tuple[int, int]] = []
    at = 0
    for run in paragraph.runs:
        end = at + len(run.text)
        if run.raised == "sup":
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], end)
            else:
                found.append((at, end))
        at = end
    return found


def _from_fields(
    rows: Sequence[tuple[int, Paragraph]],
    fields: dict[int, list[Field]],
    there: Sequence[tuple[int, TypedCitation]],
    known: Known,
    by_number: bool,
    last: int,
) -> Iterator[tuple[int, TypedCitation]]:
    """What the fields of a reference manager show and reading has not found."""
    if not fields:
        return
    spans: dict[int, list[tuple[int, int]]] = {}
    for at, one in there:
        spans.setdefault(at, []).append((one.start, one.end))
    for at, paragraph in rows:
        for field in fields.get(paragraph.number, ()):
            if any(start < field.end and end > field.start for start, end in spans.get(at, ())):
                continue
            yield from ((at, one) for one in _shown(field, known, by_number, last))


def _shown(field: Field, known: Known, by_number: bool, last: int) -> Iterator[TypedCitation]:
    """A field's shown text read alone: brackets that stand outside it are put round it."""
    text = field.shown
    bare = text.strip().strip("()[],; ")
    lead = text.find(bare[:1]) if bare else 0
    if by_number:
        for _, one in numbered(f"[{bare}]", Numbers(1, last)):
            yield _shifted(one, field.start + lead - 1, field)
        return
    for candidate, shift in ((text, 0), (f"({bare})", lead - 1)):
        read = [one.citation for one in found(candidate, (), known, loose=True) if one.citation.works]
        if read:
            yield from (_shifted(one, field.start + shift, field) for one in read)
            return


def _shifted(citation: TypedCitation, by: int, field: Field) -> TypedCitation:
    """A citation of a field's text at its place in the paragraph, no longer than the field."""

    def moved(offset: int) -> int:
        return offset + by if offset >= 0 else -1

    works = tuple(
        work._replace(
            start=max(moved(work.start), field.start), end=min(moved(work.end), field.end),
            name_start=moved(work.name_start), name_end=moved(work.name_end),
            year_start=moved(work.year_start), year_end=moved(work.year_end),
        )
        for work in citation.works
    )  # fmt: skip
    start, end = max(citation.start + by, field.start), min(citation.end + by, field.end)
    return citation._replace(
        start=start, end=end, text=field.shown[start - field.start : end - field.start], works=works
    )
