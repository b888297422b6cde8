"""A marked Document -> text in Markdown with CriticMarkup: ``{++new++}``, ``{--gone--}``, ``{~~old~>new~~}``, and in
``{>>comments<<}`` what is moved or only looks otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galley.formats import prose
from galley.formats.marks import CLOSE, OPEN, SIGN, Ledger, Mark, bare, number_of
from galley.formats.markup import signed

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

OPENING = {"insertion": "{++", "deletion": "{--", "moved-from": "{--", "moved-to": "{++", "reformatted": "{=="}
CLOSING = {"insertion": "++}", "deletion": "--}", "moved-from": "--}", "moved-to": "++}", "reformatted": "==}"}
SWAPPED = re.compile(r"\{--((?:(?!--\}|\{\+\+|\n\n).)*)--\}\{\+\+((?:(?!\+\+\}|\{--|\n\n).)*)\+\+\}", re.DOTALL)


def write(document: Document, theme: Theme) -> bytes:
    """The text as UTF-8."""
    ledger = Ledger()
    text = prose.write_md(signed(document, ledger), theme).decode()
    return SWAPPED.sub(_swapped, critic(text, ledger)).encode()


def _swapped(found: re.Match[str]) -> str:
    return f"{{~~{found[1]}~>{found[2]}~~}}" if "~>" not in found[1] else found[0]


def critic(text: str, ledger: Ledger) -> str:
    """A text with signs in CriticMarkup. Marks do not stand within one another there: the outer one is closed first."""
    out: list[str] = []
    stack: list[int] = []
    at = 0
    for found in SIGN.finditer(text):
        out.append(text[at : found.start()])
        at = found.end()
        if found[0] == CLOSE:
            if stack:
                out.append(_closed(ledger[stack.pop()]))
                out.append(OPENING[ledger[stack[-1]].kind] if stack else "")
        elif found[1] == OPEN:
            out.append(CLOSING[ledger[stack[-1]].kind] if stack else "")
            stack.append(number_of(found))
            out.append(OPENING[ledger[stack[-1]].kind])
        elif not _whole(out):
            mark = ledger[number_of(found)]
            out.append(f"{OPENING[mark.kind]}¶{CLOSING[mark.kind]}")
    made = bare("".join([*out, text[at:]]))
    return re.sub(r"\{\+\+\+\+\}|\{----\}|\{====\}(?:\{>>(?:(?!\{>>)[^<])*<<\})?", "", made)


def _whole(out: list[str]) -> bool:
    """Whether what stands before is the mark of the whole paragraph, which says that its end is marked too."""
    last = next((part for part in reversed(out) if part), "")
    return last.rstrip()[-3:] in ("++}", "--}", "<<}")


def _closed(mark: Mark) -> str:
    notes = {"moved-from": "moved away", "moved-to": "moved here"}
    said = notes.get(mark.kind, "")
    if said:
        said = f"{said}: {mark.said.get('name', '')}"
    if mark.kind == "reformatted":
        said = f"was {mark.said.get('was') or 'plain'}"
    if mark.said.get("reason"):
        said = f"reason: {mark.said['reason']}"
    return CLOSING[mark.kind] + (f"{{>>{said}<<}}" if said else "")
