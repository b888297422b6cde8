"""The kinds of edits that an editor's hand makes in a Word document, and all of them in one file."""

from __future__ import annotations

import copy
from collections.abc import Callable
from xml.etree import ElementTree as ET

from editors_hand import HEADS, PROSE, WHO, WORDS, Done, Hand, W, like, style, words_in, words_of
from editors_paragraphs import (
    list_item,
    moved_paragraph,
    new_heading,
    new_paragraph,
    paragraph_out,
    paragraph_parted,
    paragraphs_joined,
)


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
    "new paragraph": new_paragraph,
    "new heading": new_heading,
    "paragraph out": paragraph_out,
    "moved paragraph": moved_paragraph,
    "list item": list_item,
    "paragraph parted": paragraph_parted,
    "paragraphs joined": paragraphs_joined,
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
