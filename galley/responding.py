"""The verb ``respond``: the letter that answers the reviewers, with page and line of what was changed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from galley.building import named, show
from galley.report import ERROR, WARNING, Diagnostic, fault
from galley.span import File, Span
from galley.writing import outputs, write

if TYPE_CHECKING:
    from galley.document import Document, Node
    from galley.formats.places import Place
    from galley.stages.replying import Known, Letter
    from galley.theme import Theme

NAMES = ("response.md", "respond.md", "reply.md")
REPORTS = "reports.md"


class Response(NamedTuple):
    """The letter in each format by file name, how many comments it answers of how many, what was found."""

    files: Mapping[str, bytes]
    answered: int
    comments: int
    diagnostics: tuple[Diagnostic, ...]


def run(options: argparse.Namespace, project: Path) -> int:
    """Write the letter; 1 where a comment has no answer or an answer refers to nothing."""
    from galley.reviewing import kinds_of

    home = project.parent if project.is_file() else project
    path: Path = options.answers or _own(home, next((one for one in NAMES if (home / one).is_file()), NAMES[0]))
    reports = options.reports or (_own(path.parent, REPORTS) if (path.parent / REPORTS).is_file() else None)
    made = response(project, path, reports, kinds_of(options.to), options.theme, review=options.pages == "review")
    show(made.diagnostics, options.format)
    folder = outputs(home, options.output)
    for name, content in made.files.items():
        write(folder / name, content)
        if options.format == "text":
            print(f"{named(folder / name)}  {max(1, round(len(content) / 1000))} kB")
    if options.format == "text":
        print(f"{made.answered} of {made.comments} comments answered")
    return 1 if any(one.severity is ERROR for one in made.diagnostics) else 0


def _own(home: Path, name: str) -> Path:
    """A file that nobody has named on the command line; Fault where it is a link that leads out of its folder."""
    path = home / name
    if not path.resolve().is_relative_to(home.resolve()):
        message, hint = "is a link that leads out of the project", "put the file itself into the project's folder"
        raise fault("outside-project", named(path), message, hint)
    return path


def response(
    project: Path, path: Path, reports: Path | None, kinds: Sequence[str], theme: str = "", *, review: bool = False
) -> Response:
    """The letter in some formats. ``review`` takes pages and lines of the copy for reviewers, else of the article."""
    from galley import press
    from galley import theme as themes
    from galley.stages.replying import letter, set_letter, wanted

    document = press.settled(project, theme)
    journal = press.themed(document, theme)
    file, data, blocks = _read(path)
    found = letter(blocks)
    asked = letter(_read(reports)[2]) if reports else None
    found, missing = _completed(found, asked, file)
    final, look, running = _final(document, journal, review=review)
    known, faults = _known(final, look, list(wanted(found)), file, running=running)
    look = themes.overlaid(journal, "letter", ("words", "scripts"))
    words = look.tokens["words"]
    labels = (str(words["comment-label"]), str(words["answer-label"]))
    body = set_letter(found, known, str(words["unanswered"]), labels)
    sheet = _sheet(document, body, data, str(words["response"]))
    files = {f"response.{kind}": _written(sheet, look, kind) for kind in kinds}
    listed = found.items
    count = sum(bool(one.answer) for one in listed.values())
    return Response(files, count, len(listed), (*missing, *faults))


def _read(path: Path) -> tuple[File, Mapping[str, object], list[Node]]:
    """A Markdown file, its front matter and its blocks; Fault where it is not there."""
    from galley import pandoc
    from galley.reading.files import text_file
    from galley.reading.metadata import header

    if not path.is_file():
        hint = "write one: ## R1.1, the comment as a quotation (>), and the answer under it"
        raise fault("no-response", named(path), "there is no such file", hint, status=2)
    file, _ = text_file(path)
    head = header(file)
    return file, head.data, pandoc.Reading(file.text[head.end :]).result()[1]


def _completed(found: Letter, asked: Letter | None, file: File) -> tuple[Letter, list[Diagnostic]]:
    """The response with the reviewers' words from their reports, comments that it does not name among them."""
    from galley.stages.replying import Item, Letter

    missing: list[Diagnostic] = []
    reported = asked.items if asked else {}
    parts = [
        one._replace(comment=reported[one.id].comment + reported[one.id].answer)
        if isinstance(one, Item) and not one.comment and one.id in reported
        else one
        for one in found.parts
    ]
    for name, one in reported.items():
        if name not in found.items:
            parts.append(one._replace(comment=one.comment + one.answer, answer=()))
    whole = Letter(tuple(parts))
    for name, one in whole.items.items():
        if not one.answer:
            message = f"the comment {name} has no answer"
            missing.append(Diagnostic(ERROR, "unanswered", _place(file, name), message, f"write it under ## {name}"))
        if asked and name not in reported:
            message = f"{name} is answered, but no report has it"
            missing.append(Diagnostic(WARNING, "no-such-comment", _place(file, name), message))
    return whole, missing


def _place(file: File, words: str) -> Span | str:
    at = file.text.find(words)
    return file.span(at, at + len(words)) if at >= 0 else file.name


def _final(document: Document, journal: Theme, *, review: bool) -> tuple[Document, Theme, bool]:
    """The final version as it is set, its look, and whether its lines are counted from its beginning."""
    from galley import theme as themes
    from galley.blindcopy import KEEP
    from galley.formats.remarks import settled
    from galley.identity import traces
    from galley.stages.blinding import blinded

    final = settled(document)
    if not review:
        return final, journal, False
    return blinded(final, traces(document.meta)).document, themes.overlaid(journal, "review", KEEP), True


def _known(
    document: Document, theme: Theme, refers: Sequence[tuple[str, str, str]], file: File, *, running: bool
) -> tuple[Known, list[Diagnostic]]:
    """Places and words of all that answers refer to, and what is wrong with what they refer to."""
    from galley.formats.places import places
    from galley.stages.replying import Known, identified, with_words

    document, names = with_words(document, [what for _, kind, what in refers if kind == "words"])
    texts = identified(document)
    wanted = [what for _, kind, what in refers if kind == "id" and what in texts]
    found = places(document, theme, [*wanted, *names.values()])
    faults = []
    for item, kind, what in refers:
        if what in (texts if kind == "id" else names):
            continue
        at = f"the answer to {item} " if item else "the letter "
        if kind == "id":
            message, hint = (
                f"{at}refers to '#{what}', which the manuscript has not",
                f"mark it there: [the words]{{#{what}}}",
            )
        else:
            message, hint = (
                f"{at}quotes '{what[:60]}', which the manuscript does not say",
                "quote it as it stands there",
            )
        faults.append(Diagnostic(ERROR, "no-such-change", _place(file, what[:20]), message, hint))
    said = {name: _said(place, running=running) for name, place in found.items()}
    return Known(said, texts, names), faults


def _said(place: Place, *, running: bool) -> str:
    """A place in words; lines as they are numbered on the page, where they are."""
    return str(place._replace(line=place.running, last_line=place.last_running)) if running else str(place)


def _sheet(document: Document, body: Sequence[Node], data: Mapping[str, object], title: str) -> Document:
    """The letter as a document of its own: the manuscript's title, its authors, and works that answers cite."""
    from galley.pandoc import inlines, plain
    from galley.stages.citing import cite

    of = plain(document.slots.get("title", ())) or document.meta.title
    said = data.get("title")
    named_so = said if isinstance(said, str) and said else title
    date = data.get("date")
    meta = replace(
        document.meta, title=named_so, subtitle=of, abstract="", keywords=(), doi="", license="", copyright="", type="",
        date=date if isinstance(date, str) else "", received="", revised="", accepted="", nocite=(), short_title=of,
        first_page=None, last_page=None, volume="", issue="", endnotes=False,
    )  # fmt: skip
    slots = {"title": ({"t": "Plain", "c": inlines(named_so)},), "subtitle": ({"t": "Plain", "c": inlines(of)},)}
    bare = replace(document, meta=meta, slots=slots, blocks=tuple(body), back=(), references=(), numbers=(), own=None)
    return cite(bare)


def _written(sheet: Document, theme: Theme, kind: str) -> bytes:
    from galley.formats.html import day
    from galley.formats.roundcopies import written
    from galley.pandoc import inlines, para

    if sheet.meta.date and kind != "pdf":  # there a date would be that of publication
        said = para(inlines(day(sheet.meta.date, sheet.meta.lang)))
        sheet = replace(sheet, meta=replace(sheet.meta, date=""), blocks=(said, *sheet.blocks))
    return written(sheet, theme, kind)
