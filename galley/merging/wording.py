"""Edits of words, changes of look and remarks -> changes of the source."""

from __future__ import annotations

from collections.abc import Sequence

from galley.merging.desk import NOWHERE, Change, Desk
from galley.merging.edits import Edit
from galley.merging.lexing import lexemes
from galley.merging.stretches import around, balanced, closing, sliced, widened
from galley.merging.writing import inline, opening
from galley.returned import Hand, Piece, Remark
from galley.suggestions import signed, written


def inline_edit(desk: Desk, edit: Edit, between: str | None) -> None:
    """Words put in, taken out, or both; ``between`` is what parts the paragraph, None where nothing can."""
    said = "".join("\n" if piece is None else piece.text for piece in edit.pieces)
    gone = desk.shown(edit.start, edit.end)
    words = f"{gone} -> {said}" if gone and said else said or gone
    if edit.parts and between is None:
        near = desk.shown(max(edit.start - 40, 0), edit.start)
        desk.lose(words.strip() or near, edit.hand, "a paragraph was parted where none can be", edit.start)
        return
    spot = None if edit.end > edit.start else around(desk.now, desk.placed, desk.texts, edit.start, _look(edit.pieces))
    new, left = _new(desk, edit, between or "", spot.look if spot else _look_at(desk, edit.start))
    for one in left:
        desk.lose(one, edit.hand, "what is no text cannot be written into the manuscript", edit.start)
    if edit.end > edit.start:
        replace(desk, edit, new, words)
    elif spot is None:
        desk.lose(words, edit.hand, NOWHERE, edit.start)
    elif new:
        text = written("", new, edit.hand.author, edit.hand.date[:10])
        desk.put(Change(spot.file, spot.at, spot.at, text, words, edit.hand, edit.start))


def _look_at(desk: Desk, at: int) -> str:
    return desk.now.looks[at] if at < len(desk.now.looks) and at not in desk.now.things else ""


def _new(desk: Desk, edit: Edit, between: str, look: str) -> tuple[str, list[str]]:
    """The Markdown of what was put in."""
    out: list[str] = []
    left: list[str] = []
    part: list[Piece] = []
    for piece in (*edit.pieces, None):
        if piece is not None:
            part.append(piece)
            continue
        done = inline(part, look, desk.known)
        out.append(done.text)
        left += done.left
        part = []
    first = edit.start in desk.now.starts and bool(out[0])
    return (opening(out[0]) if first else out[0]) + "".join(between + opening(one) for one in out[1:]), left


def replace(desk: Desk, edit: Edit, new: str, words: str) -> None:
    """Words taken out, or others put in their place."""
    file = desk.placed.file[edit.start]
    needed = [at for at in range(edit.start, edit.end) if desk.now.chars[at].isalnum() or at in desk.now.things]
    if file < 0 or any(desk.placed.file[at] != file for at in [*needed, edit.end - 1]):
        desk.lose(words, edit.hand, NOWHERE, edit.start)
        return
    start, end = desk.placed.start[edit.start], desk.placed.end[edit.end - 1]
    text = desk.texts[file]
    if start >= end:
        desk.lose(words, edit.hand, NOWHERE, edit.start)
        return
    if not new:
        start, end = widened(text, start, end)
    author, date = edit.hand.author, edit.hand.date[:10]
    if balanced(text[start:end]):
        desk.put(Change(file, start, end, written(text[start:end], new, author, date), words, edit.hand, edit.start))
        return
    for part, (low, high) in enumerate(sliced(text, start, end)):
        fresh = new if part == 0 else ""
        desk.put(Change(file, low, high, written(text[low:high], fresh, author, date), words, edit.hand, edit.start))


def dress(desk: Desk, start: int, end: int, was: str, look: str, hand: Hand) -> None:
    """Words that only look otherwise."""
    words = desk.shown(start, end)
    file = desk.placed.file[start]
    if file < 0 or desk.placed.file[end - 1] != file:
        desk.lose(words, hand, "its look was changed, and " + NOWHERE, start)
        return
    text = desk.texts[file]
    low, high = desk.placed.start[start], desk.placed.end[end - 1]
    low, high = widened(text, low, high) if was else (low, high)
    plain = any(lexeme.key == "" for lexeme in lexemes(text, low, high))
    if plain or not balanced(text[low:high]) or (was and text[low:high] == words):
        desk.lose(words, hand, f"its look was changed from {_named(was)} to {_named(look)}", start)
        return
    inner = text[low:high].strip("*_^~") if was else text[low:high]
    new = inline([Piece(inner, look=look.replace("c", "") + "c")], "c", desk.known).text
    desk.put(Change(file, low, high, written(text[low:high], new, hand.author, hand.date[:10]), words, hand, start))


def within(desk: Desk, at: int, piece: Piece) -> None:
    """Words written within a citation: a comment beside it, for its keys say what is printed."""
    old = desk.now.things[at].text
    new = "".join(one.text for one in piece.inner if one.change != "del")
    hand = next((one.hand for one in piece.inner if one.change), Hand("untracked"))
    file, end = desk.placed.file[at], desk.placed.end[at]
    said = f'the citation "{old}" was changed to "{new}"'
    if piece.kind != "cite" or file < 0:
        if piece.kind == "cite":
            desk.lose(said, hand, NOWHERE, at)
        return
    desk.put(Change(file, end, end, signed(hand.author, hand.date[:10], said), said, hand, at, order=3))


def remark(desk: Desk, start: int, end: int, remark: Remark) -> None:
    """A comment, behind the words it is about."""
    place = next(
        (
            at
            for at in range(max(end - 1, start), start - 1, -1)
            if at < len(desk.now.chars) and desk.placed.file[at] >= 0
        ),
        -1,
    )
    place = (
        place
        if place >= 0
        else next((at for at in range(min(start, len(desk.now.chars) - 1), -1, -1) if desk.placed.file[at] >= 0), -1)
    )
    number_here = place >= 0 and any(
        low <= place <= desk.now.bounds(n)[1] and low <= start for n, low in enumerate(desk.now.starts)
    )
    if place < 0 or not number_here:
        desk.lose(remark.text, remark.hand, NOWHERE, start)
        return
    file, at = desk.placed.file[place], closing(desk.texts[desk.placed.file[place]], desk.placed.end[place])
    text = signed(remark.hand.author or "comment", remark.hand.date[:10], remark.text)
    desk.put(Change(file, at, at, text, remark.text, remark.hand, start, order=4))


def _look(pieces: Sequence[Piece | None]) -> str:
    first = next((piece for piece in pieces if piece is not None), None)
    return first.look if first else ""


def _named(look: str) -> str:
    names = {"b": "bold", "i": "italics", "^": "raised", "_": "lowered", "c": "code"}
    return " and ".join(names[letter] for letter in look if letter in names) or "plain"
