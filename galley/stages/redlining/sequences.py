"""Longest common subsequences, exact and quick; heaviest chains of pairs that do not cross."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Pair = tuple[int, int]


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The places of a longest common subsequence in both, in order."""
    start, end = _ends(old, new)
    inner = _traced(old[start : len(old) - end], new[start : len(new) - end])
    head = [(at, at) for at in range(start)]
    tail = [(len(old) - back, len(new) - back) for back in range(end, 0, -1)]
    return [*head, *((i + start, j + start) for i, j in inner), *tail]


def least(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """The least number of deletions and insertions that make one sequence of the other."""
    start, end = _ends(old, new)
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    rows = _rows(a, b, keep=False)
    kept = len(b) - rows[-1].bit_count() if a and b else 0
    return len(a) + len(b) - 2 * kept


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pair:
    """How much the two have in common at their beginning and at their end."""
    room = min(len(old), len(new))
    start = 0
    while start < room and old[start] == new[start]:
        start += 1
    end = 0
    while end < room - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _rows(old: Sequence[Hashable], new: Sequence[Hashable], keep: bool) -> list[int]:
    """Hyyrö's bit vectors after each element of ``old``, or only the last: a zero bit is a step of the length."""
    at: dict[Hashable, int] = {}
    for place, key in enumerate(new):
        at[key] = at.get(key, 0) | 1 << place
    full = (1 << len(new)) - 1
    vector = full
    rows: list[int] = []
    for key in old:
        same = vector & at.get(key, 0)
        vector = ((vector + same) | (vector - same)) & full
        if keep:
            rows.append(vector)
    return rows if keep else [vector]


def _traced(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    if not old or not new:
        return []
    rows = _rows(old, new, keep=True)
    pairs: list[Pair] = []
    row, column = len(old), len(new)
    while row and column:
        if rows[row - 1] >> (column - 1) & 1:
            column -= 1
            continue
        row -= 1
        if row == 0 or rows[row - 1] >> (column - 1) & 1:
            column -= 1
            pairs.append((row, column))
    return pairs[::-1]


def heaviest(pairs: Iterable[tuple[int, int, float]]) -> list[Pair]:
    """Of pairs (place in old, place in new, weight) the chain that rises in both and weighs most."""
    listed = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    if not listed:
        return []
    top = max(pair[1] for pair in listed) + 1
    tree: list[tuple[float, int]] = [(0.0, -1)] * (top + 1)  # the best chain that ends before a place in new
    back = [-1] * len(listed)
    best, last = 0.0, -1
    for number, (_, place, weight) in enumerate(listed):
        found: tuple[float, int] = (0.0, -1)
        at = place
        while at > 0:
            found = max(found, tree[at], key=lambda one: one[0])
            at -= at & -at
        back[number] = found[1]
        total = found[0] + weight
        if total > best:
            best, last = total, number
        at = place + 1
        while at <= top:
            if tree[at][0] < total:
                tree[at] = (total, number)
            at += at & -at
    chain: list[Pair] = []
    while last >= 0:
        chain.append(listed[last][:2])
        last = back[last]
    return chain[::-1]
