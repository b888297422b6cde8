"""The article itself as an entry of a bibliography, and as APA 7 prints it: what a reader copies to cite it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from galley import apa7, pandoc
from galley.apa7.entry import Entry as Work
from galley.bibtex import escaped
from galley.document import Document, Entry, Node, Reference
from galley.frontmatter import Author, FrontMatter, Journal
from galley.stages.richtext import to_inlines

COMMANDS = {
    "Emph": "emph",
    "Strong": "textbf",
    "Superscript": "textsuperscript",
    "Subscript": "textsubscript",
    "SmallCaps": "textsc",
}
WORD = re.compile(r"[^\W\d_][\w’'-]*")
FACED = re.compile(r"\\(?:emph|textbf|textsc)\{[^{}]*\}")
LONG = 4
"""Letters from which a word of a title in title case has a capital (APA 7 §6.17)."""


def reference(document: Document, journal: Journal | None = None) -> Reference:
    """The article as one entry of a reference list (APA 7 §10.1); ``journal`` as a theme completes it."""
    own = entry(document, journal)
    made = apa7.typeset({own.key: Work(own.key, own.type, own.fields)}, (), also=[own.key], language=document.meta.lang)
    _, text = made.references[0]
    return Reference(own.key, tuple(to_inlines(text)), str(text))


def entry(document: Document, journal: Journal | None = None) -> Entry:
    """The article as a BibTeX entry: values in LaTeX, proper nouns of an English title in braces."""
    meta = document.meta
    place = journal or meta.journal
    pages = str(meta.first_page or "") + (f"--{meta.last_page}" if meta.last_page else "")
    rows = [
        ("author", " and ".join(_name(author) for author in meta.authors)),
        ("title", _title(document)),
        ("journal", escaped(place.title)),
        ("year" if re.fullmatch(r"\d{4}", meta.date) else "date", meta.date),
        ("volume", escaped(meta.volume)),
        ("number", escaped(meta.issue)),
        ("pages", pages),
        ("eid", "" if pages else escaped(meta.article_number)),
        ("doi", meta.doi),
        ("url", "" if meta.doi else meta.url),
        ("issn", place.eissn or place.issn),
        ("publisher", "" if place.title else escaped(place.publisher)),
        ("langid", "" if meta.lang.startswith("en") else meta.lang),
    ]
    kind = "article" if place.title else "online" if meta.doi or meta.url else "unpublished"
    return Entry(key(meta), kind, {name: value for name, value in rows if value}, "")  # type: ignore[arg-type]


def key(meta: FrontMatter) -> str:
    """A key as people make them: the first author's name, the year, the first long word of the title."""
    first = meta.authors[0].family or meta.authors[0].name if meta.authors else ""
    words = [word for word in WORD.findall(meta.title) if len(word) >= LONG]
    return _ascii(first) + meta.year + _ascii(words[0] if words else "") or "article"


def _name(author: Author) -> str:
    if not author.family:
        return "{" + escaped(author.name) + "}"
    return escaped(f"{author.family}, {author.given}" if author.given else "{" + author.family + "}")


def _title(document: Document) -> str:
    """Title and subtitle, with what must not lose its capitals in braces."""
    slots = document.slots
    parts = [_latex(slots.get(name, ())) for name in ("title", "subtitle")]
    title = ": ".join(part for part in parts if part) or escaped(document.meta.title)
    if not document.meta.lang.startswith("en"):
        return title
    words = _proper(document, title)
    faces = [found.span() for found in FACED.finditer(title)]

    def kept(found: re.Match[str]) -> str:
        """A word in braces where it is to keep its capital; in italics, where an engine keeps all, without its own."""
        word, at = found[0], found.start()
        if word in words.proper and _free(title, found):
            return f"{{{word}}}"
        if at == 0 or re.search(r"[:.?!]\s*(?:\\\w+\{)?$", title[:at]):  # APA 7 §6.17: a title and a subtitle begin so
            return f"{{{word}}}" if word[0].islower() and at == 0 else word
        inside = words.in_title_case and any(start < at < end for start, end in faces) and _free(title, found)
        return word.lower() if inside else word

    return WORD.sub(kept, title)


def _free(title: str, found: re.Match[str]) -> bool:
    """Whether a word is not the name of a LaTeX command."""
    return found.start() == 0 or title[found.start() - 1] != "\\"


class _Words(NamedTuple):
    """What is known of the words of a title."""

    proper: set[str]
    in_title_case: bool


def _proper(document: Document, title: str) -> _Words:
    """Words of the title that keep their capitals: they have one within a sentence of the text and are never without,
    or have more than one; all that have one where the title is not in title case.
    """
    words = [word for word in WORD.findall(title) if word[0].isupper()]
    several = {word for word in words if any(char.isupper() for char in re.sub(r"(?<=-).", "", word[1:]))}
    text = pandoc.plain([*document.slots.get("abstract", ()), *document.blocks, *document.back])
    common = set(re.findall(r"\b[a-z][\w’'-]*", text))
    named = {word for word in words if re.search(rf"[a-z,;] {re.escape(word)}(?![\w-])", text)}
    known = {word for word in named if word.lower() not in common}
    bare = re.sub(r"\\\w+\{|[{}]", "", title)
    later = re.findall(rf"(?<=[\w,] )[^\W\d_][\w’'-]{{{LONG - 1},}}", bare)
    in_title_case = sum(word[0].isupper() for word in later) * 2 > len(later)
    capitals = set() if in_title_case else {word for word in later if word[0].isupper()}
    return _Words(several | known | capitals, in_title_case)


def _latex(nodes: Any) -> str:
    """Inlines, or the lines of blocks, as LaTeX."""
    return "".join(_part(node) for node in nodes).strip()


def _part(node: Node) -> str:
    kind = node["t"]
    content: Any = node.get("c")
    if kind in ("Para", "Plain"):
        return _latex(content)
    if kind == "Math":
        return f"${content[1]}$"
    if kind in COMMANDS:
        return f"\\{COMMANDS[kind]}{{{_latex(content)}}}"
    if kind in ("Span", "Link", "Cite"):
        return _inner(content[1])
    if kind == "Quoted":
        marks = pandoc.QUOTES[content[0]["t"]]
        return marks[0] + _inner(content[1]) + marks[1]
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    return escaped(content if kind == "Str" else pandoc.plain(node))


def _inner(nodes: Any) -> str:
    return "".join(_part(node) for node in nodes)


def _ascii(text: str) -> str:
    plain = "".join(char for char in normalize("NFKD", text.lower()) if not combining(char))
    return re.sub(r"[^a-z0-9]", "", plain)
