"""Which block of the old text became which of the new: what stands verbatim in both, then what is like, then what
stands in the same place; paragraphs that were split or joined as groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from galley.document import Node
from galley.stages.redlining.sequences import heaviest, least
from galley.tree import each, plain

NEARLY = 0.75
"""The share of its words that a paragraph keeps at least where it is taken for moved."""
LONG = 15
"""Words from which on a paragraph that stands verbatim in both is taken for the same wherever it stands."""
LIKE, ALIKE, FEW = 0.5, 0.22, 60
"""Shares of common words: enough to seek a partner anywhere; enough among neighbours; more places than these a word may
not have to tell something."""
ROOM = 40_000
"""So many pairs are compared one by one at most."""


TOLD = frozenset({"text", "Table", "row", "column"})
"""Kinds of which two that have no word in common are not one, though they stand in the same place."""


class Unit(NamedTuple):
    """A block, how it is compared: its kind, its text, its words and how many."""

    node: Node
    kind: str
    text: str
    words: Counter[str]
    size: int


Run = tuple[int, int, int, int]
"""Where a group of old blocks begins and ends, and the group of new ones; one of them may be empty."""


def unit(node: Node) -> Unit:
    """A block as it is compared."""
    text = plain([node])
    pictures = [one["c"][2][0] for one in each(node, frozenset({"Image"}))]
    words = Counter(text.split())
    for name in pictures:
        words[f"\x01{name}"] += 5
    notes = "\n".join(plain(one["c"]) for one in each(node, frozenset({"Note"})))
    return Unit(node, kind(node), "\n".join((" ".join(text.split()), notes, *pictures)), words, words.total())


def kind(node: Node) -> str:
    """What a block may become: only one of the same kind."""
    name: str = node["t"]
    if name in ("Para", "Plain"):
        return "text"
    if name == "Div":
        _, classes, pairs = node["c"][0]
        return " ".join(("Div", *classes, *(value for key, value in pairs if key == "custom-style")))
    return name


def align(olds: Sequence[Unit], news: Sequence[Unit], strict: float = 1.0) -> list[Run]:
    """The groups in the order of the new text, what is gone before what came in its place.

    The less ``strict``, the more is taken for changed rather than for gone and new.
    """
    chain, crossing = _verbatim(olds, news)
    free_olds, free_news = _without(olds, 0, crossing), _without(news, 1, crossing)
    pairs = _within(free_olds, free_news, _within(free_olds, free_news, chain), like=True)
    crossing |= _travelled(free_olds, free_news, pairs)
    free_olds, free_news = _without(olds, 0, crossing), _without(news, 1, crossing)
    pairs = _neighbours(free_olds, free_news, pairs, ALIKE * strict)
    runs: list[Run] = []
    i = j = 0
    for old, new in [*pairs, (len(olds), len(news))]:
        runs += [(at, at + 1, j, j) for at in range(i, old)]
        runs += [(old, old, at, at + 1) for at in range(j, new)]
        if old < len(olds):
            runs.append((old, old + 1, new, new + 1))
        i, j = old + 1, new + 1
    return _grouped(free_olds, free_news, runs, 0.55 * strict + 0.1)


def similarity(one: Unit, other: Unit) -> float:
    """The share of words that two blocks have in common."""
    if one.kind != other.kind:
        return 0.0
    if one.text == other.text:
        return 1.0
    return 2 * shared(one.words, other.words) / max(one.size + other.size, 1)


def shared(one: Counter[str], other: Counter[str]) -> int:
    """How many words two bags have in common."""
    if len(one) > len(other):
        one, other = other, one
    return sum(min(count, other[word]) for word, count in one.items() if word in other)


def _without(side: Sequence[Unit], which: int, crossing: set[tuple[int, int]]) -> list[Unit]:
    """The units, those that are moved as of a kind that nothing else is of."""
    away = {pair[which] for pair in crossing}
    return [one._replace(kind=f"away {which} {at}") if at in away else one for at, one in enumerate(side)]


def _travelled(olds: Sequence[Unit], news: Sequence[Unit], pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Long blocks without a partner in their place that are nearly the same as one elsewhere."""
    taken = [{pair[which] for pair in pairs} for which in (0, 1)]
    left = [
        [(at, one) for at, one in enumerate(side) if at not in taken[which] and one.size >= LONG and _one(one)]
        for which, side in enumerate((olds, news))
    ]
    found = _alike([one for _, one in left[0]], [one for _, one in left[1]], NEARLY)
    out: set[tuple[int, int]] = set()
    for i, j, _ in sorted(found, key=lambda one: -one[2]):
        pair = left[0][i][0], left[1][j][0]
        if not any(pair[0] == other[0] or pair[1] == other[1] for other in out) and _crosses(pair, pairs):
            out.add(pair)
    return out


def _one(unit: Unit) -> bool:
    """Whether a block is one paragraph, for only such are shown as moved."""
    node = unit.node
    while node.get("t") in ("Div", "Item"):
        inner = node["c"][1] if node["t"] == "Div" else node["c"]
        if len(inner) != 1:
            return False
        node = inner[0]
    return node.get("t") in ("Para", "Plain")


def _crosses(pair: tuple[int, int], pairs: Sequence[tuple[int, int]]) -> bool:
    return any((pair[0] < old) != (pair[1] < new) for old, new in pairs)


def _verbatim(olds: Sequence[Unit], news: Sequence[Unit]) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Long blocks that stand once in each: the heaviest order in which none crosses another, and the others."""
    places = [Counter(one.text for one in side if one.size >= LONG) for side in (olds, news)]
    at = {one.text: number for number, one in enumerate(news)}
    found = [
        (number, at[one.text], float(one.size))
        for number, one in enumerate(olds)
        if places[0][one.text] == 1 and places[1][one.text] == 1 and one.kind == news[at[one.text]].kind
    ]
    chain = heaviest(found)
    return chain, {pair[:2] for pair in found if _one(olds[pair[0]])} - set(chain)


def _within(
    olds: Sequence[Unit], news: Sequence[Unit], pairs: Sequence[tuple[int, int]], like: bool = False
) -> list[tuple[int, int]]:
    """The pairs, and between them more: the same text, and with ``like`` what has most words in common."""
    out: list[tuple[int, int]] = []
    i = j = 0
    for old, new in [*pairs, (len(olds), len(news))]:
        weighed = _alike(olds[i:old], news[j:new]) if like else _same(olds[i:old], news[j:new])
        out += [(i + one, j + other) for one, other in heaviest(weighed)]
        out += [(old, new)] if old < len(olds) else []
        i, j = old + 1, new + 1
    return out


def _same(olds: Sequence[Unit], news: Sequence[Unit]) -> list[tuple[int, int, float]]:
    places: dict[tuple[str, str], list[int]] = {}
    for number, one in enumerate(news):
        places.setdefault((one.kind, one.text), []).append(number)
    return [
        (number, to, one.size + 1.0)
        for number, one in enumerate(olds)
        if one.size >= LONG // 3 or one.kind == "Header"
        for to in places.get((one.kind, one.text), ())[:20]
    ]


def _alike(olds: Sequence[Unit], news: Sequence[Unit], enough: float = LIKE) -> list[tuple[int, int, float]]:
    """Pairs that have most of their words in common, found by the words that are not everywhere."""
    if not olds or not news:
        return []
    places: dict[str, list[int]] = {}
    for number, one in enumerate(news):
        for word in one.words:
            places.setdefault(word, []).append(number)
    out: list[tuple[int, int, float]] = []
    for number, one in enumerate(olds):
        votes: Counter[int] = Counter()
        for word in one.words:
            listed = places.get(word, ())
            if len(listed) <= max(4, min(FEW, len(news) // 3)):
                votes.update(listed)
        for to, _ in votes.most_common(6):
            share = similarity(one, news[to])
            if share >= enough:
                out.append((number, to, share * min(one.size, news[to].size) + 1.0))
    return out


def _neighbours(
    olds: Sequence[Unit], news: Sequence[Unit], pairs: Sequence[tuple[int, int]], enough: float
) -> list[tuple[int, int]]:
    """The pairs, and between two of them those that are like enough for blocks in the same place."""
    out: list[tuple[int, int]] = []
    i = j = 0
    for old, new in [*pairs, (len(olds), len(news))]:
        out += [(i + one, j + other) for one, other in _placed(olds[i:old], news[j:new], enough)]
        out += [(old, new)] if old < len(olds) else []
        i, j = old + 1, new + 1
    return out


def _placed(olds: Sequence[Unit], news: Sequence[Unit], enough: float) -> list[tuple[int, int]]:
    if not olds or not news or len(olds) * len(news) > ROOM:
        return []
    weighed = []
    for i, one in enumerate(olds):
        for j, other in enumerate(news):
            share = similarity(one, other)
            alone = one.kind == other.kind and len(olds) == len(news) == 1
            if share >= enough or (alone and (share > 0 or one.kind not in TOLD)):
                weighed.append((i, j, share * min(one.size, other.size) + 0.01))
    return heaviest(weighed)


# -- split and joined --------------------------------------------------------------------------------


def _grouped(olds: Sequence[Unit], news: Sequence[Unit], runs: list[Run], loose: float) -> list[Run]:
    """Pairs of paragraphs with those beside them that hold what is missing of one of the two."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        joined = _joined(olds, news, before, run, loose) if before else None
        if joined:
            out[-1] = joined
        else:
            out.append(run)
    return out


def _joined(olds: Sequence[Unit], news: Sequence[Unit], one: Run, other: Run, loose: float) -> Run | None:
    """Two neighbouring groups as one, where what one lacks stands in the other."""
    i0, i1, j0, j1 = one
    k0, k1, l0, l1 = other
    parts = [*olds[i0:i1], *olds[k0:k1], *news[j0:j1], *news[l0:l1]]
    if any(part.kind != "text" for part in parts):
        return None
    paired, single = (one, other) if i0 < i1 and j0 < j1 else (other, one)
    p0, p1, q0, q1 = paired
    if p0 == p1 or q0 == q1 or (single[0] < single[1] and single[2] < single[3]):
        return None
    new = single[2] < single[3]
    extra = news[single[2]] if new else olds[single[0]]
    apart = _cost(olds[p0:p1], news[q0:q1]) + extra.size
    gain = (apart - _cost(olds[i0:k1], news[j0:l1])) / 2
    spare = _sum(olds[p0:p1]) - _sum(news[q0:q1]) if new else _sum(news[q0:q1]) - _sum(olds[p0:p1])
    if extra.size < 4 or gain < 4 or gain < loose * min(extra.size, max(spare.total(), 8)):
        return None
    return i0, k1, j0, l1


def _cost(olds: Sequence[Unit], news: Sequence[Unit]) -> int:
    """How many words would be marked, were these one paragraph."""
    return least(*([word for one in side for word in one.text.split()] for side in (olds, news)))


def _sum(units: Sequence[Unit]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in units:
        total += one.words
    return total
