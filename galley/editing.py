"""The editor's trips: a typescript read, its citations resolved and judged, and turned into a keyed project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from galley.report import Diagnostic
from galley.typescript import Resolved

if TYPE_CHECKING:
    from galley.document import Document, Entry
    from galley.reading.waivers import Written
    from galley.typescript import Listed

TYPED = frozenset({".docx", ".docm", ".dotx", ".doc", ".odt", ".html", ".htm", ".xhtml", ".txt"})
"""Endings of files that are never a project's Markdown."""


class Verdict(NamedTuple):
    """What was found in a manuscript: all findings but those waived, and how many these were."""

    resolved: Resolved
    findings: tuple[Diagnostic, ...]
    waived: int = 0


def resolved(path: Path, track: str = "accept", entries: tuple[Listed, ...] | None = None) -> Resolved:
    """Read a typescript (.docx, .odt, .html, .md or a project), find its citations and link them to its list.

    ``track`` says what becomes of tracked changes: "accept", "reject" or "keep". ``entries`` are those of a
    bibliography, where the manuscript does not end in a list.
    """
    from galley.reading.typescript import read
    from galley.typed.citing import cited
    from galley.typed.linking import linked
    from galley.typed.listing import listed
    from galley.typed.structure import structured

    typescript = structured(read(path, track))
    known = (*_keyed(path, listed(typescript)), *(entries or ()))
    return linked(typescript, cited(typescript, known), known)


def _keyed(path: Path, found: tuple[Listed, ...]) -> tuple[Listed, ...]:
    """The entries of a reference list under the keys that a Word document of ours holds of them."""
    if path.suffix.lower() != ".docx" or not path.is_file():
        return found
    from galley.reading.word.returned import reference_keys
    from galley.wordmarks import fingerprint

    keys = reference_keys(path)
    named = [keys.get(fingerprint(one.text), "") for one in found]
    free = {one.key for one, name in zip(found, named, strict=True) if not name}
    return tuple(
        one._replace(key=name) if name and name not in free else one for one, name in zip(found, named, strict=True)
    )


def judged(found: Resolved) -> tuple[Diagnostic, ...]:
    """All that is to be said of a typescript."""
    from galley.checks.typed import check

    return (*found.typescript.faults, *check(found))


def typed(path: Path, track: str = "accept") -> Verdict:
    """What is to be said of a file from an author's hand, waivers beside it observed."""
    from galley.reading.waivers import beside

    found = resolved(path, track)
    return _verdict(found, judged(found), beside(path), {})


def keyed(path: Path, document: Document, findings: Iterable[Diagnostic]) -> Verdict:
    """What is to be said of a keyed manuscript: ``findings`` of its checks, and what is typed by hand in it."""
    from galley.reading.waivers import of_project
    from galley.typed.shelving import shelved

    found = resolved(path, entries=shelved(document.entries, document.meta.lang))
    told = [*findings, *(one for one in judged(found) if one not in found.typescript.faults)]
    return _verdict(found, tuple(dict.fromkeys(told)), of_project(document), document.entries)


def _verdict(
    found: Resolved, findings: tuple[Diagnostic, ...], written: Written, entries: Mapping[str, Entry]
) -> Verdict:
    from galley.checks.catalogue import IDS
    from galley.checks.waiving import of_entry, waived
    from galley.checks.waiving import written as read

    waivers, faults = read(written.value, written.place)
    for key, entry in entries.items():
        if "waive" in entry.fields:
            waivers += of_entry(key, entry.fields["waive"], entry.field_spans.get("waive", entry.span))
    done = waived(findings, waivers, IDS, {key: entry.span for key, entry in entries.items()})
    kept = (*done.kept, *written.faults, *faults)
    return Verdict(found, tuple(one._replace(check=IDS.get(one.code, "")) for one in kept), done.number)


class Imported(NamedTuple):
    """A project made of a typescript: its files by name, and what was noticed on the way."""

    files: Mapping[str, bytes]
    findings: tuple[Diagnostic, ...]


def imported(path: Path, track: str = "accept") -> Imported:
    """Turn a typescript into a keyed project: manuscript/article.md, references.bib, figures.

    A citation is keyed only where it is sure what it cites; every other stays as typed, and a finding says so. What
    the project will print otherwise than its author typed it is a finding too.
    """
    from galley.reading.converting import of_records
    from galley.reading.marking import Mark
    from galley.reading.retelling import retold
    from galley.typed import floats, project
    from galley.typed.importing import planned
    from galley.typed.managed import records

    found = resolved(path, track)
    known = records(found.typescript)
    plan = planned(found, of_records(known) if known else {})
    told = retold(path, [Mark(*mark) for mark in plan.marks], plan.removed, plan.headings, track)
    blocks = floats.settled(project.with_citations(told.blocks, plan.nodes))
    more = {"bibliography": "references.bib"} | (
        {"nocite": ", ".join(f"@{key}" for key in plan.nocite)} if plan.nocite else {}
    )
    abstract = project.markdown(plan.abstract) if plan.abstract else ""
    values = {**project.front_matter(found.typescript, {}, abstract.strip()), **told.data, **more}
    article = project.article(values, project.markdown(blocks))
    files = {
        "manuscript/article.md": article.encode(),
        "references.bib": project.bibliography(plan.entries).encode(),
        **told.pictures,
    }
    return Imported(files, (*found.typescript.faults, *plan.findings))
