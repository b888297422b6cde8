"""What an address says of its page, against what the entry says: its date, its site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from galley.apa7.order import letters
from galley.checks.typed.entries import WORDS, called
from galley.checks.typed.telling import at_field, shortened, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Listed, Resolved

DATED = pattern(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3,9})(?:[/-](\d{1,2}))?(?=[/._-]|\Z)", re.IGNORECASE)
UPLOADED = pattern(
    r"/(?:uploads?|wp-content|files?|sites/default|media|assets|images?|documents?|downloads?)/", re.IGNORECASE
)
ARCHIVES = pattern(r"web\.archive\.org|archive\.(?:is|ph|org|today)|perma\.cc|webcitation")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
SOURCES = ("journaltitle", "organization", "publisher", "institution", "howpublished", "eventtitle")
SMALL = frozenset(
    {"the", "and", "for", "of", "news", "press", "online", "blog", "journal", "review", "magazine", "www"}
)


class _Day(NamedTuple):
    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        month = f" {MONTHS[self.month - 1].capitalize()}" if self.month else ""
        return (f"{self.day}" if self.day else "") + f"{month} {self.year}"


def dates(resolved: Resolved) -> Iterator[Diagnostic]:
    """C19 ``date-against-url``: the date of an entry is not the one that its address bears."""
    for listed in resolved.listed:
        typed, shown = _entry_day(listed.parsed.fields.get("date", "")), _address_day(listed)
        if typed is None or shown is None:
            continue
        apart = _apart(typed, shown)
        if not apart:
            continue
        message = f"{called(listed)} is dated {str(typed).strip()}, but its address says {str(shown).strip()}"
        query = f"The entry {called(listed)} gives {str(typed).strip()} as its date, but the address "
        query += f"({shortened(listed.parsed.fields['url'], 80)}) says {str(shown).strip()}. Which is right?"
        place = at_field(resolved, listed, "date")
        hint = "look the page up, and give its date"
        yield tell(WARNING, "date-against-url", place, message, hint, query, apart)


def _address_day(listed: Listed) -> _Day | None:
    """The date in the path of an address; that of an upload or of an archive's copy is not the work's."""
    address = listed.parsed.fields.get("url", "")
    if not address or listed.parsed.fields.get("doi") or ARCHIVES.search(address):
        return None
    path = urlsplit_path(address)
    found = DATED.search(path)
    if found is None or UPLOADED.search(path):
        return None
    month = _month(found[2])
    day = int(found[3]) if found[3] else 0
    if not 1 <= month <= 12 or day > 31:
        return None
    return _Day(int(found[1]), month, day)


def urlsplit_path(address: str) -> str:
    """The path of an address, unescaped; "" where it is none."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _month(text: str) -> int:
    if text.isdecimal() and len(text) < 10:
        return int(text)
    near = [
        at for at, name in enumerate(MONTHS, 1) if name.startswith(text.lower()) or text.lower() == "sept" == name[:4]
    ]
    return near[0] if len(near) == 1 else 0


def _entry_day(date: str) -> _Day | None:
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\Z", date.strip())
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    return _Day(year, month if month <= 12 else 0, day)


def _apart(typed: _Day, shown: _Day) -> str:
    """In words how two dates differ; "" where they do not, as far as both say."""
    if _near(typed, shown):
        return "one day apart, as time zones may make it"
    if typed.year != shown.year:
        around = abs(typed.year - shown.year) == 1 and not typed.month and shown.month in (1, 12)
        return "" if around else "the years differ"
    if typed.month and typed.month != shown.month:
        turned = typed.day and shown.day and (typed.month == shown.day or typed.day == shown.month)
        return "day and month may have been swapped" if turned else "the months differ"
    return "the days differ" if typed.day and shown.day and typed.day != shown.day else ""


def _near(typed: _Day, shown: _Day) -> bool:
    if not typed.day or not shown.day:
        return False
    from datetime import date

    try:
        return abs((date(*typed) - date(*shown)).days) == 1
    except ValueError:
        return False


def hosts(resolved: Resolved) -> Iterator[Diagnostic]:
    """C20 ``host-against-publisher``: a dated page of one site is said to have come out with another.

    Only addresses with a date in their path are judged: those are of newspapers, magazines and blogs, which
    publish under the name of their site.
    """
    for listed in resolved.listed:
        fields = listed.parsed.fields
        source = next((fields[name] for name in SOURCES if fields.get(name)), "")
        if not source or _address_day(listed) is None or fields.get("volume"):
            continue
        host = _host(fields["url"])
        if not host or _agree(source, host):
            continue
        message = f"{called(listed)} is said to have come out with {source}, but its address is of {host}"
        query = f"The entry {called(listed)} names {source}, but its address leads to {host}. Where did it come out?"
        hint = "name the site or periodical on whose page it stands (APA 7 §9.32)"
        yield tell(WARNING, "host-against-publisher", at_field(resolved, listed, "url"), message, hint, query)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _agree(source: str, host: str) -> bool:
    """Whether a name and a host have a word in common, or the host is the name's initials."""
    labels = [letters(label) for label in host.split(".")[:-1]]
    run = "".join(labels)
    words = [letters(word) for word in WORDS.findall(source)]
    if any(word[:4] in run for word in words if len(word) > 2 and word not in SMALL):
        return True
    whole = "".join(words)
    firsts = "".join(word[:1] for word in words)
    main = "".join(word[:1] for word in words if word not in ("the", "and", "for", "of"))
    strong = "".join(word[:1] for word in words if word not in SMALL)
    if any(label in whole for label in labels if len(label) > 3):
        return True
    if len(strong) < 2:
        return False
    return any(len(label) > 1 and label.startswith((firsts, strong, main, f"t{main}")) for label in labels)
