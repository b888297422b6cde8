"""Tracked changes of a Word part settled in its tree, and the codes of fields taken out, their results left."""

from __future__ import annotations

from collections.abc import Collection
from xml.etree.ElementTree import Element

from galley.reading.word import tags
from galley.reading.word.tags import INSTR, RPR, T, W

INSERTED, DELETED = frozenset({tags.INS, tags.MOVED_TO}), frozenset({tags.DEL, tags.MOVED_FROM})
FORMATS = frozenset(
    W + name
    for name in ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange")
)
CODES = frozenset({tags.FLDCHAR, tags.INSTR, tags.DELINSTR})


def settled(root: Element, track: str, put: Collection[Element]) -> None:
    """Settle a part: "accept" and "reject" do what they say, "keep" leaves the changes where they are.

    ``put`` are runs that were put in: a link made by a field gives way to them, all other links stay.
    """
    _without_codes(root, frozenset(put))
    if track == "keep":
        return
    taken, kept = (DELETED, INSERTED) if track == "accept" else (INSERTED, DELETED)
    _settle(root, taken, kept, track == "reject", put)
    if track == "reject":
        for one in root.iter():
            if one.tag == tags.DELTEXT:
                one.tag = T
            elif one.tag == tags.DELINSTR:
                one.tag = INSTR


def _settle(parent: Element, taken: frozenset[str], kept: frozenset[str], old: bool, put: Collection[Element]) -> None:
    """Take elements out, open others, below an element; formatting is set back where ``old``."""
    waiting = [parent]
    while waiting:
        here = waiting.pop()
        if here.tag == RPR and old:
            before = here.find(f"{W}rPrChange/{RPR}")
            if before is not None:
                here[:] = list(before)
        ends = here.tag == RPR and any(one.tag in taken for one in here)
        children: list[Element] = []
        for child in list(here):
            if child.tag in FORMATS:
                continue
            if here.tag in (RPR, W + "trPr"):
                if child.tag in (tags.INS, tags.DEL):
                    continue  # of a paragraph's end or of a row: seen to below
                children.append(child)
            elif child.tag in taken:
                children += [one for one in child.iter() if one in put]
            elif child.tag in kept:
                children += list(_opened(child, taken, kept, put))
            elif child.tag == tags.TR and _gone(child, taken):
                continue
            else:
                children.append(child)
        if ends:  # the paragraph runs on into the next, which Pandoc sees to
            children.insert(0, Element(tags.DEL, {W + "id": "0", W + "author": "", W + "date": "2000-01-01T00:00:00Z"}))
        here[:] = children
        waiting.extend(child for child in children if child.tag not in (tags.DEL, tags.INS) or here.tag != RPR)


def _opened(element: Element, taken: frozenset[str], kept: frozenset[str], put: Collection[Element]) -> list[Element]:
    """What is in a change that stays, changes within it settled too."""
    found: list[Element] = []
    waiting = list(reversed(element))
    while waiting:
        one = waiting.pop()
        if one.tag in taken:
            found += [run for run in one.iter() if run in put]
        elif one.tag in kept:
            waiting.extend(reversed(one))
        else:
            found.append(one)
    return found


def _gone(row: Element, taken: frozenset[str]) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and any(one.tag in taken for one in properties)


def _without_codes(root: Element, put: frozenset[Element]) -> None:
    """Take the codes of fields out, save those of links whose words are still their own."""
    stack: list[tuple[list[Element], list[str], bool]] = []
    doomed: set[Element] = set()
    for one in root.iter():
        if one.tag == tags.FLDCHAR:
            kind = one.get(W + "fldCharType")
            if kind == "begin":
                stack.append(([one], [], False))
            elif stack:
                stack[-1][0].append(one)
                if kind == "end":
                    marks, codes, _ = stack.pop()
                    touched = _touched(marks, put)
                    if touched or not "".join(codes).strip().upper().startswith("HYPERLINK"):
                        doomed.update(marks)
            else:
                doomed.add(one)
        elif one.tag in (tags.INSTR, tags.DELINSTR):
            if stack:
                stack[-1][0].append(one)
                stack[-1][1].append(one.text or "")
            else:
                doomed.add(one)
        elif one in put:
            for marks, _, _ in stack:
                marks.append(one)
    for marks, _, _ in stack:
        doomed.update(marks)
    _take_out(root, doomed - put)


def _touched(marks: list[Element], put: frozenset[Element]) -> bool:
    return any(one in put for one in marks)


def _take_out(root: Element, doomed: set[Element]) -> None:
    waiting = [root]
    while waiting:
        here = waiting.pop()
        children: list[Element] = []
        for child in here:
            if child in doomed:
                continue
            children += list(child) if child.tag == tags.SIMPLE and not _links(child) else [child]
        if len(children) != len(here) or any(a is not b for a, b in zip(children, here, strict=True)):
            here[:] = children
        waiting.extend(children)


def _links(simple: Element) -> bool:
    return simple.get(W + "instr", "").strip().upper().startswith("HYPERLINK")
