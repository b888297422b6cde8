"""What constitutions, resolutions, reports and orders are called in text, where they bear no title (APA 7 ch. 11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .entry import Entry
from .latex import plain

LEGAL: Final = frozenset(
    {"constitution", "charter", "legmaterial", "legadminmaterial", "legislation", "legal", "treaty", "regulation"}
)
_BODIES: Final = {
    "senate": ("S.", "Senate"),
    "house": ("H.R.", "House of Representatives"),
    "houseofrepresentatives": ("H.R.", "House of Representatives"),
    "us": ("U.S.", "U.S."),
    "unitedstates": ("U.S.", "U.S."),
    "un": ("U.N.", "United Nations"),
    "unitednations": ("U.N.", "United Nations"),
}
_STATES: Final = (
    "Alabama:Ala. Alaska:Alaska Arizona:Ariz. Arkansas:Ark. California:Cal. Colorado:Colo. Connecticut:Conn. "
    "Delaware:Del. Florida:Fla. Georgia:Ga. Hawaii:Haw. Idaho:Idaho Illinois:Ill. Indiana:Ind. Iowa:Iowa "
    "Kansas:Kan. Kentucky:Ky. Louisiana:La. Maine:Me. Maryland:Md. Massachusetts:Mass. Michigan:Mich. "
    "Minnesota:Minn. Mississippi:Miss. Missouri:Mo. Montana:Mont. Nebraska:Neb. Nevada:Nev. New_Hampshire:N.H. "
    "New_Jersey:N.J. New_Mexico:N.M. New_York:N.Y. North_Carolina:N.C. North_Dakota:N.D. Ohio:Ohio "
    "Oklahoma:Okla. Oregon:Or. Pennsylvania:Pa. Rhode_Island:R.I. South_Carolina:S.C. South_Dakota:S.D. "
    "Tennessee:Tenn. Texas:Tex. Utah:Utah Vermont:Vt. Virginia:Va. Washington:Wash. West_Virginia:W._Va. "
    "Wisconsin:Wis. Wyoming:Wyo."
)
"""The states with the abbreviations that legal references use."""
_KINDS: Final = {
    "constitution": ("Const.", "Constitution"),
    "charter": ("Charter", "Charter"),
    "resolution": ("Resolution", "Resolution"),
    "jointresolution": ("J. Resolution", "Joint Resolution"),
    "concurrentresolution": ("Con. Resolution", "Concurrent Resolution"),
    "report": ("Rep. No.", "Report No."),
    "document": ("Doc. No.", "Document No."),
    "execorder": ("Exec. Order No.", "Executive Order No."),
    "executiveorder": ("Exec. Order No.", "Executive Order No."),
    "bill": ("", "Bill"),
}
_PARTS: Final = (
    ("article", "art.", "arts.", "Article"),
    ("amendment", "amend.", "amends.", "Amendment"),
    ("section", "§", "§§", "Section"),
    ("part", "para.", "paras.", "paragraph"),
    ("paragraph", "para.", "paras.", "paragraph"),
    ("clause", "cl.", "cls.", "Clause"),
)


def designation(entry: Entry) -> tuple[str, str] | None:
    """Give what a legal work is called in parentheses and in prose, or None where its title names it.

    ``S. Resolution 438`` and ``Senate Resolution 438`` (§11.6); ``U.S. Const. art. I, § 3`` and ``Article I,
    Section 3, of the U.S. Constitution`` (§11.9).
    """
    if entry.type not in LEGAL:
        return None
    kind = _squeezed(entry.fields.get("type", ""))
    if entry.type in ("constitution", "charter") or kind in ("constitution", "charter"):
        return _constitution(entry, kind or entry.type)
    if entry.fields.get("title") or entry.fields.get("shorttitle"):
        return None
    return _numbered(entry, kind)


def _squeezed(value: str) -> str:
    return "".join(char for char in plain(value).casefold() if char.isalpha())


def _named(table: Mapping[str, tuple[str, str]], value: str) -> tuple[str, str]:
    """Look a source or kind up; words that are in no table stand as they are."""
    text = plain(value)
    return table.get(_squeezed(value), (text, text))


def _source(entry: Entry) -> tuple[str, str]:
    value = entry.fields.get("source", "")
    for pair in _STATES.split():
        state, short = pair.replace("_", " ").split(":")
        if _squeezed(state) == _squeezed(value):
            return short, state
    return _named(_BODIES, value)


def _numbered(entry: Entry, kind: str) -> tuple[str, str] | None:
    """Name a work by body, kind and number; one that has none of them by where it stands (§11.6, 11.7)."""
    number = plain(entry.fields.get("number", ""))
    if not number:
        place = plain(entry.fields.get("location") or entry.fields.get("citation") or "")
        name = place.split(",")[0]
        return (name, name) if name else None
    body, sort = _source(entry), _named(_KINDS, entry.fields.get("type", ""))
    short, long = (" ".join(filter(None, (body[i], sort[i], number))) for i in (0, 1))
    if body[0].endswith(".") and body[0] == "H.R." and kind == "resolution":
        long = f"House Resolution {number}"
    return short, long


def _constitution(entry: Entry, kind: str) -> tuple[str, str]:
    """Name a part of a constitution or charter (§11.9); a title says what it is where ``source`` does not."""
    fields = entry.fields
    if fields.get("source"):
        body, sort = _source(entry), _named(_KINDS, kind)
        short, long = f"{body[0]} {sort[0]}", f"{body[1]} {sort[1]}"
    else:
        short = long = plain(fields.get("shorttitle") or fields.get("title") or fields.get("maintitle") or "")
    brief: list[str] = []
    full: list[str] = []
    for name, one, many, word in _PARTS:
        number = plain(fields.get(name, "")).replace("--", "–")
        if number:
            several = any(mark in number for mark in "–,&") or " and " in number
            brief.append(f"{many if several and one == '§' else one}\u00a0{number}")
            full.append(f"{word}{'s' if several else ''}\u00a0{number}")
    if not full:
        return short, f"the {long}"
    joint = ", " if len(full) > 1 else " "
    link = "to" if fields.get("amendment") and not fields.get("article") else "of"
    where = f"{short} {', '.join(brief)}"
    told = f"{', '.join(full)}{joint}{link} the {long}"
    if "repealed" in plain(fields.get("keywords", "")).casefold():
        gone = plain(fields.get("eventdate", ""))[:4]
        where, told = f"{where}, repealed {gone}".rstrip(), f"{told} was repealed in {gone}"
        if not gone:
            told = told.removesuffix(" in ")
    return where, told
