"""Typed citations -> Pandoc's keyed ones: which can be keyed, as what node, and what stays as its author typed it.

A citation is keyed only where every work in it has one entry that answers. A narrative one becomes ``@key`` where
our engine prints the words that the author typed; else the words stay and the bracket alone becomes ``[-@key]``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import normalize

from galley.apa7.entry import Citation, Item
from galley.apa7.entry import Entry as Work
from galley.apa7.spot.nouns import TypedCitation, TypedWork
from galley.document import Entry, Node
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Link, Resolved, Typed

SURE = frozenset({"exact", "accent", "split", "form", "etal", "title", "short", "name", "coauthor", "order"})
"""How a work and its entry may differ and still be the same without doubt; the difference is told by the checks."""
SIGNS = pattern(r"[\W_]+")
QUOTES = "\"'“”‘’«»"


class Keyed(NamedTuple):
    """A keyed citation: [start, end) of a paragraph (a position in the typescript) gives way to ``node``.

    ``typed`` is what stood there, ``keys`` the works in it.
    """

    paragraph: int
    start: int
    end: int
    node: Node
    typed: str
    keys: tuple[str, ...]


class Keying(NamedTuple):
    """What became of the citations: the keyed ones, and findings about those left and those printed otherwise."""

    keyed: tuple[Keyed, ...]
    findings: tuple[Diagnostic, ...]


def keyed(
    resolved: Resolved, entries: Mapping[str, Entry], managed: Mapping[int, Sequence[tuple[str, str, str]]]
) -> Keying:
    """Key the citations of a resolved typescript.

    ``entries`` are those of the bibliography to be, by key. ``managed`` gives, for a position in
    ``Typescript.fields``, the works that the reference manager cites there as (key, prefix, suffix).
    """
    plans = [*_plans(resolved), *_managed(resolved, managed)]
    plans = _without_overlaps(plans)
    shown = _printed(plans, entries)
    done: list[Keyed] = []
    findings: list[Diagnostic] = []
    for plan, text in zip(plans, shown, strict=True):
        if not plan.keys:
            findings.append(_left(resolved, plan))
            continue
        done.append(_keyed(plan, text))
        if _squeezed(text) != _squeezed(plan.text) and not _kept_names(plan, text):
            findings.append(_correction(resolved, plan, text))
    return Keying(tuple(done), tuple(findings))


class _Plan(NamedTuple):
    """A citation to be keyed: its works as (key, prefix, suffix); none where it is to be left as typed."""

    paragraph: int
    start: int
    end: int
    text: str
    narrative: bool
    bracket: int
    keys: tuple[tuple[str, str, str], ...]
    why: str = ""


def _plans(resolved: Resolved) -> Iterable[_Plan]:
    links: dict[int, list[Link]] = {}
    for link in resolved.links:
        links.setdefault(link.citation, []).append(link)
    for at, typed in enumerate(resolved.citations):
        works = typed.citation.works
        if all(work.personal for work in works):
            continue
        found = {link.work: link for link in links.get(at, ())}
        yield _plan(resolved, typed, [found.get(number) for number in range(len(works))])


def _plan(resolved: Resolved, typed: Typed, links: list[Link | None]) -> _Plan:
    citation = typed.citation
    whole = resolved.typescript.paragraphs[typed.paragraph].text
    keys: list[tuple[str, str, str]] = []
    why = ""
    for number, (work, link) in enumerate(zip(citation.works, links, strict=True)):
        if link is None or link.listed < 0 or link.kind not in SURE:
            why = why or _doubt(resolved, work, link)
            continue
        before, after = _around(whole, citation, number)
        keys.append((resolved.listed[link.listed].key, before, after))
    bracket = max(whole.rfind(sign, citation.start, citation.works[0].year_start) for sign in "([")
    told = tuple(keys) if not why else ()
    return _Plan(typed.paragraph, citation.start, citation.end, citation.text, citation.narrative, bracket, told, why)


def _doubt(resolved: Resolved, work: TypedWork, link: Link | None) -> str:
    name = f"{' & '.join(work.names)}, {work.year}{work.letter}" if work.names else str(work.number)
    if link is None or link.listed < 0:
        return f"nothing in the list answers to '{name}'"
    near = resolved.listed[link.listed].text[:60]
    return f"'{name}' and the entry '{near}' differ ({link.kind})"


def _around(whole: str, citation: TypedCitation, number: int) -> tuple[str, str]:
    """The author's words before and after a work, the second with the comma or space they begin with."""
    work = citation.works[number]
    if work.number or work.year_end < 0:
        return work.prefix, f", {work.locator}" if work.locator else work.suffix
    own_name = work.name_start >= work.start and not (citation.narrative and number == 0)
    before = whole[work.start : work.name_start].strip().strip(QUOTES).strip() if own_name else ""
    after = whole[work.year_end : max(work.end, work.year_end)]
    if work.letter and after.startswith(work.letter):
        after = after[len(work.letter) :]
    return (before or work.prefix if own_name else ""), after.rstrip(" ;)]")


def _managed(resolved: Resolved, managed: Mapping[int, Sequence[tuple[str, str, str]]]) -> Iterable[_Plan]:
    """A plan for each field of a reference manager whose works have their keys."""
    typescript = resolved.typescript
    place = {paragraph.number: at for at, paragraph in enumerate(typescript.paragraphs)}
    for at, works in managed.items():
        field = typescript.fields[at]
        paragraph = place.get(field.paragraph)
        if paragraph is not None and not field.deleted and works:
            narrative = not field.shown.lstrip().startswith(("(", "[")) and not field.shown.strip()[:1].isdigit()
            bracket = field.start + max(field.shown.find("("), 0)
            yield _Plan(paragraph, field.start, field.end, field.shown, narrative, bracket, tuple(works))


def _without_overlaps(plans: Sequence[_Plan]) -> list[_Plan]:
    """The plans in reading order; where two stand on the same words, one that can be keyed and was read wins."""
    kept: dict[int, list[_Plan]] = {}
    for plan in sorted(plans, key=lambda one: not one.keys):  # stable: what was read stands before what fields say
        row = kept.setdefault(plan.paragraph, [])
        at = bisect_right(row, plan.start, key=_start)
        if all(plan.end <= other.start or plan.start >= other.end for other in row[max(at - 1, 0) : at + 1]):
            row.insert(at, plan)
    return sorted((plan for row in kept.values() for plan in row), key=lambda plan: (plan.paragraph, plan.start))


def _start(plan: _Plan) -> int:
    return plan.start


def _printed(plans: Sequence[_Plan], entries: Mapping[str, Entry]) -> list[str]:
    """What our engine prints for each plan."""
    from galley.apa7 import typeset

    works = {key: Work(key, entry.type, entry.fields) for key, entry in entries.items()}
    citations = [
        Citation(tuple(Item(key, _rich(before), _rich(after)) for key, before, after in plan.keys), plan.narrative)
        for plan in plans
        if plan.keys
    ]
    done = iter(typeset(works, citations, every=True).citations)
    return [str(next(done)) if plan.keys else "" for plan in plans]


def _rich(text: str) -> Any:
    from pybtex.richtext import Text

    return Text(text)


def _keyed(plan: _Plan, printed: str) -> Keyed:
    """The plan as a node; where the engine's narrative differs in its names, the bracket alone is keyed."""
    alone = _kept_names(plan, printed)
    modes = ["SuppressAuthor" if alone else "NormalCitation"] * len(plan.keys)
    if plan.narrative and not alone:
        modes[0] = "AuthorInText"
    start = plan.bracket if alone else plan.start
    typed = plan.text[start - plan.start :]
    citations = [
        {
            "citationId": key,
            "citationPrefix": _words(before),
            "citationSuffix": _words(after.lstrip(", ") if mode == "AuthorInText" else after, suffix=True),
            "citationMode": {"t": mode},
            "citationNoteNum": 1,
            "citationHash": 0,
        }
        for (key, before, after), mode in zip(plan.keys, modes, strict=True)
    ]
    node = {"t": "Cite", "c": [citations, [{"t": "Str", "c": typed}]]}
    return Keyed(plan.paragraph, start, plan.end, node, typed, tuple(key for key, _, _ in plan.keys))


def _kept_names(plan: _Plan, printed: str) -> bool:
    """Whether the names before the bracket are the author's own wording, which the engine would not print."""
    if not plan.narrative or plan.bracket < plan.start:
        return False
    typed = plan.text[: plan.bracket - plan.start]
    return _bare(typed) != _bare(printed.partition("(")[0])


def _words(text: str, *, suffix: bool = False) -> list[Node]:
    """Plain words as Pandoc inlines; a suffix keeps the comma or space it begins with."""
    if not text.strip():
        return []
    text = " ".join(text.split()) if not suffix or not text[:1].isspace() else " " + " ".join(text.split())
    nodes: list[Node] = []
    for at, word in enumerate(text.split(" ")):
        nodes.extend([{"t": "Space"}] if at else [])
        nodes.extend([{"t": "Str", "c": word}] if word else [])
    return nodes


def _bare(text: str) -> str:
    """A text without accents, case, spaces and signs: two that are alike in it name the same authors."""
    text = normalize("NFKD", text.replace("&", " and ")).casefold()
    return SIGNS.sub("", "".join(char for char in text if not "\u0300" <= char <= "\u036f"))


def _squeezed(text: str) -> str:
    return " ".join(normalize("NFC", text).replace("\xad", "").translate({0x2019: "'", 0x2018: "'"}).split())


def _left(resolved: Resolved, plan: _Plan) -> Diagnostic:
    place = resolved.typescript.span(resolved.typescript.paragraphs[plan.paragraph], plan.start, plan.end)
    message = f"'{plan.text}' was left as typed: {plan.why}"
    return Diagnostic(WARNING, "left-as-typed", place, message, "write its key by hand once the entry is there")


def _correction(resolved: Resolved, plan: _Plan, printed: str) -> Diagnostic:
    place = resolved.typescript.span(resolved.typescript.paragraphs[plan.paragraph], plan.start, plan.end)
    message = f"'{plan.text}' will be printed '{printed}'"
    return Diagnostic(WARNING, "apa-correction", place, message, "nothing to do, unless the author means it so")
