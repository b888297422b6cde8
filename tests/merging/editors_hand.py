"""An editor's hand in a Word document: edits of every kind, tracked as Word tracks them or not, chosen by a seed.

Each edit is made in a paragraph of its own, so that what became of it can be told afterwards.
"""

from __future__ import annotations

import copy
import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WHO = {W + "author": "Ann Lee", W + "date": "2026-03-04T09:30:00Z"}
WORDS = (
    "indeed",
    "robust",
    "careful",
    "R* and_more",
    "costs $5",
    "5–10",
    "so-called “lucid”",
    "a [b] c",
    "x < y",
    "naïve",
)
HEADS = ("Heading1", "Heading2", "Heading3", "Heading4")
PROSE = ("BodyText", "FirstParagraph", "Compact")
GENERATED = (
    "Bibliography",
    "Keywords",
    "AbstractTitle",
    "Author",
    "Affiliation",
    "AuthorNote",
    "TableLabel",
    "SourceCode",
)


class Done(NamedTuple):
    """An edit that was made: its kind, whether it was tracked, and words of the paragraph it was made in."""

    kind: str
    tracked: bool
    words: str


class Hand:
    """The parts of a Word file that are edited; ``done`` grows."""

    def __init__(self, content: bytes, seed: int) -> None:
        """Open the file."""
        with zipfile.ZipFile(BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        for data in self.parts.values():
            for prefix, address in _namespaces(data):
                ET.register_namespace(prefix, address)
        self.root = ET.fromstring(self.parts["word/document.xml"])
        notes = self.parts.get("word/footnotes.xml")
        self.notes = ET.fromstring(notes) if notes else None
        self.random = random.Random(seed)
        self.body = self.root.find(W + "body")
        assert self.body is not None
        self.used: set[int] = set()
        self.done: list[Done] = []
        self.number = 90_000

    def saved(self) -> bytes:
        """The file as it would come back."""
        self.parts["word/document.xml"] = ET.tostring(self.root, "utf-8", xml_declaration=True)
        if self.notes is not None:
            self.parts["word/footnotes.xml"] = ET.tostring(self.notes, "utf-8", xml_declaration=True)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return out.getvalue()

    # -- choosing ------------------------------------------------------------------------------------

    def paragraphs(self, styles: tuple[str, ...], least: int = 4, top: bool = True) -> list[ET.Element]:
        """Paragraphs of some styles that nobody has edited yet and that have enough words in plain runs."""
        assert self.body is not None
        listed = self.body.findall(W + "p") if top else list(self.root.iter(W + "p"))
        return [p for p in listed if id(p) not in self.used and style(p) in styles and len(self.runs(p, least)) > 0]

    def runs(self, paragraph: ET.Element, least: int = 1) -> list[ET.Element]:
        """Runs that are words of the author's: not within a field, not of a style."""
        found, depth = [], 0
        for child in paragraph:
            if child.tag != W + "r":
                continue
            mark = child.find(W + "fldChar")
            if mark is not None:
                depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType", ""), 0)
            text = child.find(W + "t")
            styled = child.find(f"{W}rPr/{W}rStyle") is not None
            if text is not None and not depth and not styled and len((text.text or "").split()) >= least:
                found.append(child)
        return found

    def note(self, kind: str, tracked: bool, paragraph: ET.Element) -> None:
        """Note an edit."""
        self.used.add(id(paragraph))
        self.done.append(Done(kind, tracked, longest(paragraph)[:60]))

    # -- making --------------------------------------------------------------------------------------

    def change(self, tag: str, *content: ET.Element) -> ET.Element:
        """A tracked change round some content."""
        self.number += 1
        element = ET.Element(W + tag, {W + "id": str(self.number), **WHO})
        element.extend(content)
        return element

    def replace(self, paragraph: ET.Element, start: int, end: int, new: str, run: ET.Element, tracked: bool) -> None:
        """Characters [start, end) of a run replaced."""
        text = words_in(run)
        paragraph = next(one for one in paragraph.iter() if run in list(one))  # a link may hold it
        place = list(paragraph).index(run)
        parts: list[ET.Element] = []
        if not tracked:
            set_words(run, text[:start] + new + text[end:])
            return
        if text[:start]:
            parts.append(like(run, text[:start]))
        if end > start:
            parts.append(self.change("del", like(run, text[start:end], "delText")))
        if new:
            parts.append(self.change("ins", like(run, new)))
        if text[end:]:
            parts.append(like(run, text[end:]))
        paragraph.remove(run)
        for step, part in enumerate(parts):
            paragraph.insert(place + step, part)

    def mark(self, paragraph: ET.Element, tag: str) -> None:
        """Track the end of a paragraph as put in or taken out."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            properties = ET.Element(W + "pPr")
            paragraph.insert(0, properties)
        look = properties.find(W + "rPr")
        look = ET.SubElement(properties, W + "rPr") if look is None else look
        look.insert(0, self.change(tag))

    def wrap(self, paragraph: ET.Element, tag: str) -> None:
        """Track everything in a paragraph as put in or taken out."""
        for child in list(paragraph):
            if child.tag in (W + "pPr", W + "bookmarkStart", W + "bookmarkEnd"):
                continue
            place = list(paragraph).index(child)
            paragraph.remove(child)
            if tag in ("del", "moveFrom"):
                for text in child.iter(W + "t"):
                    if tag == "del":
                        text.tag = W + "delText"
            paragraph.insert(place, self.change(tag, child))
        self.mark(paragraph, {"moveFrom": "del", "moveTo": "ins"}.get(tag, tag))


def _namespaces(data: bytes) -> list[tuple[str, str]]:
    if data.lstrip()[:5] != b"<?xml":
        return []
    return [pair for _, pair in ET.iterparse(BytesIO(data), ("start-ns",)) if pair[0] and not pair[0].startswith("ns")]


def style(paragraph: ET.Element) -> str:
    """The identifier of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(W + "val", "") if found is not None else ""


def words_of(paragraph: ET.Element) -> str:
    """What a paragraph shows, all changes accepted."""
    gone = {id(text) for change in paragraph.iter(W + "moveFrom") for text in change.iter(W + "t")}
    return "".join(text.text or "" for text in paragraph.iter(W + "t") if id(text) not in gone)


def longest(paragraph: ET.Element) -> str:
    """The longest stretch of a paragraph's words, changes accepted, that no field parts."""
    gone = {id(one) for change in paragraph.iter(W + "moveFrom") for one in change.iter(W + "t")}
    parts, depth = [""], 0
    for element in paragraph.iter():
        if element.tag == W + "fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(W + "fldCharType", ""), 0)
            parts.append("")
        elif element.tag == W + "t" and not depth and id(element) not in gone:
            parts[-1] += element.text or ""
        elif element.tag in (
            W + "footnoteReference",
            "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
        ):
            parts.append("")
    return max(parts, key=len).strip(" .:")


def words_in(run: ET.Element) -> str:
    """The text of a run."""
    return "".join(text.text or "" for text in run.findall(W + "t"))


def set_words(run: ET.Element, words: str) -> None:
    """Give a run another text."""
    text = run.find(W + "t")
    assert text is not None
    text.text = words
    text.set(SPACE, "preserve")


def like(run: ET.Element, words: str, tag: str = "t") -> ET.Element:
    """A run that looks like another, with other words."""
    made = ET.Element(W + "r")
    look = run.find(W + "rPr")
    if look is not None:
        made.append(copy.deepcopy(look))
    text = ET.SubElement(made, W + tag, {SPACE: "preserve"})
    text.text = words
    return made


def bare(paragraph: ET.Element, words: str, style_name: str = "") -> ET.Element:
    """A new paragraph in the style of another."""
    made = ET.Element(W + "p")
    properties = paragraph.find(W + "pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    if style_name:
        found = made.find(f"{W}pPr/{W}pStyle")
        if found is not None:
            found.set(W + "val", style_name)
    run = ET.SubElement(made, W + "r")
    text = ET.SubElement(run, W + "t", {SPACE: "preserve"})
    text.text = words
    return made


# -- the kinds of edits ------------------------------------------------------------------------------


def _words(hand: Hand, tracked: bool, kind: str, listed: list[ET.Element], how: str) -> bool:
    if not listed:
        return False
    paragraph = hand.random.choice(listed)
    run = hand.random.choice(hand.runs(paragraph))
    text = words_in(run)
    bounds = [at for at in range(len(text)) if text[at].isalpha() and (at == 0 or text[at - 1] == " ")]
    if not bounds:
        return False
    start = hand.random.choice(bounds)
    end = min(text.find(" ", start) if " " in text[start:] else len(text), len(text))
    new = hand.random.choice(WORDS)
    if how == "insert":
        hand.replace(paragraph, start, start, new + " ", run, tracked)
    elif how == "delete":
        more = text.find(" ", end + 1)
        end = more if more > 0 and hand.random.random() < 0.5 else end
        hand.replace(paragraph, start, min(end + 1, len(text)), "", run, tracked)
    else:
        hand.replace(paragraph, start, end, new, run, tracked)
    hand.note(kind, tracked, paragraph)
    return True


def _in(
    styles: tuple[str, ...], kind: str, how: str = "replace", top: bool = True, least: int = 4
) -> Callable[[Hand, bool], bool]:
    return lambda hand, tracked: _words(hand, tracked, kind, hand.paragraphs(styles, least, top), how)


def _cell(hand: Hand, tracked: bool) -> bool:
    cells = [p for cell in hand.root.iter(W + "tc") for p in cell.findall(W + "p")]
    listed = [
        p for p in cells if id(p) not in hand.used and hand.runs(p) and not style(p).startswith(("Panel", "Equation"))
    ]
    return _words(hand, tracked, "cell", [p for p in listed if any(c.isalpha() for c in words_of(p))], "replace")


def _footnote(hand: Hand, tracked: bool) -> bool:
    listed = (
        [p for p in hand.notes.iter(W + "p") if id(p) not in hand.used and hand.runs(p, 3)]
        if hand.notes is not None
        else []
    )
    return _words(hand, tracked, "footnote", listed, "replace")


def _new(hand: Hand, tracked: bool) -> bool:
    listed = hand.paragraphs(PROSE)
    if not listed or hand.body is None:
        return False
    before = hand.random.choice(listed)
    made = bare(before, f"A new paragraph number {len(hand.done)}, on what {hand.random.choice(WORDS)} means.")
    if tracked:
        hand.wrap(made, "ins")
    hand.body.insert(list(hand.body).index(before) + 1, made)
    hand.used.add(id(before))
    hand.note("new paragraph", tracked, made)
    return True


def _heading_new(hand: Hand, tracked: bool) -> bool:
    listed = hand.paragraphs(PROSE)
    if not listed or hand.body is None:
        return False
    after = hand.random.choice(listed)
    made = bare(after, f"A New Heading {len(hand.done)}", "Heading2")
    if tracked:
        hand.wrap(made, "ins")
    hand.body.insert(list(hand.body).index(after), made)
    hand.used.add(id(after))
    hand.note("new heading", tracked, made)
    return True


def _gone(hand: Hand, tracked: bool) -> bool:
    listed = [p for p in hand.paragraphs(PROSE) if p.find(f".//{W}drawing") is None]
    if not listed or hand.body is None:
        return False
    paragraph = hand.random.choice(listed)
    hand.note("paragraph out", tracked, paragraph)
    if tracked:
        hand.wrap(paragraph, "del")
    else:
        hand.body.remove(paragraph)
    return True


def _moved(hand: Hand, tracked: bool) -> bool:
    listed = hand.paragraphs(PROSE)
    if len(listed) < 3 or hand.body is None:
        return False
    paragraph, target = hand.random.sample(listed, 2)
    made = copy.deepcopy(paragraph)
    for child in list(made):
        if child.tag in (W + "bookmarkStart", W + "bookmarkEnd") and tracked:
            made.remove(child)
    hand.note("moved paragraph", tracked, paragraph)
    if tracked:
        hand.wrap(paragraph, "moveFrom")
        hand.wrap(made, "moveTo")
    else:
        hand.body.remove(paragraph)
    hand.body.insert(list(hand.body).index(target) + 1, made)
    hand.used |= {id(target), id(made)}
    return True


def _item(hand: Hand, tracked: bool) -> bool:
    assert hand.body is not None
    listed = [
        p for p in hand.body.findall(W + "p") if id(p) not in hand.used and p.find(f"{W}pPr/{W}numPr") is not None
    ]
    listed = [p for p in listed if hand.runs(p, 2)]
    if not listed:
        return False
    before = hand.random.choice(listed)
    made = bare(before, f"A new item of the list, {hand.random.choice(WORDS)}")
    if tracked:
        hand.wrap(made, "ins")
    hand.body.insert(list(hand.body).index(before) + 1, made)
    hand.used.add(id(before))
    hand.note("list item", tracked, made)
    return True


def _split(hand: Hand, tracked: bool) -> bool:
    listed = hand.paragraphs(PROSE, 12)
    if not listed or hand.body is None:
        return False
    paragraph = hand.random.choice(listed)
    run = hand.random.choice(hand.runs(paragraph, 12))
    text = words_in(run)
    middle = text.find(" ", len(text) // 2) + 1
    if middle <= 0:
        return False
    place = list(paragraph).index(run)
    second = ET.Element(W + "p")
    properties = paragraph.find(W + "pPr")
    if properties is not None:
        second.append(copy.deepcopy(properties))
    second.append(like(run, text[middle:]))
    for child in list(paragraph)[place + 1 :]:
        paragraph.remove(child)
        second.append(child)
    set_words(run, text[:middle])
    if tracked:
        hand.mark(paragraph, "ins")
    hand.body.insert(list(hand.body).index(paragraph) + 1, second)
    hand.used.add(id(second))
    hand.note("paragraph parted", tracked, paragraph)
    return True


def _joined(hand: Hand, tracked: bool) -> bool:
    if hand.body is None:
        return False
    children = list(hand.body)
    free = {id(p) for p in hand.paragraphs(PROSE)}
    pairs = [(one, two) for one, two in pairwise(children) if {id(one), id(two)} <= free]
    if not pairs:
        return False
    one, two = hand.random.choice(pairs)
    if tracked:
        hand.mark(one, "del")
    else:
        for child in list(two):
            if child.tag != W + "pPr":
                one.append(child)
        hand.body.remove(two)
    hand.used.add(id(two))
    hand.note("paragraphs joined", tracked, one)
    return True


def _cite_words(hand: Hand, tracked: bool) -> bool:
    del tracked
    for paragraph in hand.random.sample(list(hand.root.iter(W + "p")), len(list(hand.root.iter(W + "p")))):
        code = next((c for c in paragraph.iter(W + "instrText") if "GALLEY.CITE" in (c.text or "")), None)
        if code is None or id(paragraph) in hand.used:
            continue
        seen = False
        for element in paragraph.iter():
            seen = seen or element is code
            if seen and element.tag == W + "t" and any(char.isdigit() for char in element.text or ""):
                element.text = (element.text or "").replace("0", "9", 1).replace("1", "7", 1)
                hand.note("within a citation", False, paragraph)
                return True
    return False


def _cite_out(hand: Hand, tracked: bool) -> bool:
    for paragraph in hand.paragraphs(PROSE, 1):
        children = list(paragraph)
        at = next(
            (
                n
                for n, c in enumerate(children)
                if any("GALLEY.CITE" in (i.text or "") for i in c.iter(W + "instrText"))
            ),
            -1,
        )
        if at < 1:
            continue
        end = next(
            n
            for n in range(at, len(children))
            if any(f.get(W + "fldCharType") == "end" for f in children[n].iter(W + "fldChar"))
        )
        held = children[at - 1 : end + 1]
        for child in held:
            paragraph.remove(child)
        if tracked:
            for child in held:
                for text in child.iter(W + "t"):
                    text.tag = W + "delText"
                for text in child.iter(W + "instrText"):
                    text.tag = W + "delInstrText"
            paragraph.insert(at - 1, hand.change("del", *held))
        hand.note("citation out", tracked, paragraph)
        return True
    return False


def _italic(hand: Hand, tracked: bool) -> bool:
    listed = hand.paragraphs(PROSE, 6)
    if not listed:
        return False
    paragraph = hand.random.choice(listed)
    run = hand.random.choice(hand.runs(paragraph, 6))
    text = words_in(run)
    start = text.find(" ") + 1
    end = text.find(" ", start)
    made = like(run, text[start:end])
    look = made.find(W + "rPr")
    if look is None:
        look = ET.Element(W + "rPr")
        made.insert(0, look)
    old = copy.deepcopy(look)
    look.insert(0, ET.Element(W + "i"))
    if tracked:
        note = hand.change("rPrChange", old)
        look.append(note)
    place = list(paragraph).index(run)
    paragraph.remove(run)
    for step, part in enumerate((like(run, text[:start]), made, like(run, text[end:]))):
        paragraph.insert(place + step, part)
    hand.note("format", tracked, paragraph)
    return True


def _remark(hand: Hand, tracked: bool) -> bool:
    del tracked
    listed = hand.paragraphs(PROSE, 6)
    comments = hand.parts.get("word/comments.xml", b"")
    if not listed or b"</w:comments>" not in comments.replace(b"/>", b"></w:comments>"):
        return False
    paragraph = hand.random.choice(listed)
    run = hand.random.choice(hand.runs(paragraph, 6))
    hand.number += 1
    root = ET.fromstring(comments)
    one = ET.SubElement(root, W + "comment", {W + "id": str(hand.number), **WHO})
    run_in = ET.SubElement(ET.SubElement(one, W + "p"), W + "r")
    ET.SubElement(run_in, W + "t").text = f"Is this remark {len(hand.done)} kept: yes?"
    hand.parts["word/comments.xml"] = ET.tostring(root, "utf-8", xml_declaration=True)
    place = list(paragraph).index(run)
    said = {W + "id": str(hand.number)}
    call = ET.Element(W + "r")
    ET.SubElement(call, W + "commentReference", said)
    paragraph.insert(place, ET.Element(W + "commentRangeStart", said))
    paragraph.insert(place + 2, ET.Element(W + "commentRangeEnd", said))
    paragraph.insert(place + 3, call)
    hand.note("comment", False, paragraph)
    return True


KINDS: dict[str, Callable[[Hand, bool], bool]] = {
    "word": _in(PROSE, "word"),
    "insertion": _in(PROSE, "insertion", "insert"),
    "deletion": _in(PROSE, "deletion", "delete"),
    "heading": _in(HEADS, "heading", least=1),
    "caption": _in(("ImageCaption", "TableCaption"), "caption", top=False, least=3),
    "title": _in(("Title",), "title"),
    "abstract": _in(("Abstract",), "abstract"),
    "cell": _cell,
    "footnote": _footnote,
    "new paragraph": _new,
    "new heading": _heading_new,
    "paragraph out": _gone,
    "moved paragraph": _moved,
    "list item": _item,
    "paragraph parted": _split,
    "paragraphs joined": _joined,
    "within a citation": _cite_words,
    "citation out": _cite_out,
    "format": _italic,
    "comment": _remark,
}


def edited(content: bytes, seed: int, each: int = 1, kinds: tuple[str, ...] = tuple(KINDS)) -> tuple[bytes, list[Done]]:
    """A Word document edited: of each kind some edits tracked and as many not, as far as it has room for them."""
    hand = Hand(content, seed)
    for _ in range(each):
        for tracked in (True, False):
            for kind in kinds:
                KINDS[kind](hand, tracked)
    return hand.saved(), hand.done
