"""The bytes of a PDF -> its objects, read when they are asked for; enough of ISO 32000 to look into what we have set.

Written here because opening a PDF with a library costs every build a tenth of a second, and this a few milliseconds.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

DEPTH = 60
"""How deep arrays and dictionaries may stand in one another."""
BLANK = rb"[\0\t\n\f\r ]"
TOKEN = re.compile(
    rb"(?:[\0\t\n\f\r ]|%[^\r\n]*+)*+(?:"
    rb"(?P<ref>(\d{1,10})[\0\t\n\f\r ]++\d{1,10}[\0\t\n\f\r ]++R(?!\w))"
    rb"|(?P<number>[+-]?(?:\d{1,40}+\.?\d{0,40}+|\.\d{1,40}+))"
    rb"|/(?P<name>[^\0\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]*)>"
    rb"|(?P<string>\()"
    rb"|(?P<word>[A-Za-z]+))"
)
PARENTHESES = re.compile(rb"\\.|[()]", re.DOTALL)
ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
WORDS = {b"true": True, b"false": False, b"null": None}


class Name(str):
    """A name object, without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an indirect object, by its number."""

    number: int


class Stream(NamedTuple):
    """A stream object: its dictionary and its bytes as they stand in the file."""

    facts: dict[str, Any]
    raw: bytes

    def data(self) -> bytes:
        """The bytes unpacked; b"" where they are packed in a way that is not read here."""
        filters = self.facts.get("Filter", [])
        for one in filters if isinstance(filters, list) else [filters]:
            if one != "FlateDecode":
                return b""
            try:
                return zlib.decompressobj().decompress(self.raw)
            except zlib.error:
                return b""
        return self.raw


class Unreadable(ValueError):
    """The file is no PDF, or one whose objects are packed in a way that is not read here."""


class Pdf:
    """A PDF whose objects are found by its table of cross-references."""

    def __init__(self, data: bytes) -> None:
        """Read the table; raises Unreadable where there is none."""
        self.data = data
        self._known: dict[int, Any] = {}
        self._places: dict[int, int] = {}
        self.trailer: dict[str, Any] = {}
        starts = re.findall(rb"startxref" + BLANK + rb"+(\d{1,18})", data[-2048:])
        if not data.startswith(b"%PDF-") or not starts:
            raise Unreadable("it does not begin and end as a PDF does")
        at: int | None = int(starts[-1])
        seen: set[int] = set()
        while at is not None and at not in seen:
            seen.add(at)
            at = self._table(at)
        root = self.get(self.trailer.get("Root"))
        self.root: dict[str, Any] = root if isinstance(root, dict) else {}

    def _table(self, at: int) -> int | None:
        """Note where objects stand; the place of the table before this one, or None."""
        found = re.compile(rb"\s*xref\s+").match(self.data, at)
        if not found:
            raise Unreadable("its table of cross-references is packed")
        here = found.end()
        section = re.compile(rb"(\d{1,18}) (\d{1,18})[ \r\n]++")
        while head := section.match(self.data, here):
            here, first, count = head.end(), int(head[1]), int(head[2])
            for row in range(min(count, (len(self.data) - here) // 20 + 1)):
                line = self.data[here + 20 * row : here + 20 * row + 18]
                if line[17:18] == b"n" and line[:10].isdigit():
                    self._places.setdefault(first + row, int(line[:10]))
            here += 20 * count
        trailer = self.data.find(b"trailer", here - 20)
        facts, _ = self._value(trailer + 7) if trailer >= 0 else ({}, 0)
        self.trailer = {**(facts if isinstance(facts, dict) else {}), **self.trailer}
        before = facts.get("Prev") if isinstance(facts, dict) else None
        return int(before) if isinstance(before, int | float) else None

    def get(self, value: Any) -> Any:
        """The value, or what it refers to."""
        for _ in range(DEPTH):
            if not isinstance(value, Ref):
                return value
            value = self._object(value.number)
        return None

    def of(self, holder: Any, *names: str) -> Any:
        """What stands under names in dictionaries within one another, references followed; None where one lacks it."""
        for name in names:
            holder = self.get(holder)
            if isinstance(holder, Stream):
                holder = holder.facts
            holder = holder.get(name) if isinstance(holder, dict) else None
        return self.get(holder)

    def row(self, holder: Any, *names: str) -> list[Any]:
        """The items of an array, each as it stands; one value is as good as an array of it, none as an empty one."""
        found = self.of(holder, *names)
        return found if isinstance(found, list) else [] if found is None else [found]

    def objects(self, holding: re.Pattern[bytes]) -> Iterator[tuple[int, Any]]:
        """Every object whose text, without what a stream holds, has a place that the pattern fits; and its number."""
        starts, numbers = self._starts
        held: set[int] = set()
        for found in holding.finditer(self.data):
            at = bisect_right(starts, found.start()) - 1
            if at >= 0 and at not in held and self.data.find(b"stream", starts[at], found.start()) < 0:
                held.add(at)
        for number in sorted(number for at in held for number in numbers[starts[at]]):
            yield number, self._object(number)

    @cached_property
    def _starts(self) -> tuple[list[int], dict[int, list[int]]]:
        """Where objects begin, in order, and the numbers of those that begin there."""
        numbers: dict[int, list[int]] = {}
        for number, at in self._places.items():
            numbers.setdefault(at, []).append(number)
        return sorted(numbers), numbers

    def begins(self, value: Any, way: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """How the object that is referred to begins, where its text is just as the pattern has it: there are thousands
        of some kinds, of which little is to be known."""
        at = self._places.get(value.number) if isinstance(value, Ref) else None
        return way.match(self.data, at) if at is not None else None

    def behind(self, head: re.Match[bytes]) -> dict[str, Any]:
        """What stands in a dictionary behind the beginning of it that has been found."""
        return _pairs(self.data, head.end(), 1)[0]

    def pages(self) -> list[dict[str, Any]]:
        """The pages in order, each with what it inherits from the nodes above it."""
        found: list[dict[str, Any]] = []
        self._gather(self.root.get("Pages"), {}, found, set())
        return found

    def _gather(self, node: Any, above: dict[str, Any], found: list[dict[str, Any]], seen: set[int]) -> None:
        if isinstance(node, Ref):
            if node.number in seen or len(seen) > 100_000:
                return
            seen.add(node.number)
        own = self.get(node)
        if not isinstance(own, dict):
            return
        given = {name: own[name] for name in ("MediaBox", "CropBox", "Resources", "Rotate") if name in own}
        if own.get("Type") == "Pages" or "Kids" in own:
            for kid in self.row(own, "Kids"):
                self._gather(kid, {**above, **given}, found, seen)
        else:
            found.append({**above, **own, "": node})

    def _object(self, number: int) -> Any:
        if number not in self._known:
            self._known[number] = None  # an object within itself
            at = self._places.get(number)
            head = re.compile(rb"\s*\d+\s+\d+\s+obj").match(self.data, at) if at is not None else None
            if head:
                value, end = self._value(head.end())
                self._known[number] = self._stream(value, end) if isinstance(value, dict) else value
        return self._known[number]

    def _stream(self, facts: dict[str, Any], end: int) -> Any:
        begins = re.compile(rb"\s*stream(?:\r\n|\n)").match(self.data, end)
        if not begins:
            return facts
        length = self.get(facts.get("Length"))
        size = int(length) if isinstance(length, int | float) else 0
        facts = {name: self.get(value) for name, value in facts.items()}
        return Stream(facts, self.data[begins.end() : begins.end() + size])

    def _value(self, at: int) -> tuple[Any, int]:
        return value(self.data, at)


def value(data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
    """The object that begins at a place, and where it ends; None where there is none."""
    found = TOKEN.match(data, at)
    return _told(data, found, depth) if found and depth <= DEPTH else (None, at + 1)


def _told(data: bytes, found: re.Match[bytes], depth: int) -> tuple[Any, int]:
    """The object that a token is, or begins."""
    kind, end = found.lastgroup, found.end()
    if kind == "number":
        digits = found["number"]
        return (float(digits) if b"." in digits else int(digits)), end
    if kind == "ref":
        return Ref(int(found[2])), end
    if kind == "name":
        word = found["name"]
        if b"#" in word:
            word = re.sub(rb"#([0-9A-Fa-f]{2})", lambda one: bytes([int(one[1], 16)]), word)
        return Name(word.decode("utf-8", "replace")), end
    if kind == "open":
        return _items(data, end, depth) if found["open"] == b"[" else _pairs(data, end, depth)
    if kind == "string":
        return literal(data, end)
    if kind == "hex":
        return unhexed(found["hex"]), end
    return WORDS.get(found["word"] or b""), end


def _items(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while found := TOKEN.match(data, at):
        if found.lastgroup == "close" or depth >= DEPTH:
            return items, found.end()
        item, at = _told(data, found, depth + 1)
        items.append(item)
    return items, at + 1


def _pairs(data: bytes, at: int, depth: int) -> tuple[dict[str, Any], int]:
    items, end = _items(data, at, depth)
    names = items[::2]
    return {str(name): item for name, item in zip(names, items[1::2], strict=False) if isinstance(name, Name)}, end


def literal(data: bytes, at: int) -> tuple[bytes, int]:
    """A string in parentheses, from behind the first of them."""
    depth = 1
    for sign in PARENTHESES.finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if not depth:
            return unescaped(data[at : sign.start()]), sign.end()
    return b"", len(data)


def unescaped(text: bytes) -> bytes:
    """A literal string's bytes, its escapes resolved."""
    return ESCAPE.sub(_escaped, text) if b"\\" in text else text


def _escaped(found: re.Match[bytes]) -> bytes:
    octal, line, char = found.groups()
    if octal:
        return bytes([int(octal, 8) & 255])
    return b"" if line else LETTERS.get(char, char)


def unhexed(text: bytes) -> bytes:
    """A hexadecimal string's bytes."""
    digits = b"".join(text.replace(b"\0", b"").split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def text(value: object) -> str:
    """A text string: UTF-16 where it begins with its mark, UTF-8 likewise, else Latin letters."""
    if not isinstance(value, bytes):
        return ""
    for mark, code in ((b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if value.startswith(mark):
            return value[len(mark) :].decode(code, "replace")
    return value.decode("latin-1")
