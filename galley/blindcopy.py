"""The verb ``review``: an anonymous copy of a manuscript, its title page apart, and proof that it names nobody."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from galley.building import named, show
from galley.report import ERROR, WARNING, Diagnostic, Fault
from galley.writing import outputs, write

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

STEM, TITLE = "review", "title-page"
KEEP = ("words", "journal", "scripts", "captions", "marks")
"""What of a journal's theme a copy for review keeps."""


class Copy(NamedTuple):
    """The files by their names, the title page's among them, and what is to be said of them."""

    files: Mapping[str, bytes]
    apart: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


def run(options: argparse.Namespace, project: Path) -> int:
    """Write the copy in each format asked for and the title page; 1 where something in it names somebody."""
    from galley.reviewing import kinds_of

    made = copy(project, kinds_of(options.to), options.theme, mask=options.mask_self)
    show(made.diagnostics, options.format)
    folder = outputs(project, options.output)
    for name, content in {**made.files, **made.apart}.items():
        write(folder / name, content)
        if options.format == "text":
            print(f"{named(folder / name)}  {max(1, round(len(content) / 1000))} kB")
    return 1 if any(one.severity is ERROR for one in made.diagnostics) else 0


def copy(project: Path, kinds: Sequence[str], theme: str = "", *, mask: bool = False) -> Copy:
    """The anonymous copy in some formats, and the title page in the same."""
    from galley import press
    from galley import theme as themes
    from galley.checks.leaks import leaks, told
    from galley.identity import traces
    from galley.stages import maskingself
    from galley.stages.blinding import blinded, title_page

    document = press.settled(project, theme, stage=maskingself.masked if mask else None)
    journal = press.themed(document, theme)
    known = traces(document.meta, git_identity(project))
    look = _with(themes.overlaid(journal, "review", KEEP), {"journal": {}})
    blind = blinded(maskingself.listed(document) if mask else document, known)
    with TemporaryDirectory(prefix="galley-") as name:
        shelf, bare = shelved(blind.document, Path(name))
        files = {f"{STEM}.{kind}": page(shelf, look, kind) for kind in kinds}
    front = {
        "words": {**look.tokens["words"], "for-review": look.tokens["words"]["title-page"]},
        "review": {"lines": False},
    }
    apart = {f"{TITLE}.{kind}": page(title_page(document), _with(look, front), kind) for kind in kinds}
    found = [*_covered(blind.covered), *bare, *told(leaks(files, known))]
    return Copy(files, apart, tuple(found))


def page(document: Document, theme: Theme, kind: str) -> bytes:
    """A document in one format, with what says that it is for review."""
    from galley.formats.roundcopies import dressed, written

    line = theme.tokens["words"]["for-review"]
    return dressed(written(document, theme, kind), kind, line, double=theme.tokens["review"]["lines"])


def _with(theme: Theme, tokens: Mapping[str, object]) -> Theme:
    return replace(theme, tokens={**theme.tokens, **tokens})


def _covered(covered: Mapping[str, int]) -> Iterable[Diagnostic]:
    for said, count in covered.items():
        times = "once" if count == 1 else f"{count} times"
        message = f"'{said}' stands in the text and was covered, {times}"
        yield Diagnostic(
            WARNING, "name-covered", "", message, "better say it in other words: a gap tells something too"
        )


def shelved(document: Document, folder: Path) -> tuple[Document, list[Diagnostic]]:
    """The document with clean copies of its pictures in a folder of its own, under names that tell nothing."""
    from urllib.parse import unquote

    from galley.formats.cleanpictures import cleaned
    from galley.formats.pictures import inside
    from galley.pandoc import each, walk

    kinds = frozenset({"Image"})
    parts = (*document.slots.values(), document.blocks, document.back)
    addresses = dict.fromkeys(node["c"][2][0] for part in parts for node in each(part, kinds))
    names: dict[str, str] = {}
    found: list[Diagnostic] = []
    for number, address in enumerate(addresses, 1):
        path = inside(document.folder, address) or inside(document.folder, unquote(address))
        made = cleaned(path.read_bytes()) if path else None
        if path and not made:
            hint = "make it a PNG, JPEG, SVG or PDF"
            found.append(
                Diagnostic(WARNING, "not-cleaned", address, "is of a kind that cannot be cleaned, left out", hint)
            )
        names[address] = f"picture-{number}{made[1] if made else '.png'}"
        if made:
            (folder / names[address]).write_bytes(made[0])
    if (document.folder / "fonts").is_dir():
        (folder / "fonts").symlink_to((document.folder / "fonts").resolve(), target_is_directory=True)

    def change(node: dict[str, object]) -> dict[str, object]:
        attributes, words, (address, title) = node["c"]  # type: ignore[misc]  # what an image holds
        return {"t": "Image", "c": [attributes, words, [names[address], title]]}  # type: ignore[has-type]

    return replace(
        document,
        folder=folder,
        slots={name: tuple(walk(list(part), change, kinds)) for name, part in document.slots.items()},
        blocks=tuple(walk(list(document.blocks), change, kinds)),
        back=tuple(walk(list(document.back), change, kinds)),
    ), found


def git_identity(project: Path) -> tuple[str, ...]:
    """Who commits to the project's repository, by name and address; nothing where there is none."""
    from galley.revisions import git

    home = project if project.is_dir() else project.parent
    try:
        lines = [git(home, "config", "user.name"), git(home, "config", "user.email")]
        lines.append(git(home, "log", "--max-count=2000", "--format=%an%n%ae", "--", "."))
    except Fault:  # there is no git here
        return ()
    said = (line.strip() for text in lines for line in text.decode("utf-8", "replace").splitlines())
    return tuple(dict.fromkeys(line for line in said if "@" in line or " " in line))
