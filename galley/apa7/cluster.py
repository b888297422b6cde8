"""The order of works inside one pair of parentheses, and what of the author's typing it keeps (APA 7 §8.12)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pybtex.richtext import Text

from .date import published
from .entry import Entry, Item
from .naming import Called
from .patterns import pattern
from .suffixes import only_locators

Places = Mapping[str, tuple[int, tuple[int, ...]]]

_SIGNALS: Final = pattern(
    r"(?:but |and |for )?(?:see|see also|compare|cf\.?|e\.g\.,?|i\.e\.,?|for example,?|for instance,?|"
    r"siehe(?: auch)?|vgl\.(?: auch)?|z\. ?B\.|véase(?: también)?|p\. ?ej\.,?|voir(?: aussi)?|par exemple,?|"
    r"ver(?: também)?|por exemplo,?|bkz\.?|örn\.?,?)(?:,? e\.g\.,?)?\Z",
    re.IGNORECASE,
)
"""Words that speak of all the works that follow; any other prefix belongs to the work it was typed before."""
_NOWHERE: Final = (1 << 60, (3,))


def when_key(entry: Entry) -> tuple[int, ...]:
    """Order dates: none, then years, in press last (§8.12, 9.46)."""
    when = published(entry)
    if when is None:
        return (0,)
    if when.press:
        return (2,)
    return (1, when.start.year) if when.start else (1, 1 << 30)


def arranged(items: Sequence[Item], works: Mapping[str, Called], places: Places) -> list[Item]:
    """Order works as the list has them, one author's by year; a signal such as "see also" opens a run of its own.

    A work with other words before or behind it, and a bare year at the beginning, keep their places.
    """
    if len(items) == 1:
        return list(items)
    out: list[Item] = []
    run: list[Item] = []
    for item in items:
        opens = len(item.prefix) > 0
        if opens or item.year_only:
            out += _ordered(run, works, places)
            run = []
        if item.year_only or (opens and not _SIGNALS.match(str(item.prefix).strip())):
            out.append(item)
            continue
        run.append(item)
        if len(item.suffix) and not only_locators(item.suffix):
            run.pop()
            out += [*_ordered(run, works, places), item]
            run = []
    return out + _ordered(run, works, places)


def _ordered(run: list[Item], works: Mapping[str, Called], places: Places) -> list[Item]:
    """Order one run; its signal moves to whatever work comes first."""
    if len(run) < 2:
        return run
    signal = run[0].prefix
    bare = [run[0]._replace(prefix=Text()), *run[1:]] if len(signal) else run
    seen: set[str] = set()
    groups: dict[str, list[Item]] = {}
    for item in sorted(bare, key=lambda item: places.get(item.key, _NOWHERE)[0]):
        if not len(item.suffix):
            if item.key in seen:
                continue
            seen.add(item.key)
        work = works.get(item.key)
        who = work.who if work is not None and work.year else f"\n{item.key}"
        groups.setdefault(who, []).append(item)
    out = [item for group in groups.values() for item in sorted(group, key=lambda item: _date(item, places))]
    return [out[0]._replace(prefix=signal), *out[1:]] if len(signal) else out


def _date(item: Item, places: Places) -> tuple[tuple[int, ...], int]:
    rank, when = places.get(item.key, _NOWHERE)
    return when, rank
