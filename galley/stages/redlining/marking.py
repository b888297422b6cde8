"""A plan -> one list of blocks with marks, after it was seen to that these are few and tidy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from galley.document import Node
from galley.stages.redlining.absorbing import LISTS
from galley.stages.redlining.planning import plan
from galley.stages.redlining.scripts import DELETION, Marked, lines, marked, tidy
from galley.stages.redlining.sequences import least
from galley.stages.redlining.steps import Code, Held, Lines, Step, Whole, Work, weight
from galley.stages.redlining.tokens import Mark, Token
from galley.tree import div, each, plain, span

SHARE = 1.08
"""How many times the least number of words may be marked so that marks are tidy."""
STEPS = (0.5, 0.2)
"""How much less strict it is asked whether two blocks are one changed, where too many words would be marked."""
NOTES = frozenset({"Note"})


def redlined(olds: Sequence[Node], news: Sequence[Node], work: Work) -> list[Node]:
    """One list of blocks, with marks."""
    bound = least(words(olds), words(news))
    steps = plan(olds, news, work)
    for strict in STEPS:
        if weight(steps) <= SHARE * bound:
            break
        work.strict, work.scripts = strict, []
        steps = plan(olds, news, work)
    tidy(work.scripts, int(SHARE * bound) - weight(steps))
    return marks(steps, work)


def words(blocks: Sequence[Node]) -> list[str]:
    """All the words of some blocks in order, those of their notes where these stand."""
    return " ".join(
        f"{plain([node])} {' '.join(plain(one['c']) for one in each(node, NOTES))}" for node in blocks
    ).split()


def marks(steps: Sequence[Step], work: Work) -> list[Node]:
    """The plan's blocks with their marks."""
    out: list[Node] = []
    for step in steps:
        if isinstance(step, Whole):
            out.append(wrapped(step.node, step.mark, work))
        elif isinstance(step, Lines):
            out += _lined(step, work)
        elif isinstance(step, Held):
            out.append(rebuilt(step.old, step.new, [marks(part, work) for part in step.parts]))
        elif isinstance(step, Code):
            out.append(_code(step, work))
        else:
            from galley.stages.redlining.grids import filled

            out.append(filled(step, work))
    return out


def wrapped(node: Node, mark: str, work: Work) -> Node:
    """A block within its mark; of an item of a list, what it holds."""
    if not mark:
        return node
    if node["t"] == "Item":
        return {"t": "Item", "c": [div(node["c"], "", (mark,), **dict(work.who))]}
    return div([node], "", (mark,), **dict(work.who))


def _code(step: Code, work: Work) -> Node:
    """Code as several blocks, one for each run of lines."""
    blocks = [
        wrapped(
            {"t": "CodeBlock", "c": [step.new["c"][0] if mark != DELETION else step.old["c"][0], "\n".join(lines)]},
            mark,
            work,
        )
        for mark, lines in step.runs()
    ]
    return div(blocks, "", ("code-lines",))


def _lined(step: Lines, work: Work) -> list[Node]:
    pieces: list[Marked] = marked(step.script, work.who, lambda old, new: _note(old, new, work), reason(work))
    out: list[Node] = []
    old_at = new_at = 0
    for content, mark, last in lines(pieces):
        gone = mark is not None and mark[0] == (DELETION,)
        if mark is not None:
            content.append(_end(mark))
        source = step.olds[old_at] if gone else step.news[min(new_at, len(step.news) - 1)]
        out.append(_refilled(source, content, step.olds[0] if not last or len(step.olds) == 1 else source))
        old_at += mark is None or gone
        new_at += mark is None or not gone
    return out


def _end(mark: Mark) -> Node:
    return span([], "", [f"paragraph-{mark[0][0]}"], **dict(mark[1]))


def _refilled(node: Node, content: list[Node], old: Node) -> Node:
    if node["t"] != "Header":
        return {"t": node["t"], "c": content}
    level, (identifier, classes, pairs), _ = node["c"]
    more = was(old["c"][1][2], pairs) if old["t"] == "Header" else pairs
    if old["t"] == "Header" and old["c"][0] != level:
        more = [*more, ["was-level", str(old["c"][0])]]
    return {"t": "Header", "c": [level, [identifier, classes, more], content]}


def _note(old: Node, new: Node, work: Work) -> Node:
    """One note of two, with marks in it."""
    if old == new:
        return new
    inner = Work(work.author, work.date, work.changed)
    return {"t": "Note", "c": redlined(old["c"], new["c"], inner)}


def reason(work: Work) -> Any:
    """What tells why citations print otherwise: "bibliography" where only an entry they cite has changed."""

    def found(olds: Sequence[Token], news: Sequence[Token]) -> str:
        pair = [one for one in (*olds, *news) if one.kind == "citation"]
        if len(olds) != 1 or len(news) != 1 or len(pair) != 2:
            return ""
        cited = [_cites(one) for one in pair]
        same = cited[0][0] and sorted(cited[0][0]) == sorted(cited[1][0]) and cited[0][1] == cited[1][1]
        return "bibliography" if same and work.changed.intersection(cited[0][0]) else ""

    return found


def _cites(token: Token) -> tuple[list[str], str]:
    """The keys a citation names, and what it says beside names and years."""
    keys: list[str] = []
    rest = ""
    for piece in token.pieces:
        node = piece.node
        for one in each([node] if node["t"] != "Field" else node["c"]):
            if one["t"] == "Span" and "citation" in one["c"][0][1]:
                keys += dict(one["c"][0][2]).get("cites", "").split()
                rest += plain([part for part in one["c"][1] if part["t"] != "Link"])
            elif one["t"] == "RawInline" and "GALLEY.CITE" in one["c"][1]:
                keys += one["c"][1].split("GALLEY.CITE", 1)[1].split("<", 1)[0].split()[1:]
                rest = plain([part for part in node["c"] if part["t"] not in ("Link", "RawInline")])
    return keys, rest


def rebuilt(old: Node, node: Node, held: Sequence[list[Node]]) -> Node:
    """The block with other lists of blocks in it."""
    kind, content = node["t"], node["c"]
    if kind == "Div":
        return {"t": kind, "c": [content[0], held[0]]}
    if kind in ("BlockQuote", "Item"):
        return {"t": kind, "c": held[0]}
    if kind in LISTS:
        items = [item["c"] for item in held[0]]
        return {"t": kind, "c": items if kind == "BulletList" else [content[0], items]}
    if kind == "Figure":
        (identifier, classes, pairs), (short, _), _ = content
        return {"t": kind, "c": [[identifier, classes, was(old["c"][0][2], pairs)], [short, held[0]], held[1]]}
    inner = iter(held)
    merged = [[block] if block["t"] == "RawBlock" else next(inner) for block in content]
    return {"t": kind, "c": [block for blocks in merged for block in blocks]}


def was(old: Sequence[Any], new: Sequence[Any]) -> list[list[str]]:
    """The pairs of a numbered block, with those of its old number where that was another."""
    before = dict(map(tuple, old))
    more = [
        [f"was-{key}", before[key]]
        for key, value in new
        if key in ("label", "number") and before.get(key, value) != value
    ]
    return [*map(list, new), *more]
