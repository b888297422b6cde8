"""The deposits and imports of single articles -> those of their issue: Crossref's batch, Open Journal Systems' issue.

Each article's record is made with the article; here they are put into one frame, as text and one after the other, for
an issue's galleys together may be larger than what fits into memory. An article's record is asked for when its turn is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import quoteattr

from galley.formats import crossref, ojs
from galley.formats.jatsxml import clean, element, optional
from galley.formats.metadata import site

if TYPE_CHECKING:
    from galley.frontmatter import FrontMatter
    from galley.theme import Theme

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
APART = 1000
"""So far are the numbers of one article's files and people from those of the next."""
NUMBERS = re.compile(r'(\b(?:id|file_id|current_publication_id|primary_contact_id)=")(\d+)(")')
OWN = re.compile(r'(<id type="internal" advice="ignore">)(\d+)(</id>)')


def deposit(meta: FrontMatter, articles: Sequence[Callable[[], bytes]]) -> Iterator[bytes]:
    """The Crossref batch of an issue, whose data ``meta`` holds: one journal, one issue, all of its articles."""
    name = meta.journal.publisher or meta.journal.title or "unknown"
    heads = (one().decode()[:3000] for one in articles)
    mails = (mail for head in heads for mail in re.findall(r"<email_address>([^<]*)</email_address>", head))
    mail = next((one for one in mails if one != crossref.NOBODY), crossref.NOBODY)
    stem = meta.doi or "-".join(part for part in (meta.journal.title, meta.volume, meta.issue) if part)
    head = element(
        "head",
        element("doi_batch_id", re.sub(r"[^\w.-]", "-", stem)[:90].ljust(4, "-")),
        element("timestamp", (re.sub(r"\D", "", meta.date) + "0" * 14)[:14]),
        element("depositor", element("depositor_name", name[:130]), element("email_address", mail)),
        element("registrant", name[:255]),
    )
    issue = crossref.issue_element(meta)
    if issue is not None and meta.doi and site(meta.url):
        issue.append(element("doi_data", element("doi", meta.doi), element("resource", site(meta.url))))
    spaces = {"jats": crossref.JATS, "ai": crossref.ACCESS, "fr": crossref.FUNDING, "xsi": crossref.INSTANCE}
    named = "".join(f" xmlns:{prefix}={quoteattr(space)}" for prefix, space in spaces.items())
    location = re.search(r'xsi:schemaLocation="[^"]*"', articles[0]().decode())
    root = f'<doi_batch version="5.4.0" xmlns={quoteattr(crossref.SPACE)}{named} {location[0] if location else ""}>'
    about = _text(crossref.journal_element(meta)) + (_text(issue) if issue is not None else "")
    yield f"{DECLARED}{root}{_text(head)}<body><journal>{about}".encode()
    for one in articles:
        yield _within(one().decode(), "journal_article").encode()
    yield b"</journal></body></doi_batch>\n"


def importable(meta: FrontMatter, theme: Theme, articles: Sequence[tuple[str, Callable[[], bytes]]]) -> Iterator[bytes]:
    """The issue as OJS imports it; ``articles`` are each a section, or "", and the article's own import."""
    journal = ojs.platform(theme)
    locale = journal.locale or journal.named(meta.lang)
    names = list(dict.fromkeys(section for section, _ in articles if section))
    short = _abbreviations(names)
    rows = [optional("volume", meta.volume if meta.volume.isdigit() else ""), optional("number", meta.issue)]
    identified = element("issue_identification", rows, optional("year", meta.year))
    if meta.subtitle:
        identified.append(ojs.localized("title", meta.subtitle, locale))
    made = [_text(ojs.identifier_element("internal", "1", "ignore"))]
    made += [_text(ojs.identifier_element("doi", meta.doi, "update"))] if meta.doi else []
    made.append(_text(identified))
    made += [f"<date_published>{meta.date}</date_published>"] if ojs.is_day(meta.date) else []
    if names:
        made.append(f"<sections>{''.join(_text(_section(short[name], name, locale)) for name in names)}</sections>")
    published = "1" if journal.published else "0"
    root = f'<issue xmlns={quoteattr(ojs.SPACE)} published="{published}" current="0" access_status="1">'
    yield f"{DECLARED}{root}{''.join(made)}<articles>".encode()
    for number, (section, record) in enumerate(articles, 1):
        text = _within(record().decode(), "article")
        text = _renumbered(text, APART * number)
        if section:
            text = re.sub(r'section_ref="[^"]*"', f'section_ref="{short[section]}"', text, count=1)
        yield text.encode()
    yield b"</articles></issue>\n"


def _renumbered(text: str, more: int) -> str:
    """An article's import with numbers that no other article's has."""

    def changed(found: re.Match[str]) -> str:
        return f"{found[1]}{int(found[2]) + more}{found[3]}"

    # the galleys themselves are most of the text, and hold no numbers of its own: they are passed over
    parts = [part.partition("</embed>") for part in text.split("<embed")]
    held = [("", "", parts[0][0]), *parts[1:]]
    return "<embed".join(f"{galley}{end}{OWN.sub(changed, NUMBERS.sub(changed, rest))}" for galley, end, rest in held)


def _section(short: str, name: str, locale: str) -> Element:
    made = Element("section", {"ref": short, "seq": "0"})
    made.extend([ojs.localized("abbrev", short, locale), ojs.localized("title", name, locale)])
    return made


def _abbreviations(names: Sequence[str]) -> dict[str, str]:
    """A short name for each section, no two alike: Articles is ART."""
    taken: dict[str, str] = {}
    for name in names:
        stem = (re.sub(r"[^A-Z]", "", clean(name).upper()) or "SEC")[:3]
        short, count = stem, 1
        while short in taken.values():
            count += 1
            short = f"{stem}{count}"
        taken[name] = short
    return taken


def _within(text: str, tag: str) -> str:
    """An element of that name as text, from its first sign to its last; names of spaces stand in the frame."""
    begin, end = re.search(rf"<{tag}[\s>]", text), text.rindex(f"</{tag}>")
    assert begin is not None  # noqa: S101 - it is we who wrote it
    inner = text.index(">", begin.start())
    opening = re.sub(r' (?:xmlns(?::\w+)?|xsi:schemaLocation)="[^"]*"', "", text[begin.start() : inner])
    return f"{opening}{text[inner:end]}</{tag}>"


def _text(made: Element) -> str:
    return tostring(made, encoding="unicode")
