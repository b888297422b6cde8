"""What stands before the date: authors with their roles, or a title where there are none (APA 7 §9.7-9.12)."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .dates import Anchor
from .draft import Draft
from .names import COMPANY, GROUPS, People, Person, is_initials, written
from .persons import inverted

_ROLE: Final = pattern(
    r"\s*(?:\[(?=[Ee]ds?\b|Hrsg|Trans)|\()\s*(?P<role>(?:Eds?|Hrsg|Editors?|eds?|Trans|Comps?|coord|dir"
    r"|[A-Z](?![^()\[\]]*,\s(?:Eds?|Trans|Narr))[^()\[\]]{2,60})\.?)\s*[)\]]\.?,?\s*\Z"
)
_WITH: Final = pattern(r"\s*\(with ([^()]{3,120})\)\.?\s*\Z")
_EDITOR: Final = pattern(r"(?:eds?|hrsg|editors?|coords?)\b\.?\Z", 2)
_SMALL_WORDS: Final = """
    a an the and of for in on at to by with from de la le du des der die das und et y e del
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())
BODIES: Final = pattern(
    r"(?:[A-Z][\w.’'-]*|of|the|for|and|&|in|on|de|la|du|des|für|der|und|et|,)(?:\s+(?:[A-Z][\w.’'/-]*|of"
    r"|the|for|and|&|in|on|de|la|du|des|für|der|und|et))*\Z"
)
_MARKER: Final = pattern(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)](?=\s)|[•·▪–—*†‡-](?=\s|\*|[A-Z]))\s*")
_OWN_ROLE: Final = pattern(r"\([A-Z][^()]{2,60}\)\s*,")
_ASKING: Final = pattern(r"[:?!]")


def marker(draft: Draft) -> int:
    """Read a list number, a bullet or an asterisk before the entry, and give where the entry itself begins."""
    found = _MARKER.match(draft.text)
    if not found:
        return len(draft.text) - len(draft.text.lstrip())
    draft.number = int(found[1] or found[2] or found[3] or 0)
    draft.hold(*found.span())
    if found[0].strip().startswith("*") and not draft.number:
        draft.put("keywords", found.start(), found.end(), "meta")
    return found.end()


def head(draft: Draft, start: int, anchor: Anchor | None, body: int) -> bool:
    """Read [start, date) as authors, and say whether it was; a title is left for the next step."""
    if anchor is None:
        return False
    end = draft.trim(start, anchor.start, " ,;:")[1]
    if end <= start:
        return False
    people, role, stop = _people(draft, start, end)
    if not _are_authors(draft, people, role, (start, end), (anchor.end, body)):
        return False
    put_people(draft, people, role, start, end)
    if draft.text[end - 1] not in ".)]" and not draft.text[stop:end].endswith((".", ")")) and not anchor.bare:
        draft.slip("missing-stop-after-author", end - 1, end)
    return True


def _people(draft: Draft, start: int, end: int) -> tuple[People, str, int]:
    text, role, stop = draft.text, "", end
    if found := _WITH.search(text, start, end):
        stop = found.start()
        people = inverted(text, found.start(1), found.end(1))
        draft.put("with", found.start(1), found.end(1), written(people))
        draft.hold(*found.span())
    elif (found := _ROLE.search(text, start, end)) and found.start() > start:
        shared = _OWN_ROLE.search(text, start, found.start()) is None
        if shared or _EDITOR.match(found["role"]):
            role, stop = found["role"].strip(), found.start()
    body = text[start:stop].rstrip()
    cut = start + len(body)
    last = body.rstrip(".").rsplit(None, 1)[-1] if body.strip(". ") else ""
    if (
        body.endswith(".")
        and not is_initials(last + ".")
        and not COMPANY.match(last + ".")
        and last not in ("Jr", "Sr", "al")
    ):
        cut -= 1
    return inverted(text, start, cut), role, stop


def _are_authors(draft: Draft, people: People, role: str, where: tuple[int, int], after: tuple[int, int]) -> bool:
    """Weigh persons against a title in the author's place."""
    if not people.persons:
        return False
    text = draft.text[where[0] : where[1]]
    named = sum(1 for person in people.persons if person.given)
    if named * 2 >= len(people.persons) or (role and _EDITOR.match(role)) or (named and people.others):
        return True
    if (
        draft.slanted(*where)
        or text[:1] in '“"‘'
        or (
            text.rstrip(". ").endswith((")", "]"))
            and not role
            and not (people.persons[-1].user or people.persons[-1].note)
        )
    ):
        return bool(role) or bool(people.persons[-1].user)
    if people.others or role:
        return True
    return _group(draft, text.rstrip(". "), after)


def _group(draft: Draft, text: str, after: tuple[int, int]) -> bool:
    """Say whether a head without persons names a group rather than a title."""
    rest = draft.text[after[0] : after[1]].strip(" .")
    if not rest:
        return bool(BODIES.match(text)) or len(text.split()) < 3
    words = [word for word in text.replace("/", " ").split() if word.lower() not in _SMALL]
    lower = sum(1 for word in words if word[:1].islower() and len(word) > 1)
    if _ASKING.search(text) or len(words) > 12:
        return False
    if (
        rest.startswith("In ")
        and (lower or not GROUPS.search(text))
        and draft.text[after[0] : after[1]].count(". ") < 2
    ):
        return False
    from .sentences import breaks

    first = after[0] + len(draft.text[after[0] : after[1]]) - len(draft.text[after[0] : after[1]].lstrip(" ."))
    several = len([at for at in breaks(draft.text, first, after[1]) if at < after[1] - 2]) > 0
    titled = any(draft.italic[at] for at in range(first, min(first + 3, after[1])))
    if titled and (several or lower == 0):
        return True
    if lower > 1 or (lower and len(words) > 3 and not GROUPS.search(text)):
        return several and bool(GROUPS.search(text)) and lower < 3
    if several:
        return True
    if text[:1].isdigit():
        return False
    return bool(GROUPS.search(text)) or (len(words) <= 2 and len(rest.split()) > 3)


def put_people(draft: Draft, people: People, role: str, start: int, end: int, name: str = "") -> None:
    """Set a name list and what is said of its persons: roles, user names, particles typed after the initials."""
    name = name or ("editor" if _EDITOR.match(role) else "translator" if role.startswith("Trans") else "author")
    draft.put(name, start, end, written(people))
    if role and name == "author":
        draft.fields["author+an:role"] = f'="{role}"'
    notes = _numbered(people.persons, "note")
    if notes:
        draft.fields[f"{name}+an:role"] = notes
    users = _numbered(people.persons, "user")
    if users:
        draft.fields[f"{name}+an:username"] = users
    if any(person.detached for person in people.persons):
        draft.fields["options"] = "useprefix=false"
    draft.slips.extend(people.slips)


def _numbered(persons: tuple[Person, ...], what: str) -> str:
    found = [(at, getattr(person, what)) for at, person in enumerate(persons, 1) if getattr(person, what)]
    return ";".join(f'{at}="{value}"' for at, value in found)
