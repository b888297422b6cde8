"""A resolved typescript -> what its project will hold: which words give way to which, which entries there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from galley.apa7.parse.bibtex import as_fields
from galley.document import Entry, Node
from galley.pandoc import inlines
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typed.keying import Keyed, Keying, keyed
from galley.typed.managed import cited, matched, records
from galley.typed.project import FRONT, LABEL, token
from galley.typescript import Listed, Paragraph, Resolved, Typescript

ABSTRACT = pattern(r"(?i)\s*(?:abstract|summary|keywords?|key words|author notes?)\s*[:.]?\s*")


class Plan(NamedTuple):
    """What becomes of each paragraph: ``marks`` are (paragraph number, start, end, text), ``removed`` and
    ``headings`` name paragraphs by number; ``nodes`` are the citations by the number in their token.
    """

    keying: Keying
    entries: Mapping[str, Entry]
    marks: tuple[tuple[int, int, int, str], ...]
    removed: frozenset[int]
    headings: Mapping[int, int]
    nodes: tuple[Node, ...]
    abstract: tuple[Node, ...]
    nocite: tuple[str, ...]
    findings: tuple[Diagnostic, ...]


def planned(resolved: Resolved, managers: Mapping[str, Entry]) -> Plan:
    """The plan of a project. ``managers`` are the entries that reference managers hold, by their own identity."""
    typescript = resolved.typescript
    answers = matched(records(typescript), resolved.listed)
    entries, keys = _entries(resolved, managers, answers)
    managed = _managed(typescript, keys)
    keying = keyed(resolved, entries, managed)
    rows = typescript.paragraphs
    marks = tuple(
        (rows[one.paragraph].number, one.start, one.end, token(number)) for number, one in enumerate(keying.keyed)
    )
    said = {key for one in keying.keyed for key in one.keys}
    findings = (*keying.findings, *_references(resolved, entries))
    return Plan(
        keying,
        entries,
        marks,
        frozenset(_removed(resolved)),
        {one.number: one.level for one in rows if one.kind == "heading"},
        tuple(one.node for one in keying.keyed),
        tuple(_abstract(resolved, keying.keyed)),
        tuple(entry.key for entry in resolved.listed if entry.key in entries and entry.key not in said),
        findings,
    )


def _entries(
    resolved: Resolved, managers: Mapping[str, Entry], answers: Mapping[str, int]
) -> tuple[dict[str, Entry], dict[str, str]]:
    """The bibliography, and the key in it of each work that a manager cites.

    What a manager holds goes before what was read of the printed reference: it knows given names and identifiers.
    """
    known = {at: managers[name] for name, at in answers.items() if name in managers}
    keys = {name: resolved.listed[at].key for name, at in answers.items()}
    entries: dict[str, Entry] = {}
    for at, one in enumerate(resolved.listed):
        entry = known.get(at)
        entries[one.key] = entry._replace(key=one.key) if entry else _entry(one)
    for name, entry in managers.items():
        if name not in keys:
            key, number = entry.key, 2
            while key in entries:
                key, number = f"{entry.key}-{number}", number + 1
            entries[key] = entry._replace(key=key)
            keys[name] = key
    return entries, keys


def _entry(one: Listed) -> Entry:
    place = one.place
    return Entry(one.key, one.parsed.type, as_fields(one.parsed), place)  # type: ignore[arg-type]


def _managed(typescript: Typescript, keys: Mapping[str, str]) -> dict[int, list[tuple[str, str, str]]]:
    done: dict[int, list[tuple[str, str, str]]] = {}
    for at, field in enumerate(typescript.fields):
        if field.items and all(item.id in keys for item in field.items):
            done[at] = [(keys[item.id], *cited(item)) for item in field.items]
    return done


def _removed(resolved: Resolved) -> Iterable[int]:
    """Paragraphs that the front matter or the reference list takes over, their headings included."""
    rows = resolved.typescript.paragraphs
    listed = {at for entry in resolved.listed for at in entry.paragraphs}
    title = next((row.text.strip() for row in rows if row.kind == "title"), "")
    for at, row in enumerate(rows):
        if row.kind in FRONT or at in listed:
            yield row.number
        elif row.kind == "heading":
            after = next((other for other in range(at + 1, len(rows)) if rows[other].text.strip()), -1)
            before_list = after in listed or (after >= 0 and rows[after].kind == "reference")
            before_front = after >= 0 and rows[after].kind in FRONT and ABSTRACT.fullmatch(row.text)
            if before_list or before_front or row.text.strip() == title:
                yield row.number


def _abstract(resolved: Resolved, done: Sequence[Keyed]) -> Iterable[Node]:
    """The abstract's paragraphs as Pandoc's, with its citations, without the word that announces it."""
    first = True
    for at, row in enumerate(resolved.typescript.paragraphs):
        if row.kind != "abstract" or not row.text.strip() or ABSTRACT.fullmatch(row.text):
            continue
        label = LABEL.match(row.text) if first else None
        first = False
        yield {"t": "Para", "c": list(_runs(row, label.end() if label else 0, [k for k in done if k.paragraph == at]))}


def _runs(row: Paragraph, start: int, done: Sequence[Keyed]) -> Iterable[Node]:
    """A paragraph from an offset on as inlines: faces from its runs, citations from their places."""
    places = sorted(done, key=lambda one: one.start)
    at = 0
    for run in row.runs:
        end = at + len(run.text)
        here = max(at, start)
        while here < end:
            inside = next((one for one in places if one.start <= here < one.end), None)
            if inside:
                if here == inside.start or here == max(at, start) == start:
                    yield inside.node
                here = min(inside.end, end)
                continue
            until = min([end, *(one.start for one in places if one.start > here)])
            yield from _faced(row.text[here:until], run.italic, run.bold, run.raised)
            here = until
        at = end


def _faced(text: str, italic: bool, bold: bool, raised: str) -> list[Node]:
    nodes = inlines(text.replace("\n", " "))
    for name, wanted in (
        ("Superscript", raised == "sup"),
        ("Subscript", raised == "sub"),
        ("Emph", italic),
        ("Strong", bold),
    ):
        nodes = [{"t": name, "c": nodes}] if wanted and text.strip() else nodes
    return nodes


def _references(resolved: Resolved, entries: Mapping[str, Entry]) -> Iterable[Diagnostic]:
    """Each reference that will be printed otherwise than its author typed it: the two side by side."""
    from galley.apa7 import typeset
    from galley.apa7.entry import Entry as Work

    done = typeset({key: Work(key, one.type, one.fields) for key, one in entries.items()}, (), every=True)
    printed = {key: str(text) for key, text in done.references}
    for one in resolved.listed:
        ours = printed.get(one.key, "")
        if ours and _plain(ours) != _plain(one.text):
            message = f"'{_cut(one.text)}' will be printed '{_cut(ours)}'"
            hint = "see whether the entry says what the author means"
            yield Diagnostic(WARNING, "apa-correction", one.place, message, hint, evidence=_difference(one.text, ours))


def _plain(text: str) -> str:
    return " ".join(text.replace("\xad", "").replace("\u2011", "-").split())


def _cut(text: str) -> str:
    text = _plain(text)
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def _difference(old: str, new: str) -> str:
    """What differs, as "[-old-] {+new+}" with a few words round it."""
    from difflib import SequenceMatcher

    a, b = _plain(old).split(), _plain(new).split()
    parts: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(" ".join(a[i:j]) if j - i <= 4 else " ".join((*a[i : i + 2], "…", *a[j - 2 : j])))
            continue
        parts.extend([f"[-{' '.join(a[i:j])}-]"] if j > i else [])
        parts.extend([f"{{+{' '.join(b[k:m])}+}}"] if m > k else [])
    return " ".join(parts)
