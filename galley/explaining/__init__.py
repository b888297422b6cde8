"""What each code of a finding means, an example of it, and how it is mended: read from the .toml files beside this one.

The same text is printed by ``explain`` and stands in docs/diagnostics.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from galley.checks.catalogue import CATALOGUE, IDS, Check

ROOMS = ("files", "markup", "citations", "objects", "typed", "press", "desk")
"""The files of pages, in the order in which the docs have them."""
BEGUN = {"bib": "references.bib", "csv": "data/rain.csv", "front": "the front matter", "list": "the reference list"}
EXIT = {"error": "1", "warning": "0", "error or warning": "1, or 0 where it is a warning"}


class Page(NamedTuple):
    """What is to be said of a code; ``example`` holds the pieces of a project that gives it, by their names."""

    code: str
    room: str
    severity: str
    exit: str
    verbs: str
    means: str
    mend: str
    when: str
    example: Mapping[str, str]
    check: str = ""


class Room(NamedTuple):
    """The pages of one file, under its title."""

    title: str
    pages: tuple[Page, ...]


@lru_cache(maxsize=1)
def rooms() -> tuple[Room, ...]:
    """All pages, room by room."""
    import tomllib

    found = []
    for name in ROOMS:
        data = tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
        about = data.pop("about")
        found.append(Room(about["title"], tuple(_page(code, name, one, about) for code, one in data.items())))
    return tuple(found)


def _page(code: str, room: str, data: Mapping[str, Any], about: Mapping[str, str]) -> Page:
    check = next((one for one in CATALOGUE if one.id == IDS.get(code)), None)
    severity = data["is"]
    return Page(
        code,
        room,
        severity,
        str(data.get("exit", EXIT[severity])),
        data.get("verbs", about["verbs"]),
        data.get("means", "") or (f"{check.finds} {check.why}" if check else ""),
        data["mend"],
        data.get("when", ""),
        {name: data[name] for name in (*PIECES, "png", "picture") if name in data},
        check.id if check else "",
    )


PIECES = ("whole", "front", "text", "typed", "list", "bib", "csv")
"""The pieces of an example that are shown."""


def pages() -> dict[str, Page]:
    """All pages by their codes."""
    return {page.code: page for room in rooms() for page in room.pages}


def listed() -> str:
    """Every code in a line of its own, with the first sentence of what it means."""
    rows = []
    for room in rooms():
        rows.append(f"\n{room.title}")
        rows += [f"  {page.code:24} {page.severity:17} {_first(page.means)}" for page in room.pages]
    return "\n".join(rows).strip("\n")


def _first(text: str) -> str:
    from textwrap import shorten

    return shorten(_sentence(text), 84, placeholder=" …")


def _sentence(text: str) -> str:
    return re.split(r"(?<=[a-z\d)\]”])[.:](?: |$)", text, maxsplit=1)[0].rstrip(".")


def shown(page: Page) -> str:
    """A page as the terminal has it, in lines of at most 96 characters."""
    check = f" (check {page.check})" if page.check else ""
    rows = [f"{page.code}: {page.severity}{check}", "", *_wrapped(page.means), "", *_wrapped(f"Mend: {page.mend}")]
    rows += ["", "For example" if page.example else f"When: {page.when}"]
    for where, text in _example(page):
        rows += [f"  in {where}:", *(f"    {line}" for line in text.split("\n"))]
    return "\n".join([*rows, "", f"Exit status {page.exit}. Verbs: {page.verbs}."])


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(text, 96, break_long_words=False, break_on_hyphens=False)


def _example(page: Page) -> Iterable[tuple[str, str]]:
    for name in PIECES:
        text = page.example.get(name, "")
        if text.strip():
            yield BEGUN.get(name, "the manuscript"), text.rstrip("\n")


def of_check(check: Check) -> str:
    """A check of the catalogue, and the codes that it gives."""
    codes = ", ".join(check.codes)
    bad, good = f"Not: {check.bad}", f"But: {check.good}"
    return "\n".join([f"{check.id} {check.name}: {codes}", "", *_wrapped(f"{check.finds} {check.why}"), "", bad, good])


def document() -> str:
    """All pages as docs/diagnostics.md."""
    parts = [HEAD]
    for room in rooms():
        parts.append(f"## {room.title}\n")
        parts += [_section(page) for page in room.pages]
    return "\n".join(parts)


def _section(page: Page) -> str:
    check = f", check {page.check}" if page.check else ""
    rows = [f"### {page.code}\n", f"*{page.severity}{check}; exit status {page.exit}*\n", f"{page.means}\n"]
    rows.append(f"- Mend: {page.mend}")
    rows.append(f"- Verbs: {page.verbs}")
    if not page.example:
        rows.append(f"- When: {page.when}\n")
        return "\n".join(rows)
    rows.append("- Example:\n")
    for where, text in _example(page):
        ticks = "````" if "```" in text else "```"
        rows += [f"  {where}\n", f"  {ticks}text", *(f"  {line}".rstrip() for line in text.split("\n")), f"  {ticks}\n"]
    return "\n".join(rows)


HEAD = """# Diagnostics

Every finding has a code, a place (file, line, column, where there is one), a message and a hint. `galley explain CODE`
prints what stands here; `galley explain` lists all codes; `galley explain C12` tells of a check of
[the catalogue](checks.md). Exit status: 0 clean or warnings alone, 1 faults in the manuscript, 2 could not run. An
error that can be seen on the page leaves the last good page in its place (`--draft` puts the new one there).

Examples are whole: the manuscript has a title and what is shown, and gives the code. `\\xNN` and `\\uNNNN` in them
stand for a byte and for a character that cannot be seen. The page is made by `galley explain --markdown`.
"""
