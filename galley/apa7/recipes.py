"""The table of reference types: what stands as title and as source for each (APA 7 chapter 10).

``RECIPES`` maps an entry type to its recipe; a type it does not know is set by the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .addresses import eprint
from .date import date
from .latex import Pieces
from .legal import LEGAL
from .recipes_grey import GREY, noted_version
from .recipes_media import MEDIA
from .recipes_web import WEB
from .setting import italic, join, roman
from .source import book_title, container, edition, house, numbered, paged, periodical, volume
from .titling import MAGAZINE, addons, helpers, main_title
from .work import Body, Recipe, Work, cased, colon, described

_HELPERS: Final = ("editor", "editora", "editorb", "editorc", "compiler", "translator", "narrator", "illustrator",
                   "foreword", "introduction", "afterword", "commentator", "annotator")  # fmt: skip


def is_magazine(work: Work) -> bool:
    """Say whether a periodical is dated to the day: marked so, or a dated piece without volume, issue and DOI."""
    if work.get("entrysubtype").lower() in MAGAZINE or "nonacademic" in work.get("keywords").lower():
        return True
    when = date(work.entry)
    if work.has("volume", "number", "issue", "doi", "eid") or when is None or when.start is None:
        return bool(when and when.start and when.start.month > 12)
    return when.start.day > 0 or when.start.month > 12


def article(work: Work) -> Body:
    """A part of a periodical: journal, magazine, newspaper, blog (§10.1)."""
    archive, _, number = eprint(work)
    if archive and number and not work.has("volume"):
        return preprint(work)
    title = described(main_title(work), (helpers(work, "translator", "narrator"), accession(work)), addons(work))
    said = " ".join(work.get(name) for name in ("pubstate", "note", "howpublished", "addendum")).lower()
    ahead = re.search(r"advance\s?online|online first|ahead of print|\baop\b|prepublished", said)
    undivided = not work.has("volume", "number", "pages", "eid", "doi", "issue")
    magazine = is_magazine(work)
    source = (periodical(work), roman(work.word("advance") if ahead else ""))
    return Body(title, source, full_date=magazine, retrieved=undivided and not magazine)


def accession(work: Work) -> Pieces:
    """Set a database's number for a work, "(Accession No. 200010185)"."""
    number = work.get("accession", "accessionnumber")
    return roman(f"Accession {work.terms.number} {number}") if number else ()


def preprint(work: Work) -> Body:
    """A paper in an archive: *Title* (arXiv:1712.02048). arXiv. (§10.8)."""
    archive, _, number = eprint(work)
    title = described(italic(main_title(work)), (roman(number),), addons(work))
    return Body(title, (roman(archive),), full_date=bool(date(work.entry)) and work.has("date"))


def periodical_issue(work: Work) -> Body:
    """A whole issue or special section: Title [Special issue]. *Journal*, *73*(4) (§10.1, example 12)."""
    if work.has("journaltitle", "journal"):
        title = described(main_title(work), (), tuple(p for p in (*addons(work), work.typed("issuetitle")) if p))
        return Body(title, (periodical(work),), full_date=is_magazine(work))
    issue = colon(*cased(work, "issuetitle", "issuesubtitle"))
    source = join((italic(colon(work.typed("title"), work.typed("subtitle"))), numbered(work)), ", ")
    if not issue:
        return Body(described(source, (), addons(work)), (house(work, "publisher"),), full_date=is_magazine(work))
    return Body(described(issue, (), addons(work)), (source,), full_date=is_magazine(work))


def book(work: Work) -> Body:
    """A whole book of any kind, with edition, volume, helpers and description (§10.2)."""
    own = "booktitle" if work.has("booktitle") and not work.has("title") else "title"
    core = (
        main_title(work) if work.has("origtitle", "titletranslation") else book_title(work, own, f"{own[:-5]}subtitle")
    )
    inner = [edition(work)]
    if not (work.has("maintitle") and work.has("volume")):
        inner.append(volume(work))
    if work.entry.type in ("inbook", "incollection", "suppbook"):
        inner.append(paged(work))
    if work.entry.type in ("manual", "booklet", "reference") and work.has("version"):
        inner.append(f"{work.terms.version} {work.get('version')}")
    brackets = addons(work)
    if work.entry.type == "manual" and (version := noted_version(work.get("note"))):
        inner.append(version)
        brackets = brackets or (roman(work.word("software")),)
    facts = roman(", ".join(part for part in inner if part))
    title = described(italic(core), (helpers(work, *_HELPERS), facts), brackets)
    houses = house(work, "publisher", "organization", "institution")
    if work.entry.type == "booklet" and not houses:
        houses = work.typed("howpublished")
    return Body(title, (houses,), full_date=not work.has("publisher"))


def chapter(work: Work) -> Body:
    """A chapter, an entry in a reference work, a paper in proceedings (§10.3, 10.5)."""
    if not work.has("booktitle", "maintitle") and work.entry.type in ("inbook", "incollection", "suppbook"):
        return book(work)
    title = described(main_title(work), (helpers(work, "translator", "narrator"),), addons(work))
    houses = house(work, "publisher", "organization", "institution")
    changing = not work.has("pages", "edition", "doi") and work.entry.type in ("inreference", "inbook")
    return Body(title, (container(work), houses), not work.has("publisher", "organization"), retrieved=changing)


def proceeding(work: Work) -> Body:
    """A paper in proceedings: a journal's article where they have volume and issue, else a chapter (§10.5)."""
    if not work.has("booktitle", "maintitle") and work.has("eventtitle", "venue"):
        return GREY["presentation"](work)
    serial = work.has("volume") and not work.has("editor", "series", "publisher", "organization", "maintitle")
    if serial:
        name = italic(colon(work.typed("booktitle"), work.typed("booksubtitle")))
        title = described(main_title(work), (helpers(work, "translator"),), addons(work))
        return Body(title, (join((name, numbered(work)), ", "),), full_date=False)
    if work.has("journaltitle", "journal") and not work.has("booktitle"):
        return article(work)
    body = chapter(work)
    return Body(body.title, body.source, full_date=False)


def misc(work: Work) -> Body:
    """Anything else: what is known of it, in the manual's order."""
    if eprint(work)[0] and not work.has("journal", "journaltitle", "booktitle"):
        return preprint(work)
    if work.has("journaltitle", "journal"):
        return article(work)
    if work.has("booktitle"):
        return chapter(work)
    return WEB["misc"](work)


def nameonly(work: Work) -> Body:
    """A name and nothing else, to show the order of the list."""
    return Body((), ())


RECIPES: Final[Mapping[str, Recipe]] = {
    **dict.fromkeys(("article", "suppperiodical", "review", "newsarticle"), article),
    **dict.fromkeys(("periodical",), periodical_issue),
    **dict.fromkeys(
        ("book", "mvbook", "collection", "mvcollection", "reference", "mvreference", "manual", "booklet",
         "proceedings", "mvproceedings", "bookinbook"), book),
    **dict.fromkeys(("incollection", "inbook", "inreference", "suppbook", "suppcollection"), chapter),
    **dict.fromkeys(("inproceedings", "conference"), proceeding),
    **GREY, **WEB, **MEDIA, **LEGAL,
    "misc": misc,
    "nameonly": nameonly,
}  # fmt: skip
