"""What became of a work after it came out: notices of Crossref's records, and of a file in Retraction Watch's form."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from galley.document import Entry
from galley.online.identifiers import doi
from galley.online.records import Record, date
from galley.online.text import plain
from galley.report import ERROR, WARNING, Diagnostic, Severity, fault
from galley.span import Span

LIMIT = 500_000_000
"""Bytes that a file of retractions may have; Retraction Watch's has some 70 million."""
COLUMNS = {"doi": ("originalpaperdoi", "original_paper_doi", "doi"), "nature": ("retractionnature", "nature", "type"),
           "date": ("retractiondate", "date"), "notice": ("retractiondoi", "notice_doi", "notice"),
           "reason": ("reason", "reasons")}  # fmt: skip
"""The columns read, by the names of Retraction Watch's file or plainer ones."""
CODES = {
    **dict.fromkeys(("retraction", "withdrawal", "removal", "partial retraction"), "retracted"),
    "expression of concern": "of-concern",
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), "corrected"),
    "reinstatement": "reinstated",
    **dict.fromkeys(("new version", "new edition"), "newer-version"),
}
GRAVITY = ("retracted", "of-concern", "corrected", "newer-version")
OWNED = {
    "retracted": re.compile(r"(?i)retract|withdrawn|withdrawal"),
    "of-concern": re.compile(r"(?i)concern|retract"),
    "corrected": re.compile(r"(?i)correct|corrigend|errat|addend"),
    "newer-version": re.compile(r"(?i)version|edition"),
}
"""Words in an entry by which its author shows that he knows."""
SAID = ("titleaddon", "note", "addendum", "pubstate", "howpublished", "annotation")
HEADED = re.compile(r"(?i)^[\W_]*(?:retracted|withdrawn)\b|\[(?:retracted|withdrawn)\b")
"""A title under which a work is listed as retracted."""


class Notice(NamedTuple):
    """A notice about a work: its code, the word for it, its day in ISO form, its DOI, who tells of it."""

    code: str
    word: str
    day: str = ""
    doi: str = ""
    source: str = ""
    reason: str = ""


def of_record(record: Record) -> list[Notice]:
    """The notices about the work of a Crossref record: ``updated-by``, and ``update-to`` where it names itself."""
    own = plain(record.get("DOI")).lower()
    found: list[Notice] = []
    for name in ("updated-by", "update-to"):
        rows = record.get(name)
        for one in rows if isinstance(rows, list) else []:
            if not isinstance(one, Mapping) or (name == "update-to" and plain(one.get("DOI")).lower() != own):
                continue
            word = plain(one.get("type")).lower().replace("_", " ").replace("-", " ")
            word = word or plain(one.get("label")).lower()
            source = {"retraction-watch": "Retraction Watch", "publisher": "its publisher"}.get(
                plain(one.get("source")), "Crossref"
            )
            if word in CODES:
                day = date({"issued": one.get("updated")})
                found.append(Notice(CODES[word], word, day, doi(plain(one.get("DOI"))), source))
    return found


def of_file(path: Path, wanted: Iterable[str]) -> dict[str, list[Notice]]:
    """The notices that a CSV file has about the DOIs wanted, in lower case; Fault where it cannot be read."""
    keys = set(wanted)
    found: dict[str, list[Notice]] = {}
    try:
        if path.stat().st_size > LIMIT:
            raise fault("too-large", str(path), f"is longer than {LIMIT // 1_000_000} MB", status=2)
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            rows = csv.reader(stream)
            at = _columns(next(rows, []))
            if "doi" not in at:
                hint = "Retraction Watch's file has the columns OriginalPaperDOI and RetractionNature"
                raise fault("odd-retractions", str(path), "has no column with DOIs", hint, status=2)
            for row in rows:
                key = doi(_cell(row, at, "doi")).lower()
                if key in keys and (notice := _notice(row, at)):
                    found.setdefault(key, []).append(notice)
    except OSError as error:
        raise fault("no-retractions", str(path), (error.strerror or str(error)).lower(), status=2) from error
    except csv.Error as error:
        raise fault("odd-retractions", str(path), f"is no CSV file: {error}", status=2) from error
    return found


def _columns(head: list[str]) -> dict[str, int]:
    names = [cell.strip().lower().replace(" ", "") for cell in head]
    return {
        name: names.index(next(one for one in those if one in names))
        for name, those in COLUMNS.items()
        if any(one in names for one in those)
    }


def _cell(row: list[str], at: Mapping[str, int], name: str) -> str:
    return row[at[name]].strip() if name in at and at[name] < len(row) else ""


def _notice(row: list[str], at: Mapping[str, int]) -> Notice | None:
    word = _cell(row, at, "nature").lower().replace("_", " ") or "retraction"
    if word not in CODES:
        return None
    reason = "; ".join(part.strip(" +") for part in _cell(row, at, "reason").split(";") if part.strip(" +"))
    notice = doi(_cell(row, at, "notice"))
    return Notice(CODES[word], word, _day(_cell(row, at, "date")), notice, "the file of retractions", reason[:200])


def _day(text: str) -> str:
    """A day as Retraction Watch writes it, "2/6/2010 0:00" (month first), or in ISO form already."""
    if found := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})\b", text):
        return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}"
    found = re.match(r"\d{4}(?:-\d\d){0,2}", text)
    return found[0] if found else ""


def finding(entry: Entry, notices: Iterable[Notice], place: Span | str) -> Diagnostic | None:
    """The one finding about what became of an entry's work, the gravest; None where nothing did or the entry says so.

    A reinstatement undoes the retractions before it.
    """
    told = sorted(dict.fromkeys(notices), key=lambda one: one.day)
    back = max((one.day for one in told if one.code == "reinstated"), default="")
    told = [
        one for one in told if one.code != "reinstated" and not (back and one.code != "corrected" and one.day <= back)
    ]
    for code in GRAVITY:
        those = [one for one in told if one.code == code]
        if not those or _owned(entry, code):
            continue
        last = those[-1]
        severity: Severity = ERROR if code == "retracted" else WARNING
        what = {"retracted": "was retracted", "of-concern": "is under an expression of concern",
                "corrected": "was corrected", "newer-version": "has a newer version"}[code]  # fmt: skip
        if last.word in ("withdrawal", "removal", "partial retraction"):
            what = {"withdrawal": "was withdrawn", "removal": "was removed"}.get(last.word, "was retracted in part")
        when = f" on {last.day}" if len(last.day) == 10 and code != "newer-version" else ""
        where = f": https://doi.org/{last.doi}" if last.doi else ""
        message = f"the work of '{entry.key}' {what}{when}, says {last.source}"
        shown = "; ".join(" ".join(filter(None, (one.word, one.day, one.doi, one.reason))) for one in those[:5])
        query = (
            f"The work you cite as {entry.key} {what}{when}{where}. Do you mean to cite it, and does your text say so?"
        )
        return Diagnostic(severity, code, place, message, _hint(code), shown, query)
    return None


def _owned(entry: Entry, code: str) -> bool:
    """Whether the entry itself says what became of its work."""
    if code == "retracted" and HEADED.search(entry.fields.get("title", "")):
        return True
    return any(OWNED[code].search(entry.fields.get(name, "")) for name in SAID)


def _hint(code: str) -> str:
    return {
        "retracted": "take it out, or say so: note = {Retraction published 2010, ...}",
        "of-concern": "look whether it still bears what you say; a note = {Expression of concern ...} tells it",
        "corrected": "look whether the correction touches what you cite; note = {Correction published ...} tells it",
        "newer-version": "look whether you mean the newer one",
    }[code]
