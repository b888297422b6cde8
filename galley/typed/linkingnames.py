"""The names of a typed work against those of an entry: the same, or how they differ (APA 7 §8.17-8.21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from galley.apa7.spot.cleaning import bare
from galley.apa7.spot.nouns import TypedWork
from galley.apa7.spot.words import CAPITAL_PARTICLES, SUFFIXES
from galley.typed.linkingworks import SMALL, Person, Work, acronym, difference, distance, plain

COSTS = {
    "exact": 0, "accent": 1, "split": 1, "short": 1, "letter": 2, "etal": 2, "title": 2, "form": 3, "order": 5,
    "coauthor": 6, "year": 7, "name": 8,
}  # fmt: skip


class Match(NamedTuple):
    """How a work's names agree with an entry's; ``cost`` grows with the difference, 0 for none."""

    kind: str
    cost: float


def forms(name: str) -> tuple[str, ...]:
    """The bare forms that a typed name may be looked up by, the whole first."""
    words = name.split()
    found = [bare(name)]
    if len(words) > 1:
        if words[-1].rstrip(".") in SUFFIXES:
            found.append(bare(" ".join(words[:-1])))
        if words[0].lower() == "the":
            found.append(bare(" ".join(words[1:])))
        rest = words
        while len(rest) > 1 and (rest[0].islower() or rest[0] in CAPITAL_PARTICLES):
            rest = rest[1:]
            found.append(bare(" ".join(rest)))
    return tuple(dict.fromkeys(filter(None, found)))


def same(typed: str, person: Person) -> str | None:
    """How a typed name differs from a listed one that it means: "" not at all, "accent", "split"; None: another."""
    if not set(forms(typed)) & set(person.forms):
        return None
    return difference(typed, person)


def names(work: TypedWork, entry: Work) -> Match | None:
    """How a work's names agree with an entry's people whose first is the same; None where they do not."""
    people = entry.people
    typed = work.names
    if (
        len(typed) > 1
        and same(f" {work.joint or 'and'} ".join((", ".join(typed[:-1]), typed[-1])), people[0]) is not None
    ):
        return Match("exact", 0)
    if len(typed) > len(people) + (30 if entry.more else 0):
        found = [same(name, person) for name, person in zip(typed, people, strict=False)]
        return Match("coauthor", 6) if found and found[0] is not None else None
    found = [same(name, person) for name, person in zip(typed, people, strict=False)]
    if found and found[0] is None:
        return None
    if None in found:
        return _others(work, entry)
    kind = next((how for how in ("split", "accent") if how in found), "exact")
    cost = COSTS[kind] + _initials_cost(work, entry) + 0.3 * (plain(typed[0]) != plain(people[0].name))
    if work.etal:
        if len(people) <= len(typed) and not entry.more:
            return Match("coauthor", 6) if len(people) == 1 else Match("etal", max(cost, 2))
        return Match("etal", max(cost, 2)) if len(people) == 2 and not entry.more else Match(kind, cost)
    if len(typed) < len(people):
        return Match("coauthor", 6 if len(typed) > 1 or len(people) == 2 else 6.5)
    return Match(kind, cost)


def _joined(work: TypedWork) -> str:
    """All names as one, as the name of a group with "and" in it may have been read as two."""
    return f" {work.joint or 'and'} ".join((", ".join(work.names[:-1]), work.names[-1]))


def _others(work: TypedWork, entry: Work) -> Match:
    """The first author is the same, another is not: in another order, misspelt, or somebody else."""
    typed = [bare(name) for name in work.names]
    listed = [set(person.forms) for person in entry.people]
    if all(any(name in forms_ for forms_ in listed) for name in typed) and (work.etal or len(typed) == len(listed)):
        return Match("order", 5)
    if len(typed) == len(entry.people) or work.etal:
        wrong = [n for n, name in enumerate(typed) if n < len(listed) and name not in listed[n]]
        if all(near(typed[n], entry.people[n]) for n in wrong):
            return Match("name", 6)
    return Match("coauthor", 6)


def reordered(work: TypedWork, entry: Work) -> bool:
    """Whether a work names an entry's authors with another one first."""
    typed = {bare(name) for name in work.names}
    if len(typed) < 2 or (not work.etal and len(typed) != len(entry.people)):
        return False
    return all(any(name in person.forms for person in entry.people) for name in typed)


def near(typed: str, person: Person, *, loose: bool = False) -> bool:
    """Whether a bare name is a listed one misspelt: by a letter, by two in long names, or one half of a double one."""
    for form in person.forms:
        short = min(len(typed), len(form))
        if short < 3:
            continue
        limit = 1 if short < 7 else 2 if short < 12 or not person.group else 3
        if short == 3 and not loose:
            continue
        if distance(typed, form, limit) <= limit:
            return True
        less, more = sorted((typed, form), key=len)
        if short > 3 and not person.group and len(more) > short + 2 and (more.startswith(less) or more.endswith(less)):
            return True
    return False


def misspelt(work: TypedWork, entry: Work) -> Match | None:
    """Whether a work's first name is an entry's misspelt, the others agreeing."""
    if not entry.people or not work.names:
        return None
    typed = [bare(name) for name in work.names]
    others = [name in person.forms for name, person in zip(typed[1:], entry.people[1:], strict=False)]
    if not near(typed[0], entry.people[0], loose=bool(others) and all(others)) or not all(others):
        return None
    if work.etal:
        return Match("name", 8 if len(entry.people) > len(typed) or entry.more else 9)
    return Match("name", 8) if len(typed) == len(entry.people) else None


def _initials_cost(work: TypedWork, entry: Work) -> float:
    """What initials cost that are not the listed ones: they tell authors of one surname apart (APA 7 §8.20)."""
    cost = 0.0
    for typed, person in zip(work.initials, entry.people, strict=False):
        if typed and person.initials:
            letters = "".join(
                char for char in typed if char.isalpha() and (char.isupper() or len(typed) < 3)
            ).casefold()
            cost += -0.5 if person.initials.startswith(letters) or letters.startswith(person.initials) else 4.0
    return max(cost, 0.0) if cost > 0 else 0.0


def grouped(name: str, person: Person) -> Match | None:
    """Whether a group's typed name is a form of a listed one: its initials, or most of its words."""
    if not person.group:
        return None
    short, listed = acronym(name), bare(person.name)
    own = bare(acronym(person.name))
    loud = name.isupper() or (sum(map(str.isupper, name)) > 1 and " " not in name)
    if (loud and own and bare(name) in (own, own.removeprefix("t"))) or (short and listed == bare(short)):
        return Match("short", 1)
    one, two = _words(name), _words(person.name)
    shared = sum(any(a == b or (len(a) > 4 and distance(a, b, 1) < 2) for b in two) for a in one)
    if one and two and shared >= 2 and shared >= 0.6 * max(len(one), len(two)):
        return Match("form", 3)
    if one and shared == len(one) and (len(one) > 1 or len(two) < 4) and len(bare(name)) > 3:
        return Match("form", 4)
    return None


def _words(name: str) -> Sequence[str]:
    return [bare(word) for word in name.replace("-", " ").split() if word.lower() not in SMALL and bare(word)]
