"""In-text citations: Doe and Roe (2020a, p. 4); (Doe & Roe, 2020a, p. 4; see also Poe, 2019) (APA 7 §8.10-8.36).

Comes in: the works, the citations of a manuscript in order, the keys in list order. Goes out: a rich text a citation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pybtex.richtext import BaseText

from .assembly import Part, href, text
from .cluster import arranged, when_key
from .entry import Citation, Entry, Item, Link
from .labels import Label, label
from .naming import Called, abbreviated, call, joined
from .order import sort_key
from .personal import listed
from .suffixes import before, behind, possessive, unled
from .terms import Terms

__all__ = ["cite_all", "listed"]


class _Desk(NamedTuple):
    """What every citation needs: the works as they are called, their places in the list, groups introduced so far."""

    works: Mapping[str, Called]
    places: Mapping[str, tuple[int, tuple[int, ...]]]
    terms: Terms
    link: Link | None
    introduced: set[str]

    @property
    def comma(self) -> str:
        """The language's comma with its space."""
        return f"{self.terms.comma} "

    @property
    def semicolon(self) -> str:
        """The semicolon that goes with that comma."""
        return "؛ " if self.terms.comma == "،" else "; "


def cite_all(
    entries: Mapping[str, Entry],
    citations: Sequence[Citation],
    listed_keys: Sequence[str],
    terms: Terms,
    link: Link | None = None,
    labels: Mapping[str, Label] | None = None,
) -> tuple[BaseText, ...]:
    """Set a manuscript's citations in their order: a group's abbreviation is introduced where it first stands.

    ``listed_keys`` are the reference list's, in its order; works that are not listed find their place among them.
    A narrative citation with ``year_only`` is a bare year, one with ``author_only`` the names alone.
    """
    cited = dict.fromkeys(item.key for citation in citations for item in citation.items if item.key in entries)
    marks = labels if labels is not None else label(entries, listed_keys, terms)
    works = {key: call(entries[key], marks.get(key, Label()), terms) for key in cited}
    desk = _Desk(abbreviated(works), _places(entries, cited, listed_keys), terms, link, set())
    return tuple(_cite(citation, desk) for citation in citations)


def _places(
    entries: Mapping[str, Entry], cited: Iterable[str], listed_keys: Sequence[str]
) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Give each cited work its place in the list and its date, by which works inside parentheses are ordered."""
    keys = list(listed_keys)
    known = set(keys)
    strays = [key for key in cited if key not in known]
    if strays:
        keys = sorted((key for key in (*keys, *strays) if key in entries), key=lambda key: sort_key(entries[key]))
    rank = {key: place for place, key in enumerate(keys)}
    return {key: (rank[key], when_key(entries[key])) for key in cited}


def _cite(citation: Citation, desk: _Desk) -> BaseText:
    items = citation.items
    if not items:
        return text(())
    if any(item.author_only for item in items):
        return text(_spread([_authors(item, desk) for item in items], desk.semicolon))
    if citation.narrative:
        return text(_narrative(items, desk))
    return text(["(", *_run(items, desk), ")"])


def _authors(item: Item, desk: _Desk) -> list[Part]:
    """Give names alone, as prose wants them (§8.16)."""
    work = desk.works.get(item.key)
    names: list[Part] = [f"{item.key}?"] if work is None else _linked(item.key, _prose(work, desk), desk)
    return [*before(item.prefix, desk.terms), *names, *behind(item.suffix, desk.terms)]


def _narrative(items: tuple[Item, ...], desk: _Desk) -> list[Part]:
    """Set "Doe (2020, p. 4; Roe, 2021)": the first work's names in the prose, all else in parentheses (§8.11)."""
    first, rest = items[0], items[1:]
    work = desk.works.get(first.key)
    if first.year_only and work is not None:
        return _run(items, desk)
    lead = before(first.prefix, desk.terms)
    owned, suffix = possessive(behind(first.suffix, desk.terms))
    inner: list[Part] = []
    if work is None:
        told: list[Part] = [f"{first.key}?"]
    else:
        told = _linked(first.key, _prose(work, desk, last=bool(work.year)), desk)
        inner = _brief(work, desk)
    if work is not None and work.year:
        same = {item.key: item for item in rest if _follows(item, first, desk)}
        rest = tuple(item for item in rest if item.key not in same or not _follows(item, first, desk))
        years = sorted({first.key: first, **same}, key=lambda key: desk.places[key][::-1])
        inner += _spread([_linked(key, [desk.works[key].year], desk) for key in years], desk.comma)
    inner = [*inner, *suffix] if inner else unled(suffix)
    if rest:
        inner += _run(rest, desk, after=_signal(rest[0], bool(suffix), desk) if inner else None)
    return [*lead, *told, owned, " (", *inner, ")"] if inner else [*lead, *told, owned]


def _follows(item: Item, first: Item, desk: _Desk) -> bool:
    """Say whether a work needs its year only, since its names stand in the prose already (§8.12)."""
    work = desk.works.get(item.key)
    bare = not len(item.prefix) and not len(item.suffix) and not len(first.suffix)
    return bare and work is not None and bool(work.year) and work.who == desk.works[first.key].who


def _signal(item: Item, suffixed: bool, desk: _Desk) -> str:
    """Choose what parts a narrative's own year from the next work: a comma before "as cited in" (§8.6)."""
    secondary = str(item.prefix).casefold().startswith("as cited in")
    return desk.comma if secondary and not suffixed else desk.semicolon


def _prose(work: Called, desk: _Desk, last: bool = False) -> list[Part]:
    """Set names as prose has them; with ``last`` the last group's abbreviation is left to the parentheses."""
    if not work.people:
        return list(work.told)
    shown = []
    for place, (full, short) in enumerate(work.people, 1):
        if short and full not in desk.introduced:
            held = last and place == len(work.people) and not work.et_al
            shown.append(full if held else f"{full} ({short})")
            if not held:
                desk.introduced.add(full)
        else:
            shown.append(short or full)
    return [joined(shown, work.et_al, desk.terms, narrative=True)]


def _brief(work: Called, desk: _Desk) -> list[Part]:
    """Introduce the abbreviation that ``_prose`` left: "World Health Organization (WHO, 2020)" (§8.21)."""
    full, short = work.people[-1] if work.people and not work.et_al else ("", "")
    if not short or full in desk.introduced:
        return []
    desk.introduced.add(full)
    return [f"{short}{desk.comma}"]


def _names(work: Called, desk: _Desk) -> list[Part]:
    """Set names as parentheses have them, a group with its abbreviation in brackets at first (§8.21)."""
    shown = []
    for full, short in work.people:
        if short and full not in desk.introduced:
            shown.append(f"{full} [{short}]")
            desk.introduced.add(full)
        else:
            shown.append(short or full)
    return [joined(shown, work.et_al, desk.terms, narrative=False)]


def _whole(item: Item, work: Called, desk: _Desk) -> list[Part]:
    """Set names and year: "Doe & Roe, 2020"."""
    if item.year_only and work.year:
        return [work.year]
    if not work.people:
        return [*work.title_comma, f" {work.year}"] if work.year else list(work.title)
    names = _names(work, desk)
    return [*names, f"{desk.comma}{work.year}"] if work.year else names


def _run(items: Sequence[Item], desk: _Desk, after: str | None = None) -> list[Part]:
    """Set the works inside one pair of parentheses, ordered and grouped by author (§8.12).

    ``after`` is what parts the first of them from words that stand before it in the same parentheses.
    """
    out: list[Part] = []
    previous: Item | None = None
    for item in arranged(items, desk.works, desk.places):
        work = desk.works.get(item.key)
        lead = before(item.prefix, desk.terms)
        grouped = previous is not None and work is not None and _grouped(previous, item, desk)
        if out or after is not None:
            _part(out, desk.comma if grouped else desk.semicolon if out else after or "", lead)
        out += lead
        if work is None:
            out.append(f"{item.key}?")
        elif grouped:
            out += _linked(item.key, [work.year], desk)
        else:
            out += _linked(item.key, _whole(item, work, desk), desk)
        out += behind(item.suffix, desk.terms)
        previous = item
    return out


def _part(out: list[Part], gap: str, lead: list[Part]) -> None:
    """Part two works, unless the author's own words do it: a prefix that opens with a comma, a suffix that ends so."""
    opening = str(lead[0])[:1] if lead else ""
    if opening and opening in ",;:)،؛":
        return
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(" ,;،؛")
    out.append(gap)


def _grouped(previous: Item, item: Item, desk: _Desk) -> bool:
    one, two = desk.works.get(previous.key), desk.works[item.key]
    bare = not len(previous.suffix) and not len(item.suffix) and not len(item.prefix)
    return bool(bare and one and one.who == two.who and one.year and two.year and previous.year_only == item.year_only)


def _linked(key: str, parts: list[Part], desk: _Desk) -> list[Part]:
    """Link the names and the year to the reference; a work that is not listed has none."""
    if desk.link is None or not desk.works[key].listed:
        return parts
    return [href(desk.link(key), parts)]


def _spread(runs: list[list[Part]], gap: str) -> list[Part]:
    out: list[Part] = []
    for run in runs:
        if out:
            out.append(gap)
        out += run
    return out
