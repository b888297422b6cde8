"""The title element put together: title and translation, helpers in round brackets, descriptions in square ones."""

from __future__ import annotations

from typing import Final

from .author import principal
from .latex import ITALIC, UPRIGHT, Pieces
from .related import description
from .setting import join, roman, wrap
from .title import capital
from .work import Work, cased, colon, people, role_word

MAGAZINE: Final = frozenset(
    {"nonacademic", "newspaper", "magazine", "news", "newsletter", "blog", "blogpost", "newsarticle"}
)


def main_title(work: Work) -> Pieces:
    """Set title and subtitle in sentence case; an original title comes first, its translation in brackets (§9.38)."""
    title, subtitle = cased(work, "title", "subtitle")
    here = colon(title, subtitle)
    original = colon(work.typed("origtitle"), work.typed("origsubtitle"))
    translated = work.typed("titletranslation", "translatedtitle")
    if original:
        return join((original, upright(here)), " ")
    return join((here, upright(translated) if here else ()), " ")


def upright(translated: Pieces) -> Pieces:
    """Put a translated title into square brackets, which are never italic."""
    return tuple((part, (marks & ~ITALIC) | UPRIGHT) for part, marks in wrap("[", translated, "]"))


def addons(work: Work) -> tuple[Pieces, ...]:
    """Give the descriptions that stand in brackets after the title: ``titleaddon``, then the kind of work."""
    return tuple(part for part in (description(work), *cased(work, "titleaddon"), subtype(work)) if part)


def subtype(work: Work) -> Pieces:
    """Give the bracketed kind of work of ``entrysubtype``: a known key's term, or the words as typed (§9.22)."""
    value = work.get("entrysubtype")
    if not value or value.lower() in MAGAZINE or value.lower() in ("academic", "journal"):
        return ()
    known = work.word(value) if value.islower() and " " not in value else ""
    return roman(known) or capital(work.typed("entrysubtype"))


def helpers(work: Work, *roles: str) -> Pieces:
    """Set those who edited, translated, narrated ... a work that has an author: "J. Strachey, Ed. & Trans."."""
    present = [role for role in roles if role in work.entry.fields]
    if not present:
        return ()
    leading = principal(work.entry)[0]
    found: list[tuple[str, str]] = []
    for role in present:
        if role == leading or not (who := people(work, role)):
            continue
        word = role_word(work, role)
        if found and found[-1][0] == who:
            found[-1] = (who, f"{found[-1][1]} {work.terms.ampersand} {word}")
        else:
            found.append((who, word))
    return roman("; ".join(f"{who}, {word}" for who, word in found))
