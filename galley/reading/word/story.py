"""A walk over the paragraphs of a Word part (the body, the notes): its pieces of text, fields, remarks and changes.

Every piece of text keeps the elements it came from, so that a place in a paragraph leads back into the XML.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from galley.reading.word import tags
from galley.reading.word.fieldcodes import Done, Fields, Place
from galley.reading.word.package import Relation
from galley.reading.word.pieces import (
    LETTERS,
    MATHS_LETTERS,
    PLAIN,
    TRACKS,
    Around,
    Draft,
    Piece,
    symbol_of,
    unclosed,
    words_in,
)
from galley.reading.word.styles import Face, Styles, face
from galley.reading.word.tags import ID, PPR, RPR, RUN, P, W, value
from galley.report import fault
from galley.typescript import Comment

DEPTH = 150
"""How deep elements may be nested; in a table in a box in a table in a change they are about 30 deep."""
CHANGES = {tags.INS: "ins", tags.MOVED_TO: "ins", tags.DEL: "del", tags.MOVED_FROM: "del"}
LONG = 2000
"""Characters of one change that are told."""
SIGNS = {tags.TAB: "\t", tags.PTAB: "\t", tags.CR: "\n", tags.SOFT: "\u00ad", tags.NOBREAK: "\u2011"}


class Story:
    """The paragraphs of a file, part after part; ``drafts`` in order, numbered from 0."""

    def __init__(self, styles: Styles, track: str, name: str) -> None:
        """Begin with nothing read; ``name`` is the file's."""
        self.styles = styles
        self.name = name
        self.track = TRACKS[track]
        self.drafts: list[Draft] = []
        self.fields = Fields()
        self.comments: list[Comment] = []
        self.ranges: dict[str, tuple[Place, Place]] = {}
        self.notes: list[tuple[str, str]] = []
        self._open_ranges: dict[str, Place] = {}
        self._bookmarks: dict[str, tuple[str, Place]] = {}
        self._inside: list[Draft] = []
        self._relations: dict[str, Relation] = {}
        self._faces: dict[tuple[str, str, Face], Face] = {}
        self._part, self._note = "body", ""
        self._unclosed: frozenset[int] = frozenset()

    def read(self, root: Element, part: str, relations: dict[str, Relation], note: str = "") -> None:
        """Read the paragraphs below an element as those of a part: "body", "footnote", "endnote"."""
        self._part, self._note, self._relations = part, note, relations
        self._unclosed = unclosed(root)
        self._within(root, Around())
        self.fields.finish(self._here())

    def _here(self) -> Place:
        if self._inside:
            return Place(self._inside[-1].number, self._inside[-1].length)
        return Place(len(self.drafts), 0)

    # -- elements ------------------------------------------------------------------------------------

    def _within(self, parent: Element, around: Around) -> None:
        if around.depth > DEPTH:
            raise fault("not-word", self.name, f"its elements are nested more than {DEPTH} deep")
        around = around._replace(depth=around.depth + 1)
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run(child, around)
            elif tag == P:
                self._paragraph(child, around)
            elif tag in QUIET:
                continue
            elif tag in CHANGES:
                self._change(child, CHANGES[tag], around)
            elif tag in HANDLED:
                HANDLED[tag](self, child, around)
            else:
                self._within(child, around)

    def _paragraph(self, element: Element, around: Around) -> None:
        box = bool(self._inside)
        part = "box" if box and self._part == "body" else self._part
        draft = Draft(len(self.drafts), element, part, self._note)
        properties = element.find(PPR)
        draft.style = value(properties, "pStyle") or self.styles.usual
        draft.outline = value(properties, "outlineLvl")
        self.drafts.append(draft)
        self._inside.append(draft)
        self._within(element, Around(depth=around.depth) if box else around)
        self._inside.pop()

    def _cell(self, element: Element, around: Around) -> None:
        before, self._part = self._part, "cell" if self._part == "body" else self._part
        inside, self._inside = self._inside, []
        self._within(element, around)
        self._part, self._inside = before, inside

    def _alternate(self, element: Element, around: Around) -> None:
        branch = element.find(tags.CHOICE)
        branch = element.find(tags.FALLBACK) if branch is None else branch
        if branch is not None:
            self._within(branch, around)

    def _change(self, element: Element, kind: str, around: Around) -> None:
        if not self._inside:
            self._within(element, around)
            return
        start, first = self._here(), len(self._inside[-1].pieces)
        change = "del" if "del" in (kind, around.change) else kind
        self._within(element, around._replace(change=change))
        shown = change in self.track.shown
        words = "".join(piece.text for piece in self._inside[-1].pieces[first:]) if shown else words_in(element)
        if words:
            end, author = self._here().offset, element.get(W + "author", "")
            self._remark(Comment(kind, start.paragraph, start.offset, end, words[:LONG], author))

    def _remark(self, remark: Comment) -> None:
        """Changes by one hand that touch one another are one change, though Word notes them run by run."""
        last = self.comments[-1] if self.comments else None
        if last and last[:2] == remark[:2] and last.author == remark.author and last.end == remark.start:
            self.comments[-1] = last._replace(end=remark.end, text=(last.text + remark.text)[:LONG])
        else:
            self.comments.append(remark)

    def _link(self, element: Element, around: Around) -> None:
        relation = self._relations.get(element.get(tags.R + "id", ""))
        anchor = element.get(W + "anchor", "")
        link = (relation.target if relation else "") + (f"#{anchor}" if anchor else "")
        self._within(element, around._replace(link=link or around.link))

    def _simple(self, element: Element, around: Around) -> None:
        self.fields.begin(self._here(), self._gone(around))
        self.fields.code(element.get(W + "instr", ""), False)
        self.fields.data("".join(data.text or "" for data in element.findall(tags.FLDDATA)))
        self.fields.separate(self._here())
        self._within(element, around)
        self.fields.end(self._here())

    def _control(self, element: Element, around: Around) -> None:
        content, properties = element.find(tags.SDT_CONTENT), element.find(tags.SDT_PR)
        start = self._here()
        if content is not None:
            self._within(content, around)
        tag = value(properties, "tag")
        if tag:
            self.fields.done.append(Done(tag, (), start, self._here(), self._gone(around), "control"))

    def _range(self, element: Element, _: Around) -> None:
        name, here = element.get(ID, ""), self._here()
        if element.tag == W + "commentRangeStart":
            self._open_ranges[name] = here
        elif element.tag == W + "commentRangeEnd":
            self.ranges[name] = (self._open_ranges.get(name, here), here)
        elif element.tag == W + "bookmarkStart":
            self._bookmarks[name] = (element.get(W + "name", ""), here)
        elif name in self._bookmarks:
            title, start = self._bookmarks.pop(name)
            if title.startswith("ZOTERO_"):
                self.fields.done.append(Done(title, (), start, here, False, "bookmark"))

    def _maths(self, element: Element, around: Around) -> None:
        text = "".join(part.text or "" for part in element.iter() if part.tag in MATHS_LETTERS)
        if text and self._inside and not self._gone(around):
            self._inside[-1].pieces.append(Piece("", PLAIN, around.change, "", None, element, text))

    def _gone(self, around: Around) -> bool:
        return around.change not in self.track.shown

    # -- runs ----------------------------------------------------------------------------------------

    def _run(self, run: Element, around: Around) -> None:
        look: Face | None = None
        for child in run:
            tag = child.tag
            if tag == RPR:
                continue
            if tag in LETTERS:
                text = child.text or ""
            elif tag in SIGNS:
                text = SIGNS[tag]
            elif tag == tags.BR:
                text = "\n" if child.get(W + "type", "textWrapping") == "textWrapping" else ""
            elif tag == tags.SYM:
                text = symbol_of(child)
            else:
                self._special(child, around)
                continue
            if text:
                look = self._look(run) if look is None else look
                self._put(text, look, around, run, child)

    def _special(self, child: Element, around: Around) -> None:
        tag = child.tag
        if tag == tags.FLDCHAR:
            self._field_mark(child, around)
        elif tag == tags.INSTR or tag == tags.DELINSTR:
            self.fields.code(child.text or "", tag == tags.DELINSTR)
        elif tag == tags.FOOT or tag == tags.END:
            if not self._gone(around):
                self.notes.append(("footnote" if tag == tags.FOOT else "endnote", child.get(ID, "")))
        elif tag == W + "commentReference":
            self.ranges.setdefault(child.get(ID, ""), (self._here(), self._here()))
        elif tag == tags.ALTERNATE:
            self._alternate(child, around)
        elif len(child) and tag not in QUIET:
            self._within(child, around)

    def _field_mark(self, child: Element, around: Around) -> None:
        kind = child.get(W + "fldCharType", "")
        if id(child) in self._unclosed:
            return
        if kind == "begin":
            self.fields.begin(self._here(), self._gone(around))
        elif kind == "separate":
            self.fields.separate(self._here())
        elif kind == "end":
            self.fields.end(self._here())
        for data in child.findall(tags.FLDDATA):
            self.fields.data(data.text or "")

    def _look(self, run: Element) -> Face:
        properties = run.find(RPR)
        if properties is not None and self.track.old:
            before = properties.find(f"{W}rPrChange/{RPR}")
            properties = properties if before is None else before
        style = self._inside[-1].style if self._inside else ""
        key = (style, value(properties, "rStyle"), face(properties))
        if key not in self._faces:
            self._faces[key] = self.styles.settled(*key)
        return self._faces[key]

    def _put(self, text: str, look: Face, around: Around, run: Element | None, child: Element) -> None:
        if not self._inside or self.fields.in_code(text) or look.hidden or self._gone(around):
            return
        draft = self._inside[-1]
        draft.pieces.append(Piece(text, look, around.change, self.fields.link or around.link, run, child))
        draft.length += len(text)


QUIET = frozenset(
    {PPR, RPR, tags.SDT_PR, W + "tblPr", W + "tblGrid", W + "trPr", W + "tcPr", W + "sectPr", W + "proofErr", W + "rt"}
)
"""Elements that hold nothing to read: properties, and the small reading signs over Chinese and Japanese."""
HANDLED = {
    tags.LINK: Story._link,
    tags.SIMPLE: Story._simple,
    tags.SDT: Story._control,
    tags.ALTERNATE: Story._alternate,
    tags.TC: Story._cell,
    tags.MATHS: Story._maths,
    **{W + name: Story._range for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd")},
}
