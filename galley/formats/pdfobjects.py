"""A PDF as Typst writes it -> where its objects stand, and what they say of one another: it is to be bound in another.

Only such PDFs are read: one table of objects, none of them packed into others. Whatever else comes is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from galley.report import Fault, fault

SIGN = re.compile(rb"\\.|[()]", re.DOTALL)
REFERENCE = re.compile(rb"(\d+) 0 R")
TOKEN = re.compile(rb"<([0-9A-Fa-f]*)>|(\d+) 0 R")
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
STREAM = b"stream\n"
LENGTH = re.compile(rb"/Length (\d+)")


class Stream(NamedTuple):
    """An object that is a stream: its number, and where it, its data and what follows these begin in the PDF."""

    number: int
    start: int
    data: int
    end: int


class Objects(NamedTuple):
    """A PDF with the places of its objects, in their order, from each one's number to the next one's; the numbers of
    its catalog and information."""

    pdf: bytes
    spans: Mapping[int, tuple[int, int]]
    catalog: int
    information: int

    def body(self, number: int) -> bytes:
        """An object without its number and the words around it; b"" where there is none."""
        start, end = self.spans.get(number, (0, 0))
        return self.pdf[start + len(b"%d 0 obj\n" % number) : self.pdf.rindex(b"endobj", start, end)] if end else b""

    def number(self, of: int, key: str) -> int:
        """The object to which a key of another refers; 0 where there is none."""
        found = re.search(rb"/" + key.encode() + rb" (\d+) 0 R", bare(self.body(of)))
        return int(found[1]) if found else 0

    def pages(self, number: int = 0) -> Iterator[tuple[int, bool]]:
        """The pages in their order, and before them the branches that they hang on: these with False."""
        number = number or self.number(self.catalog, "Pages")
        body = self.body(number)
        found = body.startswith(b"<</Type/Pages")
        yield number, not found
        kids = re.search(rb"/Kids\[([^\]]*)\]", body) if found else None
        for one in REFERENCE.findall(kids[1]) if kids else ():
            yield from self.pages(int(one))

    def bookmarks(self, of: int = 0, *, deep: bool = True) -> Iterator[int]:
        """The bookmarks under one of them, or all, each before those under it."""
        at = self.number(of or self.number(self.catalog, "Outlines") or self.catalog, "First")
        while at:
            yield at
            if deep:
                yield from self.bookmarks(at)
            at = self.number(at, "Next")

    def streams(self) -> Iterator[Stream]:
        """The streams; words of an author's that look like one's beginning are none, for no length goes with them."""
        numbers, starts = list(self.spans), [start for start, _ in self.spans.values()]
        at = self.pdf.find(STREAM)
        while at >= 0:
            place = bisect_right(starts, at) - 1
            number = numbers[place]
            start, end = self.spans[number]
            data = at + len(STREAM)
            said = LENGTH.search(self.pdf, start, at)
            length = int(said[1]) if said and data < end else -1
            if length >= 0 and self.pdf.startswith(b"endstream", data + length + 1) and data + length < end:
                yield Stream(number, start, data, end)
                data = end
            at = self.pdf.find(STREAM, data)


def objects(pdf: bytes) -> Objects:
    """The objects of a PDF of ours; Fault where it is written otherwise."""
    try:
        start = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
        table = pdf[start:].split(b"trailer", 1)
        rows = table[0].split()
        if rows[0] != b"xref" or rows[1] != b"0":
            raise ValueError("another table")
        count = int(rows[2])
        starts = {number: int(rows[3 + 3 * number]) for number in range(count) if rows[5 + 3 * number] == b"n"}
        root, told = (re.search(rb"/%s (\d+) 0 R" % key, table[1]) for key in (b"Root", b"Info"))
        order = sorted(starts, key=starts.__getitem__)
        ends = [*(starts[number] for number in order[1:]), start]
        spans = {number: (starts[number], end) for number, end in zip(order, ends, strict=True)}
        if not all(pdf.startswith(b"%d 0 obj\n" % number, begin) for number, begin in starts.items()):
            raise ValueError("an object is not where it should be")
        return Objects(pdf, spans, int(root[1]) if root else 0, int(told[1]) if told else 0)
    except (ValueError, IndexError, KeyError) as error:
        raise refused(str(error)) from error


def refused(why: str) -> Fault:
    """The fault of a PDF that cannot be bound."""
    return fault("issue-pdf", "", f"an article's PDF cannot be bound: {why}", "this is a fault of Galley's", status=2)


def parts(text: bytes) -> Iterator[tuple[bool, bytes]]:
    """A piece of PDF in turn outside and inside of strings in parentheses, these with their parentheses."""
    depth = at = 0
    for found in SIGN.finditer(text):
        if found[0] == b"(":
            if not depth:
                yield False, text[at : found.start()]
                at = found.start()
            depth += 1
        elif found[0] == b")" and depth:
            depth -= 1
            if not depth:
                yield True, text[at : found.end()]
                at = found.end()
    yield False, text[at:]


def bare(text: bytes) -> bytes:
    """A piece of PDF with its strings empty: what is looked for there is none of the author's words."""
    return b"()".join(part for inside, part in parts(text) if not inside) if b"(" in text else text


def named(text: bytes) -> list[tuple[bytes, int]]:
    """The names of a tree of names with the objects they stand for; the text begins with the tree."""
    found: list[tuple[bytes, int]] = []
    name = b""
    for inside, part in parts(text):
        if inside:
            name = ESCAPE.sub(_unescaped, part[1:-1])
            continue
        if b"/Kids" in part.partition(b"]")[0]:
            raise refused("a tree of names has branches")
        for token in TOKEN.finditer(part.partition(b"]")[0]):
            if token[2]:
                found.append((name, int(token[2])))
            else:
                name = bytes.fromhex(token[1].decode())
        if b"]" in part:
            break
    return found


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1].isdigit():
        return bytes([int(found[1], 8) & 255])
    return LETTERS.get(found[1], found[1])


def tree(names: Iterable[tuple[str, int]]) -> bytes:
    """A tree of names, which are given in hexadecimal, with one leaf, in their order."""
    return f"/Names[{''.join(f'<{name}>{number} 0 R' for name, number in sorted(names))}]".encode()


def metadata(body: bytes, count: int, mark: bytes) -> bytes:
    """The issue's metadata with the number of all pages and marks of its own."""
    head, stream, data = body.partition(STREAM)
    xml = data[: data.rindex(b"endstream")]
    xml = re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % count, xml)
    xml = re.sub(rb"(<xmpMM:(?:InstanceID|DocumentID)>)[^<]*", rb"\g<1>" + mark, xml)
    head = re.sub(rb"/Length \d+", b"/Length %d" % (len(xml) - 1), head)  # a line's end stands before its own
    return head + stream + xml + b"endstream\n"
