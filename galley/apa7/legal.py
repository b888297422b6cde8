"""Legal references: cases, statutes, bills, regulations, constitutions, treaties (APA 7 chapter 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .addresses import located
from .author import annotated, split
from .date import Date, date, month_day, year
from .latex import Pieces, pieces
from .setting import italic, join, roman, text, wrap
from .work import Body, Recipe, Work, colon

BODIES: Final = {
    "us": "U.S.", "unitednations": "U.N.", "senate": "S.", "houseofrepresentatives": "H.R.", "house": "H.R.",
    "alabama": "Ala.", "alaska": "Alaska", "arizona": "Ariz.", "arkansas": "Ark.", "california": "Cal.",
    "colorado": "Colo.", "connecticut": "Conn.", "delaware": "Del.", "florida": "Fla.", "georgia": "Ga.",
    "hawaii": "Haw.", "idaho": "Idaho", "illinois": "Ill.", "indiana": "Ind.", "iowa": "Iowa", "kansas": "Kan.",
    "kentucky": "Ky.", "louisiana": "La.", "maine": "Me.", "maryland": "Md.", "massachusetts": "Mass.",
    "michigan": "Mich.", "minnesota": "Minn.", "mississippi": "Miss.", "missouri": "Mo.", "montana": "Mont.",
    "nebraska": "Neb.", "nevada": "Nev.", "newhampshire": "N.H.", "newjersey": "N.J.", "newmexico": "N.M.",
    "newyork": "N.Y.", "northcarolina": "N.C.", "northdakota": "N.D.", "ohio": "Ohio", "oklahoma": "Okla.",
    "oregon": "Or.", "pennsylvania": "Pa.", "rhodeisland": "R.I.", "southcarolina": "S.C.",
    "southdakota": "S.D.", "tennessee": "Tenn.", "texas": "Tex.", "utah": "Utah", "vermont": "Vt.",
    "virginia": "Va.", "washington": "Wash.", "westvirginia": "W. Va.", "wisconsin": "Wis.", "wyoming": "Wyo.",
}  # fmt: skip
"""Who legislates or is constituted, as The Bluebook abbreviates it (table T1)."""

KINDS: Final = {
    "resolution": "Res.", "report": "Rep.", "bill": "", "constitution": "Const.", "charter": "Charter",
    "execorder": "Exec. Order", "jointresolution": "J. Res.", "concurrentresolution": "Con. Res.",
    "document": "Doc.",
}  # fmt: skip

_HISTORY: Final = {
    "appeal": "aff’d", "affirmed": "aff’d", "reversed": "rev’d", "remanded": "remanded", "vacated": "vacated",
    "certdenied": "cert. denied", "modified": "modified", "overruled": "overruled by",
}  # fmt: skip


def case(work: Work) -> Body:
    """A court decision: Name v. Name, 347 U.S. 483 (9th Cir. 1954) (§11.4)."""
    name = colon(work.typed("title"), work.typed("subtitle"))
    citations = split(work.entry.fields.get("citation", ""))
    if citations == [""]:
        citations = [" ".join(filter(None, map(work.get, ("volume", "reporter", "journaltitle", "pages"))))]
    courts, dates = annotated(work.entry, "citation", "citeorg"), annotated(work.entry, "citation", "citedate")
    notes = annotated(work.entry, "citation", "citeinfo")
    parts: list[Pieces] = [name]
    for at, cited in enumerate(citations, 1):
        if at in notes:
            key = notes[at].strip('"')
            parts.append(italic(roman(_HISTORY.get(key, key))))
            continue
        court = " ".join(value.strip('"') for value in (courts.get(at, ""), dates.get(at, "")) if value)
        parts.append(join((pieces(cited), roman(f"({court})" if court else "")), " "))
    body = join(parts, ", ")
    if not courts and not dates:
        court = work.get("organization", "institution", "court")
        when = _when(work)
        inner = " ".join(part for part in (court, when) if part)
        body = join((body, roman(f"({inner})" if inner else "")), " ")
    return Body((), legal=True, whole=join((body, _notes(work)), " "))


def _when(work: Work) -> str:
    when = date(work.entry)
    return year(when, work.terms) if when else ""


def _notes(work: Work) -> Pieces:
    """Set what follows in brackets of its own: (enacted), (testimony of ...), (to be codified at ...)."""
    out: list[Pieces] = []
    for name in ("note", "addendum", "pubstate"):
        value = work.typed(name)
        if value and text(value) not in ("proposed", "inpress", "repealed"):
            out.append(roman("(") + value + roman(")"))
    return join(out, " ")


def _years(work: Work) -> str:
    """Print the years of a statute: "(1990)", "(1971 & rev. 2009)"."""
    first, last = date(work.entry, "orig"), date(work.entry)
    if first and last:
        return f"({year(first, work.terms)} & rev. {year(last, work.terms)})"
    when = last or first
    return f"({year(when, work.terms)})" if when else ""


def _enumerated(work: Work, *names: str) -> Pieces:
    """Set a field that lists several sources joined by ``and``."""
    value = next((found for name in names if (found := work.entry.fields.get(name))), "")
    return join((pieces(part) for part in split(value)), ", ") if value else ()


def statute(work: Work) -> Body:
    """A law or act, a bill: Name of Act of 1990, 42 U.S.C. § 12101 (1990) (§11.5-11.6)."""
    name = join((colon(work.typed("title"), work.typed("subtitle")), work.typed("titleaddon")), " ")
    number = _numbered(work) if work.has("type", "source") else ()
    where = _enumerated(work, "location", "citation", "code", "source" if not number else "location")
    body = join((join((name, number, where), ", "), roman(_years(work))), " ")
    return Body((), legal=True, whole=join((body, _notes(work)), " "))


def _numbered(work: Work) -> Pieces:
    """Set body, kind and number of a document: "S. Res. 438", "H.R. Rep. No. 114-358", "H.R. 1100"."""
    source, kind = work.get("source", "organization"), work.get("type")
    body = BODIES.get(source.lower().replace(" ", ""), source)
    shown = KINDS.get(kind.lower().replace(" ", ""), kind)
    number = work.get("number")
    if kind.lower() in ("report", "execorder", "document") and number:
        number = f"{work.terms.number} {number}"
    return roman(" ".join(part for part in (body, shown, number) if part))


def legislative(work: Work) -> Body:
    """A hearing (title in italics), a resolution, a committee's report (§11.6)."""
    name = colon(work.typed("title"), work.typed("subtitle"))
    if name and (work.has("subtitle") or not work.has("type", "number")):
        name = italic(name)
    number = _numbered(work) if work.has("number", "type") else ()
    where = _enumerated(work, "location", "citation")
    body = join((join((name, number, where), ", "), roman(_years(work))), " ")
    return Body((), legal=True, whole=join((body, _notes(work)), " "))


def regulation(work: Work) -> Body:
    """A federal regulation or executive order: Title, 45 C.F.R. § 46 (2009) (§11.7)."""
    name = join((colon(work.typed("title"), work.typed("subtitle")), work.typed("titleaddon")), " ")
    number = _numbered(work) if work.has("type", "number") else ()
    where = _enumerated(work, "citation", "location")
    when = date(work.entry)
    proposed = any(work.get(field).lower().strip() == "proposed" for field in ("pubstate", "keywords", "note"))
    dated = f"({_proposed(work, when)})" if when and proposed else _years(work)
    codified: Pieces = ()
    if proposed and work.has("citation") and work.has("location"):
        codified = wrap("(to be codified at ", _enumerated(work, "location"), ")")
    body = join((join((name, number, where), ", "), roman(dated), codified), " ")
    return Body((), legal=True, whole=join((body, _notes(work)), " "))


def _proposed(work: Work, when: Date) -> str:
    day = month_day(when, work.terms)
    return f"proposed {day}, {year(when, work.terms)}" if day else f"proposed {year(when, work.terms)}"


def constitution(work: Work) -> Body:
    """An article or amendment of a constitution or charter: U.S. Const. art. I, § 3 (§11.9)."""
    source = work.get("source", "organization")
    kind = work.get("type") or "constitution"
    head = f"{BODIES.get(source.lower().replace(' ', ''), source)} {KINDS.get(kind.lower(), kind)}".strip()
    if work.has("title") and not source:
        head = work.get("title")
    parts = [("article", "art."), ("amendment", "amend."), ("section", "§"), ("part", "para."), ("paragraph", "para."),
             ("clause", "cl.")]  # fmt: skip
    inner = ", ".join(f"{label} {work.get(name)}" for name, label in parts if work.has(name))
    inner = re.sub(r"\s*-{1,3}\s*", "–", inner)
    body = f"{head} {inner}".strip()
    when = date(work.entry, "event")
    if "repealed" in work.get("keywords", "pubstate").lower():
        body += f" (repealed {year(when, work.terms)})" if when else " (repealed)"
    elif when is None and date(work.entry):
        body += f" ({_when(work)})"
    return Body((), legal=True, whole=join((roman(body), _notes(work)), " "))


def treaty(work: Work) -> Body:
    """A treaty or convention: Name of Treaty, Month Day, Year, source (§11.10)."""
    when = date(work.entry)
    day = ", ".join(part for part in (month_day(when, work.terms), year(when, work.terms)) if part) if when else ""
    name = colon(work.typed("title"), work.typed("subtitle"))
    where = located(work)
    body = join((name, roman(day), _enumerated(work, "citation", "location"), where), ", ")
    return Body((), legal=True, whole=join((body, _notes(work)), " "), placed=True)


LEGAL: Final[Mapping[str, Recipe]] = {
    **dict.fromkeys(("jurisdiction", "case"), case),
    **dict.fromkeys(("legislation", "statute", "bill"), statute),
    "legmaterial": legislative,
    "legadminmaterial": regulation,
    "constitution": constitution,
    **dict.fromkeys(("legal", "treaty"), treaty),
}
