"""What a publisher's deposits cannot do without: facts of the title page, and statements the theme asks for.

Only a camera-ready article is held to these; a draft or a preprint is set without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from galley import pandoc
from galley.checks.preflight.facts import Look
from galley.checks.preflight.finished import Checked, count, remark, wrong
from galley.document import Document
from galley.frontmatter import STATEMENTS
from galley.report import Diagnostic
from galley.theme import Theme


class Need(NamedTuple):
    """A fact: its field, what it is called, whether it is there, who asks for it, how it is written."""

    field: tuple[str | int, ...]
    name: str
    given: Callable[[Document], bool]
    asks: str
    write: str


NEEDED = (
    Need(
        ("journal",), "title of the journal", lambda d: bool(d.meta.journal.title),
        "every deposit", "journal: {title: ...}",
    ),
    Need(
        ("journal", "issn"), "an ISSN", lambda d: bool(d.meta.journal.issn or d.meta.journal.eissn),
        "Crossref, DOAJ and JATS", "journal: {eissn: 1234-5679}, or state it in the theme's [journal]",
    ),
    Need(("author",), "an author", lambda d: bool(d.meta.authors), "every deposit", "author: [Ada Author]"),
    Need(("doi",), "a DOI", lambda d: bool(d.meta.doi), "Crossref", "doi: 10.1234/abcd"),
    Need(("date",), "the date of publication", lambda d: bool(d.meta.date), "every deposit", "date: 2024-06-30"),
    Need(
        ("license",), "a licence", lambda d: bool(d.meta.license),
        "Crossref, DOAJ and JATS", "license: CC BY 4.0",
    ),
    Need(
        ("url",), "the address at which the article will stand", lambda d: bool(d.meta.url or d.meta.journal.url),
        "Crossref, whose DOI leads there", "url: https://journal.example/article/view/1",
    ),
    Need(
        ("pages",), "pages or an article number", lambda d: bool(d.meta.first_page or d.meta.article_number),
        "Crossref and JATS", "pages: 95-98, or article-number: e12",
    ),
)  # fmt: skip
"""Without one of these there is no deposit."""

WISHED = (
    Need(("volume",), "a volume", lambda d: bool(d.meta.volume), "indexers", "volume: 7"),
    Need(
        ("abstract",), "an abstract", lambda d: bool(d.slots.get("abstract")),
        "DOAJ and Google Scholar", "abstract: ...",
    ),
    Need(("keywords",), "keywords", lambda d: bool(d.meta.keywords), "DOAJ", "keywords: [first, second]"),
    Need(
        ("author",), "an e-mail address to write to", lambda d: any(one.email for one in d.meta.authors),
        "readers", "email: under the corresponding author",
    ),
    Need(
        ("copyright",), "holder of the copyright", lambda d: bool(d.meta.copyright),
        "JATS4R", "copyright: The Author(s)",
    ),
    Need(
        ("received",), "the dates of receipt and acceptance", lambda d: bool(d.meta.received and d.meta.accepted),
        "readers and DOAJ", "received: 2024-01-31 and accepted: 2024-05-02",
    ),
)  # fmt: skip
"""What indexers and readers miss; a remark, unless the theme's ``[require] fields`` names it."""


def needed(document: Document, _: Theme) -> Checked:
    """``missing-fact``: the front matter lacks what a registry or indexer refuses the article without."""
    found = [
        wrong(
            "missing-fact",
            document.places.of(*one.field),
            f"the front matter gives no {_bare(one.name)}, asked for by {one.asks}",
            f"write {one.write}",
        )
        for one in NEEDED
        if not one.given(document)
    ]
    return Checked(
        "Front matter", "what deposits need", f"{len(NEEDED) - len(found)} of {len(NEEDED)} facts given", tuple(found)
    )


def refused(document: Document, lacking: Mapping[str, Iterable[str]]) -> Checked:
    """``refused-deposit``: the fields, by registry, without which the room that writes for it knows it refuses."""
    found = [
        wrong(
            "refused-deposit",
            document.places.of(*field.split(".")),
            f"{registry} refuses the article without {field.replace('.', ': ')}",
            "write it in the front matter; an address begins with https://",
        )
        for registry, fields in lacking.items()
        for field in fields
    ]
    return Checked("Deposits", "all that registries insist on", ", ".join(lacking), tuple(found))


def wished(document: Document, _: Theme) -> Checked:
    """``wanted-fact``: the front matter lacks what indexers and readers look for."""
    found = [
        remark(
            "wanted-fact",
            document.places.of(*one.field),
            f"the front matter gives no {_bare(one.name)}, looked for by {one.asks}",
            f"write {one.write}",
        )
        for one in WISHED
        if not one.given(document)
    ]
    return Checked(
        "Front matter",
        "what indexers look for",
        f"{len(WISHED) - len(found)} of {len(WISHED)} facts given",
        tuple(found),
    )


def _bare(name: str) -> str:
    return name.removeprefix("an ").removeprefix("a ").removeprefix("the ")


def statements(document: Document, theme: Theme) -> Checked:
    """``missing-statement``: a statement that the theme's ``[require] statements`` names is not there.

    It may stand in the front matter, or in the text under its own heading.
    """
    asked = theme.tokens.get("require", {}).get("statements", [])
    heads = {
        pandoc.plain(node["c"][2]).strip().casefold()
        for node in pandoc.each((*document.blocks, *document.back), frozenset({"Header"}))
    }
    found: list[Diagnostic] = []
    for name in asked:
        title = STATEMENTS.get(name, name)
        if not document.slots.get(name) and title.casefold() not in heads and title.casefold() + "s" not in heads:
            message = f"there is no statement on {title.lower()}, which the theme '{theme.name}' requires"
            found.append(wrong("missing-statement", document.places.of(name), message, f"write {name}: ..."))
    what = f"{count(len(asked) - len(found), 'statement')} of {len(asked)} required" if asked else ""
    return Checked("Front matter", "statements the journal requires", what, tuple(found))


def doi_link(document: Document, links: tuple[str, ...]) -> Checked:
    """``doi-not-linked``: the first page does not give the DOI as a link by https (Crossref's display guidelines)."""
    own = document.meta.doi_url
    shown = not own or own.lower() in {link.lower() for link in links}
    found: tuple[Diagnostic, ...] = ()
    if not shown:
        message = f"the first page has no link to {own}"
        found = (remark("doi-not-linked", document.places.of("doi"), message, "let the theme print it as a link"),)
    return Checked("Links", "the DOI stands on the first page, by https", own, found)


FACTS: tuple[Look, ...] = (needed, wished, statements)
