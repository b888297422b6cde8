"""The date element: ISO 8601-2 and BibTeX dates read, and printed as the manual prints them (APA 7 §9.13-9.17)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from .entry import Entry
from .latex import plain
from .patterns import pattern
from .terms import Terms

_ISO: Final = pattern(r"([+-]?)(\d{1,4}|\d{2,3}X{1,2})(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T[\d:.+Z-]*)?([~?%]?)\Z")
_SPAN: Final = pattern(r"\s*(?:/|--|–)\s*")
_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_NAMES: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
IN_PRESS: Final = frozenset({"inpress", "in press", "forthcoming", "to appear", "in print"})
_PRESS: Final = pattern(
    r"(?:\d{4})?[\s,;:(\[]*(?:in\s*press|forthcoming|to appear|in print)[\s,;:)\].]*(?:\d{4})?\Z", re.I
)


class Day(NamedTuple):
    """A point in time; ``month`` 21-24 is a season, 0 means not given; years before 1 are B.C.E. (0 = 1 B.C.E.)."""

    year: int
    month: int = 0
    day: int = 0
    approximate: bool = False
    uncertain: bool = False
    decade: bool = False


class Date(NamedTuple):
    """A date or a span; ``text`` holds a year that is no date ("Victorian"), printed as typed."""

    start: Day | None = None
    end: Day | None = None
    open: bool = False
    press: bool = False
    text: str = ""
    loose: bool = False  # month and day came from BibTeX's own fields, not from ``date``

    @property
    def approximate(self) -> bool:
        """Whether "ca." stands before it."""
        return self.start is not None and self.start.approximate

    @property
    def full(self) -> bool:
        """Whether more than a year is known."""
        return self.start is not None and self.start.month > 0


def date(entry: Entry, role: str = "") -> Date | None:
    """Read an entry's date; ``role`` is "", "orig", "event" or "url"."""
    fields = entry.fields
    if not role and "pubstate" in fields:
        state = plain(fields.get("pubstate", "")).lower()
        if state in IN_PRESS and not fields.get("date") and not fields.get("year"):
            return Date(press=True)
    written = fields.get(f"{role}date", "").strip(" {}")
    if written:
        return _read(written)
    year = fields.get(f"{role}year", "")
    if not year:
        return None
    return _from_parts(plain(year), plain(fields.get(f"{role}month", "")), plain(fields.get(f"{role}day", "")))


@lru_cache(maxsize=4096)
def _read(written: str) -> Date | None:
    if _PRESS.match(written.strip()):
        return Date(press=True)
    if written.lower().strip("[]().") in ("n.d", "nd", "no date", "undated", "s.a", "s.f", "o.j"):
        return None
    parts = _SPAN.split(written.strip())
    start = _point(parts[0]) if parts[0] and parts[0] != ".." else None
    if start is None and parts[0] not in ("", ".."):
        return Date(text=written)
    if len(parts) == 1:
        return Date(start)
    if parts[1] in ("", ".."):
        return Date(start, open=True) if start else None
    end = _point(parts[1])
    if end is None:
        return Date(text=written)
    if start is not None and len(parts[1]) == 2 and end.year < 100 <= start.year:
        century = start.year // 100 + (end.year < start.year % 100)
        end = Day(century * 100 + end.year)  # 1984--86, 1998--02
    return Date(start or end, end if start else None)


def _point(text: str) -> Day | None:
    circa = re.match(r"(?:ca?\.|circa)\s*(\d{1,4})\Z", text.strip(), re.IGNORECASE)
    if circa:
        return Day(int(circa.group(1)), approximate=True)
    found = _ISO.match(text.strip())
    if found is None:
        return None
    sign, digits, month, day, sure = found.groups()
    year = int(digits.replace("X", "0"))
    month_number = int(month) if month and month != "XX" else 0
    day_number = int(day) if day and day != "XX" else 0
    if not (0 <= month_number <= 12 or 21 <= month_number <= 24) or day_number > 31:
        return None
    return Day(-year if sign == "-" else year, month_number, day_number, sure in ("~", "%") and bool(sure),
               sure in ("?", "%") and bool(sure), "X" in digits)  # fmt: skip


def _from_parts(year: str, month: str, day: str) -> Date | None:
    whole = _read(year)
    if whole is None or whole.start is None or whole.end is not None or not month:
        return whole
    inner = re.match(r"(\w+?)\.?\s+(\d.*)\Z", month)
    if inner:  # "jan # {~12}" arrives as "January 12"
        month, day = inner.groups()
    months = [_month(part) for part in re.split(r"\s*(?:/|--|–|-)\s*", month)]
    if not months[0]:
        return whole
    days = re.findall(r"\d{1,9}", day)
    first = Day(whole.start.year, months[0], int(days[0]) if days and months[0] <= 12 else 0, whole.approximate)
    last = None
    if len(months) > 1 and months[1]:
        last = Day(first.year, months[1], int(days[1]) if len(days) > 1 else 0)
    elif len(days) > 1:
        last = Day(first.year, months[0], int(days[1]))
    return Date(first, last, loose=True)


def _month(text: str) -> int:
    text = text.strip().lower().rstrip(".")
    if text.isdecimal() and len(text) < 10:
        return int(text) if 1 <= int(text) <= 12 or 21 <= int(text) <= 24 else 0
    return _NAMES.get(text) or next((i for i, name in enumerate(_MONTHS, 1) if text.startswith(name)), 0)


def _year(day: Day, terms: Terms, era: bool = True) -> str:
    if day.decade:
        return f"{day.year}s"
    text = str(day.year) if day.year > 0 else str(1 - day.year) + (f" {terms.bce}" if era else "")
    return text + "?" if day.uncertain else text


def year(when: Date | None, terms: Terms) -> str:
    """Print the year alone: "2020", "2002–2008", "ca. 350 B.C.E.", "2015–present"; "" when there is none."""
    if when is None or when.press:
        return terms.in_press if when else ""
    if when.start is None:
        return when.text
    circa = f"{terms.circa} " if when.start.approximate else ""
    if when.open:
        return f"{circa}{_year(when.start, terms)}–{terms.present}"
    if when.end is None or when.end.year == when.start.year:
        return circa + _year(when.start, terms)
    same_era = (when.start.year > 0) == (when.end.year > 0)
    if not same_era:
        return f"{circa}{_year(when.start, terms)}–{_year(when.end, terms)} {terms.ce}"
    return f"{circa}{_year(when.start, terms, era=False)}–{_year(when.end, terms)}"


def lettered(text: str, letter: str, terms: Terms) -> str:
    """Add a year letter: "2020a", "n.d.-a", "in press-b" (APA 7 §8.19)."""
    if not letter:
        return text
    return f"{text}-{letter}" if not text[-1:].isdigit() else text + letter


def year_text(entry: Entry, terms: Terms, letter: str = "") -> str:
    """Print the year as a citation does: "2020a", "1900/2010", "n.d.-a", "ca. 350 B.C.E./1994" (APA 7 §8.15)."""
    when = published(entry)
    text = lettered(year(when, terms) or terms.no_date, letter, terms)
    first = date(entry, "orig") or reprinted(entry)
    original = year(first, terms) if first else ""
    return f"{original}/{text}" if original and when is not None else original or text


def reprinted(entry: Entry) -> Date | None:
    """Give the date of the work that this one reprints, which the engine notes as ``relatedorigdate``."""
    value = entry.fields.get("relatedorigdate", "")
    return _read(value) if value else None


_EVENTS: Final = frozenset({"presentation", "unpublished", "talk", "conference", "performance", "video", "audio"})


def published(entry: Entry) -> Date | None:
    """Give the date that stands after the author; a paper read at a meeting is dated by the meeting (§10.5)."""
    when = date(entry)
    if entry.type == "presentation" or (when is None and entry.type in _EVENTS):
        return date(entry, "event") or when
    return when


def month_day(when: Date, terms: Terms) -> str:
    """Print what follows the year: "March 26", "April 26–29", "March 30–April 2", "Summer/Fall", ""."""
    first, last = when.start, when.end
    if first is None or not first.month:
        return ""
    text = _day(first, terms)
    if last is None or not last.month or (last.year, last.month, last.day) == (first.year, first.month, first.day):
        return text
    if last.year != first.year:
        return text
    if first.month > 12:
        return f"{text}/{_day(last, terms)}"
    if first.month == last.month and first.day and last.day:
        return terms.day_span(first.month, first.day, last.day)
    return f"{text}–{_day(last, terms)}"


def _day(day: Day, terms: Terms) -> str:
    if day.month > 12:
        return terms.seasons[day.month - 21]
    return terms.day(day.month, day.day)


def date_text(when: Date | None, terms: Terms, letter: str = "", full: bool = True) -> str:
    """Print the date element without its brackets: "2020b, March 26", "in press", "n.d."."""
    if when is None:
        return lettered(terms.no_date, letter, terms)
    first, last = when.start, when.end
    if full and first and last and first.month and last.month and last.year != first.year:
        spelt = terms.long_date(first.year, _day(first, terms))
        return f"{lettered(spelt, letter, terms)}–{terms.long_date(last.year, _day(last, terms))}"
    text = lettered(year(when, terms), letter, terms)
    rest = month_day(when, terms) if full else ""
    return f"{text}, {rest}" if rest else text
