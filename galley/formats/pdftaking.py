"""A PDF's objects -> what is taken of them into an issue's: these objects as they stand there, and what must be known
of them where all is brought together.

An article mostly stands at the same place as the last time, so what was taken of it can be kept, as bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from galley.formats.pdfmoving import Move, moved
from galley.formats.pdfobjects import REFERENCE, Objects, Stream, bare, named, refused

CATALOG, TREE, OUTLINE, TAGS, DOCUMENT = range(1, 6)
"""The numbers of the objects that all of an issue's PDF hangs on: its catalog, pages, bookmarks, tags, topmost tag."""
NUMBERS = re.compile(rb"/Nums\[([^\]]*)\]")
PARENT = re.compile(rb"(\d+) (\d+) 0 R")
SHARED = re.compile(rb"/N [134](?!\d)|/Subtype ?/(?:CIDFontType0C|OpenType|Type1C|Image)|/Length1 ")
"""What streams bear that several articles may have alike, byte by byte: colours, pictures, fonts of either kind."""
BOX = re.compile(rb"/MediaBox\[[^\]]*?([\d.]+)\]")
ROOTS = ("Metadata", "PageLabels", "StructTreeRoot", "Outlines", "OutputIntents")


class Taken(NamedTuple):
    """So many objects under numbers after ``start``, as bytes, and where each stands in these; streams that others may
    have alike, by their hashes, with their numbers, whosever they are; the tags' parents by their keys; the names of
    places and of tags, in hexadecimal; what tags are called here and what that means; the uppermost tags.

    Of an article besides: its first page, how high that is, how many there are, what hangs under its bookmark.
    """

    start: int
    given: int
    content: bytes
    places: list[tuple[int, int]]
    streams: list[tuple[str, int]]
    parents: list[tuple[int, int]]
    names: list[tuple[str, int]]
    ids: list[tuple[str, int]]
    roles: dict[str, str]
    tops: list[int]
    page: int = 0
    top: str = "null"
    pages: int = 0
    inner: str = ""

    def fits(self, streams: Mapping[str, int]) -> bool:
        """Whether the same would be taken where there are these streams before it."""
        own = range(self.start + 1, self.start + self.given + 1)
        return all(streams.get(key) == (None if number in own else number) for key, number in self.streams)

    def packed(self) -> bytes:
        """All of it in one piece: a line of JSON, and the objects."""
        return json.dumps(self._replace(content=b"")._asdict() | {"content": ""}).encode() + b"\n" + self.content


def unpacked(data: bytes) -> Taken | None:
    """What was packed; None where it is no such thing."""
    head, _, content = data.partition(b"\n")
    try:
        return Taken(**{**json.loads(head), "content": content})
    except (ValueError, TypeError):
        return None


def article(one: Objects, name: str, depth: int, start: int, streams: Mapping[str, int], *, opens: bool) -> Taken:
    """What is taken of an article, with a bookmark for its title, that is not there yet, and a branch of pages."""
    title, top = start + 1, start + 2
    nodes, pages = branches(one)
    given = dict.fromkeys(nodes, top) | {one.number(one.catalog, "Outlines"): title}
    move = Move(given, start, name.encode() + b":", b"Art" + language(one), depth, opens)
    taken = take(one, apart(one) | set(nodes), {}, move, (start, 2), streams)
    numbers = move.numbers
    branch = b"%d 0 obj\n%sendobj\n\n" % (top, branch_of([numbers[page] for page in pages]))
    marks = [numbers[one] for one in one.bookmarks(deep=False)]
    box = BOX.search(one.body(pages[0]))
    return taken._replace(
        content=taken.content + branch,
        places=[*taken.places, (top, len(taken.content))],
        page=numbers[pages[0]],
        top=box[1].decode() if box else "null",
        pages=len(pages),
        inner=f"/First {marks[0]} 0 R/Last {marks[-1]} 0 R/Count -{len(marks)}" if marks else "",
    )


def take(
    one: Objects,
    left_out: set[int],
    changed: Mapping[int, bytes],
    move: Move,
    given: tuple[int, int],
    streams: Mapping[str, int],
) -> Taken:
    """What is taken of a file but the objects left out; what stands for others has a number by now. ``given`` says
    which number is the last before the file's own, and how many of these are given."""
    structure = one.number(one.catalog, "StructTreeRoot")
    if not structure:
        raise refused("it has no tags")
    start, count = given
    numbers = move.numbers
    numbers[structure] = DOCUMENT
    there = list(one.streams())
    shared: list[tuple[str, int]] = []
    fresh: dict[str, int] = {}
    for stream in there:
        key = "" if stream.number in left_out else _key(one.pdf, stream)
        if not key:
            continue
        known = streams.get(key) or fresh.get(key)
        if known:
            left_out.add(stream.number)
        else:
            count += 1
            fresh[key] = start + count
        numbers[stream.number] = known or start + count
        shared.append((key, numbers[stream.number]))
    for old in one.spans:
        if old not in left_out and old not in numbers:
            count += 1
            numbers[old] = start + count
    content, places = moved(one, there, left_out, changed, move)
    return Taken(start, count, content, places, shared, *_tagged(one, structure, move))


def _key(pdf: bytes, stream: Stream) -> str:
    """A hash of a stream that others may have alike, else ""."""
    head = pdf[stream.start : stream.data]
    if not SHARED.search(head) or REFERENCE.search(head):
        return ""
    return sha256(head.partition(b"obj")[2] + pdf[stream.data : stream.end]).hexdigest()


Names = list[tuple[str, int]]


def _tagged(
    one: Objects, structure: int, move: Move
) -> tuple[list[tuple[int, int]], Names, Names, dict[str, str], list[int]]:
    """A file's tags' parents, names, names of tags, roles and uppermost tags, as they are called now."""
    body, numbers = one.body(structure), move.numbers
    plain = bare(body)
    tops = re.search(rb"/K\[([^\]]*)\]", plain)
    roles = re.search(rb"/RoleMap<<(.*?)>>", plain)
    parents = NUMBERS.search(plain)
    keys = [(int(key), int(value)) for key, value in PARENT.findall(parents[1])] if parents else []
    catalog = one.body(one.catalog)
    ids = named(body[body.index(b"/IDTree") :]) if b"/IDTree" in plain else []
    names = named(catalog[catalog.index(b"/Dests") :]) if b"/Dests" in bare(catalog) else []

    def marked(found: list[tuple[bytes, int]]) -> Names:
        return [((move.mark + name).hex().upper(), numbers[at]) for name, at in found if at in numbers]

    return (
        [(key + move.shift, numbers[value]) for key, value in keys if value in numbers],
        marked(names),
        marked(ids),
        {key.decode(): role.decode() for key, role in re.findall(rb"/(\w+)/(\w+)", roles[1])} if roles else {},
        [numbers[int(found)] for found in REFERENCE.findall(tops[1])] if tops else [],
    )


def branches(one: Objects) -> tuple[list[int], list[int]]:
    """The branches of a file's pages, and these."""
    found = list(one.pages())
    return [number for number, leaf in found if not leaf], [number for number, leaf in found if leaf]


def branch_of(pages: list[int]) -> bytes:
    """A branch of the tree of pages."""
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    return b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>\n" % (TREE, len(pages), kids)


def language(one: Objects) -> bytes:
    """What a file says of its language, b"" where it says nothing."""
    found = re.search(rb"/Lang\([^()]*\)", one.body(one.catalog))
    return found[0] if found else b""


def apart(one: Objects) -> set[int]:
    """What of a file the whole has by itself: catalog, metadata, labels, the roots of outline and tags."""
    catalog = one.catalog
    left_out = {catalog, *(one.number(catalog, key) for key in ROOTS)}
    lists = (one.body(one.number(catalog, key)) for key in ("OutputIntents", "PageLabels"))
    left_out |= {int(number) for found in lists for number in REFERENCE.findall(found)}
    return (left_out | {one.information}) - {0}
