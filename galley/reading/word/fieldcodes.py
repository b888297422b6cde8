"""Fields of a Word file while it is read: codes, nested in one another, over paragraphs and through tracked changes."""

from __future__ import annotations

from typing import NamedTuple

from galley.patterns import pattern

LINK = pattern(r'\s*HYPERLINK\s+(?:\\l\s+"(?P<only>[^"]*)"|"?(?P<url>[^"\s]+)"?(?:.*?\\l\s+"(?P<anchor>[^"]*)")?)', 16)
CODE = 4_000_000
"""Characters of one code that are kept; the longest citations have some hundred thousand."""
DEEP = 20
"""How far out a link is looked for that a field stands in."""


class Place(NamedTuple):
    """A place in the text: the number of a paragraph and an offset in it."""

    paragraph: int
    offset: int


class Done(NamedTuple):
    """A field that was read to its end: its code, the data packed with it, and where its result stands.

    ``kind`` is "field", "control" (a content control, ``code`` is its tag) or "bookmark" (``code`` is its name).
    """

    code: str
    data: tuple[str, ...]
    start: Place
    end: Place
    deleted: bool
    kind: str = "field"


class Open:
    """A field that has begun and not yet ended."""

    __slots__ = ("codes", "data", "deleted", "gone", "link", "shown", "size", "start")

    def __init__(self, start: Place, deleted: bool) -> None:
        """Note where it begins."""
        self.start, self.deleted = start, deleted
        self.codes: list[str] = []
        self.gone: list[str] = []
        self.data: list[str] = []
        self.shown = False
        self.link = ""
        self.size = 0

    @property
    def code(self) -> str:
        """Its code; one that was deleted counts only where no other is left."""
        live = "".join(self.codes)
        return live if live.strip() else "".join(self.gone)


class Fields:
    """The fields that are open at a place, innermost last, and those that are done, in the order of their ends."""

    def __init__(self) -> None:
        """Begin with none."""
        self.done: list[Done] = []
        self._open: list[Open] = []
        self._hiding = 0
        self.link = ""

    def begin(self, at: Place, deleted: bool) -> None:
        """A field begins: what follows is its code."""
        self._open.append(Open(at, deleted))
        self._hiding += 1

    def code(self, text: str, gone: bool) -> None:
        """A part of a code."""
        if self._open and not self._open[-1].shown:
            one = self._open[-1]
            one.size += len(text)
            if one.size <= CODE:
                (one.gone if gone else one.codes).append(text)

    def data(self, text: str) -> None:
        """Data packed with the mark of a field."""
        if self._open and text:
            self._open[-1].data.append(text)

    def separate(self, at: Place) -> None:
        """The code is over: what follows is the field's result."""
        if self._open and not self._open[-1].shown:
            one = self._open[-1]
            one.shown, one.start = True, at
            self._hiding -= 1
            found = LINK.match(one.code)
            if found:
                anchor = found["only"] or found["anchor"] or ""
                one.link = self.link = (found["url"] or "") + (f"#{anchor}" if anchor else "")

    def end(self, at: Place) -> None:
        """The innermost field ends."""
        if not self._open:
            return
        one = self._open.pop()
        if not one.shown:
            self._hiding -= 1
        self.link = next((outer.link for outer in reversed(self._open[-DEEP:]) if outer.link), "")
        code, data = one.code, tuple(one.data)
        outer = self._open[-1] if self._open else None
        if outer is not None and not outer.shown:  # EndNote keeps its data in a field of its own inside the code
            outer.data.extend(data)
            if not outer.codes and not outer.gone and "ADDIN" in code and "EN.CITE.DATA" not in code:
                outer.codes.append(code)
            return
        start = min(one.start, at)
        self.done.append(Done(code, data, start, at, one.deleted))

    def in_code(self, text: str) -> bool:
        """Whether text at this place belongs to a code and is not shown; it is then kept with that code."""
        if not self._hiding:
            return False
        self.code(text, False)
        return True

    def finish(self, at: Place) -> None:
        """The part is over: fields that nobody closed end here; their data are kept, no text is hidden longer."""
        while self._open:
            self.end(at)
