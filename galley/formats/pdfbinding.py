"""An issue's own pages and its articles, each a PDF that conforms by itself -> one PDF that conforms as a whole.

Joining files takes their tags, bookmarks, names and metadata apart. Here they are one again: one tree of tags, in which
the articles follow the front matter and their headings stand under their titles; one outline, one tree of names and of
the tags' parents, one set of metadata and page labels. The articles are taken one by one, and nothing of them is held
but numbers and names.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Protocol

from galley.formats.pdfmoving import Move
from galley.formats.pdfobjects import REFERENCE, Objects, metadata, objects, refused, tree
from galley.formats.pdfoutline import Mark, Piece, outline
from galley.formats.pdftaking import (
    CATALOG,
    DOCUMENT,
    OUTLINE,
    TAGS,
    TREE,
    Taken,
    apart,
    article,
    branch_of,
    branches,
    language,
    take,
    unpacked,
)
from galley.report import Fault, fault

UNSEEN = re.compile(rb"<</Type/StructElem/S/H[1-6]/P (\d+) 0 R(?:/.*)?/K\[\]>>\s*\Z", re.DOTALL)
BOX = re.compile(rb"/MediaBox\[[^\]]*\]")
ROWS = 10_000
"""So many rows of the table of objects are written at once."""
STEP = 64
"""An article's numbers begin after a multiple of this, so that others stay what they are where a few come or go."""
MOST = 8_388_607
"""So many objects a PDF may have (ISO 19005-2, 6.1.13)."""


class Store(Protocol):
    """Keeps bytes under a hash, as long as there is room."""

    def get(self, key: str) -> bytes | None:
        """What is kept."""

    def put(self, key: str, data: bytes) -> None:
        """Keep something."""


def bind(front: bytes, pieces: Sequence[Piece], store: Store | None = None) -> Iterator[bytes]:
    """The whole, as it comes. ``front`` ends with a page in the place of each article, to which its own pages' links
    lead. An empty page stands before an article that would else have its right-hand page on the left. In the ``store``
    lies what was taken of articles before."""
    try:
        yield from _Binding(front.partition(b"\n")[0], store).bound(objects(front), pieces)
    except (KeyError, IndexError, StopIteration, ValueError) as error:
        raise refused(f"{type(error).__name__} {error}") from error


class _Binding:
    """The whole as it comes together: what was written is not held, but where each object stands in it."""

    def __init__(self, version: bytes, store: Store | None) -> None:
        self.store = store
        self.places = array("Q", bytes(8 * DOCUMENT))
        self.written = 0
        self.hash = sha256()
        self.fresh = [version + b"\n%\x80\x80\x80\x80\n\n"]
        self.parents: list[bytes] = []
        self.key = 0
        self.names: list[tuple[str, int]] = []
        self.ids: list[tuple[str, int]] = []
        self.roles: dict[str, str] = {}
        self.tops: list[int] = []
        self.streams: dict[str, int] = {}
        self.articles: list[tuple[Mark, int]] = []
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
            self.article(piece, depth)
            yield self.out()
        kept = self.front(own, len(pieces))
        outline([mark for mark, _ in self.articles], OUTLINE, self.new, self.put)
        if len(self.places) > MOST:
            raise _too_large(len(self.places))
        yield self.out()
        yield from self.end(own, kept)

    def article(self, piece: Piece, depth: int) -> None:
        """Take in an article."""
        start = self._begun()
        said = (piece.key, piece.name, depth, bool(piece.section), start)
        key = sha256(repr(said).encode()).hexdigest()
        store = self.store if piece.key else None
        kept = store.get(key) if store is not None else None
        taken = unpacked(kept) if kept else None
        if taken is None or not taken.fits(self.streams):
            read = objects(piece.pdf())
            taken = article(read, piece.name, depth, start, self.streams, opens=bool(piece.section))
            if store is not None:
                store.put(key, taken.packed())
        self._join(taken)
        mark = Mark(piece, start + 1, taken.inner.encode(), taken.page, taken.top.encode())
        self.articles.append((mark, taken.pages))

    def _begun(self) -> int:
        """The number after which a file's own begin: the keys to its tags' parents are as large, for it has fewer."""
        last = max(len(self.places), self.key)
        self.places.extend([0] * (-last % STEP + last - len(self.places)))
        return len(self.places)

    def _join(self, taken: Taken) -> None:
        """Bring what was taken of a file to what there is."""
        self.places.extend([0] * taken.given)
        self.add(taken.content, taken.places)
        self.streams |= dict(taken.streams)
        self.parents += [b"%d %d 0 R" % (key, number) for key, number in taken.parents]
        self.key = max((key + 1 for key, _ in taken.parents), default=self.key)
        self.names += [(name, number) for name, number in taken.names]
        self.ids += [(name, number) for name, number in taken.ids]
        self.roles |= taken.roles
        self.tops += taken.tops

    def front(self, own: Objects, count: int) -> bytes:
        """Take in the issue's own pages without those that hold places; what the tree of pages says of them."""
        nodes, pages = branches(own)
        pages, held = pages[:-count], pages[-count:]
        start = self._begun()
        holder = start + 1
        left_out = apart(own) | {*nodes, *held, *own.bookmarks(), *(own.number(page, "Contents") for page in held)}
        unseen, changed = _unseen(own)
        places = dict(zip(held, (mark.page for mark, _ in self.articles), strict=True))
        given = places | dict.fromkeys(nodes, holder) | {own.number(own.catalog, "Outlines"): OUTLINE}
        move = Move(given, start, b":", b"Part" + language(own))
        intents = own.number(own.catalog, "OutputIntents")
        left_out -= {intents, *map(int, REFERENCE.findall(own.body(intents)))}
        before, self.tops = self.tops, []
        self._join(take(own, left_out | unseen, changed, move, (start, 1), self.streams))
        self.tops += before
        self.put(holder, branch_of([move.numbers[page] for page in pages]))
        self._pages(holder, len(pages), own.body(pages[0]))
        said = own.body(own.catalog)
        kept = [found[0] for key in (b"Lang", b"MarkInfo", b"ViewerPreferences") if (found := _value(said, key))]
        return b"".join(kept) + (b"/OutputIntents %d 0 R" % move.numbers[intents] if intents else b"")

    def _pages(self, holder: int, count: int, first: bytes) -> None:
        """The tree of pages and their labels: small Roman numerals, then those of the articles."""
        box = BOX.search(first)
        kids = [holder]
        labels = [b"0<</S/r>>"]
        for mark, pages in self.articles:
            if (count + 1 - mark.piece.first) % 2:
                kids.append(self._empty(box[0] if box else b""))
                count += 1
            labels.append(b"%d<</S/D/St %d>>" % (count, mark.piece.first))
            kids.append(mark.number + 1)
            count += pages
        listed = b" ".join(b"%d 0 R" % one for one in kids)
        self.put(TREE, b"<</Type/Pages/Count %d/Kids[%s]>>\n" % (count, listed))
        self.labels, self.count = labels, count

    def _empty(self, size: bytes) -> int:
        page, content = self.new(), self.new()
        self.put(content, b"<</Length 0>>\nstream\n\nendstream\n")
        self.put(page, b"<</Type/Page/Resources<<>>%s/Parent %d 0 R/Contents %d 0 R>>\n" % (size, TREE, content))
        return page

    def end(self, own: Objects, kept: bytes) -> Iterator[bytes]:
        """The roots of all, the table of the objects, and a mark of the whole that its contents decide."""
        roles = "".join(f"/{key}/{role}" for key, role in sorted(self.roles.items())).encode()
        ids = b"/IDTree<<%s>>" % tree(self.ids) if self.ids else b""
        parents = b"/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d" % (b" ".join(self.parents), self.key)
        said = (roles, DOCUMENT, parents, ids)
        self.put(TAGS, b"<</Type/StructTreeRoot/RoleMap<<%s>>/K[%d 0 R]%s%s>>\n" % said)
        tops = b" ".join(b"%d 0 R" % one for one in self.tops)
        self.put(DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>\n" % (TAGS, tops))
        names = b"/Names<</Dests<<%s>>>>" % tree(self.names) if self.names else b""
        about = self.new()
        roots = b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/StructTreeRoot %d 0 R" % (TREE, OUTLINE, TAGS)
        labels = b"/PageLabels<</Nums[%s]>>" % b" ".join(self.labels)
        self.put(CATALOG, b"%s%s%s/Metadata %d 0 R%s>>\n" % (roots, labels, kept, about, names))
        yield self.out()
        mark = self.hash.hexdigest()[:32].encode()
        self.put(about, metadata(own.body(own.number(own.catalog, "Metadata")), self.count, mark))
        yield self.out()
        yield from self._table()
        end = (len(self.places) + 1, CATALOG, mark, mark, self.written)
        yield b"trailer\n<</Size %d/Root %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF" % end

    def _table(self) -> Iterator[bytes]:
        """Where each object is; numbers that none has are a chain, each with the next one."""
        free = [number for number, place in enumerate(self.places, 1) if not place]
        chain = dict(zip([0, *free], [*free, 0], strict=True))
        yield b"xref\n0 %d\n%010d 65535 f\r\n" % (len(self.places) + 1, chain[0])
        for at in range(0, len(self.places), ROWS):
            rows = enumerate(self.places[at : at + ROWS], at + 1)
            yield b"".join(
                b"%010d 00000 n\r\n" % place if place else b"%010d 00000 f\r\n" % chain[number]
                for number, place in rows
            )


def _unseen(own: Objects) -> tuple[set[int], dict[int, bytes]]:
    """The headings in the places of the articles, of which nothing is seen, and what holds them without them."""
    found = {number: int(match[1]) for number in own.spans if (match := UNSEEN.match(own.body(number)))}
    changed = {}
    for holder in set(found.values()):
        head, kids, rest = own.body(holder).rpartition(b"/K[")
        changed[holder] = head + kids + REFERENCE.sub(lambda one: b"" if int(one[1]) in found else one[0], rest)
    return set(found), changed


def _value(catalog: bytes, key: bytes) -> re.Match[bytes] | None:
    return re.search(rb"/" + key + rb"(?:\([^()]*\)|<<[^<>]*>>)", catalog)


def _too_large(count: int) -> Fault:
    message = f"the issue's PDF would have {count:,} objects, and one may have {MOST:,} (ISO 19005-2)"
    return fault("too-large", "", message, "bind it as two volumes")
