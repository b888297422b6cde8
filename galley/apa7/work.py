"""What a recipe is given and gives back: a work with its terms, and the body of its reference."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from .author import Name, annotated, initials, names, split
from .entry import Entry
from .latex import Pieces, pieces, plain
from .patterns import pattern
from .setting import join, text, wrap
from .terms import Terms
from .title import capital, lowered, parsed, untouched


class Work(NamedTuple):
    """An entry about to be set, with its language's terms, its year letter and the entries it is related to."""

    entry: Entry
    terms: Terms
    letter: str = ""
    english: bool = True
    related: tuple[Entry, ...] = ()

    def has(self, *names: str) -> bool:
        """Say whether any of these fields holds something."""
        fields = self.entry.fields
        for name in names:  # noqa: SIM110 - a generator costs three times as much, and this is asked often
            if fields.get(name):
                return True
        return False

    def get(self, *names: str) -> str:
        """Give the plain text of the first of these fields that holds something."""
        fields = self.entry.fields
        for name in names:
            if value := fields.get(name):
                return plain(value)
        return ""

    def typed(self, *names: str) -> Pieces:
        """Give the first of these fields as typed, in pieces."""
        fields = self.entry.fields
        for name in names:
            if value := fields.get(name):
                return pieces(value)
        return ()

    def word(self, key: str) -> str:
        """Give the term for a localisation key such as ``tvepisode``, or "" where there is none."""
        return self.terms.word(re.sub(r"[\s_-]+", "", key).lower())


class Body(NamedTuple):
    """The title with all that belongs to it, the sentences of the source, and how the rest is to be set."""

    title: Pieces
    source: tuple[Pieces, ...] = ()
    full_date: bool = True
    retrieved: bool = False  # a work made to change: its retrieval date is printed though it is dated
    placed: bool = False  # the address is inside ``whole`` already
    legal: bool = False  # ``whole`` is a legal reference, complete but for its address
    whole: Pieces = ()


Recipe = Callable[[Work], Body]


def cased(work: Work, *names: str) -> tuple[Pieces, ...]:
    """Give title fields in sentence case, decided for all of them at once (APA 7 §6.17)."""
    fields = work.entry.fields
    values = [fields.get(name, "") for name in names]
    if work.english and sum(_weight(name, value) for name, value in zip(names, values, strict=True) if value) > 0:
        return tuple(lowered(value) if value else () for value in values)
    leave = untouched if work.english else capital
    return tuple(leave(parsed(value)[0]) if value else () for value in values)


def _weight(name: str, value: str) -> int:
    """Weigh one part; a subtitle that begins with a small letter is not in title case."""
    return parsed(value)[1] - 3 * (name.endswith("subtitle") and value[:1].islower())


def colon(title: Pieces, subtitle: Pieces) -> Pieces:
    """Join title and subtitle; a title that ends in ? or ! or a dash needs no colon."""
    if not title or not subtitle:
        return title or subtitle
    return join((title, subtitle), " " if text(title)[-1:] in "?!:—–…" else ": ")


def display(name: Name) -> str:
    """Print a name given-first, as inside a reference: "P. L. Greaves Jr."."""
    parts = (initials(name.given), name.prefix, name.family, name.suffix)
    return " ".join(part for part in parts if part)


def inverted(name: Name, terms: Terms) -> str:
    """Print a name family-first, as in the author element: "King, M. L., Jr." (APA 7 §9.8)."""
    if not name.given and not name.suffix:
        return name.surname
    tail = initials(name.given)
    if tail and "\u2e80" <= tail[0] <= "\uffef" and not name.prefix:
        return name.family + tail  # Chinese, Japanese and Korean names are written in one
    if name.detached and name.prefix:
        tail = f"{tail} {name.prefix}".strip()
    comma = f"{terms.comma} "
    return comma.join(part for part in (name.surname, tail, name.suffix) if part)


def listed(parts: list[str], terms: Terms, others: bool = False, inverted_names: bool = False) -> str:
    """Join names: two with an ampersand, three and more with a comma before it too, "et al." for others."""
    comma = f"{terms.comma} "
    if others:
        return comma.join([*parts, terms.et_al]) if len(parts) > 1 or inverted_names else f"{parts[0]} {terms.et_al}"
    if len(parts) < 2:
        return "".join(parts)
    serial = comma if terms.serial and (len(parts) > 2 or inverted_names) else " "
    return f"{comma.join(parts[:-1])}{serial}{terms.ampersand} {parts[-1]}"


def people(work: Work, role: str) -> str:
    """Print a secondary name list given-first: "B. A. Mowat & P. Werstine"; "" where the field is empty."""
    found, others = names(work.entry, role)
    return listed([display(name) for name in found], work.terms, others) if found else ""


def role_word(work: Work, role: str, short: bool = True) -> str:
    """Give the word for what a name list does: "Eds.", "Trans.", "Chairs"; editor types are looked up."""
    found, others = names(work.entry, role)
    kind = work.get(f"{role}type") if role.startswith("editor") else role
    whole = annotated(work.entry, role, "role").get(0, "")
    kind = (whole or kind or "editor").lower()
    if whole.startswith('"'):
        return whole[1:]
    plural = len(found) > 1 or others
    for key in (f"{kind}s" if plural and not kind.endswith("s") else kind, kind):
        if word := (short and work.word(f"{key}.")) or work.word(key):
            return word
    return kind.capitalize()


_COMPANY: Final = pattern(r"(?:sons?|co\b|company|bros|brothers|associates|partners|daughters?|francis|schuster"
                             r"|row\b|faber|littlefield|stoughton|kegan|bacon|hall\b|wishart|business media|unwin"
                             r"|windus|nicolson|reid\b|wilkins|bowen)", re.IGNORECASE)  # fmt: skip


_PLACE: Final = pattern(r"[A-Z][\w. ]+(?:, [A-Z][\w.]+)?: (?=[A-Z])")


def publishers(value: str, author: str = "", several: bool = True) -> str:
    """Print a publisher list with semicolons, without the one that is the author (APA 7 §9.29).

    ``several``: ``and`` separates houses as in biblatex (never inside "Taylor and Francis"); in BibTeX's
    own entries it does not. A place before a colon is left out.
    """
    parts: list[str] = []
    for part in split(value) if several else [value]:
        name = _PLACE.sub("", plain(part), count=1)
        if not name:
            continue
        if parts and not part.strip().startswith("{") and _COMPANY.match(name):
            parts[-1] = f"{parts[-1]} and {name}"
        else:
            parts.append(name)
    return "; ".join(part for part in parts if part != author)


def bracketed(parts: tuple[Pieces, ...]) -> Pieces:
    """Put each description into square brackets (APA 7 §9.21)."""
    return join((wrap("[", part, "]") for part in parts), " ")


def described(core: Pieces, parens: tuple[Pieces, ...], brackets: tuple[Pieces, ...], between: str = "; ") -> Pieces:
    """Set a title, then what identifies it in round brackets, then descriptions in square ones (§9.19-9.21)."""
    return join((core, wrap("(", join(parens, between), ")"), bracketed(brackets)), " ")
