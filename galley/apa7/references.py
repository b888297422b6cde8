"""A reference put together: author, date, title, source, in that order (APA 7 §9.4)."""

from __future__ import annotations

from typing import Final

from .addresses import located
from .author import Name, annotated, names, principal
from .date import date_text, published
from .latex import Pieces
from .recipes import RECIPES
from .related import tail
from .setting import join, paragraph, roman, stop
from .terms import Terms
from .work import Body, Recipe, Work, inverted, listed, role_word

_NEAREST: Final = {"artifact": "image", "blog": "online", "conferencepaper": "inproceedings", "webpage": "online"}
_MOST: Final = 20  # from 21 authors on, 19 and the last are printed (§9.8)


def reference(work: Work) -> Pieces:
    """Set one reference-list entry."""
    body = recipe(work)(work)
    if body.legal:
        return _legal(work, body)
    who = author(work)
    dated = _dated(work, body)
    if work.entry.type == "nameonly":
        return paragraph((who or body.title or roman(f"[{work.entry.key}]"),))
    title = body.title
    if not who and not title:
        title = roman(f"[{work.entry.key}]")  # as a citation names a work without author and title
    head = (who, dated, title) if who else (title, dated)
    return _closed(work, paragraph((*head, *body.source)), body)


def recipe(work: Work) -> Recipe:
    """Find the recipe for an entry's type; one that is not known is set as misc."""
    kind = work.entry.type
    return RECIPES.get(kind) or RECIPES[_NEAREST.get(kind, "misc")]


def _closed(work: Work, body: Pieces, made: Body) -> Pieces:
    """Add address and history, which take no full stop."""
    return join((body, located(work, made.retrieved), tail(work)), " ")


def _legal(work: Work, body: Body) -> Pieces:
    if not body.whole:
        body = body._replace(whole=roman(f"[{work.entry.key}]"))
    return body.whole if body.placed and work.has("url") else join((stop(body.whole), located(work)), " ")


def _dated(work: Work, body: Body) -> Pieces:
    when = published(work.entry)
    full = body.full_date
    if when is not None and when.start is not None and when.start.month > 12:
        full = True
    if when is not None and when.loose and work.entry.type in ("book", "inproceedings", "incollection", "conference"):
        full = False
    shown = date_text(when, work.terms, work.letter, full)
    return roman(f"({shown})")


def author(work: Work) -> Pieces:
    """Set the author element: names family-first, roles in brackets, 21 and more shortened (§9.8-9.11)."""
    role, found, others = principal(work.entry)
    if not found:
        return ()
    terms, notes = work.terms, annotated(work.entry, role, "role")
    shown = [_with_role(name, notes.get(at, ""), work) for at, name in enumerate(found, 1)]
    whole = notes.get(0, "")
    same = {notes.get(at, "") for at in range(1, len(found) + 1)}
    if len(found) > 1 and len(same) == 1 and (shared := same.pop()) and "," not in shared:
        shown, whole = (
            [inverted_user(name, terms) for name in found],
            shared + ("s" if not shared.startswith('"') else ""),
        )
    if len(shown) > _MOST:
        comma = f"{terms.comma} "
        line = f"{comma.join(shown[:19])}{comma}… {shown[-1]}"
    else:
        personal = any(name.given or name.suffix for name in found) or len(found) > 2
        line = listed(shown, terms, others, inverted_names=personal)
    if whole:
        line = f"{line} ({role_name(work, whole)})"
    elif role not in ("author", "organization", "institution", "holder"):
        line = f"{line} ({role_word(work, role, short=role.startswith(('editor', 'translator')))})"
    if coauthors := people_inverted(work, "with"):
        line = f"{line} ({terms.with_} {coauthors})"
    if "meta" in [part.strip() for part in work.get("keywords").split(",")]:
        line = "*" + line
    return roman(line)


def inverted_user(name: Name, terms: Terms) -> str:
    """Print a name with the user name that a service knows it by: "Fogarty, M. [Grammar Girl]" (§10.15)."""
    shown = inverted(name, terms)
    return f"{shown} [{name.username}]" if name.username else shown


def people_inverted(work: Work, role: str) -> str:
    """Print a name list family-first."""
    found, others = names(work.entry, role)
    return (
        listed([inverted(name, work.terms) for name in found], work.terms, others, inverted_names=True) if found else ""
    )


def _with_role(name: Name, roles: str, work: Work) -> str:
    shown = inverted_user(name, work.terms)
    return f"{shown} ({role_name(work, roles)})" if roles else shown


def role_name(work: Work, roles: str) -> str:
    """Print the words for one or more roles: "Writer & Director"."""
    if roles.startswith('"'):
        return roles[1:].strip('"')
    parts = [work.word(role.strip()) or role.strip().strip('"').capitalize() for role in roles.split(",")]
    return listed(parts, work.terms)
