"""How the names of an entry are written: the ampersand, stops and spaces, twenty names and no more (APA 7 §9.8)."""

from __future__ import annotations

from collections.abc import Iterator

from galley.checks.typed.entries import apa_list, called, people
from galley.checks.typed.telling import at_entry, folded, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Listed, Resolved

MOST = 20
GLUED = pattern(r"(?<![\w.])[^\W\d_a-zß-öø-ÿ]\.(?=[^\W\d_a-zß-öø-ÿ]\.)")
AND = pattern(r",? and (?=[^\W\d_])")
BARE_AMPERSAND = pattern(r"[^\W\d_]\.? & ")
ET_AL = pattern(r"\bet\s+al\b\.?", 2)
UNSTOPPED = pattern(r"\b[^\W\d_][^\W\d_]+ ([A-Z]{1,3})(?=,|\s*\()")


def names(resolved: Resolved) -> Iterator[Diagnostic]:
    """C23 ``author-list``: names of an entry that are not joined, stopped or spaced as APA does."""
    if apa_list(resolved):
        yield from folded(_names(resolved), chances=len(resolved.listed))


def _names(resolved: Resolved) -> Iterator[tuple[str, Diagnostic]]:
    for listed in resolved.listed:
        field = listed.parsed.fields.get("author", "")
        if not field or listed.parsed.sure < 0.4 or "author" not in listed.parsed.at:
            continue
        start, end = listed.parsed.at["author"]
        head = listed.text[start:end]
        for kind, said, hint, at, to in _faults(listed, head):
            place = at_entry(resolved, listed, start + at, start + to)
            message = f"{called(listed)}: {said}"
            query = f"In the entry {called(listed)} {said}. May we put it right?"
            yield kind, tell(WARNING, "author-list", place, message, f"{hint} (APA 7 §9.8)", query)


def _faults(listed: Listed, head: str) -> Iterator[tuple[str, str, str, int, int]]:
    """Kind, what is wrong, what to do, and where in the names."""
    found_people = people(listed.parsed.fields["author"])
    persons = [person for person in found_people if not person.group]
    if found := ET_AL.search(head):
        hint = "name all authors up to twenty; of more the first nineteen, ... and the last"
        yield "etal", "et al. stands in the list", hint, *found.span()
    if not persons:
        return
    if found := GLUED.search(head):
        yield (
            "glued",
            "no space stands between initials",
            "write a space after each stop",
            found.start(),
            found.end() + 2,
        )
    if len(found_people) > 1:
        last = max(head.rfind(" and "), head.rfind(", and "))
        if "&" not in head and (found := AND.search(head, max(last - 1, 0))) and len(persons) == len(found_people):
            yield "and", "'and' stands before the last author", "write & before the last author", *found.span()
        elif (found := BARE_AMPERSAND.search(head)) and len(persons) == len(found_people):
            yield "comma", "no comma stands before the ampersand", "write a comma before &", *found.span()
    if found := UNSTOPPED.search(head):
        yield "stops", "initials lack their stops", "write J. R. for two given names", *found.span(1)
    if len(found_people) > MOST and "…" not in head and ". ." not in head and "..." not in head:
        said = f"{len(found_people)} authors are named"
        yield "many", said, "name the first nineteen, then . . . and the last", 0, len(head)
