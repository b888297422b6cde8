"""A web page as tests read it: its elements, its words, and what a browser would load for it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from small_article import PLAIN, article

from galley.formats import html
from galley.theme import Theme

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A page's elements as (name, attributes), its words, and what its script elements hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words = ""
        self.scripts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        elif self.open and self.open[-1] not in ("style", "title"):
            self.words += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    def metas(self, name: str) -> list[str]:
        return [attributes["content"] for attributes in self.all("meta", name=name)]


def loads(page: Page) -> list[str]:
    """The addresses from which a browser would load something for this page."""
    fetched = ("img", "script", "iframe", "source", "video", "audio", "embed", "object", "use", "image", "link")
    found = [
        attributes[key]
        for tag, attributes in page.elements
        if tag in fetched
        for key in ("src", "srcset", "href", "data", "poster")
        if key in attributes
    ]
    return [address for address in found if not address.startswith("data:")]


def written(folder: Path, theme: Theme = PLAIN, **changes: object) -> str:
    return html.write(article(folder, **changes), theme).decode("utf-8")  # type: ignore[arg-type]


def body_of(folder: Path, body: str) -> Page:
    return Page(written(folder, body=body))
