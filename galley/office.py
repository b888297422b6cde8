"""The editorial office's verbs: ``check`` of any manuscript, and ``import`` of one into a project."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.building import counted, meant, named, show
from galley.report import ERROR, FORMATS, fault
from galley.writing import over, seen, write

if TYPE_CHECKING:
    from galley.editing import Verdict


TRACKS = ("accept", "reject", "keep")


def verbs(parser: Any) -> None:
    """Add the verbs to the command line's sub-parsers."""
    text = "say what is wrong with a manuscript, keyed or typed, and write nothing"
    check = parser.add_parser("check", help=text, description=text[0].upper() + text[1:] + ".")
    what = "a project, or a manuscript: .docx, .odt, .html, .md (default: this folder)"
    check.add_argument("project", metavar="MANUSCRIPT", nargs="?", type=Path, help=what)
    check.add_argument("--theme", metavar="NAME", default="", help="a theme other than the front matter's")
    check.add_argument("--online", action="store_true", help="confirm DOIs, look for retractions and dead links")
    text = "a CSV file of retractions such as Retraction Watch's; needs no network"
    check.add_argument("--retractions", metavar="FILE", type=Path, help=text)
    text = "how findings are shown (default: text); html is a page of the manuscript with its findings beside it"
    check.add_argument("--format", choices=[*sorted(FORMATS), "html"], default="text", help=text)
    check.add_argument("--output", metavar="FILE", type=Path, help="where the page of --format html goes")
    _track(check)
    check.set_defaults(run=_check)
    text = "turn a manuscript with typed citations into a project with keys and a bibliography"
    taking = parser.add_parser("import", help=text, description=text[0].upper() + text[1:] + ".")
    taking.add_argument("file", metavar="FILE", type=Path, help="a .docx, .odt, .html or .md file")
    text = "write what was changed in FILE, a Word document of this project's or the answers to its proof, into its "
    text += "manuscript as suggestions"
    taking.add_argument("--into", metavar="PROJECT", type=Path, help=text)
    text = "the project's folder, which is not there yet (default: the file's name without its ending)"
    taking.add_argument("-o", "--output", metavar="FOLDER", type=Path, help=text)
    _track(taking)
    taking.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are shown")
    taking.set_defaults(run=_import)


def _track(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--track", choices=TRACKS, default="accept", help="what becomes of tracked changes (accept)")


def _check(options: argparse.Namespace, home: Path | None) -> int:
    """Say what is wrong with a manuscript, typed, keyed or mixed; 1 where there is an error in it."""
    from galley import editing

    path: Path = meant(options.project, home)

    if (path.is_file() and path.suffix.lower() in editing.TYPED) or (path.is_file() and not _is_keyed(path)):
        verdict = _confirmed(editing.typed(path, options.track), options)
        said = _counted(verdict)
    else:
        verdict, said = _of_project(options, path)
    if options.format == "html":
        from galley.formats.findings import page

        html = page(verdict.resolved, verdict.findings, str(path))
        if options.output:
            write(options.output, html.encode())
            print(f"{named(options.output)}  {said}")
        else:
            print(html)
    else:
        show(verdict.findings, options.format, sys.stdout)
        if options.format == "text":
            waived = f"{verdict.waived} waived" if verdict.waived else ""
            nothing = f"nothing to report: {said}" if not verdict.findings else ""
            print(*(one for one in (nothing, waived) if one), sep="\n", end="\n" if nothing or waived else "")
    return 1 if any(one.severity is ERROR for one in verdict.findings) else 0


def _confirmed(verdict: Verdict, options: argparse.Namespace) -> Verdict:
    """The verdict with what the network, or a file of retractions, says of the typed references."""
    if not (options.online or options.retractions):
        return verdict
    from galley.document import Entry
    from galley.online.verbs import confirmed
    from galley.span import Span

    entries = [
        Entry(one.key, one.parsed.type, one.parsed.fields, one.place)
        for one in verdict.resolved.listed
        if isinstance(one.place, Span)
    ]
    more = confirmed(options.online, options.retractions, entries)
    return verdict._replace(findings=(*verdict.findings, *more))


def _of_project(options: argparse.Namespace, path: Path) -> tuple[Verdict, str]:
    from galley import editing, press

    document = press.settled(path, options.theme)
    found = press.checked(document, press.themed(document, options.theme))
    if options.online or options.retractions:
        from galley.online.verbs import confirmed

        listed = {reference.key for reference in document.references} or document.entries
        entries = [entry for key, entry in document.entries.items() if key in listed]
        found = (*found, *confirmed(options.online, options.retractions, entries))
    return editing.keyed(path, document, found), counted(document)


def _is_keyed(path: Path) -> bool:
    """Whether a Markdown file cites by keys or names a bibliography; else its citations are typed."""
    from galley.reading.files import text_file
    from galley.reading.mentions import mentions

    file, _ = text_file(path)
    head = file.text[: file.text.find("\n---", 3)] if file.text.startswith("---") else ""
    return "bibliography:" in head or any(True for _ in mentions(file, 0))


def _counted(verdict: Verdict) -> str:
    cited, listed = len(verdict.resolved.citations), len(verdict.resolved.listed)
    return f"{cited} citation{'' if cited == 1 else 's'}, {listed} reference{'' if listed == 1 else 's'}"


def _import(options: argparse.Namespace, _: Path | None) -> int:
    """Turn a manuscript into a keyed project, in a folder that is not there yet; or merge it into the one it is of."""
    if options.into:
        return _merge(options)
    from galley import editing

    folder: Path = options.output or options.file.with_suffix("")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that does not exist yet, with -o"
        raise fault("not-empty", str(folder), "is there already and not empty", hint, status=2)
    files, findings = editing.imported(options.file, options.track)
    for name, content in files.items():
        if not (folder / name).resolve().is_relative_to(folder.resolve()):  # names come from the manuscript
            raise fault("outside-project", name, "leads out of the new project", status=2)
        write(folder / name, content)
    show(findings, options.format)
    if options.format == "text":
        print(f"{named(folder)}: {', '.join(sorted(name for name in files if '/media/' not in name)[:6])}")
    return 1 if any(one.severity is ERROR for one in findings) else 0


def _merge(options: argparse.Namespace) -> int:
    """Write what was changed in a Word document of a project's into its manuscript, as suggestions and comments."""
    from galley import answering
    from galley.reading.files import locate
    from galley.returning import merged

    if answering.is_answers(options.file):
        return answering.run(options)
    before = seen(locate(options.into).manuscript)
    found = merged(options.file, options.into)
    for path, content in found.files.items():
        over(path, content, before)
    show(found.findings, options.format)
    if options.format == "text":
        lost = sum(one.code == "not-placed" for one in found.findings)
        said = ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for count, word in found.counts if count)
        where = ", ".join(map(named, found.files)) or named(options.into)
        print(f"{where}: {said or 'nothing new'}{f'; {lost} not placed' if lost else ''}")
    return 1 if any(one.severity is ERROR for one in found.findings) else 0
