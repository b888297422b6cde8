"""The verb ``diff``: a redline between two revisions of a manuscript, in every format, and the list of its changes."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from galley import changelist
from galley.building import meant, named
from galley.report import fault
from galley.writing import outputs, write

if TYPE_CHECKING:
    from galley.document import Document
    from galley.revisions import Revision
    from galley.stages.redlining.changes import Change
    from galley.theme import Theme

KINDS = ("pdf", "html", "docx", "md")


class Versions(NamedTuple):
    """An old and a new document whose pictures lie in one folder, the new one's theme, and who changed it when."""

    old: Document
    new: Document
    theme: Theme
    author: str
    date: str
    changed: frozenset[str]
    folder: Path


def verbs(parser: Any) -> None:
    """Add the verb to the command line's sub-parsers."""
    text = "mark all changes between two revisions of a manuscript, in Word as tracked changes"
    diff = parser.add_parser("diff", help=text, description=text[0].upper() + text[1:] + ".")
    what = "a git revision or tag of the project, a folder, or a file"
    diff.add_argument("old", metavar="OLD", help=what)
    diff.add_argument("new", metavar="NEW", nargs="?", help=f"{what} (default: the project as it is now)")
    text = f"formats, parted by commas, of {', '.join(KINDS)} (default: pdf)"
    diff.add_argument("--to", metavar="FORMATS", default="pdf", help=text)
    diff.add_argument("--project", metavar="PROJECT", type=Path, help="the project (default: this folder)")
    diff.add_argument("--output", metavar="FOLDER", type=Path, help="where the pages go (default: PROJECT/output)")
    diff.add_argument("--theme", metavar="NAME", default="", help="a theme other than the front matter's")
    diff.add_argument("--author", metavar="NAME", default="", help="who is said to have made the changes")
    diff.set_defaults(run=_diff)


def _diff(options: argparse.Namespace, home: Path | None) -> int:
    """Write the redline in each format asked for, and the list of changes."""
    from galley.revisions import as_it_is, revision

    project: Path = meant(options.project, home)
    kinds = [kind.strip() for kind in options.to.split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        raise fault("no-format", options.to, f"a redline is made as {', '.join(KINDS)}", status=2)
    with TemporaryDirectory(prefix="galley-") as name:
        room = Path(name)
        old = revision(options.old, project, _made(room / "old"))
        new = revision(options.new, project, _made(room / "new")) if options.new else as_it_is(project)
        both = versions(old, new, _made(room / "pages"), options.theme, options.author)
        folder = outputs(new.path, options.output)
        said = f"{old.name} → {new.name}"
        document = marked(both)
        for kind in kinds:
            path = folder / f"redline.{kind}"
            write(path, pages(both, document, kind, said))
            print(f"{named(path)}  {said}")
        found, placed = listed(both, document, placed="pdf" in kinds)
        write(folder / "changes.md", changelist.page(found, placed, said))
        write(folder / "changes.json", changelist.data(found, placed))
        print(f"{named(folder / 'changes.md')}  {len(found)} change{'' if len(found) == 1 else 's'}")
    return 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def versions(old: Revision, new: Revision, folder: Path, theme: str = "", author: str = "") -> Versions:
    """Both revisions read and settled, ready to be compared; ``folder`` takes the pictures of both."""
    from galley import press
    from galley.formats.bothpictures import shelved

    before, after = press.settled(old.path, theme), press.settled(new.path, theme)
    look = press.themed(after, theme)
    names = [one.name for one in after.meta.authors[:1]]
    author = author or new.author or next(iter(names), "") or "Author"
    keys = before.entries.keys() & after.entries.keys()
    changed = frozenset(key for key in keys if dict(before.entries[key].fields) != dict(after.entries[key].fields))
    changed |= before.entries.keys() ^ after.entries.keys()
    changed |= _printed_otherwise(before, after)
    if (after.folder / "fonts").is_dir():
        (folder / "fonts").symlink_to((after.folder / "fonts").resolve(), target_is_directory=True)
    return Versions(shelved(before, folder), shelved(after, folder), look, author, new.date, changed, folder)


def _printed_otherwise(old: Document, new: Document) -> frozenset[str]:
    """The keys whose entries in the list of references read otherwise: a letter after the year is no field."""
    texts = [{reference.key: reference.text for reference in one.references} for one in (old, new)]
    return frozenset(key for key in texts[0].keys() & texts[1].keys() if texts[0][key] != texts[1][key])


def pages(both: Versions, document: Document, kind: str, said: str = "") -> bytes:
    """The redline in a format; ``document`` is the marked one, ``said`` names the two revisions."""
    if kind == "docx":
        return _docx(both)
    if kind == "md":
        from galley.formats import criticmarks

        return criticmarks.write(document, both.theme)
    if kind == "html":
        from galley.formats import htmlmarks

        return htmlmarks.write(document, both.theme, said)
    from galley.formats import pdfmarks

    return pdfmarks.write(document, both.theme)


def marked(both: Versions) -> Document:
    """The new document with all changes marked in it."""
    from galley.stages.redlining.documents import redline

    return redline(both.old, both.new, _work(both))


def listed(both: Versions, document: Document, *, placed: bool) -> tuple[list[Change], dict[int, tuple[int, int]]]:
    """The changes in the order of the text, and of each the page and line in the new version, where these are asked."""
    from galley.stages.redlining.changes import PLACE, changes

    found, new = changes(document)
    if not placed or not found:
        return found, {}
    from galley.formats.pdfplaces import places

    where = places(new, both.theme, [f"{PLACE}{one.number}" for one in found])
    return found, {int(name.removeprefix(PLACE)): place for name, place in where.items()}


def _work(both: Versions) -> Any:
    from galley.stages.redlining.steps import Work

    return Work(both.author, both.date, both.changed)


def _docx(both: Versions) -> bytes:
    from galley.formats.wordmarks import Pair
    from galley.stages.redlining.marking import redlined
    from galley.stages.redlining.moving import moved

    pair = Pair(both.old, both.new, both.theme, both.folder)
    work = _work(both)
    return pair.write(moved(redlined(pair.olds, pair.news, work), work))
