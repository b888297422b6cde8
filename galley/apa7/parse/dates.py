"""The date of a typed reference: found as the anchor of the whole, and read into ISO 8601-2 (APA 7 §9.13-9.17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ..patterns import pattern
from .draft import Draft

_MONTHS: Final = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    )
    for number, name in enumerate(names.split(), 1)
} | {"sept": 9, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_YEAR: Final = (
    r"(?:(?:ca?\.|circa|c)\s*)?(?:\d{4}s?|\d{1,3}(?=\s*(?:B\.?\s?C|BCE|CE"
    r"|A\.?D)))(?:\s*(?:B\.?\s?C\.?\s?(?:E\.?)?|A\.?D\.?))?"
    r"(?:\s?(?:--|[–\-‑/—])\s?(?:\d{4}|\d{2}(?!\d)|present|heute)|\s?[–-](?=\s*\)))?"
    r"|n\.\s?d\.?|nd|no date|undated|s\.\s?[af]\.|o\.\s?J\.|s\.\s?d\."
    r"|in press|i[mn] Druck|forthcoming|in print|en prensa|sous presse|accepted|in preparation"
    r"|submitted(?: for publication)?|under review"
)
_ANCHOR: Final = pattern(
    rf"[(\[]\s*(?P<lead>(?:[A-Z][a-zäéûçğışü]{{2,8}}\.?\s(?:\d{{1,2}},?\s)?|\d{{1,2}}\.?\s[A-Z][a-z]{{2,8}}\.?,?\s))?"
    rf"(?P<year>{_YEAR})(?P<letter>[\s-]?[a-z](?![^\W_]))?(?P<rest>\s*[,;.:]?\s[^()\[\]]{{1,60}}"
    rf"|[,/][^()\[\]]{{1,60}})?\s*[)\]]",
    2,
)
_BARE: Final = pattern(
    r"(?:(?<=[.,:)])\s+|(?<=[^\W\d_]{3})\s+)(?P<year>(?:1[5-9]|20)\d\d|n\.\s?d\.?"
    r"|in press)(?P<letter>[a-z](?![^\W_]))?(?=\s*[.,:]\s+[^\s\d])"
)
_NAMES_BEFORE: Final = pattern(r"(?:[^\W\d_]\.|\bet al\.?|\)|[Jj]r\.?|,|[^\W\d_]{4}\.)\s*\Z")
_DAYS: Final = pattern(
    r"(?P<a>[^\W\d_]{3,})\.?\s+(?P<b>\d{1,2})(?!\d)|(?P<d>\d{1,2})(?:st|nd|rd|th"
    r"|\.)?\s+(?:de\s+)?(?P<c>[^\W\d_]{3,})\.?|(?P<m>[^\W\d_]{3,})"
)
_ISO: Final = pattern(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b|\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_STANDING: Final = {
    "in press",
    "in druck",
    "im druck",
    "forthcoming",
    "in print",
    "en prensa",
    "sous presse",
    "accepted",
}
_CENTURIES: Final = pattern(r"\b((?:19|20)\d\d)\b")
_LETTERED: Final = pattern(r"[nso]\.")
_REPRINT: Final = pattern(r"(\d{4})\s?/\s?(\d{4})\Z")
_YEARS: Final = pattern(
    r"(?P<ca>(?:ca?\.|circa|c)\s*)?(?P<a>\d{1,4})(?P<bc>\s*B.*?)?(?:\s*(?:--|[–\-‑/—])\s*(?P<b>\d{2,4}|present"
    r"|heute)?)?\s*\Z",
    2,
)
_DAY: Final = pattern(
    r"(?:(?P<m>[^\W\d_]+)\.?(?:\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?)?|(?P<d2>\d{1,2})(?:st|nd|rd|th"
    r"|\.)?\s+(?:de\s+)?(?P<m2>[^\W\d_]+)\.?)"
    r"(?:\s*(?P<s>[–\-‑/—])\s*(?:(?P<m3>[^\W\d_]+)\.?)?\s*(?P<d3>\d{1,2})?)?\Z"
)


class Anchor(NamedTuple):
    """The date element: where it stands, brackets included, its year as typed, its letter and what follows in it."""

    start: int
    end: int
    year: str
    letter: str
    rest: str
    rest_at: int
    bare: bool = False


def anchors(text: str, start: int) -> Iterator[Anchor]:
    """The places that look like a date element, in order."""
    for found in _ANCHOR.finditer(text, start):
        letter = (found["letter"] or "").strip(" -")
        lead = (found["lead"] or "").strip(" ,")
        if lead and not any(month_of(word) for word in lead.split()):
            continue
        yield Anchor(
            *found.span(),
            found["year"].strip(),
            letter,
            (found["rest"] or "").strip(" ,;.:") or lead,
            max(found.start("rest"), 0),
        )


def bare_anchor(text: str, start: int, end: int) -> Anchor | None:
    """The first year that stands after the authors without brackets: "Doe, J. 2020. Title"."""
    found = _BARE.search(text, start, end)
    if found and not _NAMES_BEFORE.search(text, start, found.start()):
        return None
    return (
        Anchor(found.start("year"), found.end(), found["year"], found["letter"] or "", "", 0, True) if found else None
    )


def month_of(word: str) -> int:
    """The number of a month or a season (21-24), 0 where the word is neither."""
    return _MONTHS.get(word.lower().rstrip("."), 0)


def day_of(text: str) -> str:
    """Find a day in a phrase such as "Retrieved May 3, 2019, from", as ISO 8601; "" where there is none."""
    if found := _ISO.search(text):
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        if int(month) <= 12 and int(day) <= 31:
            return f"{year}-{int(month):02}-{int(day):02}"
    year_found = _CENTURIES.search(text)
    if not year_found:
        return ""
    for month, day in _points(text):
        return f"{year_found[1]}-{month:02}-{day:02}" if day else f"{year_found[1]}-{month:02}"
    return year_found[1]


def _points(text: str) -> Iterator[tuple[int, int]]:
    """The months (and days) named in a text, in order; "April 26–29" gives both days."""
    for found in _DAYS.finditer(text):
        word = found["a"] or found["c"] or found["m"]
        month = month_of(word)
        if month:
            yield month, int(found["b"] or found["d"] or 0)


def put_date(draft: Draft, anchor: Anchor) -> None:
    """Set the date fields from an anchor; what is not understood stays as typed."""
    draft.letter = anchor.letter
    year, rest = anchor.year.lower(), anchor.rest
    span = draft.trim(anchor.start, anchor.end, " ()")
    draft.hold(anchor.start, anchor.end)
    if year in _STANDING:
        draft.put("pubstate", *span, "inpress")
    elif year.startswith(("in prep", "submitted", "under rev")):
        draft.put("pubstate", *span, anchor.year)
    elif not (year[:2] in ("nd", "no", "un") or _LETTERED.match(year)):
        _dated(draft, span, anchor.year, rest)
        return
    if rest:
        draft.put("note", *span, rest)


def _dated(draft: Draft, span: tuple[int, int], year: str, rest: str) -> None:
    both = _REPRINT.match(year)
    if both and int(both[1]) < int(both[2]) - 1 and not rest:
        draft.put("origdate", *span, both[1])
        draft.put("date", *span, both[2])
        return
    iso = _years(year)
    if iso and rest:
        iso = _with_days(iso, rest)
    if iso:
        draft.put("date", *span, iso)
    else:
        draft.put("year", *span, f"{year}, {rest}" if rest else year)


def _years(year: str) -> str:
    """Read the year part: "2002–2008", "ca. 350 B.C.E.", "2015–present" into ISO 8601-2."""
    found = _YEARS.match(year)
    if not found:
        return ""
    first = int(found["a"])
    start = f"-{first - 1:04}" if found["bc"] else f"{first:04}"
    start += "~" if found["ca"] else ""
    if found["b"] is None:
        return f"{start}/" if year.rstrip()[-1] in "–-‑—" else start
    if not found["b"].isdigit():
        return f"{start}/"
    last = found["b"] if len(found["b"]) == 4 else found["a"][:2] + found["b"]
    return f"{start}/{last}"


def _with_days(year: str, rest: str) -> str:
    """Add month and day to a plain year: "April 26–29", "March 30–April 2", "Summer/Fall"; "" if not understood."""
    if not (year.isdigit() and len(year) == 4):
        return ""
    simple = _DAY.match(rest)
    if not simple:
        return ""
    month, day = month_of(simple["m"] or simple["m2"]), int(simple["d"] or simple["d2"] or 0)
    if not month or day > 31:
        return ""
    first = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    if not simple["s"]:
        return first
    other = month_of(simple["m3"]) if simple["m3"] else month
    last = int(simple["d3"] or 0)
    if not other or last > 31 or not (simple["m3"] or last):
        return ""
    return f"{first}/{year}-{other:02}" + (f"-{last:02}" if last else "")


def original(text: str) -> str:
    """The year in which a work first came out, from "1923" or "ca. 350 B.C.E."; "" if it is not understood."""
    return _years(text.strip(" ."))
