"""Whether a reader can open an output: PDFs by a viewer's library, packages as zip and XML, pages as HTML."""

from __future__ import annotations

import io
import json
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree


def wrong_with(name: str, data: bytes) -> str:
    """Why a file cannot be opened; "" where it can, or where nobody knows how."""
    try:
        if name.endswith(".pdf"):
            return _pdf(data)
        if name.endswith((".docx", ".epub", ".zip", ".odt")):
            return _package(data)
        if name.endswith((".xml", ".svg", ".xhtml", ".rels")):
            ElementTree.fromstring(data)
        elif name.endswith(".json"):
            json.loads(data)
        elif name.endswith((".html", ".htm")):
            return _page(data.decode("utf-8"))
        elif name.endswith(".bib"):
            return _bibliography(data.decode("utf-8"))
        elif name.endswith((".md", ".txt", ".tex", ".csv")):
            text = data.decode("utf-8")
            return "holds a NUL byte" if "\0" in text else ""
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _pdf(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        if not len(document):
            return "no pages"
        for at in {0, len(document) - 1}:
            document[at].get_textpage().get_text_range()
    finally:
        document.close()
    return ""


def _package(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if broken := package.testzip():
            return f"its part {broken} is broken"
        names = package.namelist()
        if len(names) != len(set(names)):
            return "two parts have one name"
        for name in names:
            if why := wrong_with(name, package.read(name)):
                return f"{name}: {why}"
    return ""


class _Page(HTMLParser):
    """Counts what is open."""

    VOID = frozenset(
        ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong = self.wrong or f"<{tag}> has an attribute twice"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong = self.wrong or f"</{tag}> closes nothing at {self.getpos()}"


def _page(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return page.wrong or (f"<{page.open[-1]}> is not closed" if page.open else "")


def _bibliography(text: str) -> str:
    from galley.reading.bibliography import bibliography
    from galley.report import ERROR
    from galley.span import File

    found = [one for one in bibliography([File("", text)]).faults if one.severity is ERROR]
    return f"{found[0].code}: {found[0].message}" if found else ""
