"""A settled document -> the article's web page: one file with everything in it, asking nothing of the network.

Pandoc writes the body and every slot as HTML5 in one go, the theme's ``article.html.j2`` sets them on the page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from galley.document import reference_id
from galley.formats import metadata
from galley.formats.abstracts import gathered
from galley.formats.apparatus import NOTE, Notes, Section, cited_at, lowered, marked, named, outline, unwrapped
from galley.formats.pictures import embedded
from galley.formats.remarks import remarked
from galley.formats.safety import Cleaner, Words
from galley.frontmatter import STATEMENTS
from galley.pandoc import Node, Writing, each
from galley.patterns import pattern

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

SUFFIX = ".html"
OPTIONS = ("--mathml",)
TITLES = ("title", "subtitle")
BEFORE = (*TITLES, "author-note", "abstract")
PAGE_IDENTIFIERS = ("top", "main", "abstract", "keywords", "references", "notes", "cite", "peek", *STATEMENTS)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DEFAULT_WORDS = Words()
ROW = pattern(r'(class="(?:left|right)"><math) display="inline"')
IMAGE = pattern(r'<img src="galley-image:(\d+)"')


@dataclass(frozen=True, slots=True)
class Prepared:
    """The document's parts as trees ready for Pandoc, and what the page shows beside them."""

    body: list[Node]
    slots: Mapping[str, list[Node]]
    notes: int
    images: tuple[str, ...]
    sections: tuple[Section, ...]
    back_sections: tuple[Section, ...]
    cited: Mapping[str, tuple[str, ...]]


def write(document: Document, theme: Theme) -> bytes:
    """The page as UTF-8; the same document and theme always give the same bytes."""
    document = _in_journal(document, theme)
    ready = prepared(document, _words(theme))
    writing = Writing(ready.body, "html5", slots=ready.slots, options=OPTIONS)
    from markupsafe import Markup  # Jinja is loaded while Pandoc writes

    style = Markup(theme.render("article.css.j2", {}))  # noqa: S704 - the theme's own
    script = Markup(theme.path("article.js").read_text("utf-8"))  # noqa: S704 - the theme's own
    texts = {name: _with_images(text, ready.images) for name, text in writing.result().items()}
    parts = {name: Markup(texts.get(name, "")) for name in (*BEFORE, *texts)}  # noqa: S704 - Pandoc has escaped it
    page = theme.render(
        "article.html.j2",
        {"day": day, "orcid": metadata.orcid_url},
        meta=document.meta,
        parts=parts,
        statements=[(name, title) for name, title in STATEMENTS.items() if name in parts],
        references=_references(document, parts, ready.cited),
        own=_own(document),
        notes=[parts[f"note-{number}"] for number in range(1, ready.notes + 1)],
        site=metadata.site(document.meta.journal.url),
        sections=ready.sections,
        back_sections=ready.back_sections,
        title=metadata.title(document),
        description=metadata.description(document),
        tags=metadata.tags(document),
        graph=metadata.graph(document),
        linked_data=Markup(metadata.linked_data(document)),  # noqa: S704 - escaped there
        licence_url=metadata.licence_url(document.meta.license),
        direction=metadata.direction(document.meta.lang),
        style=style,
        script=script,
        script_hash=_hash(script),
    )
    return page.encode("utf-8")


def _in_journal(document: Document, theme: Theme) -> Document:
    """The document with its journal as front matter and theme give it together."""
    return replace(document, meta=replace(document.meta, journal=theme.journal(document.meta.journal)))


def prepared(document: Document, words: Words = DEFAULT_WORDS) -> Prepared:
    """The trees made safe, lowered and marked, notes lifted out of them."""
    document = gathered(remarked(document))
    images: list[str] = []
    cleaner = Cleaner(_shelf(document, images), words, _reserved(document))
    notes = Notes()

    def safe(blocks: Any, steps: int = 1) -> Any:
        return marked(lowered(notes.lifted(cleaner.clean(blocks)), steps))

    # In the order of the page, for that is the order in which notes and identifiers are numbered.
    slots = {name: unwrapped(safe(document.slots[name], 2)) for name in TITLES if name in document.slots}
    slots |= {name: safe(document.slots[name], 2) for name in ("author-note", "abstract") if name in document.slots}
    body = named(safe(document.blocks))
    slots |= {name: safe(document.slots[name], 2) for name in STATEMENTS if name in document.slots}
    back = named(safe(document.back))
    for index, reference in enumerate(document.references):
        slots[f"reference-{index}"] = [{"t": "Plain", "c": cleaner.clean(reference.inlines)}]
    if document.own:
        slots["own"] = [{"t": "Plain", "c": cleaner.clean(document.own[0].inlines)}]
    for number, blocks in enumerate(notes.bodies, 1):
        slots[f"note-{number}"] = marked(blocks)
    cited = cited_at([*(slots[name] for name in slots if name in BEFORE), body, *slots.values(), back])
    slots["back"] = back
    return Prepared(body, slots, len(notes.bodies), tuple(images), outline(body), outline(back), cited)


def _words(theme: Theme) -> Words:
    """What the theme says about pictures, in the words of its journal's language."""
    said = theme.tokens.get("words", {})
    return Words(said.get("image", DEFAULT_WORDS.described), said.get("missing-image", DEFAULT_WORDS.missing))


def day(date: str, lang: str = "en") -> str:
    """A date as a reader of English likes it, as 5 May 2024; in any other language as ISO 8601 has it."""
    year, month, number = (*date.split("-"), "", "")[:3]
    if not month or lang.split("-")[0].lower() != "en":
        return date
    return " ".join(part for part in (number.lstrip("0"), MONTHS[int(month) - 1], year) if part)


def _reserved(document: Document) -> set[str]:
    """The identifiers the page itself gives out."""
    parts = [*document.slots.values(), document.blocks, document.back]
    marks = range(1, 1 + len(list(each(parts, NOTE))))
    notes = [f"{stem}-{number}" for number in marks for stem in ("note", "note-ref")]
    return {*PAGE_IDENTIFIERS, *notes, *(reference_id(reference.key) for reference in document.references)}


def _shelf(document: Document, images: list[str]) -> Any:
    """Where images are put while Pandoc writes: it is given a number for each instead of all its bytes."""

    def picture(address: str) -> str | None:
        data = embedded(document.folder, address)
        if data is None:
            return None
        if data not in images:
            images.append(data)
        return f"galley-image:{images.index(data)}"

    return picture


def _with_images(text: str, images: tuple[str, ...]) -> str:
    """The text with each image in its place; "<" in the author's words is escaped, so only ours match."""
    text = ROW.sub(r'\1 displaystyle="true"', text)  # the rows of an equation stand in lines, set as if displayed
    return IMAGE.sub(lambda found: f'<img src="{images[int(found[1])]}"', text)


def _references(document: Document, parts: Mapping[str, Any], cited: Mapping[str, tuple[str, ...]]) -> list[Any]:
    identifiers = [reference_id(reference.key) for reference in document.references]
    return [
        {"id": identifier, "html": parts[f"reference-{index}"], "cited_at": cited.get(identifier, ())}
        for index, identifier in enumerate(identifiers)
    ]


def _own(document: Document) -> list[tuple[str, str, str]]:
    """The article's own citation for reference managers: name, text, file name; nothing where there is none."""
    if not document.own:
        return []
    from galley.formats import citations

    key = document.own[1].key
    return [
        ("BibTeX", citations.bibtex(document.own[1]).decode(), f"{key}.bib"),
        ("RIS", citations.ris(document, document.meta.journal).decode().replace("\r\n", "\n"), f"{key}.ris"),
    ]


def _hash(script: str) -> str:
    """The script's hash as a content security policy names it."""
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
