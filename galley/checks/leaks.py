"""Does anything in a file that is handed on tell who wrote it? Every byte is looked at, packed or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from galley.checks.unpacking import MARKUP, WORDS, texts
from galley.identity import FAMILY, NAME, Trace, folded
from galley.report import ERROR, WARNING, Diagnostic

AROUND = 30
"""Characters shown on either side of what was found."""


class Leak(NamedTuple):
    """Something found: in what place, by what trace, and the words around it."""

    place: str
    trace: Trace
    words: str


def leaks(files: Mapping[str, bytes], traces: Iterable[Trace]) -> tuple[Leak, ...]:
    """Every place in some files, by their names, at which an author may be known; each trace once a place."""
    wanted = [(one, re.compile(one.pattern())) for one in traces if folded(one.text).strip(" ,.")]
    heads = {one: folded(one.text).split(" ")[-1] for one, _ in wanted}
    found: dict[tuple[str, str], Leak] = {}
    for name, data in files.items():
        for place, text in texts(name, data):
            flat = folded(text)
            for trace, pattern in wanted:
                if trace.kind == FAMILY and place.endswith(MARKUP):
                    continue  # a class may be called "author", a colour "white"
                if heads[trace] in flat and (hit := pattern.search(flat)):
                    words = flat[max(0, hit.start() - AROUND) : hit.end() + AROUND].strip()
                    found.setdefault((place, trace.text), Leak(place, trace, _shown(words)))
    return tuple(found.values())


def told(found: Iterable[Leak]) -> Iterator[Diagnostic]:
    """``leak``: an author can be known; ``own-name``: a name stands there as it is cited.

    One finding for each person or thing and kind of trace, with all its places.
    """
    groups: dict[tuple[str, str], list[Leak]] = {}
    for one in found:
        groups.setdefault((one.trace.kind, one.trace.whose or one.trace.text), []).append(one)
    known = {(one.place, one.trace.whose) for rows in groups.values() for one in rows if one.trace.kind == NAME}
    for (kind, _), rows in groups.items():
        if kind == FAMILY:
            rows = [one for one in rows if (one.place, one.trace.whose) not in known]
        if not rows:
            continue
        places = list(dict.fromkeys(one.place.removesuffix(WORDS).removesuffix(MARKUP) for one in rows))
        first, more = rows[0], f" and in {_listed(places[1:])}" if len(places) > 1 else ""
        message = f"the {kind} '{first.trace.text}' can be read here{more}: …{first.words}…"
        hint = "take it out of the manuscript's words or pictures"
        if kind == FAMILY:
            hint = "a citation of the authors' own work is hidden by --mask-self; else say it in other words"
        code, severity = ("own-name", WARNING) if kind == FAMILY else ("leak", ERROR)
        yield Diagnostic(severity, code, places[0], message, hint)


def _listed(places: Sequence[str], most: int = 4) -> str:
    more = f" and {len(places) - most} more places" if len(places) > most else ""
    return "; ".join(places[:most]) + more


def _shown(words: str) -> str:
    return "".join(char if char.isprintable() else " " for char in words)
