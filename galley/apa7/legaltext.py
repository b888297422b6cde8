"""What constitutions, resolutions, reports and orders are called in text, where they bear no title (APA 7 ch. 11)."""

from __future__ import annotations

from typing import Final

from .entry import Entry
from .latex import plain
from .legal import BODIES

LEGAL: Final = frozenset(
    {"constitution", "charter", "legmaterial", "legadminmaterial", "legislation", "legal", "treaty", "regulation"}
)
_NAMES: Final = {
    "house": "House of Representatives", "houseofrepresentatives": "House of Representatives", "us": "U.S.",
    "unitednations": "United Nations", "newhampshire": "New Hampshire", "newjersey": "New Jersey",
    "newmexico": "New Mexico", "newyork": "New York", "northcarolina": "North Carolina",
    "northdakota": "North Dakota", "rhodeisland": "Rhode Island", "southcarolina": "South Carolina",
    "southdakota": "South Dakota", "westvirginia": "West Virginia",
}  # fmt: skip
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
    if undated(entry):
        return _constitution(entry, kind or entry.type)
    if entry.fields.get("title") or entry.fields.get("shorttitle"):
        return None
    return _numbered(entry, kind)


def undated(entry: Entry) -> bool:
    """Say whether a work is cited without a year: a constitution or charter (§11.9)."""
    kinds = ("constitution", "charter")
    return entry.type in kinds or (entry.type in LEGAL and _squeezed(entry.fields.get("type", "")) in kinds)


def _squeezed(value: str) -> str:
    return "".join(char for char in plain(value).casefold() if char.isalpha())


def _source(entry: Entry) -> tuple[str, str]:
    """Name who legislates or is constituted, short and in full; words that are in no table stand as they are."""
    value = plain(entry.fields.get("source", ""))
    key = _squeezed(value)
    return BODIES.get(key, value), _NAMES.get(key, key.capitalize() if key in BODIES else value)


def _kind(value: str) -> tuple[str, str]:
    return _KINDS.get(_squeezed(value), (plain(value), plain(value)))


def _numbered(entry: Entry, kind: str) -> tuple[str, str] | None:
    """Name a work by body, kind and number; one that has none of them by where it stands (§11.6, 11.7)."""
    number = plain(entry.fields.get("number", ""))
    if not number:
        place = plain(entry.fields.get("location") or entry.fields.get("citation") or "")
        name = place.split(",")[0]
        return (name, name) if name else None
    body, sort = _source(entry), _kind(entry.fields.get("type", ""))
    short, long = (" ".join(filter(None, (body[i], sort[i], number))) for i in (0, 1))
    if body[0].endswith(".") and body[0] == "H.R." and kind == "resolution":
        long = f"House Resolution {number}"
    return short, long


def _constitution(entry: Entry, kind: str) -> tuple[str, str]:
    """Name a part of a constitution or charter (§11.9); a title says what it is where ``source`` does not."""
    fields = entry.fields
    if fields.get("source"):
        body, sort = _source(entry), _kind(kind)
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
