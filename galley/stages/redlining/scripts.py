"""What becomes of the words of a paragraph, or of some that were split or joined: which are kept, gone and new."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from galley.document import Node
from galley.stages.redlining.sequences import Pair, common
from galley.stages.redlining.tokens import BREAK, Mark, Piece, Token, build, piece_text, tokens

ENDS = re.compile(r"[.!?:;][\"”’)\]]*$")
_WORDS = """
    a an and are as at be been by for from had has have in into is it its not of on or our such than that the their
    these they this those to was we were which while will with
"""
SMALL = frozenset(_WORDS.split())
"""Words that say little about whether two sentences are the same."""
LIKE = 0.4
"""How much of their words two notes have in common at least that are one note, changed."""
INSERTION, DELETION, REFORMATTED = "insertion", "deletion", "reformatted"
Match = Callable[[str, str], float]


@dataclass(slots=True)
class Script:
    """The tokens of the old and the new text, and the pairs that are the same in both, in order."""

    olds: list[Token]
    news: list[Token]
    pairs: list[Pair] = field(default_factory=list)


def script(olds: Sequence[Sequence[Node]], news: Sequence[Sequence[Node]]) -> Script:
    """The script of some paragraphs' lines: as few words gone and new as can be."""
    found = Script(_run(olds), _run(news))
    _pair_notes(found)
    found.pairs = common([one.key for one in found.olds], [one.key for one in found.news])
    _slide(found)
    return found


def _run(lines: Sequence[Sequence[Node]]) -> list[Token]:
    out: list[Token] = []
    for at, line in enumerate(lines):
        out += [Token(BREAK, "break", ())] if at else []
        out += tokens(line)
    return out


def _pair_notes(found: Script) -> None:
    """Notes that are the same or nearly so get one key; what changed in them is marked within."""
    free = [at for at, one in enumerate(found.news) if one.kind == "note"]
    for at, one in enumerate(found.olds):
        if one.kind != "note" or not free:
            continue
        words = set(one.key.split())
        shares = [(len(words & set(found.news[to].key.split())), -to) for to in free]
        count, negative = max(shares)
        size = max(len(words), len(set(found.news[-negative].key.split())), 1)
        if count / size >= LIKE:
            found.olds[at] = one._replace(key=found.news[-negative].key)
            free.remove(-negative)


def _slide(found: Script) -> None:
    """Where a run that is only new or only gone could as well stand earlier, it stands at the end of a sentence."""
    pairs = found.pairs
    ends = [(-1, -1), *pairs, (len(found.olds), len(found.news))]
    for at in range(1, len(ends)):
        (i, j), (below_i, below_j) = ends[at - 1], ends[at]
        side, start, stop = (found.news, j + 1, below_j) if below_i == i + 1 else (found.olds, i + 1, below_i)
        if start >= stop or (below_i != i + 1 and below_j != j + 1):
            continue
        steps = best = 0
        score = _opening(side, start)
        while at - 1 - steps > 0 and ends[at - 1 - steps] == (ends[at - 1][0] - steps, ends[at - 1][1] - steps):
            if side[start - 1 - steps].key != side[stop - 1 - steps].key:
                break
            steps += 1
            own = _opening(side, start - steps)
            if own > score:
                best, score = steps, own
        shift = stop - start
        for step in range(best):  # the kept tokens of the run now stand behind it
            number = at - 2 - step
            old, new = pairs[number]
            pairs[number] = (old, new + shift) if side is found.news else (old + shift, new)
            ends[number + 1] = pairs[number]


def _opening(side: Sequence[Token], start: int) -> int:
    """How good a place for a mark to begin: 2 at the start of a paragraph, 1 at that of a sentence."""
    if start == 0 or side[start - 1].kind == "break":
        return 2
    return 1 if ENDS.search(side[start - 1].key) else 0


# -- how much is marked ------------------------------------------------------------------------------


def weighed(found: Script) -> int:
    """How many words are gone or new; a citation counts as many as it prints."""
    total = sum(map(_size, found.olds)) + sum(map(_size, found.news))
    return total - sum(_size(found.olds[old]) + _size(found.news[new]) for old, new in found.pairs)


def _size(token: Token) -> int:
    return max(1, len(token.key.split()) - 1) if token.kind in ("citation", "xref") else int(bool(token.pieces))


def islands(found: Script) -> Iterator[tuple[float, tuple[Pair, ...]]]:
    """Runs of little words kept between larger changes, each with how much it disturbs: better marked with these."""
    runs: list[list[Pair]] = []
    for pair in found.pairs:
        if runs and runs[-1][-1] == (pair[0] - 1, pair[1] - 1):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    for number, run in enumerate(runs):
        before = runs[number - 1][-1] if number else (-1, -1)
        after = runs[number + 1][0] if number + 1 < len(runs) else (len(found.olds), len(found.news))
        left = run[0][0] - before[0] + run[0][1] - before[1] - 2
        right = after[0] - run[-1][0] + after[1] - run[-1][1] - 2
        kept = [found.olds[old] for old, _ in run]
        plain = all(one.kind == "word" for one in kept)
        weight = sum(0.3 if one.key.lower().strip(".,;") in SMALL else 1.0 for one in kept)
        if plain and left and right and min(left, right) >= 1.5 * weight and len(run) <= 4:
            yield min(left, right) / weight, tuple(run)


def tidy(scripts: Sequence[Script], room: int) -> None:
    """Mark islands too, the most disturbing first, while there is room for so many more marked words."""
    found = [(score, number, run) for number, one in enumerate(scripts) for score, run in islands(one)]
    taken: dict[int, set[Pair]] = {}
    for _, number, run in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if 2 * len(run) > room:
            break
        room -= 2 * len(run)
        taken.setdefault(number, set()).update(run)
    for number, gone in taken.items():
        scripts[number].pairs = [pair for pair in scripts[number].pairs if pair not in gone]


# -- marking -----------------------------------------------------------------------------------------

Note = Callable[[Node, Node], Node]
Marked = tuple[Mark | None, Piece]
END = Piece({"t": "Str", "c": BREAK}, ())
"""Stands for the end of a paragraph among marked pieces."""


def marked(found: Script, who: tuple[tuple[str, str], ...], merged: Note, reason: Callable[..., str]) -> list[Marked]:
    """The pieces of both texts in order, with their marks; the end of a paragraph stands as END.

    ``merged`` makes one note of two; ``reason`` says why a citation prints otherwise, or "".
    """
    out: list[Marked] = []
    i = j = 0
    for old, new in [*found.pairs, (len(found.olds), len(found.news))]:
        out += _hunk(found.olds[i:old], found.news[j:new], who, reason)
        if old < len(found.olds):
            out += _kept(found.olds[old], found.news[new], who, merged)
        i, j = old + 1, new + 1
    return out


def _kept(old: Token, new: Token, who: tuple[tuple[str, str], ...], merged: Note) -> Iterator[Marked]:
    if old.gap != new.gap:
        yield from ((_mark(DELETION, who), piece) for piece in old.blank)
        yield from ((_mark(INSERTION, who), piece) for piece in new.blank)
    else:
        yield from ((None, piece) for piece in new.blank)
    if new.kind == "break":
        yield None, END
        return
    changed = old.look != new.look
    mark = _mark(REFORMATTED, (*who, ("was", _names(old)), ("now", _names(new)))) if changed else None
    notes = iter([piece.node for piece in old.pieces if piece.node["t"] == "Note"])
    for piece in new.pieces:
        other = next(notes, None) if piece.node["t"] == "Note" else None
        yield mark, Piece(merged(other, piece.node), piece.formats) if other else piece


def _names(token: Token) -> str:
    """The names of a token's formats, as "Emph Strong"."""
    kinds = {kind for piece in token.pieces for kind, _ in piece.formats}
    return " ".join(sorted(kinds - {"Span"}))


def _mark(kind: str, pairs: tuple[tuple[str, str], ...]) -> Mark:
    return (kind,), pairs


class Element(NamedTuple):
    """A blank, a word without its stops, some stops or a thing: what it must equal to be the same, its token."""

    key: str
    pieces: tuple[Piece, ...]
    token: str = ""


def _hunk(
    olds: Sequence[Token], news: Sequence[Token], who: tuple[tuple[str, str], ...], reason: Callable[..., str]
) -> Iterator[Marked]:
    """What is gone and what came for it; a word that only has other stops about it is kept without these."""
    why = reason(olds, news)
    pairs = (*who, ("reason", why)) if why else who
    gone, came = _elements(olds), _elements(news)
    keys = [
        [one.key if len(one.token) > 2 else f"\x06{side}{at}" for at, one in enumerate(run)]
        for side, run in enumerate((gone, came))
    ]
    i = j = 0
    for old, new in common(*keys):
        if gone[old].token != came[new].token:  # what is the same altogether was marked so that marks are tidy
            yield from _swap(gone[i:old], came[j:new], pairs)
            yield from ((None, piece) for piece in came[new].pieces)
            i, j = old + 1, new + 1
    yield from _swap(gone[i:], came[j:], pairs)


def _swap(gone: Sequence[Element], came: Sequence[Element], pairs: tuple[tuple[str, str], ...]) -> Iterator[Marked]:
    """What is gone, then what came for it; what both begin or end with, a blank or a stop, is not marked."""
    room = min(len(gone), len(came))
    head = 0
    while head < room and gone[head].key == came[head].key:
        head += 1
    tail = 0
    while tail < room - head and gone[-1 - tail].key == came[-1 - tail].key:
        tail += 1
    for one in came[:head]:
        yield from ((None, piece) for piece in one.pieces)
    for kind, side in ((DELETION, gone), (INSERTION, came)):
        for one in side[head : len(side) - tail]:
            yield from ((_mark(kind, pairs), piece) for piece in one.pieces)
    for one in came[len(came) - tail :]:
        yield from ((None, piece) for piece in one.pieces)


def _elements(run: Sequence[Token]) -> list[Element]:
    """Blanks, stops and words of a run one by one."""
    out: list[Element] = []
    for token in run:
        out += [Element(f"\x04{token.gap}", (piece,)) for piece in token.blank]
        if token.kind == "break":
            out.append(Element(BREAK, (END,)))
        elif len(token.pieces) == 1 and token.kind == "word":
            for text in _core(token.pieces[0]):
                piece = Piece({"t": "Str", "c": text}, token.pieces[0].formats)
                out.append(Element(f"{text}\x05{token.look}", (piece,), token.key if text[0].isalnum() else ""))
        elif token.pieces:
            own = f"{token.kind == 'note' and id(token)}"
            out.append(Element(f"{token.key}\x05{token.look}\x05{own}", token.pieces))
    return out


def _core(piece: Piece) -> list[str]:
    """The signs before a word, the word, and the signs behind it."""
    text = piece_text(piece)
    found = re.match(r"([\W_]*)(.*?)([\W_]*)$", text, re.DOTALL)
    return [part for part in (found.groups() if found else (text,)) if part]


def lines(pieces: Sequence[Marked]) -> list[tuple[list[Node], Mark | None, bool]]:
    """Marked pieces as paragraphs: each with the mark of its end and whether it is the last."""
    out: list[tuple[list[Node], Mark | None, bool]] = []
    held: list[Marked] = []
    for mark, piece in pieces:
        if piece is END:
            out.append((build(held), mark, False))
            held = []
        else:
            held.append((mark, piece))
    return [*out, (build(held), None, True)]
