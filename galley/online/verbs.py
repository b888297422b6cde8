"""The network's piece of the command line: what ``cite add`` does, and ``check`` with --online or --retractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from galley.bibtex import clean
from galley.document import Entry
from galley.online.adding import Added, add
from galley.online.asking import Web
from galley.online.confirming import confirm
from galley.online.identifiers import doi_of
from galley.online.retracting import of_file
from galley.report import Diagnostic, fault
from galley.writing import write


class Outcome(NamedTuple):
    """What ``cite add`` did: for each thing asked for what became of it, and the exit status."""

    added: tuple[Added, ...]
    status: int


def confirmed(
    online: bool, retractions: Path | None, entries: Sequence[Entry], web: Web | None = None
) -> tuple[Diagnostic, ...]:
    """What ``check`` has to say of entries: asked of the registries, or looked up in a file of retractions, or both."""
    dois = {doi_of(entry.fields) for entry in entries} - {""}
    notices = of_file(retractions, dois) if retractions else {}
    return confirm(entries, (web or Web()) if online else None, notices)


def must_be_bibtex(path: Path) -> None:
    """Fault where a bibliography is of a form that entries cannot be added to."""
    if path.suffix.lower() not in (".bib", ".bibtex", ".biblatex"):
        hint = f"'bib {path} --write' makes a .bib of it"
        raise fault("no-bibtex", str(path), "entries can be added to a .bib file only", hint, status=2)


def add_to(
    path: Path, asked: Sequence[str], entries: Mapping[str, Entry], key: str = "", *, dry: bool = False,
    web: Web | None = None,
) -> Outcome:  # fmt: skip
    """Fetch what was asked for and append it to a .bib file, whose text stays as it is; Fault where that cannot be.

    The status is 0 where all is there now, 1 where something is unknown, 2 where a service could not be reached.
    """
    if key and len(asked) > 1:
        raise fault("one-key", "", "--key is for a single entry", "add them one by one", status=2)
    if key and (key in entries or not all(sign.isalnum() or sign in "_:.-+/" for sign in key)):
        why = "is taken" if key in entries else "may have letters, digits and _:.-+/ only"
        raise fault("odd-key", "", f"the key '{key}' {why}", status=2)
    added = add(asked, entries, web or Web(), key)
    new = {one.entry.key: one.entry for one in added if one.entry is not None}
    if new and not dry:
        append(path, clean(new))
    failed = [one for one in added if not one.key]
    return Outcome(added, 2 if any(one.offline for one in failed) else 1 if failed else 0)


def append(path: Path, text: str) -> None:
    """Put text at a file's end, in the file's own encoding and line ends; all of its bytes stay as they are."""
    path = path.resolve()  # a link stays a link
    before = path.read_bytes() if path.is_file() else b""
    if before.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise fault("not-utf8", str(path), "the file is in UTF-16", "save it as UTF-8", status=2)
    lines = "\r\n" if b"\r\n" in before else "\n"
    gap = "" if not before.strip() else "\n" if before.endswith(b"\n") else "\n\n"
    encoding = "utf-8"
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "cp1252"
    try:
        after = (gap + text).replace("\n", lines).encode(encoding)
    except UnicodeEncodeError as error:
        message = "the file is not in UTF-8, and the new entry has letters that it cannot hold"
        raise fault("not-utf8", str(path), message, "save it as UTF-8", status=2) from error
    write(path, before + after)
