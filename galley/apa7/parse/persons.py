"""Name lists of a typed reference, inverted and given-first: who is a person, who is a group (APA 7 §9.8-9.11)."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..patterns import pattern

SUFFIX: Final = pattern(r"(?:[JS]r|[JS]R|Jnr|Snr)\.?\Z|(?:II|III|IV|VI?)\.?\Z|[2-9](?:nd|rd|th)\Z")
COMPANY: Final = pattern(r"(?:Inc|LLC|Ltd|GmbH|PBC|Corp|S\.?A|L\.?P|LLP|PLC|plc|AG|B\.V|Pty|Co)\b\.?\Z")
_PARTICLES: Final = frozenset(
    ["van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "des", "la", "le", "lo", "el", "al", "bin", "ibn", "ben", "ter", "ten", "te", "zu", "zur", "af", "av", "'t", "d’", "vander", "vanden", "vande", "y", "e", "los", "las", "do", "st.", "auf", "dem", "dal"]
)
_INITIALS: Final = pattern(
    r"(?:[^\W\d_]{1,2}\.(?:[\s-]*|(?=[^\W\d_]))|[^\W\d_](?=[\s-]|\Z)[\s-]*|[^\W\d_]{1,2}(?=-)-)+\Z"
)
_CAPS: Final = pattern(r"[^\W\d_a-zß-öø-ÿ]{1,3}\Z")
_CUT: Final = pattern(
    r"\s*,?\s*(?:&|(?<=\s)(?:and|und|et(?!\s+al)|y|e)(?=\s)|\+)\s*|\s*[,;]\s*|\s*(?:…|\.\s?\.\s?\.)\s*&?\s*"
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
_OTHERS: Final = pattern(r"et\.?\s+al|others|u\. ?a\.|coll")
_NOTE: Final = pattern(r"\s*[\[(]([^\[\]()]{1,80})[\])]\s*\Z")


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
    odd: int = 0


class Piece(NamedTuple):
    """What stands between two separators, with the separator before it."""

    text: str
    start: int
    end: int
    joint: str


def is_initials(text: str) -> bool:
    """Say whether a piece holds initials: "J.-P.", "M. A.", "MA", "Yu. A."."""
    text = text.strip()
    if not text or len(text) > 30 or (not text[0].isupper() and not pattern(r"[a-z]\.").match(text)):
        return False
    return bool(_INITIALS.match(text) or (_CAPS.match(text) and text.isupper()))


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Cut a name list at commas, semicolons, "&", "and", "…" and "et al.", brackets left whole."""
    out: list[Piece] = []
    at, joint = start, ""
    depth_ends = [found.span() for found in pattern(r"\([^()]*\)|\[[^\[\]]*\]").finditer(text, start, end)]
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


def inverted(text: str, start: int, end: int) -> People:
    """Read a list of names as the author element has it: family, initials, the last after an ampersand."""
    parts = pieces(text, start, end)
    if not any(_has_initials(part.text) for part in parts):
        if not _written_out(parts):
            return _groups(text, start, end, parts)
    persons: list[Person] = []
    slips: list[tuple[str, int, int]] = []
    others, gap, odd, i = False, -1, 0, 0
    full = _written_out(parts)
    while i < len(parts):
        part = parts[i]
        others, gap = _marks(part.joint, others, gap, len(persons))
        if persons and " and" in f" {part.joint}" and "&" not in part.joint:
            slips.append(("and-for-ampersand", part.start, part.start))
        if not part.text:
            break
        person, used = _one(parts, i, full)
        if person.group and persons and COMPANY.match(person.family):
            last = persons[-1]
            persons[-1] = last._replace(family=f"{last.family}, {person.family}", group=True)
        else:
            if person.group and persons and persons[-1].group and part.joint == "and" and (
                GROUPS.search(person.family) or GROUPS.search(persons[-1].family)
            ):
                persons[-1] = persons[-1]._replace(family=f"{persons[-1].family} and {person.family}")
            else:
                odd += person.group and len(parts) > 1
                persons.append(person)
            if pattern(r"[^\W\d_]\.[^\W\d_]\.").search(person.given):
                slips.append(("initials-spacing", part.start, parts[min(i + used - 1, len(parts) - 1)].end))
        i += used
    if (
        len(persons) > 1
        and not others
        and gap < 0
        and not any("&" in p.joint or "and" in p.joint.split() for p in parts)
    ):
        slips.append(("ampersand-missing", start, end))
    return People(tuple(persons), others, gap, tuple(slips), odd)


def _has_initials(text: str) -> bool:
    body = _tailed(_noted(text)[0])[0]
    return is_initials(body) or is_initials(body.rsplit(" ", 1)[-1]) or is_initials(body.split(" ", 1)[0])


def _groups(text: str, start: int, end: int, parts: list[Piece]) -> People:
    """Read a list without initials: one group, groups joined by an ampersand, or names of one word each."""
    last = parts[-1] if parts else None
    others = bool(last and not last.text and _OTHERS.search(last.joint))
    named = [part for part in parts if part.text]
    if others and last:
        end = named[-1].end if named else end
    single = [part for part in named if " " not in part.text]
    if len(named) > 2 and len(single) == len(named) and ("&" in named[-1].joint or "…" in named[-1].joint):
        gap = next((at for at, part in enumerate(named) if "…" in part.joint), -1)
        return People(tuple(Person(part.text, group=True) for part in named), others, gap)
    halves = [half.strip(" ,") for half in text[start:end].split(" & ")]
    if not (len(halves) > 1 and all(GROUPS.search(half) and " " in half for half in halves)):
        halves = [text[start:end].strip()]
    people = []
    for half in halves:
        body, note, user = _noted(half)
        people.append(Person(body, "", "", True, note, user))
    return People(tuple(person for person in people if person.family), others)


def _marks(joint: str, others: bool, gap: int, count: int) -> tuple[bool, int]:
    if "…" in joint or ". ." in joint or "..." in joint:
        gap = count
    return others or bool(_OTHERS.search(joint)), gap


def _written_out(parts: list[Piece]) -> bool:
    """Say whether given names are written out: "Smith, John, & Doe, Jane Ann"."""
    if len(parts) < 2 or any(is_initials(part.text) for part in parts):
        return False

    def given(text: str) -> bool:
        words = text.rstrip(".").split()
        return (
            1 <= len(words) <= 3
            and all(w[:1].isupper() for w in words)
            and not GROUPS.search(text)
            and not (COMPANY.match(text))
        )

    first = parts[0].text.split()
    if GROUPS.search(parts[0].text) or len(first) > 4 or not given(parts[1].text):
        return False
    return parts[1].joint.strip() == "," and (len(parts) == 2 or len(parts) % 2 == 0 or " " in parts[2].text)


def _one(parts: list[Piece], i: int, full: bool) -> tuple[Person, int]:
    """Read the name that begins at piece ``i``, and say how many pieces it takes."""
    body, note, user = _noted(parts[i].text)
    after = parts[i + 1] if i + 1 < len(parts) else None
    joined = after is not None and after.joint in (",", "") and bool(after.text)
    if after is not None and joined and not note:
        given, gnote, guser = _noted(after.text)
        first, tail = _tailed(given)
        if is_initials(first) or (full and _given_like(given) and not (" " in body and _plain_name(body) and i)):
            used = 2
            suffix, used, gnote = _suffix(parts, i, used, gnote)
            family, own = _own_suffix(body)
            return Person(family, first.strip(), suffix or own, False, gnote, guser or user, tail, full), used
        if SUFFIX.match(given) and i + 2 < len(parts) and is_initials(_noted(parts[i + 2].text)[0]):
            last, gnote, guser = _noted(parts[i + 2].text)
            return Person(body, last, given, False, gnote, guser), 3
    words = body.split()
    if len(words) > 1:
        first = next((at for at, word in enumerate(words) if not (is_initials(word) and "." in word)), 0)
        if first > 0 and len(words) - first <= 3 and not GROUPS.search(body):
            return Person(" ".join(words[first:]), " ".join(words[:first]), "", False, note, user), 1
        for cut in range(1, len(words)):
            tail = " ".join(words[cut:])
            if is_initials(tail) and (("." in tail) or len(words) - cut == 1) and not GROUPS.search(body):
                if cut <= 4 and not (tail.isupper() and "." not in tail and body.isupper()):
                    return Person(" ".join(words[:cut]), tail, "", False, note, user), 1
        if full and i and _plain_name(body):
            return Person(words[-1], " ".join(words[:-1]), "", False, note, user, "", True), 1
    return Person(body, "", "", True, note, user), 1


def _noted(text: str) -> tuple[str, str, str]:
    """Take a role "(Host)" or a user name "[@name]" off the end of a name."""
    note = user = ""
    while found := _NOTE.search(text):
        if found[0].strip().startswith("["):
            user = found[1]
        else:
            note = found[1]
        text = text[: found.start()]
    return text.strip() or user or note, note if text.strip() else "", user if text.strip() else ""


def _tailed(given: str) -> tuple[str, str]:
    """Take a particle off the end of initials: "O. van den"."""
    words = given.split()
    cut = len(words)
    while cut > 1 and (words[cut - 1] in _PARTICLES or words[cut - 1] in ("d’", "d'")):
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def _suffix(parts: list[Piece], i: int, used: int, note: str) -> tuple[str, int, str]:
    if i + used < len(parts) and parts[i + used].joint in (",", ""):
        text, other, _ = _noted(parts[i + used].text)
        if SUFFIX.match(text):
            return text, used + 1, note or other
    return "", used, note


def _own_suffix(family: str) -> tuple[str, str]:
    """Take "Jr." off a family name that was typed with it: "Harrell Jr., F. E."."""
    words = family.split()
    if len(words) > 1 and SUFFIX.match(words[-1]):
        return " ".join(words[:-1]), words[-1]
    return family, ""


def _given_like(text: str) -> bool:
    words = text.rstrip(".").split()
    return 1 <= len(words) <= 4 and all(word[:1].isupper() or word in _PARTICLES for word in words)


def _plain_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and words[0][:1].isupper() and not GROUPS.search(text)


def given_first(text: str, start: int, end: int) -> People:
    """Read names given-first, as inside a reference: "M. S. Khine & I. M. Saleh"."""
    persons: list[Person] = []
    others, gap = False, -1
    for part in pieces(text, start, end):
        others, gap = _marks(part.joint, others, gap, len(persons))
        body, note, user = _noted(part.text)
        if not body:
            continue
        if persons and SUFFIX.match(body):
            persons[-1] = persons[-1]._replace(suffix=body)
            continue
        if persons and is_initials(body) and not persons[-1].given:  # typed inverted inside
            persons[-1] = Person(persons[-1].family, body)
            continue
        persons.append(_natural(body, note, user))
    return People(tuple(persons), others, gap)


def _natural(body: str, note: str, user: str) -> Person:
    words = body.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.match(words[-1]) and len(words[-1]) > 1 else ""
    cut = 0
    while cut < len(words) - 1 and (is_initials(words[cut]) or (words[cut].startswith("(") and cut)):
        cut += 1
    if cut == 0:
        if len(words) < 2 or GROUPS.search(body) or len(words) > 5:
            return Person(body, "", "", True, note, user)
        cut = next((i for i, word in enumerate(words) if i and word in _PARTICLES), len(words) - 1)
        return Person(" ".join(words[cut:]), " ".join(words[:cut]), suffix, False, note, user, "", True)
    return Person(" ".join(words[cut:]), " ".join(words[:cut]), suffix, False, note, user)


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
