"""An issue's articles, each with its own web page -> the page that leads to them, and ways from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.formats import metadata
from galley.formats.html import day

if TYPE_CHECKING:
    from galley.frontmatter import FrontMatter
    from galley.theme import Theme


class Entry(NamedTuple):
    """An article in the contents: its file's name without ending, what is said of it, its section and pages."""

    name: str
    title: str
    subtitle: str
    authors: str
    section: str
    pages: str
    doi: str
    lang: str


def index(meta: FrontMatter, name: str, entries: Sequence[Entry], theme: Theme, texts: dict[str, str]) -> bytes:
    """The issue's page as UTF-8; ``texts`` are its masthead and imprint as HTML."""
    from markupsafe import Markup

    sections: list[tuple[str, list[Entry]]] = []
    for entry in entries:
        if not sections or sections[-1][0] != entry.section:
            sections.append((entry.section, []))
        sections[-1][1].append(entry)
    style = Markup(theme.render("article.css.j2", {}))  # noqa: S704 - the theme's own
    filters: dict[str, Any] = {"day": day}
    page = theme.render(
        "issue.html.j2",
        filters,
        meta=meta,
        heading=name,
        sections=sections,
        style=style,
        texts={key: Markup(text) for key, text in texts.items()},  # noqa: S704 - Pandoc has escaped it
        site=metadata.site(meta.journal.url),
        direction=metadata.direction(meta.lang),
    )
    return page.encode()


LOOK = b""".way { border-bottom: 1px solid var(--rule); padding: .5rem var(--edge); }
.way { font: .875rem/1.5 var(--sans-face); }
.way p { max-width: 60rem; margin: 0 auto; text-indent: 0; }
@media print { .way { display: none; } }
"""


def with_way(page: bytes, name: str, at: int, entries: Sequence[Entry]) -> bytes:
    """An article's page with a line that leads to the issue, to its PDF, and to its neighbours."""
    before = f'<a rel="prev" href="{entries[at - 1].name}.html">Previous article</a>' if at else ""
    after = f'<a rel="next" href="{entries[at + 1].name}.html">Next article</a>' if at + 1 < len(entries) else ""
    home = f'<a href="index.html">{escape(name, quote=False)}</a>'
    links = [home, f'<a href="{entries[at].name}.pdf">PDF</a>', *(link for link in (before, after) if link)]
    way = f'<nav class="way" aria-label="Issue"><p>{" · ".join(links)}</p></nav>\n'
    mark = b'<header class="masthead">'
    return page.replace(b"</style>", LOOK + b"</style>", 1).replace(mark, way.encode() + mark, 1)
