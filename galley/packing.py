"""The trip of a camera-ready article: a project -> all that a publisher deposits, proved, as files by their names."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from galley import building, packparts, press
from galley.packparts import PARTS, Job, Part
from galley.report import ERROR, Diagnostic, Fault, order

if TYPE_CHECKING:
    from galley.checks.preflight import Checked
    from galley.document import Document
    from galley.theme import Theme

REPORT = "preflight"
MANIFEST = "manifest.json"
TWICE = {"low-resolution-print": "low-resolution", "refused-deposit": "missing-fact", **press.TOLD}
"""What is seen again, in finished pages or deposits, of faults that another check has told by line."""


class Package(NamedTuple):
    """The article's name, files by theirs, all of them in one zip; what was found and all that was checked."""

    stem: str
    files: Mapping[str, bytes]
    zip: bytes
    diagnostics: tuple[Diagnostic, ...]
    checked: tuple[Checked, ...]

    @property
    def faulty(self) -> bool:
        """Whether something is wrong that must not be deposited."""
        return any(one.severity is ERROR for one in self.diagnostics)


def packed(path: Path, theme: str = "", *, draft: bool = False) -> Package:
    """Settle a project, make every part, prove them, list them; a draft is marked as such in every file."""
    from galley.formats import drafting, manifest, naming

    begun = time.time_ns()
    document = press.settled(path, theme)
    look = press.themed(document, theme)
    stem = naming.stem(document, look)
    names = naming.figures(document, look, stem)
    notice = drafting.NOTICE if draft else ""
    graphics = {address: drafting.named(name) if draft else name for address, name in names.items()}
    made, found = _made(document, look, stem, graphics, notice)
    checked = (*_of_manuscript(document, look), *_of_files(document, look, made, stem))
    found += building.noticed(document, path, begun)
    findings = _unique([*found, *(finding for one in checked for finding in one.findings)])
    files = {_name(key, stem, draft=draft): content for key, content in made.items() if content}
    files |= naming.read(document, graphics)
    files |= _report(document, look, checked, findings, draft=draft)
    journal = look.journal(document.meta.journal)
    roles = {_name(part.name, stem, draft=draft): part.what for part in PARTS}
    roles |= {name: "what was checked" for name in files if name.startswith(REPORT)}
    files[MANIFEST] = manifest.manifest(document, journal, files, roles, draft=draft)
    whole = manifest.zipped(files, drafting.named(stem) if draft else stem)
    return Package(stem, files, whole, findings, checked)


def _name(key: str, stem: str, *, draft: bool) -> str:
    from galley.formats.drafting import named

    name = key.format(stem)
    return named(name) if draft else name


def _made(
    document: Document, theme: Theme, stem: str, graphics: Mapping[str, str], notice: str
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Every part, those that need no other at once; b"" for one that could not be made, and why not."""
    from galley.formats.records import records

    futures: dict[str, Future[bytes]] = {}
    made: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    with ThreadPoolExecutor(len(PARTS) + 1) as pool:
        known = pool.submit(records, document)
        job = Job(document, theme, stem, graphics, known.result, notice)
        for part in PARTS:
            futures[part.name] = pool.submit(_part, part, job, futures)
        for part in PARTS:
            try:
                made[part.name] = futures[part.name].result()
            except Fault as fault:
                made[part.name] = b""
                found += [_of_part(one, part, stem) for one in fault.diagnostics]
    return made, found


def _part(part: Part, job: Job, futures: Mapping[str, Future[bytes]]) -> bytes:
    """A part made as soon as those it needs are there; one that failed counts as empty, and tells of itself."""
    from galley.formats.drafting import marked

    needed: dict[str, bytes] = {}
    for name in part.needs:
        try:
            needed[name] = futures[name].result()
        except Fault:
            needed[name] = b""
    made = part.make(job, needed)
    return marked(part.name, made) if job.notice else made


def _of_part(one: Diagnostic, part: Part, stem: str) -> Diagnostic:
    """A finding with the file that it keeps from being made, where it has no place of its own."""
    return one if str(one.place) else one._replace(place=part.name.format(stem))


def _of_manuscript(document: Document, theme: Theme) -> Iterator[Checked]:
    """What the checks of the manuscript found, as one row on the record."""
    from galley.building import counted
    from galley.checks.preflight import Checked

    found = press.lenient(map(_strict, press.checked(document, theme)), "pdf", packparts.ARCHIVAL)
    yield Checked("Manuscript", "citations, references, figures and tables resolve", counted(document), found)


def _strict(one: Diagnostic) -> Diagnostic:
    """A finding as it counts here: what is camera-ready holds no suggestion that nobody has settled, and no script."""
    return one._replace(severity=ERROR) if one.code in ("open-suggestion", "active-figure") else one


def _of_files(document: Document, theme: Theme, made: Mapping[str, bytes], stem: str) -> Iterator[Checked]:
    """What preflight finds in the finished files."""
    from galley.checks import preflight
    from galley.formats import crossref, doaj

    if made["{}.pdf"]:
        yield from preflight.full(made["{}.pdf"], document, theme)
        yield preflight.attached(made["{}.pdf"], packparts.INSIDE)
    else:
        yield from preflight.stated(document, theme)
    meta = replace(document.meta, journal=theme.journal(document.meta.journal))
    yield preflight.refused(document, {"Crossref": crossref.lacking(meta), "DOAJ": doaj.lacking(meta)})
    xml = {part.name: made[part.name] for part in PARTS if part.name.endswith(".xml") and made[part.name]}
    yield preflight.well_formed({name.format(stem): content for name, content in xml.items()})


def _unique(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """One of each finding, the graver where two differ in that alone."""
    kept: dict[tuple[object, ...], Diagnostic] = {}
    for one in found:
        key = (one.code, one.place, one.message)
        if key not in kept or one.severity is ERROR:
            kept[key] = one
    known = {one.code for one in kept.values()}
    causes = (one for one in kept.values() if _cause(one) not in known)
    return tuple(order(press.but_suggested(causes, kept.values())))


def _cause(one: Diagnostic) -> str:
    """The code of the finding that tells by line what this one tells of the pages; "" where there is none."""
    if one.code == "typst" and "missing alt text" in one.message:
        return "missing-alt"
    return TWICE.get(one.code, "")


def _report(
    document: Document, theme: Theme, checked: Iterable[Checked], findings: Iterable[Diagnostic], *, draft: bool
) -> dict[str, bytes]:
    """The record of what was checked, for machines and for readers."""
    from galley.formats import drafting, preflightpage

    rows = [_placed(one, document) for one in checked]
    listed = {finding for one in checked for finding in one.findings}
    others = [_at_home(one, document) for one in findings if one not in listed]
    journal = theme.journal(document.meta.journal)
    settled = replace(document, meta=replace(document.meta, journal=journal))
    report = {
        f"{REPORT}.json": preflightpage.data(settled, rows, others, draft=draft),
        f"{REPORT}.html": preflightpage.page(settled, theme, rows, others, draft=draft),
    }
    return {drafting.named(name): content for name, content in report.items()} if draft else report


def _placed(one: Checked, document: Document) -> Checked:
    """A row on the record whose findings are placed as seen from the project's folder."""
    return one._replace(findings=tuple(_at_home(finding, document) for finding in one.findings))


def _at_home(one: Diagnostic, document: Document) -> Diagnostic:
    """A finding whose place is named from the project's folder, wherever Galley was called: a string, to be read."""
    place = one.place
    if isinstance(place, str):
        name, rest = place, ""
    else:
        line, column = place.file.place(place.start)
        name, rest = place.file.name, f":{line}:{column}"
    try:
        path = Path(name).resolve()
        home = document.folder.resolve()
        name = path.relative_to(home).as_posix() if name and path.is_relative_to(home) else Path(name).name
    except (OSError, ValueError):
        name = Path(name).name
    return one._replace(place=name + rest)
