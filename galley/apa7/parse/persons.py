"""Name lists of a typed reference, inverted and given-first: who is a person, who is a group (APA 7 §9.8-9.11)."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .names import (
    COMPANY,
    GROUPS,
    OTHERS,
    PARTICLES,
    SUFFIX,
    People,
    Person,
    Piece,
    is_initials,
    marks,
    noted,
    pieces,
    tailed,
)

_TIGHT: Final = pattern(r"[^\W\d_]\.[^\W\d_]\.")


def inverted(text: str, start: int, end: int) -> People:
    """Read a list of names as the author element has it: family, initials, the last after an ampersand."""
    parts = pieces(text, start, end)
    full = _written_out(parts)
    if not full and not any(_has_initials(part.text) for part in parts):
        return _groups(text, start, end, parts)
    persons: list[Person] = []
    slips: list[tuple[str, int, int]] = []
    others, gap, i = False, -1, 0
    while i < len(parts):
        part = parts[i]
        others, gap = marks(part.joint, others, gap, len(persons))
        if persons and " and" in f" {part.joint}" and "&" not in part.joint:
            slips.append(("and-for-ampersand", *_word(text, parts[i - 1].end, part.start)))
        if not part.text:
            break
        person, used = _one(parts, i, full)
        _add(persons, person, part.joint)
        if _TIGHT.search(person.given):
            slips.append(("initials-spacing", part.start, parts[min(i + used - 1, len(parts) - 1)].end))
        i += used
    joined = any("&" in part.joint or "and" in part.joint.split() for part in parts)
    if len(persons) > 1 and not others and gap < 0 and not joined:
        slips.append(("ampersand-missing", start, end))
    return People(tuple(persons), others, gap, tuple(slips))


def _add(persons: list[Person], person: Person, joint: str) -> None:
    """Add a name, or join it to the one before: "RStudio" and "Inc.", "Department of Health" and "Human Services"."""
    last = persons[-1] if persons else None
    if last and person.group and COMPANY.match(person.family):
        persons[-1] = last._replace(family=f"{last.family}, {person.family}", group=True)
    elif (
        last
        and last.group
        and person.group
        and joint == "and"
        and (GROUPS.search(person.family) or GROUPS.search(last.family))
    ):
        persons[-1] = last._replace(family=f"{last.family} and {person.family}")
    else:
        persons.append(person)


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the word between two names stands."""
    found = text.find("and", start, end)
    return (found, found + 3) if found >= 0 else (start, end)


def _has_initials(text: str) -> bool:
    body = tailed(noted(text)[0])[0]
    if GROUPS.search(body):
        return False
    return is_initials(body) or _ends_in_initials(body) or is_initials(body.split(" ", 1)[0])


def _ends_in_initials(text: str) -> bool:
    return is_initials(text.rsplit(" ", 1)[-1])


def _half_given(text: str) -> bool:
    """Say whether given names are a name and initials: "John A."."""
    words = text.split()
    if not 1 < len(words) < 6:
        return False
    spelt = words[0].isalpha() and words[0].istitle() and len(words) < 4
    small = is_initials(words[0]) and any(word in PARTICLES or word in ("for", "of") for word in words[1:])
    return (spelt or small) and all(is_initials(w) or (small and w.islower()) for w in words[1:])


def _groups(text: str, start: int, end: int, parts: list[Piece]) -> People:
    """Read a list without initials: one group, groups joined by an ampersand, or names of one word each."""
    last = parts[-1] if parts else None
    others = bool(last and not last.text and OTHERS.search(last.joint))
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
        body, note, user = noted(half)
        people.append(Person(body, "", "", True, note, user))
    return People(tuple(person for person in people if person.family), others)


def _written_out(parts: list[Piece]) -> bool:
    """Say whether given names are written out: "Smith, John, & Doe, Jane Ann"."""
    if len(parts) < 2 or any(is_initials(part.text) for part in parts) or _ends_in_initials(parts[0].text):
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
    body, note, user = noted(parts[i].text)
    after = parts[i + 1] if i + 1 < len(parts) else None
    joined = after is not None and after.joint in (",", "") and bool(after.text)
    if after is not None and joined and not note:
        given, gnote, guser = noted(after.text)
        first, tail = tailed(given)
        if SUFFIX.match(given) and i + 2 < len(parts) and is_initials(noted(parts[i + 2].text)[0]):
            last, gnote, guser = noted(parts[i + 2].text)
            return Person(body, last, given, False, gnote, guser), 3
        if (
            is_initials(first)
            or (_half_given(first) and " " not in body)
            or (full and _given_like(given) and not (" " in body and _plain_name(body) and i))
        ):
            used = 2
            suffix, used, gnote = _suffix(parts, i, used, gnote)
            family, own = _own_suffix(body)
            return Person(family, first.strip(), suffix or own, False, gnote, guser or user, tail, full), used
    words = body.split()
    if len(words) > 1:
        lead = next((at for at, word in enumerate(words) if not (is_initials(word) and "." in word)), 0)
        if lead > 0 and len(words) - lead <= 3 and not GROUPS.search(body):
            return Person(" ".join(words[lead:]), " ".join(words[:lead]), "", False, note, user), 1
        for cut in range(1, len(words)):
            tail = " ".join(words[cut:])
            shouted = tail.isupper() and "." not in tail and body.isupper()
            if cut > 4 or shouted or GROUPS.search(body):
                break
            if is_initials(tail) and ("." in tail or len(words) - cut == 1):
                return Person(" ".join(words[:cut]), tail, "", False, note, user), 1
        if full and i and _plain_name(body):
            return Person(words[-1], " ".join(words[:-1]), "", False, note, user, "", True), 1
    return Person(body, "", "", True, note, user), 1


def _suffix(parts: list[Piece], i: int, used: int, note: str) -> tuple[str, int, str]:
    if i + used < len(parts) and parts[i + used].joint in (",", ""):
        text, other, _ = noted(parts[i + used].text)
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
    return 1 <= len(words) <= 4 and all(word[:1].isupper() or word in PARTICLES for word in words)


def _plain_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and words[0][:1].isupper() and not GROUPS.search(text)


def given_first(text: str, start: int, end: int) -> People:
    """Read names given-first, as inside a reference: "M. S. Khine & I. M. Saleh"."""
    persons: list[Person] = []
    others, gap = False, -1
    for part in pieces(text, start, end):
        others, gap = marks(part.joint, others, gap, len(persons))
        body, note, user = noted(part.text)
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
        cut = next((i for i, word in enumerate(words) if i and word in PARTICLES), len(words) - 1)
        return Person(" ".join(words[cut:]), " ".join(words[:cut]), suffix, False, note, user, "", True)
    return Person(" ".join(words[cut:]), " ".join(words[:cut]), suffix, False, note, user)
