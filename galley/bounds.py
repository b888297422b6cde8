"""How much one run, or one thing that it is given, may take: every bound, what it is by itself, and the variable of the
environment that says otherwise (0 for no bound at all).
"""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from galley.report import fault


class Bound(NamedTuple):
    """A bound: its variable, what it is unless that says otherwise, in which unit, and of what."""

    variable: str
    most: int
    unit: str
    of: str


BOUNDS = {
    "time": Bound("GALLEY_TIME", 900, "seconds", "one command, from its start to its end"),
    "issue": Bound("GALLEY_ISSUE_TIME", 14_400, "seconds", "a whole issue"),
    "pandoc": Bound("GALLEY_SECONDS", 60, "seconds", "Pandoc at one text"),
    "typst": Bound("GALLEY_TYPST", 300, "seconds", "Typst at the pages of one article or issue"),
    "memory": Bound("GALLEY_MEMORY", 2_000_000_000, "bytes", "memory of one run, what it starts counted in (Linux)"),
    "pages": Bound("GALLEY_PAGES", 3_000, "pages", "one PDF"),
    "issue-pages": Bound("GALLEY_ISSUE_PAGES", 20_000, "pages", "a whole issue's PDF"),
    "pixels": Bound("GALLEY_PIXELS", 100_000_000, "pixels", "one picture"),
    "picture": Bound("GALLEY_PICTURE", 64_000_000, "bytes", "one picture's file"),
    "drawing": Bound("GALLEY_DRAWING", 200_000, "elements", "one SVG drawing"),
    "files": Bound(
        "GALLEY_FILES", 20_000, "files", "a project's folder, where names like a missing one are looked for"
    ),
}


def bound(name: str) -> int:
    """What a bound is in this run; Fault where its variable is no number."""
    one = BOUNDS[name]
    said = os.environ.get(one.variable, "")
    if not said:
        return one.most
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        hint = f"give a number of {one.unit}, or 0 for no bound"
        raise fault("bad-bound", "", f"{one.variable} is '{said}', which is no number", hint, status=2)
    return int(said) or sys.maxsize


def heed() -> None:
    """Fault where a variable that sets a bound is no number: told before anything is begun."""
    for name in BOUNDS:
        bound(name)


def switch(name: str) -> str:
    """What says that a bound should be another, as a hint."""
    return f"if it is meant to be so large, {BOUNDS[name].variable} sets another bound ({BOUNDS[name].unit})"
