"""An issue's own pages and its articles, each a PDF that conforms by itself -> one PDF that conforms as a whole.

Joining files takes their tags, bookmarks, names and metadata apart. Here they are one again: one tree of tags, in which
the articles follow the front matter and their headings stand under their titles; one outline, one tree of names and of
the tags' parents, one set of metadata and page labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from galley.formats.pdfobjects import REFERENCE, STREAM, Objects, bare, metadata, moved, named, objects, refused, tree
from galley.formats.pdfoutline import Mark, Piece, outline

HEADING = re.compile(rb"<</Type/StructElem/S/(?:H([1-6])|Title)(?=/)")
UNSEEN = re.compile(rb"<</Type/StructElem/S/H[1-6]/P (\d+) 0 R(?:/.*)?/K\[\]>>\s*\Z", re.DOTALL)
DOCUMENT = b"/S/Document/"
NUMBERS = re.compile(rb"/Nums\[([^\]]*)\]")
PARENT = re.compile(rb"(\d+) (\d+) 0 R")
COLOURS = re.compile(rb"/N [134]/")
LEAST, MOST = 1, 6
"""The levels of headings that PDF knows."""


def bind(front: bytes, pieces: Sequence[Piece]) -> bytes:
    """The whole. ``front`` ends with a page in the place of each article, to which its own pages' links lead. An empty
    page stands before an article that would else have its right-hand page on the left."""
    try:
        return _bound(front, pieces)
    except (KeyError, IndexError, StopIteration) as error:
        raise refused(f"{type(error).__name__} {error}") from error


def _bound(front: bytes, pieces: Sequence[Piece]) -> bytes:
    depth = 2 if any(piece.section for piece in pieces) else 1
    binding = _Binding()
    own = objects(front)
    pages = list(own.pages())
    count = len(pages) - len(pieces)
    articles = [objects(piece.pdf) for piece in pieces]
    firsts = binding.articles(articles, pieces, depth)
    shown = binding.front(own, pages[:count], dict(zip(pages[count:], firsts, strict=True)))
    marks = [Mark(*one) for one in zip(pieces, articles, binding.numbers, firsts, strict=False)]
    outline(binding.bodies, binding.root, marks)
    binding.pages(shown, articles, pieces)
    return binding.written(own, front.partition(b"\n")[0])


class _Binding:
    """The objects of the whole as they come together."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.catalog, self.tree, self.root, self.tags, self.marks = (self.new() for _ in range(5))
        self.parents: list[tuple[int, int]] = []
        self.names: list[tuple[bytes, int]] = []
        self.ids: list[tuple[bytes, int]] = []
        self.roles: dict[bytes, bytes] = {}
        self.kids: list[int] = []
        self.next = 0
        self.numbers: list[dict[int, int]] = []
        self.streams: dict[bytes, int] = {}
        self.labels: list[bytes] = []
        self.count = 0
        self.kept: dict[str, int] = {}

    def new(self, body: bytes = b"") -> int:
        """The number of a new object."""
        self.bodies.append(body)
        return len(self.bodies)

    def articles(self, articles: Sequence[Objects], pieces: Sequence[Piece], depth: int) -> list[int]:
        """Take in the articles; the first page of each, as it is numbered now."""
        firsts = []
        for one, piece in zip(articles, pieces, strict=True):
            dropped = _apart(one)
            numbers = self._take(one, dropped, {}, piece.name.encode() + b":", b"/S/Art/")
            self._levelled(one, numbers, depth, bool(piece.section))
            firsts.append(numbers[next(one.pages())])
        return firsts

    def _levelled(self, one: Objects, numbers: Mapping[int, int], depth: int, opens: bool) -> None:
        """An article's headings under its title, its title under its section; where it opens one, the first heading is
        the section's."""
        tags = [(old, found) for old, body in sorted(one.bodies.items()) if (found := HEADING.match(body))]
        for old, found in tags:
            level = int(found[1]) + depth if found[1] else depth
            if opens and found[1]:
                level, opens = LEAST, False
            tag = b"<</Type/StructElem/S/H%d" % min(MOST, level)
            body = self.bodies[numbers[old] - 1]
            self.bodies[numbers[old] - 1] = tag + body[found.end() :]

    def front(self, own: Objects, pages: Sequence[int], places: Mapping[int, int]) -> list[int]:
        """Take in the issue's own pages without those that hold places; their numbers now."""
        dropped = _apart(own) | set(places)
        dropped -= {own.number(own.catalog, "Metadata"), own.number(own.catalog, "OutputIntents")}
        dropped |= set(own.bookmarks()) | _unseen(own)
        for page in places:
            dropped |= {own.number(page, "Contents")} - {0}
        intents = (
            own.bodies[own.number(own.catalog, "OutputIntents")]
            if b"/OutputIntents" in own.bodies[own.catalog]
            else b""
        )
        dropped -= {int(one) for one in REFERENCE.findall(intents)}
        numbers = self._take(own, dropped, places, b":", b"/S/Part/")
        self.kids.insert(0, self.kids.pop())
        holder = self.new()
        for page in pages:
            body = self.bodies[numbers[page] - 1]
            self.bodies[numbers[page] - 1] = re.sub(rb"/Parent \d+ 0 R", b"/Parent %d 0 R" % holder, body)
        kids = b" ".join(b"%d 0 R" % numbers[page] for page in pages)
        self.bodies[holder - 1] = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>\n" % (self.tree, len(pages), kids)
        self.kept = {name: numbers.get(own.number(own.catalog, name), 0) for name in ("Metadata", "OutputIntents")}
        return [holder, len(pages), numbers[pages[0]]]

    def _take(
        self, one: Objects, dropped: set[int], places: Mapping[int, int], mark: bytes, kind: bytes
    ) -> dict[int, int]:
        """Take in a file's objects but those dropped, under new numbers; what stands for others is told."""
        numbers = {**places}
        same: set[int] = set()
        for old, body in one.bodies.items():
            if old in dropped:
                continue
            if (
                STREAM in body
                and COLOURS.search(body.partition(STREAM)[0])
                and not REFERENCE.search(body.partition(STREAM)[0])
            ):
                known = self.streams.setdefault(sha256(body).digest(), len(self.bodies) + 1)
                numbers[old] = known
                if known <= len(self.bodies):
                    same.add(old)
                    continue
            numbers[old] = self.new()
        structure = one.number(one.catalog, "StructTreeRoot")
        if not structure:
            raise refused("it has no tags")
        numbers |= {structure: self.tags, one.number(one.catalog, "Outlines"): self.root}
        for old, body in one.bodies.items():
            if old not in dropped and old not in same:
                self.bodies[numbers[old] - 1] = moved(body, numbers, self.next, mark)
        self._tagged(one, structure, numbers, mark, kind)
        self.numbers.append(numbers)
        return numbers

    def _tagged(self, one: Objects, structure: int, numbers: Mapping[int, int], mark: bytes, kind: bytes) -> None:
        """Bring a file's tags, the parents of its marked content and its names under those of the whole."""
        body = one.bodies[structure]
        plain = bare(body)
        tops = re.search(rb"/K\[([^\]]*)\]", plain)
        spoken = re.search(rb"/Lang(\([^()]*\))", one.bodies[one.catalog])
        for found in REFERENCE.findall(tops[1]) if tops else ():
            number = numbers[int(found)]
            said = kind + b"Lang" + spoken[1] + b"/" if spoken else kind
            self.bodies[number - 1] = self.bodies[number - 1].replace(DOCUMENT, said, 1)
            self.kids.append(number)
        roles = re.search(rb"/RoleMap<<(.*?)>>", plain)
        self.roles |= dict(re.findall(rb"/(\w+)/(\w+)", roles[1])) if roles else {}
        parents = NUMBERS.search(plain)
        keys = [(int(key), int(value)) for key, value in PARENT.findall(parents[1])] if parents else []
        self.parents += [(key + self.next, numbers[value]) for key, value in keys if value in numbers]
        self.next += max((key for key, _ in keys), default=-1) + 1
        if b"/IDTree" in plain:
            self.ids += [(mark + name, numbers[at]) for name, at in named(body[body.index(b"/IDTree") :])]
        catalog = one.bodies[one.catalog]
        if b"/Dests" in bare(catalog):
            self.names += [
                (mark + name, numbers[at]) for name, at in named(catalog[catalog.index(b"/Dests") :]) if at in numbers
            ]

    def pages(self, shown: Sequence[int], articles: Sequence[Objects], pieces: Sequence[Piece]) -> None:
        """The tree of pages and their labels: small Roman numerals, then those of the articles."""
        holder, count, first = shown
        box = re.search(rb"/MediaBox\[[^\]]*\]", self.bodies[first - 1])
        kids = [holder]
        labels = [b"0<</S/r>>"]
        for at, one in enumerate(articles):
            if (count + 1 - pieces[at].first) % 2:
                empty = self.new(b"<</Length 0>>\nstream\n\nendstream\n")
                size = box[0] if box else b""
                page = b"<</Type/Page/Resources<<>>%s/Parent %d 0 R/Contents %d 0 R>>\n" % (size, self.tree, empty)
                kids.append(self.new(page))
                count += 1
            labels += [b"%d<</S/D/St %d>>" % (count, pieces[at].first)]
            top = one.number(one.catalog, "Pages")
            number = self.numbers[at][top]
            body = self.bodies[number - 1]
            self.bodies[number - 1] = body.replace(b"<</Type/Pages", b"<</Type/Pages/Parent %d 0 R" % self.tree, 1)
            kids.append(number)
            count += len(list(one.pages()))
        listed = b" ".join(b"%d 0 R" % one for one in kids)
        self.bodies[self.tree - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>\n" % (count, listed)
        self.labels, self.count = labels, count

    def written(self, own: Objects, version: bytes) -> bytes:
        """The PDF, its catalog that of the issue's own pages with what is now another."""
        roles = b"".join(b"/%s/%s" % pair for pair in sorted(self.roles.items()))
        nums = b" ".join(b"%d %d 0 R" % pair for pair in sorted(self.parents))
        ids = b"/IDTree<<%s>>" % tree(self.ids) if self.ids else b""
        self.bodies[self.tags - 1] = (
            b"<</Type/StructTreeRoot/RoleMap<<%s>>/K[%d 0 R]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d%s>>\n"
            % (roles, self.marks, nums, self.next, ids)
        )
        tops = b" ".join(b"%d 0 R" % one for one in self.kids)
        self.bodies[self.marks - 1] = b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>\n" % (self.tags, tops)
        for number in self.kids:
            body = self.bodies[number - 1]
            self.bodies[number - 1] = re.sub(rb"/P \d+ 0 R", b"/P %d 0 R" % self.marks, body, count=1)
        said = own.bodies[own.catalog]
        kept = [found[0] for key in (b"Lang", b"MarkInfo", b"ViewerPreferences") if (found := _value(said, key))]
        kept += [b"/%s %d 0 R" % (name.encode(), number) for name, number in self.kept.items() if number]
        names = b"/Names<</Dests<<%s>>>>" % tree(self.names) if self.names else b""
        self.bodies[self.catalog - 1] = (
            b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/StructTreeRoot %d 0 R/PageLabels<</Nums[%s]>>%s%s>>\n"
            % (self.tree, self.root, self.tags, b" ".join(self.labels), b"".join(kept), names)
        )
        return self._laid_down(version)

    def _laid_down(self, version: bytes) -> bytes:
        """The objects one after the other, their table, and a mark of the whole that its contents decide."""
        mark = sha256(b"".join(self.bodies)).hexdigest()[:32].encode()
        if at := self.kept.get("Metadata", 0):
            self.bodies[at - 1] = metadata(self.bodies[at - 1], self.count, mark)
        out = bytearray(version + b"\n%\x80\x80\x80\x80\n\n")
        places = []
        for number, body in enumerate(self.bodies, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%sendobj\n\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n\r\n" % place for place in places)
        end = (len(places) + 1, self.catalog, mark, mark, start)
        return bytes(out) + b"trailer\n<</Size %d/Root %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF" % end


def _unseen(own: Objects) -> set[int]:
    """The headings in the places of the articles, of which nothing is seen: they are taken out of the tags."""
    found = {number: int(match[1]) for number, body in own.bodies.items() if (match := UNSEEN.match(body))}
    for holder in set(found.values()):
        head, kids, rest = own.bodies[holder].rpartition(b"/K[")
        left = REFERENCE.sub(lambda one: b"" if int(one[1]) in found else one[0], rest)
        own.bodies[holder] = head + kids + left
    return set(found)


def _apart(one: Objects) -> set[int]:
    """What of a file the whole has by itself: catalog, metadata, labels, the roots of outline and tags."""
    catalog = one.catalog
    dropped = {catalog, *(one.number(catalog, key) for key in ("Metadata", "PageLabels", "StructTreeRoot", "Outlines"))}
    intents = one.number(catalog, "OutputIntents")
    dropped |= {intents, *map(int, REFERENCE.findall(one.bodies.get(intents, b"")))}
    labels = one.bodies.get(one.number(catalog, "PageLabels"), b"")
    return (dropped | {one.information, *map(int, REFERENCE.findall(labels))}) - {0}


def _value(catalog: bytes, key: bytes) -> re.Match[bytes] | None:
    return re.search(rb"/" + key + rb"(?:\([^()]*\)|<<[^<>]*>>)", catalog)
