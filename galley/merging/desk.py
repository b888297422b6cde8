"""The desk at which edits of a page become changes of its source: what is known, what is written, what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from galley.merging.comparing import Lost
from galley.merging.flat import Text, identity
from galley.merging.placing import Placed
from galley.returned import Hand, Piece

NOWHERE = "it does not come from the manuscript's text"


class Change(NamedTuple):
    """Characters [start, end) of a file are replaced by ``text``; of several at one place the lower ``order`` is first.

    ``words`` and ``hand`` are for the message, should it come to nothing; ``at`` is a place of the page.
    """

    file: int
    start: int
    end: int
    text: str
    words: str
    hand: Hand
    at: int
    order: int = 1


@dataclass(slots=True)
class Desk:
    """A page, where it comes from, and what is to be written there; what cannot be is ``lost``.

    ``fields`` are stretches of front matter with the sign that opens each: a quotation mark, | or >, or "" for plain.
    """

    now: Text
    placed: Placed
    texts: Sequence[str]
    heads: Sequence[int]
    fields: Sequence[tuple[int, int, int, str]]
    changes: list[Change] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def lose(self, words: str, hand: Hand, why: str, at: int = -1) -> None:
        """Note what cannot be written."""
        if words.strip():
            self.lost.append(Lost(words.strip(), hand, why, at))

    def known(self, piece: Piece) -> str:
        """How the manuscript writes a thing that stands in it, "" where it has none."""
        for at, thing in self.now.things.items():
            alike = identity(thing) == identity(piece) and (thing.text, thing.key) == (piece.text, piece.key)
            if alike and piece.kind in ("cite", "ref", "maths") and self.placed.file[at] >= 0:
                return self.texts[self.placed.file[at]][self.placed.start[at] : self.placed.end[at]]
        return ""

    def sign(self, file: int, at: int) -> str:
        """What opens the field of the front matter that a place is in; "body" outside of it."""
        if at >= self.heads[file]:
            return "body"
        found = (sign for its, start, end, sign in self.fields if its == file and start <= at <= end)
        return next(found, "none")

    def put(self, change: Change) -> None:
        """Note a change, if the place bears it: in front matter YAML has its own rules."""
        sign = self.sign(change.file, change.start)
        if sign == "none":
            self.lose(
                change.words, change.hand, "it stands in a field of the front matter that cannot hold marks", change.at
            )
            return
        if sign != "body":
            text = in_field(change, sign, self)
            if text is None:
                why = "the field of the front matter would no longer be sound YAML; put its value in quotation marks"
                self.lose(change.words, change.hand, why, change.at)
                return
            change = change._replace(text=text)
        self.changes.append(change)

    def shown(self, start: int, end: int) -> str:
        """What the page shows between two offsets."""
        things = self.now.things
        return "".join(things[at].text if at in things else self.now.chars[at] for at in range(start, end))


def in_field(change: Change, sign: str, desk: Desk) -> str | None:
    """What is written within a field of the front matter; None where that would not be sound YAML."""
    text, old = change.text, desk.texts[change.file][change.start : change.end]
    if "\n" in text:
        return None
    if sign == '"':
        return None if "\\" in old or '"' in old else text.replace("\\", "\\\\").replace('"', '\\"')
    if sign == "'":
        return None if "'" in old else text.replace("'", "''")
    if sign in ("|", ">"):
        return text
    first = any(its == change.file and start == change.start for its, start, _, _ in desk.fields)
    return None if first or ": " in text or " #" in text else text
