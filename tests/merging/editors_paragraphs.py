"""What an editor does to whole paragraphs: new ones, gone ones, moved, parted and joined."""

from __future__ import annotations

import copy
from itertools import pairwise
from xml.etree import ElementTree as ET

from editors_hand import PROSE, WORDS, Hand, W, bare, like, set_words, words_in


def new_paragraph(hand: Hand, tracked: bool) -> bool:
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


def new_heading(hand: Hand, tracked: bool) -> bool:
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


def paragraph_out(hand: Hand, tracked: bool) -> bool:
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


def moved_paragraph(hand: Hand, tracked: bool) -> bool:
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


def list_item(hand: Hand, tracked: bool) -> bool:
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


def paragraph_parted(hand: Hand, tracked: bool) -> bool:
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


def paragraphs_joined(hand: Hand, tracked: bool) -> bool:
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
