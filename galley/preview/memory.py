"""What Pandoc has read and written before, by the text or tree it was made from: only what is new is asked for."""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from galley.document import Node
from galley.pandoc import API_VERSION, READER
from galley.pandocprocess import TEMPLATE, binary, bounded, patience
from galley.pandocworker import Gone, Worker
from galley.patterns import pattern
from galley.preview import chunks
from galley.preview.echo import echoed
from galley.report import fault

Read = tuple[dict[str, Any], list[Node]]
Key = TypeVar("Key")
Value = TypeVar("Value")
MARK = "<!--galley-->"
"""Stands before each block of a page's text, and behind the last."""
COUNT = pattern(r'"citationNoteNum": \d+')
KEPT = 3
"""For so many rounds a thing is kept that nobody asks for."""
WRITTEN = {"html5": ("--mathml",), "typst-smart": ()}
"""The formats that are written here, and with which options."""


class Memory:
    """A helper of the room ``pandoc`` that remembers; call ``turn`` after each round, so that it forgets in time."""

    def __init__(self) -> None:
        """Start a Pandoc that stays; OSError where there is none."""
        self._worker = Worker(binary(), TEMPLATE, bounded)
        self._read = _Shelf[str, Read]()
        self._written = _Shelf[tuple[str, bytes], str]()
        self.whole = False  # whether texts are read in one go, which is slower and always right
        self.echo: Callable[[int, str], None] | None = None  # told of a block of the page's text and what it is now
        self._last: tuple[str, Sequence[Node]] = ("", ())
        self._cut: tuple[str, Sequence[Node]] = ("", ())
        self._body: list[Node] = []

    def close(self) -> None:
        """Let Pandoc go."""
        self._worker.close()

    def turn(self) -> None:
        """Another round begins; what none of the last few has used is forgotten."""
        self._read.turn()
        self._written.turn()

    def reading(self, text: str, source: str) -> Read:
        """The metadata and the blocks of a text."""
        parts = chunks.pieces(text) if source == READER and not self.whole else None
        if parts:
            read = self._read.all([f"{source}\n{part}" for part in parts], self._readings)
            blocks = chunks.joined([(part, one[1]) for part, one in zip(parts, read, strict=True)])
            if blocks is not None:
                self._cut = (text, blocks)
                self._answer(text.split("\n", 2)[1], blocks)
                return {name: value for one in read for name, value in one[0].items()}, blocks
        return self._read.all([f"{source}\n{text}"], self._readings)[0]

    def writing(
        self, blocks: Sequence[Node], to: str, slots: Mapping[str, Sequence[Node]], options: Sequence[str]
    ) -> dict[str, str] | None:
        """Each slot's text and the body's; a page's body comes with a mark before each of its blocks."""
        if to not in WRITTEN or tuple(options) != WRITTEN[to]:
            return None
        parts: list[Any] = [*slots.values(), *([block] for block in blocks)]
        keys = [(to, marshal.dumps(part, 2)) for part in parts]  # without references, so alike for what is alike
        texts = self._written.all(keys, self._writings)
        body = texts[len(slots) :]
        if to == "html5":
            self._body = list(blocks)
            body = [*(f"{MARK}\n{text}" for text in body), MARK]
        return {**dict(zip(slots, texts, strict=False)), "body": ("\n" if to == "html5" else "\n\n").join(body) + "\n"}

    def sure(self, stopped: Callable[[], bool]) -> bool:
        """Whether the text that was read in pieces last gives the same in one go, or needs not be asked for.

        Another Pandoc is asked, so that this one can be; ``stopped`` is called until it has answered, and may say that
        nobody waits for it any more.
        """
        text, blocks = self._cut
        if not text:
            return True
        worker = Worker(binary(), TEMPLATE, bounded)
        try:
            ticket = worker.ask("read", READER, text)
            while not ticket.finished():
                if stopped():
                    return True
            whole = json.loads(ticket.result(patience()))["blocks"]
        except (Gone, ValueError):
            return False
        finally:
            worker.kill()
        self._cut = ("", ())
        return _uncounted(whole) == _uncounted(blocks)

    def _answer(self, head: str, blocks: Sequence[Node]) -> None:
        """Tell at once of a paragraph of which only words have changed, and nothing on the title page."""
        (before, old), self._last = self._last, (head, blocks)
        found = echoed(old, blocks, self._body) if self.echo and head == before else None
        if not found or not self.echo:
            return
        at, self._body[found[0]] = found
        key = ("html5", marshal.dumps([found[1]], 2))
        text = self._written.all([key], self._writings)[0]
        if "galley-image:" not in text:
            self.echo(at, f"{text}\n")

    def _readings(self, keys: Sequence[str]) -> list[Read]:
        answers = self._answers([("read", *_split(key)) for key in keys])
        trees = map(json.loads, answers)
        return [(tree["meta"], tree["blocks"]) for tree in trees]

    def _writings(self, keys: Sequence[tuple[str, bytes]]) -> list[str]:
        trees = ({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": marshal.loads(key[1])} for key in keys)  # noqa: S302 - made above
        said = (json.dumps(tree, ensure_ascii=False, separators=(",", ":")) for tree in trees)
        answers = self._answers([("write", key[0], text) for key, text in zip(keys, said, strict=True)])
        return [text.strip("\n") for text in answers]

    def _answers(self, requests: Sequence[tuple[str, str, str]]) -> list[str]:
        """What Pandoc answers; where it has died a fresh one is asked, once."""
        try:
            return self._asked(requests)
        except Gone:
            self._worker.kill()
        try:
            return self._asked(requests)
        except Gone as error:
            self._worker.kill()
            raise fault("pandoc-read", "", "Pandoc stopped while it was at work") from error

    def _asked(self, requests: Sequence[tuple[str, str, str]]) -> list[str]:
        tickets = [self._worker.ask(kind, to, text, mathml=to == "html5") for kind, to, text in requests]
        try:
            return [ticket.result(patience()) for ticket in tickets]
        except ValueError as error:
            raise fault("pandoc-read", "", "Pandoc: " + " ".join(str(error).split())) from error


def _split(key: str) -> tuple[str, str]:
    source, _, text = key.partition("\n")
    return source, text


def _uncounted(blocks: Sequence[Node]) -> str:
    """A tree without the numbers that Pandoc gives citations, which it counts from the beginning of what it reads."""
    return COUNT.sub('"citationNoteNum": 0', json.dumps(blocks))


class _Shelf(Generic[Key, Value]):
    """Values by their keys, each with the round in which it was last asked for."""

    def __init__(self) -> None:
        self._values: dict[Key, Value] = {}
        self._used: dict[Key, int] = {}
        self._round = 0

    def turn(self) -> None:
        """Another round begins."""
        self._round += 1
        for key in [key for key, used in self._used.items() if used < self._round - KEPT]:
            del self._values[key], self._used[key]

    def all(self, keys: Sequence[Key], make: Callable[[Sequence[Key]], Sequence[Value]]) -> list[Value]:
        """The values of some keys, those that are not known made in one go."""
        new = list(dict.fromkeys(key for key in keys if key not in self._values))
        self._values.update(zip(new, make(new), strict=True))
        self._used.update(dict.fromkeys(keys, self._round))
        return [self._values[key] for key in keys]
