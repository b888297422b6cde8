"""The source element: periodicals, books that hold chapters, editions, pages, publishers (APA 7 §9.23-9.33)."""

from __future__ import annotations

import re
from typing import Final

from .author import names, principal
from .journals import ENGLISH
from .latex import Pieces, plain
from .patterns import pattern
from .setting import italic, join, roman, text
from .title import headline
from .work import Work, cased, colon, people, publishers, role_word

_RANGE: Final = pattern(r"\s*(?:-{1,3}|–|—|‐|‑)\s*")


def span(value: str) -> str:
    """Print a page range or a list of them with en dashes: ``72--80, 90`` is 72–80, 90 (§9.25)."""
    if value.isalnum():
        return value
    ranged = _RANGE.sub("–", value)
    return re.sub(r"\s*,\s*", ", ", plain(ranged)).rstrip(". ") if ranged else ""


def paged(work: Work, name: str = "pages") -> str:
    """Print pages of a book with their label: "p. 5", "pp. 72–80"; a value that has words stays as it is."""
    value = span(work.entry.fields.get(name, ""))
    if not value:
        return ""
    value = re.sub(r"^(?:pp?|S|s|ss)\.\s*", "", value)
    label = work.terms.pages if re.search(r"[–,&]", value) else work.terms.page
    return f"{label} {value}" if re.match(r"[A-Za-z]?\d|[ivxlcIVXLC]+\b", value) else value


def edition(work: Work) -> str:
    """Print the edition: "2nd ed.", "Rev. ed.", "Summer 2019 ed."; a first edition is not mentioned."""
    value = work.get("edition")
    if not value:
        return ""
    bare = re.sub(r"(?i)(?:[\s,]+|^)(?:ed\.?|edn\.?|edition|aufl(?:age|\.)|éd\.|ed\.ª)\s*$", "", value).strip()
    words = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
    ]
    number = words.index(bare.lower()) + 1 if bare.lower() in words else 0
    if found := re.match(r"(\d{1,9})(?:st|nd|rd|th|\.|ª|e)?\Z", bare):
        number = int(found.group(1))
    if number:
        return work.terms.edition.format(nth=work.terms.ordinal(number)) if number > 1 else ""
    if bare.lower() in ("rev", "rev.", "revised"):
        return work.terms.revised
    return f"{bare} ed." if bare != value or not re.search(r"(?i)\bed(?:n|ition)?\b\.?", value) else value


def volume(work: Work) -> str:
    """Print a book's volume or volumes: "Vol. 1", "Vols. 1–4", "Vol. 2, Pt. 1"."""
    value, terms = span(work.entry.fields.get("volume", "")), work.terms
    many = span(work.entry.fields.get("volumes", ""))
    if not value and many.isdecimal():
        return f"{terms.volumes} 1–{many}" if many.lstrip("0") not in ("", "1") else ""
    if not value:
        return f"{terms.volumes} {many}" if many else ""
    if not re.match(r"(?i)vol|bd|cilt", value):
        value = f"{terms.volumes if re.search('[–,&]', value) else terms.volume} {value}"
    part = work.get("part")
    return f"{value}, {terms.part} {part}" if part else value


def periodical(work: Work) -> Pieces:
    """Set journal, volume, issue and pages: *Journal*, *33*(2), 161–174 (§9.25)."""
    name = italic(journal_name(work.typed("journaltitle", "journal", "shortjournal")))
    if work.has("journalsubtitle"):
        name = italic(colon(work.typed("journaltitle", "journal"), work.typed("journalsubtitle")))
    return join((name, numbered(work)), ", ")


_ENGLISH: Final = pattern(r" (?:of|the|and|in|for|&|on) ")
_FOREIGN: Final = pattern(r"(?i)\b(?:de|la|le|et|y|und|für|der|di|e|för|og|van|voor)\b")


def journal_name(name: Pieces) -> Pieces:
    """Give a periodical's name the capitals of title case, where it is English beyond doubt (§6.17)."""
    whole = text(name)
    if _FOREIGN.search(whole) or not whole[:1].isupper():
        return name
    small = [word for word in whole.split()[1:] if word.islower()]
    known = bool(small) and ENGLISH.issuperset(small)
    return headline(name) if known or _ENGLISH.search(whole) else name


def numbered(work: Work) -> Pieces:
    """Set volume, issue and pages or article number of a part of a periodical."""
    vol, pages = span(work.entry.fields.get("volume", "")), article_pages(work)
    issue = span(work.entry.fields.get("number", ""))
    if not issue and re.match(r"(?i)[\d–/]+\Z|s\d+|suppl", work.get("issue")):
        issue = span(work.entry.fields["issue"])
    issue = re.sub(r"(?i)^(?:no|nr|issue)\.?\s+(?=\d)", "", issue)
    issue = re.sub(r"(?i)\bsuppl(?:ement)?\b\.?", "Suppl.", issue)
    head = (*italic(roman(vol)), *roman(f"({issue})" if issue else ""))
    return join((head, roman(pages)), ", ")


def article_pages(work: Work) -> str:
    """Print a journal's pages, or "Article" and the number of an article that has none (§9.27)."""
    number, pages = (
        work.get("eid", "articleno", "articlenumber", "article-number"),
        span(work.entry.fields.get("pages", "")),
    )
    label = work.terms.article
    if number and (not pages or pages == number or pages.startswith("1–") or not re.search(r"\d–", pages)):
        return number if re.match(rf"(?i){label}\b|article\b", number) else f"{label} {number}"
    if found := re.match(r"(?i)(?:article|art\.)(?:\s+(?:no\.?|number))?\s+(\S+)\Z", pages):
        return f"{label} {found.group(1)}"
    return (
        f"{label} {pages}"
        if re.match(r"e\d+\Z|[A-RT-Za-rt-z]\d{2,}(?:v\d)?\Z", pages)
        else re.sub(r"^pp?\.\s*", "", pages)
    )


def lists(work: Work) -> bool:
    """Say whether an entry is written for biblatex, whose publishers are lists, by the fields only it has."""
    return work.has("date", "journaltitle", "location", "subtitle", "entrysubtype", "urldate", "pubstate", "origdate")


def house(work: Work, *fields: str) -> Pieces:
    """Set who published the work, the author apart."""
    value = next((found for name in fields if (found := work.entry.fields.get(name))), "")
    role, who, _ = principal(work.entry)
    author = who[0].family if len(who) == 1 and not who[0].given else ""
    del role
    return roman(publishers(value, author, lists(work))) if value else ()


_MEETING: Final = pattern(r"(?:Proceedings|Conference|Transactions|Companion Proceedings|Annual Meeting)\b")


def book_title(work: Work, own: str = "booktitle", sub: str = "booksubtitle") -> Pieces:
    """Set the title of a book, within its main title and volume where it has them (§9.20, example 30)."""
    main, mainsub, title, subtitle = cased(work, "maintitle", "mainsubtitle", own, sub)
    if _MEETING.match(work.get(own)):
        title, subtitle = work.typed(own), work.typed(sub)  # a conference's name is a proper noun
    head, tail = colon(main, mainsub), colon(title, subtitle)
    if not head:
        return tail
    number = volume(work) if work.has("volume") and tail else ""
    if not tail:
        return head
    if number:
        return join((colon(head, roman(number)), tail), ". ")
    return join((head, tail), ". " if mainsub else ": ")


def container(work: Work) -> Pieces:
    """Set the book that holds a chapter: In E. Editor (Ed.), *Title* (2nd ed., pp. 3–9)."""
    book = italic(book_title(work))
    inner = [edition(work)]
    if not (work.has("maintitle") and work.has("booktitle")):
        inner.append(volume(work))
    inner.append(paged(work))
    notes = ", ".join(part for part in inner if part)
    persons = wrapped_people(work)
    notes = "; ".join(part for part in (persons, notes) if part)
    if not book and not notes:
        return ()
    parens = roman(f"({notes})") if notes else ()
    addon = work.typed("booktitleaddon", "maintitleaddon")
    described = join((book, parens, (("[", 0), *addon, ("]", 0)) if addon else ()), " ")
    who = keepers(work)
    return ((f"{work.terms.in_} {who}{', ' if who else ''}", 0), *described)


def keepers(work: Work) -> str:
    """Print who edited, chaired or wrote the container: "R. Rosner (Ed.)"; "" where it is nobody."""
    for role in ("editor", "editora", "execproducer", "chair"):
        if who := people(work, role):
            word = role_word(work, role, short=role != "execproducer")
            if role == "editor" and work.entry.fields.get("booktranslator") == work.entry.fields["editor"]:
                word = f"{word} {work.terms.ampersand} {work.word('translator')}"
            return f"{who} ({word})"
    author = names(work.entry, "bookauthor")[0]
    return people(work, "bookauthor") if author and author != names(work.entry, "author")[0] else ""


def wrapped_people(work: Work) -> str:
    """Print the translator of the whole book that holds a chapter."""
    who = people(work, "booktranslator")
    if not who or work.entry.fields["booktranslator"] == work.entry.fields.get("editor"):
        return ""
    return f"{who}, {work.word('translator')}"


def event(work: Work) -> Pieces:
    """Set a meeting and its place: "Annual Meeting, New Orleans, LA, United States" (§9.31)."""
    return join((work.typed("eventtitle"), work.typed("venue", "location", "address")), ", ")
