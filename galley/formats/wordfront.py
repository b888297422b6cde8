"""What stands before and after the text of an article in Word: title, authors, abstract and keywords; the statements
and the reference list. A settled Document comes in, blocks in the reference.docx's styles go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from galley.document import Node
from galley.formats.html import day
from galley.formats.metadata import orcid_url
from galley.formats.wordfields import styled
from galley.frontmatter import STATEMENTS
from galley.pandoc import header, inlines, para

if TYPE_CHECKING:
    from galley.document import Document
    from galley.formats.wordtree import Setting
    from galley.frontmatter import Author

SPACE: Node = {"t": "Space"}
TEXTUAL = ("Para", "Plain")


def front(document: Document, setting: Setting, words: Mapping[str, Any]) -> list[Node]:
    """Title, subtitle, authors and where they are, dates, abstract, keywords."""
    meta = document.meta
    out = [_lines("Title", document.slots.get("title", ()), setting) or styled("Title", [para(inlines(meta.title))])]
    subtitle = _lines("Subtitle", document.slots.get("subtitle", ()), setting)
    out += [subtitle] if subtitle else []
    out += authors(document)
    notes = [_note(author, words, len(meta.authors) > 1) for author in meta.authors]
    if any(author.equal for author in meta.authors):
        notes.append(inlines("† " + str(words.get("equal", "These authors contributed equally")) + "."))
    out += [styled("Author Note", [para(note)]) for note in notes if note]
    dates = _dates(document, words)
    out += [styled("Date", [para(inlines(dates))])] if dates else []
    if document.slots.get("author-note"):
        out.append(styled("Author Note", setting.blocks(document.slots["author-note"])))
    return [*out, *abstract(document, setting, words)]


def abstract(document: Document, setting: Setting, words: Mapping[str, Any]) -> list[Node]:
    """The abstract under its heading, and the keywords."""
    out: list[Node] = []
    if document.slots.get("abstract"):
        out.append(styled("Abstract Title", [para(inlines(str(words.get("abstract", "Abstract"))))]))
        out.append(styled("Abstract", setting.blocks(document.slots["abstract"])))
    if document.meta.keywords:
        label = {"t": "Emph", "c": inlines(f"{words.get('keywords', 'Keywords')}:")}
        out.append(styled("Keywords", [para([label, SPACE, *inlines(", ".join(document.meta.keywords))])]))
    return out


def _lines(style: str, blocks: Sequence[Node], setting: Setting) -> Node | None:
    """The paragraphs of a slot in a style, or None where it is empty."""
    lines = [para(setting.blocks(block["c"])) for block in blocks if block["t"] in TEXTUAL]
    return styled(style, lines) if lines else None


def authors(document: Document, marked: bool = True) -> list[Node]:
    """The authors in one line, the affiliations under them, with numbers where these are needed to tell whose.

    ``marked`` says whether the one to write to, and those of equal shares, bear a mark.
    """
    meta = document.meta
    numbered = len(meta.affiliations) > 1
    line: list[Node] = []
    for at, author in enumerate(meta.authors):
        if at:
            last = at == len(meta.authors) - 1
            line += inlines((", and " if at > 1 else " and ") if last else ", ")
        line += inlines(author.name)
        marks = [", ".join(str(place + 1) for place in author.affiliations)] if numbered else []
        marks += ["*"] if marked and author.corresponding and len(meta.authors) > 1 else []
        marks += ["†"] if marked and author.equal else []
        line += [_raised(", ".join(filter(None, marks)))] if any(marks) else []
    out = [styled("Author", [para(line)])] if line else []
    for number, affiliation in enumerate(meta.affiliations, 1):
        mark = [_raised(str(number)), SPACE] if numbered else []
        out.append(styled("Affiliation", [para([*mark, *inlines(affiliation.text)])]))
    return out


def _note(author: Author, words: Mapping[str, Any], several: bool) -> list[Node]:
    """Who the author is and how to reach them, "" where nothing of it is known."""
    parts: list[list[Node]] = []
    if author.note:
        parts.append(inlines(author.note.rstrip(".") + "."))
    if author.email:
        key = "correspondence" if author.corresponding else "email"
        said = str(words.get(key, {"correspondence": "Correspondence", "email": "E-mail"}[key]))
        parts.append([*inlines(f"{said}: "), linked(f"mailto:{author.email}", author.email)])
    elif author.corresponding:
        parts.append(inlines(str(words.get("correspondence", "Correspondence")) + "."))
    if orcid_url(author):
        parts.append([*inlines("ORCID: "), linked(orcid_url(author), orcid_url(author))])
    if not parts:
        return []
    line = inlines("* " if author.corresponding and several else "")
    line += inlines(f"{author.name}: ") if several or not author.note else []
    for at, part in enumerate(parts):
        line += [*([SPACE] if at else []), *part]
    return line


def _dates(document: Document, words: Mapping[str, Any]) -> str:
    meta = document.meta
    known = (("received", meta.received), ("revised", meta.revised), ("accepted", meta.accepted))
    rows = [(words.get(name, name.capitalize()), date) for name, date in known]
    rows.append((words.get("published", "Published"), meta.date if any(date for _, date in known) else ""))
    return " · ".join(f"{word} {day(date, meta.lang)}" for word, date in rows if date)


def statements(document: Document, setting: Setting) -> list[Node]:
    """The statements, each under its name, which runs into it."""
    out: list[Node] = []
    for name, title in STATEMENTS.items():
        blocks = setting.blocks(document.slots.get(name, ()))
        if not blocks:
            continue
        label: list[Node] = [{"t": "Strong", "c": inlines(f"{title}:")}]
        if blocks[0]["t"] in TEXTUAL:
            blocks = [para([*label, SPACE, *blocks[0]["c"]]), *blocks[1:]]
        else:
            blocks = [para(label), *blocks]
        out.append(styled("Statement", blocks))
    return out


def references(document: Document, setting: Setting, words: Mapping[str, Any]) -> list[Node]:
    """The reference list under its heading, each entry under the bookmark its citations lead to."""
    if not document.references:
        return []
    from galley.formats.wordtree import reference_block

    entries = [reference_block(entry.key, entry.inlines, setting) for entry in document.references]
    heading = header(1, inlines(str(words.get("references", "References"))), setting.unique("references"))
    return [heading, styled("Bibliography", entries)]


def _raised(text: str) -> Node:
    return {"t": "Superscript", "c": inlines(text)}


def linked(address: str, words: str) -> Node:
    """Words that lead to an address."""
    return {"t": "Link", "c": [["", [], []], inlines(words), [address, ""]]}
