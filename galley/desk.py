"""The verbs about bibliographies alone: ``bib``, ``cite`` and ``bibliography``; they print what would be set."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.report import ERROR, Diagnostic, Fault, as_text, fault

if TYPE_CHECKING:
    from galley.document import Entry

BACKENDS = {"text": "plaintext", "md": "markdown", "html": "html", "latex": "latex"}
"""The names of pybtex's own backends for what ``--to`` offers."""


def verbs(parser: Any) -> None:
    """Add the verbs to the command line's sub-parsers."""
    text = "say what was understood of a bibliography and what was mended"
    bib = parser.add_parser("bib", help=text, description=text[0].upper() + text[1:] + ".")
    bib.add_argument("file", metavar="FILE", type=Path, help="a .bib, CSL-JSON, CSL-YAML or RIS file")
    bib.add_argument("--write", action="store_true", help="write what was understood as a clean .bib beside it")
    bib.add_argument("--output", metavar="FILE", type=Path, help="where the clean file goes (default: NAME.clean.bib)")
    bib.set_defaults(run=_bib)
    text = "print an APA 7 reference list"
    listing = parser.add_parser("bibliography", help=text, description=text[0].upper() + text[1:] + ".")
    listing.add_argument("file", metavar="FILE", type=Path, help="a .bib, CSL-JSON, CSL-YAML or RIS file")
    listing.add_argument("--to", choices=sorted(BACKENDS), default="text", help="markup (default: text)")
    listing.add_argument("--lang", default="en", help="the language of its terms (default: en)")
    listing.set_defaults(run=_bibliography)
    text = "print how entries are cited and listed"
    cite = parser.add_parser("cite", help=text, description=text[0].upper() + text[1:] + ".")
    text = "keys of the bibliography; or: add, and DOIs, addresses, arXiv numbers or ISBNs to be fetched into it"
    cite.add_argument("keys", metavar="KEY", nargs="+", help=text)
    cite.add_argument("--key", default="", help="with add: the key of the entry (default: name and year)")
    cite.add_argument("--dry-run", action="store_true", help="with add: print the entry and write nothing")
    cite.add_argument("--bib", metavar="FILE", type=Path, help="the bibliography (default: references.bib)")
    cite.add_argument("--lang", default="en", help="the language of its terms (default: en)")
    cite.set_defaults(run=_cite)


def _read(path: Path) -> tuple[dict[str, Entry], tuple[Diagnostic, ...]]:
    from galley.reading.files import text_file
    from galley.reading.manuscript import shelf

    if not path.is_file():
        raise fault("no-bibliography", str(path), "there is no such file", status=2)
    file, wrong = text_file(path)
    found = shelf([file])
    return found.entries, wrong + found.faults


def _works(entries: dict[str, Entry]) -> dict[str, Any]:
    from galley.apa7.entry import Entry as Work

    return {key: Work(key, entry.type, entry.fields) for key, entry in entries.items()}


def _told(diagnostics: tuple[Diagnostic, ...]) -> int:
    if diagnostics:
        print(as_text(diagnostics), file=sys.stderr)
    return 1 if any(one.severity is ERROR for one in diagnostics) else 0


def _bibliography(options: argparse.Namespace, _: Path | None) -> int:
    from pybtex.plugin import find_plugin

    from galley.apa7 import typeset

    entries, faults = _read(options.file)
    done = typeset(_works(entries), (), every=True, language=options.lang)
    backend = find_plugin("pybtex.backends", BACKENDS[options.to])()
    for _key, text in done.references:
        print(text.render(backend))
    return _told(faults)


def _cite(options: argparse.Namespace, home: Path | None) -> int:
    own = Path("references.bib")
    path = options.bib or (home / own if home and not own.is_file() else own)
    if options.keys[0] == "add" and len(options.keys) > 1:
        return _add(options, path)
    entries, faults = _read(path)
    keys = [key.lstrip("@") for key in options.keys]
    unknown = [key for key in keys if key not in entries]
    if unknown:
        from galley.checks.citations import nearest

        near = [nearest(key, entries) for key in unknown]
        raise Fault(
            tuple(
                Diagnostic(
                    ERROR, "unknown-key", str(path), f"no entry '{key}'", f"did you mean '{like}'?" if like else ""
                )
                for key, like in zip(unknown, near, strict=True)
            )
        )
    _forms(entries, keys, options.lang)
    return _told(tuple(one for one in faults if one.severity is ERROR))


def _forms(entries: dict[str, Entry], keys: Sequence[str], language: str) -> None:
    """Print how each entry is cited, in brackets and in the sentence, and listed."""
    from galley.apa7 import typeset
    from galley.apa7.entry import Citation, Item

    works = _works(entries)
    for key in keys:
        citations = (Citation((Item(key),)), Citation((Item(key),), narrative=True))
        done = typeset(works, citations, language=language)
        print(f"{done.citations[0]}\n{done.citations[1]}")
        print(*(text for _, text in done.references), "", sep="\n")


def _add(options: argparse.Namespace, path: Path) -> int:
    """Fetch entries into the bibliography; print how each will be cited and listed."""
    from galley.bibtex import clean
    from galley.online.verbs import add_to, must_be_bibtex

    must_be_bibtex(path)
    entries = _read(path)[0] if path.is_file() and b"@" in path.read_bytes() else {}
    done = add_to(path, options.keys[1:], entries, options.key, dry=options.dry_run)
    for one in done.added:
        if one.entry is not None:
            entries[one.key] = one.entry
            print(clean({one.key: one.entry}) if options.dry_run else f"{path}: {one.asked} added as {one.key}")
        elif one.key:
            print(f"{path}: {one.asked} is there already: {one.key}")
    _forms(entries, [one.key for one in done.added if one.key], options.lang)
    _told(tuple(note for one in done.added for note in one.found))
    return done.status


def _bib(options: argparse.Namespace, _: Path | None) -> int:
    from galley.apa7 import typeset

    entries, faults = _read(options.file)
    done = typeset(_works(entries), (), every=True)
    for key, text in done.references:
        print(f"@{entries[key].type}{{{key}}}\n    {text}")
    print(f"\n{len(entries)} entries understood, {len(faults)} findings")
    status = _told(faults)
    if options.write or options.output:
        from galley.bibtex import clean
        from galley.writing import write

        target = options.output or options.file.with_suffix(".clean.bib")
        write(target, clean(entries).encode())
        print(f"{target}  {len(entries)} entries")
    return status
