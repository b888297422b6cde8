"""A theme's reference.docx -> the one an article is written with: its heads and feet filled in with the article's
facts, its page number begun; one that belongs to a theme this one extends takes on its paper, margins and type.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from galley.formats.html import day
from galley.formats.metadata import site
from galley.formats.worddress import dress, style
from galley.formats.wordtitlepage import is_student
from galley.formats.wordxml import attribute, parse, serialized, w
from galley.pandoc import plain
from galley.report import fault

if TYPE_CHECKING:
    from galley.document import Document
    from galley.frontmatter import FrontMatter
    from galley.theme import Theme

REFERENCE = "reference.docx"
BRACED = re.compile(r"\{([a-z-]+)\}")
LINE = 60
MANUSCRIPT_LINE = 50
"""Characters of a running head that fit beside the page number, and those that APA 7 §2.8 allows."""


def reference(document: Document, theme: Theme) -> bytes:
    """The document Pandoc is to take styles, page, heads and feet from."""
    path = theme.path(REFERENCE)
    try:
        with zipfile.ZipFile(path) as package:
            parts = {item.filename: package.read(item) for item in package.infolist()}
        trees = {part: parse(parts[part]) for part in parts if re.fullmatch(r"word/(header|footer)\d*\.xml", part)}
        body, styles = parse(parts["word/document.xml"]), parse(parts["word/styles.xml"])
    except (OSError, KeyError, zipfile.BadZipFile, ET.ParseError) as error:
        raise fault("theme-file", str(path), f"is no Word document: {error}", "save it anew", status=2) from error
    said = facts(document, theme)
    for tree in trees.values():
        _fill(tree, said)
    if path.parent != theme.folders[0]:
        dress(body, styles, theme.tokens)
    own = theme.tokens.get("paper", {}).get("folios") == "own"
    _begin(body, None if own else document.meta.first_page)
    parts |= {part: serialized(tree) for part, tree in trees.items()}
    parts |= {"word/document.xml": serialized(body), "word/styles.xml": serialized(styles)}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for part, data in parts.items():
            package.writestr(part, data)
    return out.getvalue()


# -- heads and feet ----------------------------------------------------------------------------------


def facts(document: Document, theme: Theme) -> Mapping[str, str]:
    """What may stand in braces in a reference.docx, by name; what the article does not say is ""."""
    meta = document.meta
    journal = theme.journal(document.meta.journal)
    words = theme.tokens.get("words", {})
    volume = meta.volume + (f"({meta.issue})" if meta.issue else "")
    pages = meta.pages and f"{words.get('pages' if meta.last_page else 'page', 'Pages')} {meta.pages}"
    placed = bool(volume or pages or journal.title)
    source = [
        meta.year if placed else "",
        volume and f"{words.get('volume', 'Vol.')} {volume}",
        pages or meta.article_number,
    ]
    owner = meta.copyright.strip()
    sign = "" if not owner or re.match(r"©|copyright|\(c\)", owner, re.IGNORECASE) else "© "
    title = plain(document.slots.get("title", ())) or meta.title
    return {
        "title": title,
        "short-title": meta.short_title or shortened(title),
        "authors": _short(document),
        "journal": journal.title,
        "journal-abbreviation": journal.abbreviation or journal.title,
        "site": re.sub(r"^https?://|/$", "", site(journal.url)),
        "source": ", ".join(part for part in source if part),
        "running-head": "" if is_student(meta) else meta.short_title or shortened(title, MANUSCRIPT_LINE),
        "stamp": _stamp(meta, str(words.get("version", "Version"))),
        "preprint": str(words.get("preprint", "Preprint")),
        "volume": volume,
        "year": meta.year,
        "pages": meta.pages,
        "doi": meta.doi_url,
        "type": meta.type,
        "rights": ". ".join(part for part in (sign + owner, meta.license) if part),
    }


def _stamp(meta: FrontMatter, word: str) -> str:
    """How old a preprint is: its version and its date, "Version 2 · 14 May 2026"."""
    number = re.sub(r"^v(er)?(sion)?\.?\s*", "", meta.version, flags=re.IGNORECASE)
    return " · ".join(filter(None, (number and f"{word} {number}", meta.date and day(meta.date, meta.lang))))


def shortened(title: str, line: int = LINE) -> str:
    """A title that fits on a line with a page number: up to its colon, or cut at a word."""
    if len(title) <= line:
        return title
    head = title.split(": ")[0]
    return head if len(head) <= line else head[:line].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _short(document: Document) -> str:
    """The authors as a running head gives them."""
    names = [author.family or author.name for author in document.meta.authors]
    return f"{names[0]} et al." if len(names) > 2 else " & ".join(names)


def _fill(tree: ET.Element, said: Mapping[str, str]) -> None:
    """Names in braces replaced, however Word has cut them up; a line that is left without any words is emptied."""
    for paragraph in tree.iter(w("p")):
        texts = list(paragraph.iter(w("t")))
        whole = "".join(text.text or "" for text in texts)
        names = BRACED.findall(whole)
        if not names:
            continue
        _join_braces(texts)
        for text in texts:
            text.text = BRACED.sub(lambda found: said.get(found[1], found[0]), text.text or "")
            attribute(text, "xml:space", "preserve")
        has_field = (
            paragraph.find(f".//{w('fldChar')}") is not None or paragraph.find(f".//{w('fldSimple')}") is not None
        )
        if not has_field and not any((text.text or "").strip() for text in texts):
            for child in list(paragraph):
                paragraph.remove(child)


def _join_braces(texts: list[ET.Element]) -> None:
    """Word may part a name in braces between runs: it is put whole into the run it begins in."""
    for at, text in enumerate(texts):
        words = text.text or ""
        follow = at + 1
        while words.rfind("{") > words.rfind("}") and follow < len(texts):
            words += texts[follow].text or ""
            texts[follow].text = ""
            follow += 1
        text.text = words


# -- the page ------------------------------------------------------------------------------------------


def _begin(body: ET.Element, first_page: int | None) -> None:
    section = body.find(f".//{w('body')}/{w('sectPr')}")
    if section is None or first_page is None:
        return
    number = section.find(w("pgNumType"))
    if number is None:
        number = ET.Element(w("pgNumType"))
        places = [at for at, child in enumerate(section, 1) if child.tag in (w("pgMar"), w("pgSz"), w("lnNumType"))]
        section.insert(max(places, default=len(section)), number)
    number.set(w("start"), str(first_page))


class Area(NamedTuple):
    """The measure and the height of the text on a page, in twentieths of a point; the size of the type in tables."""

    measure: int
    height: int
    table: float


def text_area(look: bytes) -> Area:
    """The room for text on a page of this document."""
    with zipfile.ZipFile(BytesIO(look)) as package:
        body, styles = parse(package.read("word/document.xml")), parse(package.read("word/styles.xml"))
    page, room = body.find(f".//{w('pgSz')}"), body.find(f".//{w('pgMar')}")

    def told(element: ET.Element | None, key: str, usual: int) -> int:
        value = element.get(w(key), "") if element is not None else ""
        return int(value) if value.isdecimal() else usual

    sides = told(room, "left", 1440) + told(room, "right", 1440) + told(room, "gutter", 0)
    edges = told(room, "top", 1440) + told(room, "bottom", 1440)
    size = told(style(styles, "TableText").find(f"{w('rPr')}/{w('sz')}"), "val", 20) / 2
    return Area(told(page, "w", 11906) - sides, told(page, "h", 16838) - edges, size)
