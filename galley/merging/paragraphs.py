"""Paragraphs put in, taken out, joined -> changes of the source."""

from __future__ import annotations

import re

from galley.merging.desk import NOWHERE, Change, Desk
from galley.merging.edits import Added, Edit, Removed
from galley.merging.flat import THING, WALL, identity
from galley.merging.stretches import balanced, block, closing, widened
from galley.merging.wording import replace
from galley.merging.writing import paragraph
from galley.patterns import pattern
from galley.returned import Hand
from galley.suggestions import written

NEXT = pattern(r"[ \t]*(?:[-+*]|\(?(?:\d+|[a-zA-Z]|[ivxlc]+|#)[.)])[ \t]")
WITHIN = pattern(r"[ \t]+\S|[-+*>|:][ \t]|\(?(?:\d+|[a-zA-Z]|#)[.)][ \t]|:::|\[\^|[|+<]|-{3}")
"""What begins a block in which, or beside which, no paragraph of the text stands."""
ENDING = pattern(r"\\label\{[^{}]*\}|\{[^{}\n]*\}|\]\([^()\n]*\)|<!--.*?-->|&\w+;|\[\^[^\]\n]*\]")
"""What may stand behind the last word of a paragraph and belongs to it."""
NEAR = 12
"""How many paragraphs that do not come from the manuscript may stand between two that do."""
CLOSED = ":::\n"
"""The line that ends a division."""
MARKER = pattern(r"(?:^|\n)([ \t]*)((?:[-+*]|\(?(?:\d+|[a-zA-Z]|[ivxlc]+|#)[.)])[ \t]+)[^\n]*\Z")


def remove(desk: Desk, one: Removed) -> None:
    """A paragraph taken out: a division round it, or, of a list, its item between signs."""
    words = desk.now.words(one.number)
    place = _alone(desk, one.number)
    author, date = one.hand.author, one.hand.date[:10]
    if place and desk.texts[place[0]].startswith("\n", place[2]):
        file, start, end = place
        at = desk.now.starts[one.number]
        desk.put(Change(file, start, start, _fence("deletion", one.hand), words, one.hand, at, order=5))
        desk.put(Change(file, end + 1, end + 1, CLOSED, words, one.hand, at, order=0))
        return
    extent = _extent(desk, one.number)
    if not extent:
        desk.lose(words, one.hand, NOWHERE, desk.now.starts[one.number])
        return
    file, first, last = extent
    text = desk.texts[file]
    listed = desk.now.blocks[one.number].kind == "list" and MARKER.search(text[:first])
    item = _item(text, first, closing(text, last)) if listed else None
    first, last = item or widened(text, first, closing(text, last))
    change = written(text[first:last], "", author, date)
    if balanced(text[first:last]) and (item or not listed):
        desk.put(Change(file, first, last, change, words, one.hand, desk.now.starts[one.number]))
    else:
        start, end = desk.now.bounds(one.number)
        replace(desk, Edit(start, end, (), one.hand), "", words)


def _item(text: str, first: int, end: int) -> tuple[int, int] | None:
    """The lines of a list's item with the end of the line before or behind it; None where other items hang on it."""
    line = text.rfind("\n", 0, first) + 1
    follower = text[end + 1 : (text + "\n").find("\n", end + 1)]
    indent = len(text[line:first]) - len(text[line:first].lstrip())
    hangs = NEXT.match(follower) and len(follower) - len(follower.lstrip()) > indent
    if text[end : end + 1] not in ("\n", "") or hangs or not line:
        return None
    if text[line - 2 : line] == "\n\n":  # the list would else lose the empty line before it
        return (line, end + 1) if follower.strip() else (line, end)
    return line - 1, end


def join(desk: Desk, one: Removed) -> None:
    """The end of a paragraph taken out: the empty line between it and the next."""
    here, there = (
        _alone(desk, one.number),
        _alone(desk, one.number + 1) if one.number + 1 < len(desk.now.blocks) else None,
    )
    words = desk.now.words(one.number)[-40:]
    ours = _extent(desk, one.number)
    start = closing(desk.texts[ours[0]], ours[2]) if ours else 0
    end = there[1] if there else 0
    items = _item_after(desk, one.number) if ours and not there else 0
    file = ours[0] if ours else 0
    text = desk.texts[file][start : items or end]
    if (items or (here and there and here[0] == there[0] and not text.strip())) and text:
        change = written(text, "", one.hand.author, one.hand.date[:10])
        at = desk.now.bounds(one.number)[1]
        desk.put(Change(file, start, items or end, change, words, one.hand, at))
        return
    desk.lose(words, one.hand, "two paragraphs were joined that cannot be", desk.now.bounds(one.number)[1])


def _item_after(desk: Desk, number: int) -> int:
    """Where the words of the next item of a list begin, if nothing but its sign parts them from those of this one."""
    blocks = desk.now.blocks
    if number + 1 >= len(blocks) or blocks[number].kind != "list" or blocks[number + 1].kind != "list":
        return 0
    ours, its = _extent(desk, number), _extent(desk, number + 1)
    if not ours or not its or ours[0] != its[0]:
        return 0
    end = closing(desk.texts[ours[0]], ours[2])
    found = NEXT.fullmatch(desk.texts[ours[0]][end : its[1]].lstrip("\n"))
    return its[1] if found else 0


def separator(desk: Desk, number: int) -> str | None:
    """What parts a paragraph in two; None where nothing can."""
    extent = _extent(desk, number)
    if not extent or desk.now.chars[desk.now.bounds(number)[1]] == WALL:
        return None
    file, first, _ = extent
    if desk.now.blocks[number].kind == "list" and (found := MARKER.search(desk.texts[file][:first])):
        return "\n" + found[1] + found[2]
    return "\n\n" if _alone(desk, number, before=False, behind=False) else None


def add(desk: Desk, one: Added, order: int) -> None:
    """A new paragraph: a division before the next one, or signs behind the one before it."""
    said = "".join(piece.text for piece in one.pieces)
    at = desk.now.starts[one.after] if one.after >= 0 else 0
    verbatim = _same(desk, one)
    done = paragraph(one.block, one.pieces, desk.known, _marker(desk, one.after))
    new = verbatim or done.text
    for left in () if verbatim else done.left:
        desk.lose(left, one.hand, "what is no text cannot be written into the manuscript", at)
    after = _alone(desk, one.after + 1, behind=False) if one.after + 1 < len(desk.now.blocks) else None
    before = _alone(desk, one.after, before=False) if one.after >= 0 else None
    listed = one.block.kind == "list" and one.after >= 0 and desk.now.blocks[one.after].kind == "list"
    if listed and (extent := _extent(desk, one.after)):
        file, end = extent[0], closing(desk.texts[extent[0]], extent[2])
        text = written("", "\n" + new, one.hand.author, one.hand.date[:10])
        desk.put(Change(file, end, end, text, said, one.hand, at, order))
    elif before and desk.texts[before[0]].startswith("\n\n", before[2]):
        file, end = before[0], before[2] + 2
        desk.put(Change(file, end, end, division(new, one.hand), said, one.hand, at, order - 1000))
    elif after:
        desk.put(Change(after[0], after[1], after[1], division(new, one.hand), said, one.hand, at, order - 1000))
    elif before:
        text = written("", "\n\n" + new, one.hand.author, one.hand.date[:10])
        desk.put(Change(before[0], before[2], before[2], text, said, one.hand, at, order))
    else:
        desk.lose(said, one.hand, "there is no paragraph of the text beside it", at)


def _marker(desk: Desk, after: int) -> str:
    """What the items of a list begin with that the new one is to join."""
    extent = _extent(desk, after) if after >= 0 else None
    found = MARKER.search(desk.texts[extent[0]][: extent[1]]) if extent else None
    return found[2] if found else "- "


def _same(desk: Desk, one: Added) -> str:
    """The source of a paragraph that says the same: what moved is taken over as it is written."""
    chars = "".join(THING if piece.kind != "text" else piece.text for piece in one.pieces)
    things = tuple(identity(piece) for piece in one.pieces if piece.kind != "text")
    for number in range(len(desk.now.blocks)):
        key = desk.now.key(number)
        if key[1] == things and str(key[0])[:-1] == chars.replace("\u00a0", " ") and (place := _alone(desk, number)):
            return desk.texts[place[0]][place[1] : place[2]]
    return ""


def _extent(desk: Desk, number: int) -> tuple[int, int, int] | None:
    """The file of a paragraph, and where its first and last characters stand."""
    start, end = desk.now.bounds(number)
    places = [at for at in range(start, end) if desk.placed.file[at] >= 0]
    if not places:
        return None
    file = desk.placed.file[places[0]]
    return file, desk.placed.start[places[0]], desk.placed.end[places[-1]]


def _alone(desk: Desk, number: int, *, before: bool = True, behind: bool = True) -> tuple[int, int, int] | None:
    """The block of the source that a paragraph is: no other stands ``before`` or ``behind`` it in that, no list, table
    or quotation is round it.
    """
    extent = _extent(desk, number)
    if not extent or extent[1] < desk.heads[extent[0]]:
        return None
    file, first, last = extent
    start, end = block(desk.texts[file], desk.heads[file], first, last)
    for step in [-1] * before + [1] * behind:
        its = _neighbour(desk, number, step)
        if its and its[0] == file and start <= its[1] < end:
            return None
    lead, tail = desk.texts[file][start:first], desk.texts[file][last:end]
    if behind and any(char.isalnum() for char in ENDING.sub("", tail)):
        return None  # a formula that stands apart on the page, or what the page does not show
    fits = re.fullmatch(r"(?:#+[ \t]+)?[*_\[`~^\"']*", lead) if before else not WITHIN.match(desk.texts[file], start)
    return (file, start, end) if fits else None


def _neighbour(desk: Desk, number: int, step: int) -> tuple[int, int, int] | None:
    """The extent of the nearest paragraph before (-1) or behind (1) one that comes from the manuscript."""
    for other in range(number + step, number + NEAR * step, step):
        if 0 <= other < len(desk.now.blocks) and (extent := _extent(desk, other)):
            return extent
    return None


def division(text: str, hand: Hand) -> str:
    """A paragraph that somebody puts in, as a division of its own."""
    return f"{_fence('insertion', hand)}{text}\n\n{CLOSED}"


def _fence(kind: str, hand: Hand) -> str:
    said = "".join(
        f' {name}="{value}"' for name, value in (("author", _plain(hand.author)), ("date", hand.date[:10])) if value
    )
    return f"::: {{.{kind}{said}}}\n"


def _plain(author: str) -> str:
    return re.sub(r'["{}\n\\]', "", author)
