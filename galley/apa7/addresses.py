"""Where a work is found: DOI, URL, archive, and the day of retrieval where it is wanted (APA 7 §9.16, 9.34-9.37)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .date import Date, date, month_day, year
from .latex import LINK, Pieces
from .patterns import pattern
from .terms import Terms
from .work import Work

_DOI: Final = pattern(r"10\.\d{3,9}(?:\.\d+)*/\S+")
_URL: Final = pattern(
    r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}|(?<![\w{])((?:https?|ftp)://[^\s{}]+)"
)
_NOTED: Final = pattern(
    r"(?i)\b(?:accessed|retrieved|visited)\b\D{0,12}?(?:(?P<date>\d{4}-\d\d-\d\d)"
    r"|(?P<day>\d{1,2})\.?\s+(?P<month>[^\W\d_]{3,9})\.?,?\s+(?P<year>\d{4})"
    r"|(?P<month2>[^\W\d_]{3,9})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4}))"
)
_ARCHIVED: Final = pattern(r"web\.archive\.org|archive\.(?:is|ph|today)|perma\.cc|oldid=|webcitation")


@lru_cache(maxsize=8192)
def doi(value: str) -> str:
    """Bring a DOI of any spelling into its one right form, https://doi.org/... (APA 7 §9.35); "" if there is none."""
    found = _DOI.search(address(value))
    return "https://doi.org/" + found.group().rstrip(".,;") if found else ""


def address(value: str) -> str:
    """Undo LaTeX's escapes in an address, and nothing else."""
    if found := _URL.search(value):
        value = next(part for part in found.groups() if part)
    return re.sub(r"\\([%&#_$~{}^])", r"\1", value.replace("{\\_}", "_").replace("\\textasciitilde", "~")).strip(
        " {}<>"
    )


def locator(work: Work) -> str:
    """Give the DOI or else the address where the work is found; one, never both (§9.34)."""
    fields = work.entry.fields
    if found_doi := doi(fields.get("doi", "")):
        return found_doi
    for name in ("url", "howpublished", "note"):
        value = fields.get(name, "")
        if name == "url" and value:
            return doi(value) if "doi.org/" in value and doi(value) else address(value)
        if value and (found := _URL.search(value)):
            return address(next(part for part in found.groups() if part))
    return eprint(work)[1]


def is_url(work: Work) -> bool:
    """Say whether ``howpublished`` is an address, as plain BibTeX has it."""
    value = work.entry.fields.get("howpublished", "")
    return "\\url" in value or "http" in value or "www." in value


def eprint(work: Work) -> tuple[str, str, str]:
    """Read the eprint fields: archive, address, and number as printed, ("arXiv", "https://...", "arXiv:1712.02048")."""
    kind = (work.get("eprinttype", "archiveprefix")).lower()
    number = work.get("eprint")
    if not number or not kind:
        journal = work.get("journal", "journaltitle")
        found = re.search(r"arxiv:\s*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", journal, re.IGNORECASE)
        if not found:
            return "", "", ""
        kind, number = "arxiv", found.group(1)
    number = re.sub(r"(?i)^arxiv:\s*", "", number)
    archives = {
        "arxiv": ("arXiv", f"https://arxiv.org/abs/{number}", f"arXiv:{number}"),
        "pubmed": ("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{number}/", ""),
        "jstor": ("JSTOR", f"https://www.jstor.org/stable/{number}", ""),
        "hdl": ("", f"https://hdl.handle.net/{number}", ""),
        "googlebooks": ("Google Books", f"https://books.google.com/books?id={number}", ""),
    }
    return archives.get(kind, (work.get("eprinttype", "archiveprefix"), "", number))


def located(work: Work, changing: bool = False) -> Pieces:
    """Set DOI or address, with a retrieval date where the work is undated or made to change (§9.16, 9.33)."""
    where = locator(work)
    if not where:
        return ()
    when = accessed(work)
    needed = changing or date(work.entry) is None
    if when and when.start and needed and not where.startswith("https://doi.org/") and not _ARCHIVED.search(where):
        terms = work.terms
        day = _accessed_on(when, terms)
        return ((terms.retrieved.format(date=day) + " ", 0), (where, LINK))
    return ((where, LINK),)


def _accessed_on(when: Date, terms: Terms) -> str:
    """Print a day of retrieval in running order, "February 16, 2020", or as much of it as is known."""
    first = when.start
    if first is None or not first.day:
        return ", ".join(part for part in (month_day(when, terms), year(when, terms)) if part)
    return terms.retrieval_day.format(year=year(when, terms), month=terms.months[first.month - 1], day=first.day)


def accessed(work: Work) -> Date | None:
    """Read the day of retrieval, also from a note such as "Accessed: 2020-02-01" or "accessed 1 February 2020"."""
    when = date(work.entry, "url")
    if when is None and (found := _NOTED.search(work.get("note"))):
        day = {name.rstrip("2"): value for name, value in found.groupdict().items() if value}
        when = date(type(work.entry)("", "misc", day))
    if when is None and (value := work.get("lastchecked", "lastaccessed", "accessed", "accessdate")):
        when = date(type(work.entry)("", "misc", {"date": value}))
    return when
