"""The parts of a name list: what a person is, what stands between separators, initials, roles and particles."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..patterns import pattern

SUFFIX: Final = pattern(r"(?:[JS]r|[JS]R|Jnr|Snr)\.?\Z|(?:II|III|IV|VI?)\.?\Z|[2-9](?:nd|rd|th)\Z")
COMPANY: Final = pattern(r"(?:Inc|LLC|Ltd|GmbH|PBC|Corp|S\.?A|L\.?P|LLP|PLC|plc|AG|B\.V|Pty|Co)\b\.?\Z")
_PARTICLES_WORDS: Final = """
    van von der den de del della di da dos das du des la le lo el al bin ibn ben ter ten te zu zur af av 't d’
    vander vanden vande y e los las do st. auf dem dal
"""
PARTICLES: Final = frozenset(_PARTICLES_WORDS.split())
_INITIALS: Final = pattern(
    r"(?:[^\W\d_]{1,2}\.(?:[\s-]*|(?=[^\W\d_]))|[^\W\d_](?=[\s-]|\Z)[\s-]*|[^\W\d_]{1,2}(?=-)-)+\Z"
)
_CAPS: Final = pattern(r"[^\W\d_a-zß-öø-ÿ]{1,3}\Z")
_CUT: Final = pattern(
    r"\s*,?\s*(?:&|(?<=\s)(?:and|und)(?=\s)|(?<=[.,]\s)(?:et(?!\s+al)|y|e)(?=\s))\s*|\s*[,;]\s*|\s*(?:…"
    r"|\.\s?\.\s?\.)\s*&?\s*"
    r"|\s*,?\s*(?:\bet\.?\s+al\b\.?|\band others\b|\bu\. ?a\.|\bet coll\.)"
)
GROUPS: Final = pattern(
    r"\b(?:Association|Society|University|Universit\w+|Institut\w*|Departm\w+|Department|Ministry|Council|Commission"
    r"|Committee|Center|Centre|Centers|Organi[sz]ation|Organi[sz]ations|Foundation|Agency|Office|Bureau|Group|Team"
    r"|Collaboration|Consortium|Network|Project|Union|Bank|Board|Academy|College|School|Service|Services|Library"
    r"|Museum|Press|Company|Corporation|Government|Administration|Authority|Programme|Program|Initiative|Federation"
    r"|Fund|Partnership|Alliance|Parliament|Congress|Senate|Court|Nations|States|National|International|European"
    r"|American|Royal|Federal|Task Force|Panel|Working|Investigators|Developers|Contributors|Community|Forum|Trust"
    r"|Clinic|Hospital|Laborator\w+|Lab|Division|Directorate|Secretariat|Police|Church|Party|Chamber|Core|Repository)\b"
)
OTHERS: Final = pattern(r"et\.?\s+al|others|u\. ?a\.|coll")
_NOTE: Final = pattern(r"\s*[\[(]([^\[\]()]{1,80})[\])]\s*\Z")
_SMALL_INITIAL: Final = pattern(r"[a-z]\.")
_BRACKETS: Final = pattern(r"\([^()]*\)|\[[^\[\]]*\]")


class Person(NamedTuple):
    """One name as typed: a group has a ``family`` only. ``note`` is a role in round brackets, ``user`` a user name."""

    family: str
    given: str = ""
    suffix: str = ""
    group: bool = False
    note: str = ""
    user: str = ""
    detached: str = ""  # a particle typed after the given name: "Akker, O. van den"
    full: bool = False  # a given name written out


class People(NamedTuple):
    """A name list; ``others`` for "et al.", ``gap`` the position before which "…" stood; ``slips`` with offsets."""

    persons: tuple[Person, ...]
    others: bool = False
    gap: int = -1
    slips: tuple[tuple[str, int, int], ...] = ()


class Piece(NamedTuple):
    """What stands between two separators, with the separator before it."""

    text: str
    start: int
    end: int
    joint: str


def is_initials(text: str) -> bool:
    """Say whether a piece holds initials: "J.-P.", "M. A.", "MA", "Yu. A."."""
    text = text.strip()
    if not text or len(text) > 30 or (not text[0].isupper() and not _SMALL_INITIAL.match(text)):
        return False
    return bool(_INITIALS.match(text) or (_CAPS.match(text) and text.isupper()))


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Cut a name list at commas, semicolons, "&", "and", "…" and "et al.", brackets left whole."""
    out: list[Piece] = []
    at, joint = start, ""
    depth_ends = [found.span() for found in _BRACKETS.finditer(text, start, end)]
    for found in _CUT.finditer(text, start, end):
        if any(a < found.start() < b for a, b in depth_ends) or found.end() == found.start():
            continue
        body = text[at : found.start()]
        if body.strip():
            out.append(Piece(body.strip(), at, found.start(), joint))
            joint = found[0].strip()
        else:
            joint = f"{joint} {found[0].strip()}".strip()
        at = found.end()
    if text[at:end].strip(" ."):
        out.append(Piece(text[at:end].strip(), at, end, joint))
    elif joint:
        out.append(Piece("", end, end, joint))
    return out


def noted(text: str) -> tuple[str, str, str]:
    """Take a role "(Host)" or a user name "[@name]" off the end of a name."""
    note = user = ""
    while found := _NOTE.search(text):
        if found[0].strip().startswith("["):
            user = found[1]
        else:
            note = found[1]
        text = text[: found.start()]
    return text.strip() or user or note, note if text.strip() else "", user if text.strip() else ""


def tailed(given: str) -> tuple[str, str]:
    """Take a particle off the end of initials: "O. van den"."""
    words = given.split()
    cut = len(words)
    while cut > 1 and (words[cut - 1] in PARTICLES or words[cut - 1] in ("d’", "d'")):
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def marks(joint: str, others: bool, gap: int, count: int) -> tuple[bool, int]:
    """Say whether a separator means "and others", and before which name an ellipsis stands."""
    if "…" in joint or ". ." in joint or "..." in joint:
        gap = count
    return others or bool(OTHERS.search(joint)), gap


def written(people: People) -> str:
    """The list as BibTeX has it, groups in braces: "Doe, Jane and {R Core Team} and others"."""
    out = [_written(person) for person in people.persons]
    if 0 <= people.gap < len(out) or (people.gap == len(out) and out):
        out.insert(people.gap, "{…}")
    if people.others:
        out.append("others")
    return " and ".join(out)


def _written(person: Person) -> str:
    if person.group or not (person.given or person.suffix):
        return f"{{{person.family}}}"
    family = f"{person.detached} {person.family}" if person.detached else person.family
    return ", ".join(part for part in (family, person.suffix, person.given) if part)
