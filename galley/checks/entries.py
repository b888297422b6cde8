"""Fields of the bibliography that say what cannot be: names run together, days that no month has, broken addresses."""

from __future__ import annotations

from collections.abc import Iterator

from galley.document import Document, Entry
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.theme import Theme

Told = tuple[str, str, str, str]
"""A code, the field's name, the message and the hint."""

NAMES = ("author", "editor", "translator")
SEPARATORS = pattern(r"(?<!\\)[;&]|\\&")
ET_AL = pattern(r"(?i)(?<!and )\bet\.? al\b")
AND = pattern(r"(?i)(?:^|\s)and(?:\s+and)?\s*$|^\s*and\s|\sand\s+and\s")
DAY = pattern(r"\d{4}-(\d\d)(?:-(\d\d))?")
PAGES = pattern(r"(\d{1,9})\s*(?:-+|–)\s*(\d{1,9})")
TAG = pattern(
    r"</?(?:i|b|em|strong|sub|sup|span|jats:[a-z]+|scp|p|br)(?:\s[^<>]*)?/?>"
    r"|&(?:amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-fA-F]+);"
)
LETTERS = pattern(r"[^\W\d_]+")
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIELDS = (
    "abstract addendum address annotation annote archive author authortype bookauthor booksubtitle booktitle chapter "
    "collaborator copyright crossref date day doi edition editor editortype eid entrysubtype eprint eprinttype event "
    "eventdate eventtitle file howpublished institution isbn isrn issn issue issuetitle journal journaltitle key "
    "keywords language langid library location mainsubtitle maintitle month note number options organization origdate "
    "origlanguage origlocation origpublisher origtitle pages pagetotal part publisher pubstate related relatedtype "
    "school series shortauthor shorteditor shortjournal shorttitle sortkey sortname sorttitle sortyear subtitle "
    "timestamp title titleaddon translator type url "
    "urldate venue version volume volumes waive xdata xref year archiveprefix primaryclass eprintclass numpages "
    "annotator commentator editora editorb editorc foreword gender holder introduction indextitle indexsorttitle "
    "issuesubtitle issuetitleaddon journalsubtitle journaltitleaddon maintitleaddon booktitleaddon label "
    "nameaddon options origyear pagination bookpagination presort shorthand shorthandintro shortseries afterword "
    "bookpages entryset execute hyphenation ids langidopts mrnumber pmid pmcid zblnumber"
)
"""The fields of BibTeX and biblatex, and those of ours."""


def fields(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """What an entry's fields say that cannot be; each is told where the field stands."""
    near = _misspelt(document)
    for entry in document.entries.values():
        for code, name, message, hint in (*_people(entry), *_dates(entry), *_addresses(entry), *_words(entry)):
            yield _told(entry, code, name, message, hint)
        for name in entry.fields:
            if name in near and near[name] not in entry.fields:
                hint = f"did you mean '{near[name]}'?"
                yield _told(entry, "unknown-field", name, f"no entry has a field '{name}'", hint)
        yield from _parents(document, entry)


def _told(entry: Entry, code: str, name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(WARNING, code, entry.field_spans.get(name, entry.span), message, hint)


def _misspelt(document: Document) -> dict[str, str]:
    """The fields that are nearly ones there are, with these."""
    known = FIELDS.split()
    used = {name for entry in document.entries.values() for name in entry.fields}
    strange = [name for name in used.difference(known) if len(name) > 3]
    if not strange:
        return {}
    from difflib import get_close_matches

    found = {name: get_close_matches(name, known, 1, 0.84) for name in strange}
    return {name: near[0] for name, near in found.items() if near and near[0] != f"{name}s" and name != f"{near[0]}s"}


def _people(entry: Entry) -> Iterator[Told]:
    """``author-separator``, ``names-cut-short``, ``odd-names``: names that are not parted by "and"."""
    for role in NAMES:
        value = entry.fields.get(role)
        if value is None:
            continue
        bare = _outer(value)
        if not value.strip():
            yield "odd-names", role, f"the field '{role}' is empty", "write the names, or take the field out"
        elif ET_AL.search(bare):
            yield "names-cut-short", role, "et al. is typed among the names", "give all names; APA prints up to 20"
        elif AND.search(bare):
            yield "odd-names", role, "a name is missing beside 'and'", "write it, or take the 'and' out"
        elif SEPARATORS.search(bare) or any(
            part.count(",") > 2 for part in bare.split(" and ") if "given=" not in part
        ):
            message = "names are parted by something other than 'and'; 'bib' shows how they are read"
            yield "author-separator", role, message, "write: Roe, Al and Poe, Ed; a group in a second pair of braces"


def _outer(value: str) -> str:
    """What of a value stands in no inner braces."""
    if "{" not in value:
        return value
    depth, kept = 0, []
    for char in value:
        depth += (char == "{") - (char == "}")
        kept.append(char if not depth else " ")
    return "".join(kept)


def _dates(entry: Entry) -> Iterator[Told]:
    """``odd-date``: a month or a day that no year has; ``page-order``: pages that run backwards."""
    month = entry.fields.get("month", "").strip(" {}")
    if month.isdecimal() and not 1 <= int(month[:9]) <= 12:
        yield "odd-date", "month", f"there is no month {month}", "months are 1 to 12"
    for name in ("date", "eventdate", "origdate", "urldate"):
        for found in DAY.finditer(entry.fields.get(name, "")):
            at, day = int(found[1]), int(found[2] or 1)
            if not ((1 <= at <= 12 and 1 <= day <= LENGTHS[at - 1]) or (21 <= at <= 41 and not found[2])):
                yield "odd-date", name, f"there is no day {found[0]}", "dates are YYYY-MM-DD"
    pages = PAGES.fullmatch(entry.fields.get("pages", "").strip())
    if pages and int(pages[2]) < int(pages[1]) and len(pages[2]) >= len(pages[1]):
        yield "page-order", "pages", f"the last page, {pages[2]}, is before the first, {pages[1]}", "turn them round"


def _addresses(entry: Entry) -> Iterator[Told]:
    """``odd-url`` and ``odd-doi``: what no browser opens."""
    url = entry.fields.get("url", "").strip()
    if url and " " in url:
        yield "odd-url", "url", "there is a space in this address", "a space is written %20; was the address broken?"
    elif url and not url.startswith("\\") and "://" not in url and not url.lower().startswith(("doi:", "mailto:")):
        yield "odd-url", "url", "this address does not say how it is opened", f"most likely https://{url}"
    doi = entry.fields.get("doi", "").strip()
    if " " in doi and doi[:3] in ("10.", "htt", "doi") and not doi.lower().startswith("doi: 10."):
        yield "odd-doi", "doi", "there is a space in this DOI", "a DOI looks like 10.1037/rev0000126"


def _words(entry: Entry) -> Iterator[Told]:
    """``markup-in-field``: HTML in a field; ``title-in-capitals``: a title typed in capitals throughout."""
    for name, value in entry.fields.items():
        if ("<" in value or "&" in value) and name not in ("abstract", "file", "url", "note", "annote"):
            found = TAG.search(value)
            if found:
                hint = "write it in TeX: \\emph{...}, \\&, or the letter itself"
                yield "markup-in-field", name, f"HTML is printed as it stands: {found[0]}", hint
    title = entry.fields.get("title", "")
    if title.isupper() and len([one for one in LETTERS.findall(title) if len(one) > 2]) > 3:
        hint = "type it as the work itself would in a text"
        yield "title-in-capitals", "title", "the title is typed in capitals", hint


def _parents(document: Document, entry: Entry) -> Iterator[Diagnostic]:
    """``missing-crossref``: an entry takes fields from one that is not there, or from itself."""
    for name in ("crossref", "xdata"):
        for key in (one.strip() for one in entry.fields.get(name, "").split(",")):
            if key and key not in document.entries:
                message = f"'{entry.key}' takes fields from '{key}', which is no entry of the bibliography"
                yield _told(entry, "missing-crossref", name, message, "add that entry, or take the field out")
            elif key == entry.key:
                message = f"'{entry.key}' takes fields from itself"
                yield _told(entry, "missing-crossref", name, message, "name the entry of the whole")
