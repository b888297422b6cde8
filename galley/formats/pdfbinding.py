"""An issue's own pages and its articles, each a PDF that conforms by itself -> one PDF that conforms as a whole.

Joining files takes their tags, bookmarks, names and metadata apart. Here they are one again: one tree of tags, in which
the articles follow the front matter and their headings stand under their titles; one outline, one tree of names and of
the tags' parents, one set of metadata and page labels. The articles are taken one by one, and nothing of them is held
but numbers and names.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from galley.formats.pdfmoving import Move, moved
from galley.formats.pdfobjects import REFERENCE, Objects, Stream, bare, metadata, named, objects, refused, tree
from galley.formats.pdfoutline import Mark, Piece, outline
from galley.report import Fault, fault

UNSEEN = re.compile(rb"<</Type/StructElem/S/H[1-6]/P (\d+) 0 R(?:/.*)?/K\[\]>>\s*\Z", re.DOTALL)
NUMBERS = re.compile(rb"/Nums\[([^\]]*)\]")
PARENT = re.compile(rb"(\d+) (\d+) 0 R")
SHARED = re.compile(rb"/N [134](?!\d)|/Subtype ?/(?:CIDFontType0C|OpenType|Type1C|Image)|/Length1 ")
"""What streams bear that several articles may have alike, byte by byte: colours, pictures, fonts of either kind."""
BOX = re.compile(rb"/MediaBox\[[^\]]*?([\d.]+)\]")
ROOTS = ("Metadata", "PageLabels", "StructTreeRoot", "Outlines", "OutputIntents")
ROWS = 10_000
"""So many rows of the table of objects are written at once."""
MOST = 8_388_607
"""So many objects a PDF may have (ISO 19005-2, 6.1.13)."""


def bind(front: bytes, pieces: Sequence[Piece]) -> Iterator[bytes]:
    """The whole, as it comes. ``front`` ends with a page in the place of each article, to which its own pages' links
    lead. An empty page stands before an article that would else have its right-hand page on the left."""
    try:
        yield from _Binding(front.partition(b"\n")[0]).bound(objects(front), pieces)
    except (KeyError, IndexError, StopIteration, ValueError) as error:
        raise refused(f"{type(error).__name__} {error}") from error


class _Binding:
    """The whole as it comes together: what was written is not held, but where each object stands in it."""

    def __init__(self, version: bytes) -> None:
        self.places = array("Q")
        self.written = 0
        self.hash = sha256()
        self.fresh = [version + b"\n%\x80\x80\x80\x80\n\n"]
        self.catalog, self.tree, self.root, self.tags, self.marks = (self.new() for _ in range(5))
        self.parents: list[bytes] = []
        self.next = 0
        self.names: list[tuple[bytes, int]] = []
        self.ids: list[tuple[bytes, int]] = []
        self.roles: dict[bytes, bytes] = {}
        self.tops: list[int] = []
        self.streams: dict[bytes, int] = {}
        self.articles: list[tuple[Mark, int, int]] = []
        self.labels: list[bytes] = []
        self.count = 0

    def new(self) -> int:
        """The number of a new object."""
        self.places.append(0)
        return len(self.places)

    def put(self, number: int, body: bytes) -> None:
        """An object of the whole's own."""
        self.add(b"%d 0 obj\n%sendobj\n\n" % (number, body), [(number, 0)])

    def add(self, content: bytes, places: Sequence[tuple[int, int]]) -> None:
        """Objects, and where each of them begins."""
        start = self.written + sum(map(len, self.fresh))
        for number, at in places:
            self.places[number - 1] = start + at
        self.fresh.append(content)

    def out(self) -> bytes:
        """What has come since it was asked the last time."""
        made = b"".join(self.fresh)
        self.fresh.clear()
        self.hash.update(made)
        self.written += len(made)
        return made

    def bound(self, own: Objects, pieces: Sequence[Piece]) -> Iterator[bytes]:
        """All of it."""
        depth = 2 if any(piece.section for piece in pieces) else 1
        for piece in pieces:
            self.article(objects(piece.pdf()), piece, depth)
            yield self.out()
        kept = self.front(own, len(pieces))
        outline([mark for mark, _, _ in self.articles], self.root, self.new, self.put)
        if len(self.places) > MOST:
            raise _too_large(len(self.places))
        yield self.out()
        yield from self.end(own, kept)

    def article(self, one: Objects, piece: Piece, depth: int) -> None:
        """Take in an article."""
        title, top = self.new(), self.new()
        nodes, pages = _pages(one)
        given = dict.fromkeys(nodes, top) | {one.number(one.catalog, "Outlines"): title}
        move = Move(given, self.next, piece.name.encode() + b":", b"Art" + _language(one), depth, bool(piece.section))
        self._take(one, _apart(one) | set(nodes), {}, move)
        numbers = move.numbers
        kids = b" ".join(b"%d 0 R" % numbers[page] for page in pages)
        self.put(top, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>\n" % (self.tree, len(pages), kids))
        marks = [numbers[one] for one in one.bookmarks(deep=False)]
        inner = b"/First %d 0 R/Last %d 0 R/Count -%d" % (marks[0], marks[-1], len(marks)) if marks else b""
        box = BOX.search(one.body(pages[0]))
        mark = Mark(piece, title, inner, numbers[pages[0]], box[1] if box else b"null")
        self.articles.append((mark, top, len(pages)))

    def front(self, own: Objects, count: int) -> bytes:
        """Take in the issue's own pages without those that hold places; what the tree of pages says of them."""
        nodes, pages = _pages(own)
        pages, held = pages[:-count], pages[-count:]
        catalog, holder = own.catalog, self.new()
        left_out = _apart(own) | {*nodes, *held, *own.bookmarks(), *(own.number(page, "Contents") for page in held)}
        unseen, changed = _unseen(own)
        places = dict(zip(held, (mark.page for mark, _, _ in self.articles), strict=True))
        given = places | dict.fromkeys(nodes, holder) | {own.number(catalog, "Outlines"): self.root}
        move = Move(given, self.next, b":", b"Part" + _language(own))
        intents = own.number(catalog, "OutputIntents")
        left_out -= {intents, *map(int, REFERENCE.findall(own.body(intents)))}
        self._take(own, left_out | unseen, changed, move)
        self.tops.insert(0, self.tops.pop())
        kids = b" ".join(b"%d 0 R" % move.numbers[page] for page in pages)
        self.put(holder, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>\n" % (self.tree, len(pages), kids))
        self._pages(holder, len(pages), own.body(pages[0]))
        said = own.body(catalog)
        kept = [found[0] for key in (b"Lang", b"MarkInfo", b"ViewerPreferences") if (found := _value(said, key))]
        return b"".join(kept) + (b"/OutputIntents %d 0 R" % move.numbers[intents] if intents else b"")

    def _take(self, one: Objects, left_out: set[int], changed: Mapping[int, bytes], move: Move) -> None:
        """Take in a file's objects but those left out, under new numbers; what stands for others has one by now."""
        structure = one.number(one.catalog, "StructTreeRoot")
        if not structure:
            raise refused("it has no tags")
        numbers = move.numbers
        numbers[structure] = self.marks
        streams = list(one.streams())
        for stream in streams:
            if stream.number not in left_out:
                self._shared(one.pdf, stream, left_out, numbers)
        for old in one.spans:
            if old not in left_out and old not in numbers:
                numbers[old] = self.new()
        self.add(*moved(one, streams, left_out, changed, move))
        self._tagged(one, structure, move)

    def _shared(self, pdf: bytes, stream: Stream, left_out: set[int], numbers: dict[int, int]) -> None:
        """Where the whole has the same stream by now, that one stands for it."""
        head = pdf[stream.start : stream.data]
        if not SHARED.search(head) or REFERENCE.search(head):
            return
        key = sha256(head.partition(b"obj")[2] + pdf[stream.data : stream.end]).digest()
        known = self.streams.get(key)
        if known:
            left_out.add(stream.number)
        numbers[stream.number] = self.streams[key] = known or self.new()

    def _tagged(self, one: Objects, structure: int, move: Move) -> None:
        """Bring a file's tags, the parents of its marked content and its names under those of the whole."""
        body, numbers, mark = one.body(structure), move.numbers, move.mark
        plain = bare(body)
        tops = re.search(rb"/K\[([^\]]*)\]", plain)
        self.tops += [numbers[int(found)] for found in REFERENCE.findall(tops[1])] if tops else []
        roles = re.search(rb"/RoleMap<<(.*?)>>", plain)
        self.roles |= dict(re.findall(rb"/(\w+)/(\w+)", roles[1])) if roles else {}
        parents = NUMBERS.search(plain)
        keys = [(int(key), int(value)) for key, value in PARENT.findall(parents[1])] if parents else []
        self.parents += [b"%d %d 0 R" % (key + self.next, numbers[value]) for key, value in keys if value in numbers]
        self.next += max((key for key, _ in keys), default=-1) + 1
        if b"/IDTree" in plain:
            self.ids += [(mark + name, numbers[at]) for name, at in named(body[body.index(b"/IDTree") :])]
        catalog = one.body(one.catalog)
        if b"/Dests" in bare(catalog):
            found = named(catalog[catalog.index(b"/Dests") :])
            self.names += [(mark + name, numbers[at]) for name, at in found if at in numbers]

    def _pages(self, holder: int, count: int, first: bytes) -> None:
        """The tree of pages and their labels: small Roman numerals, then those of the articles."""
        box = BOX.search(first)
        kids = [holder]
        labels = [b"0<</S/r>>"]
        for mark, top, pages in self.articles:
            if (count + 1 - mark.piece.first) % 2:
                kids.append(self._empty(box[0] if box else b""))
                count += 1
            labels.append(b"%d<</S/D/St %d>>" % (count, mark.piece.first))
            kids.append(top)
            count += pages
        listed = b" ".join(b"%d 0 R" % one for one in kids)
        self.put(self.tree, b"<</Type/Pages/Count %d/Kids[%s]>>\n" % (count, listed))
        self.labels, self.count = labels, count

    def _empty(self, size: bytes) -> int:
        page, content = self.new(), self.new()
        self.put(content, b"<</Length 0>>\nstream\n\nendstream\n")
        self.put(page, b"<</Type/Page/Resources<<>>%s/Parent %d 0 R/Contents %d 0 R>>\n" % (size, self.tree, content))
        return page

    def end(self, own: Objects, kept: bytes) -> Iterator[bytes]:
        """The roots of all, the table of the objects, and a mark of the whole that its contents decide."""
        roles = b"".join(b"/%s/%s" % pair for pair in sorted(self.roles.items()))
        ids = b"/IDTree<<%s>>" % tree(self.ids) if self.ids else b""
        parents = b"/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d" % (b" ".join(self.parents), self.next)
        said = (roles, self.marks, parents, ids)
        self.put(self.tags, b"<</Type/StructTreeRoot/RoleMap<<%s>>/K[%d 0 R]%s%s>>\n" % said)
        tops = b" ".join(b"%d 0 R" % one for one in self.tops)
        self.put(self.marks, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>\n" % (self.tags, tops))
        names = b"/Names<</Dests<<%s>>>>" % tree(self.names) if self.names else b""
        about = self.new()
        roots = b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/StructTreeRoot %d 0 R" % (
            self.tree,
            self.root,
            self.tags,
        )
        labels = b"/PageLabels<</Nums[%s]>>" % b" ".join(self.labels)
        self.put(self.catalog, b"%s%s%s/Metadata %d 0 R%s>>\n" % (roots, labels, kept, about, names))
        yield self.out()
        mark = self.hash.hexdigest()[:32].encode()
        self.put(about, metadata(own.body(own.number(own.catalog, "Metadata")), self.count, mark))
        yield self.out()
        yield b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(self.places) + 1)
        for at in range(0, len(self.places), ROWS):
            yield b"".join(b"%010d 00000 n\r\n" % place for place in self.places[at : at + ROWS])
        end = (len(self.places) + 1, self.catalog, mark, mark, self.written)
        yield b"trailer\n<</Size %d/Root %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF" % end


def _pages(one: Objects) -> tuple[list[int], list[int]]:
    """The branches of a file's pages, and these."""
    found = list(one.pages())
    return [number for number, leaf in found if not leaf], [number for number, leaf in found if leaf]


def _language(one: Objects) -> bytes:
    found = re.search(rb"/Lang\([^()]*\)", one.body(one.catalog))
    return found[0] if found else b""


def _unseen(own: Objects) -> tuple[set[int], dict[int, bytes]]:
    """The headings in the places of the articles, of which nothing is seen, and what holds them without them."""
    found = {number: int(match[1]) for number in own.spans if (match := UNSEEN.match(own.body(number)))}
    changed = {}
    for holder in set(found.values()):
        head, kids, rest = own.body(holder).rpartition(b"/K[")
        changed[holder] = head + kids + REFERENCE.sub(lambda one: b"" if int(one[1]) in found else one[0], rest)
    return set(found), changed


def _apart(one: Objects) -> set[int]:
    """What of a file the whole has by itself: catalog, metadata, labels, the roots of outline and tags."""
    catalog = one.catalog
    left_out = {catalog, *(one.number(catalog, key) for key in ROOTS)}
    left_out |= {int(number) for key in ("OutputIntents", "PageLabels") for number in _listed(one, key)}
    return (left_out | {one.information}) - {0}


def _listed(one: Objects, key: str) -> list[bytes]:
    return REFERENCE.findall(one.body(one.number(one.catalog, key)))


def _value(catalog: bytes, key: bytes) -> re.Match[bytes] | None:
    return re.search(rb"/" + key + rb"(?:\([^()]*\)|<<[^<>]*>>)", catalog)


def _too_large(count: int) -> Fault:
    message = f"the issue's PDF would have {count:,} objects, and one may have {MOST:,} (ISO 19005-2)"
    return fault("too-large", "", message, "bind it as two volumes")
