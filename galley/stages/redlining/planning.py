"""Two lists of blocks -> a plan of what is kept, gone, new and changed, and the plan -> one list with marks.

All that is to be compared is compared before anything is marked, so that how much is marked can be weighed over the
whole of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from galley.document import Node
from galley.stages.redlining.absorbing import LISTS, absorbed
from galley.stages.redlining.aligning import align, kind, unit
from galley.stages.redlining.scripts import DELETION, INSERTION, Marked, Script, lines, marked, script, tidy, weighed
from galley.stages.redlining.sequences import common, least
from galley.stages.redlining.tokens import Mark, Token
from galley.tree import div, each, plain, span

TEXTUAL = frozenset({"Para", "Plain", "Header"})
SHARE = 1.08
"""How many times the least number of words may be marked so that marks are tidy."""
STEPS = (0.5, 0.2)
"""How much less strict it is asked whether two blocks are one changed, where too many words would be marked."""
NOTES = frozenset({"Note"})


@dataclass(slots=True)
class Work:
    """Who marks, and the scripts of all paragraphs compared; ``sources`` tells whether a key's entry has changed."""

    author: str
    date: str
    changed: frozenset[str] = frozenset()
    scripts: list[Script] = field(default_factory=list)
    strict: float = 1.0

    @property
    def who(self) -> tuple[tuple[str, str], ...]:
        """The pairs that every mark bears."""
        return ("author", self.author), ("date", self.date)

    def compared(self, olds: Sequence[Sequence[Node]], news: Sequence[Sequence[Node]]) -> Script:
        """The script of some lines, noted down."""
        found = script(olds, news)
        self.scripts.append(found)
        return found


class Whole(NamedTuple):
    """A block that is kept as it is in the new text (""), gone or come as a whole."""

    node: Node
    mark: str = ""


class Lines(NamedTuple):
    """Paragraphs whose words are marked."""

    olds: Sequence[Node]
    news: Sequence[Node]
    script: Script


class Held(NamedTuple):
    """A block that holds lists of blocks, each of which has a plan."""

    old: Node
    new: Node
    parts: tuple[tuple[Step, ...], ...]


class Grid(NamedTuple):
    """A table: the plan of its title, and its rows and columns paired (-1 where one side has none)."""

    old: Node
    new: Node
    caption: tuple[Step, ...]
    rows: Any
    columns: Sequence[tuple[int, int]]
    cells: dict[tuple[int, int], tuple[Step, ...]]


class Code(NamedTuple):
    """Code of which some lines have changed."""

    old: Node
    new: Node

    def runs(self) -> list[tuple[str, list[str]]]:
        """The runs of lines that are kept (""), gone and new."""
        olds, news = self.old["c"][1].split("\n"), self.new["c"][1].split("\n")
        out: list[tuple[str, list[str]]] = []
        i = j = 0
        for old, new in [*common(olds, news), (len(olds), len(news))]:
            out += [(DELETION, olds[i:old]), (INSERTION, news[j:new])]
            if old < len(olds) and out[-3:-2] and out[-3][0] == "" and not out[-2][1] and not out[-1][1]:
                out[-3][1].append(news[new])
                out = out[:-2]
            elif old < len(olds):
                out.append(("", [news[new]]))
            i, j = old + 1, new + 1
        return [run for run in out if run[1]]


Step = Whole | Lines | Held | Grid | Code


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
    return " ".join(f"{plain([node])} {' '.join(plain(one['c']) for one in each(node, NOTES))}" for node in blocks).split()


def weight(steps: Sequence[Step]) -> int:
    """How many words are marked."""
    total = 0
    for step in steps:
        if isinstance(step, Lines):
            total += weighed(step.script)
        elif isinstance(step, Held):
            total += sum(map(weight, step.parts))
        elif isinstance(step, Code):
            total += sum(len(" ".join(lines).split()) for mark, lines in step.runs() if mark)
        elif isinstance(step, Whole):
            total += len(plain([step.node]).split()) if step.mark else 0
        else:
            total += weight(step.caption) + sum(map(weight, step.cells.values()))
    return total


# -- the plan ----------------------------------------------------------------------------------------


def plan(olds: Sequence[Node], news: Sequence[Node], work: Work) -> tuple[Step, ...]:
    """What becomes of these blocks."""
    if len(olds) == len(news) == 1 and alike(olds[0], news[0]):
        return tuple(_changed(olds[0], news[0], work))
    units = [unit(node) for node in olds], [unit(node) for node in news]
    olds, news, runs = absorbed(list(olds), list(news), align(*units, work.strict))
    steps: list[Step] = []
    for i0, i1, j0, j1 in runs:
        if i0 == i1:
            steps += [Whole(node, INSERTION) for node in news[j0:j1]]
        elif j0 == j1:
            steps += [Whole(node, DELETION) for node in olds[i0:i1]]
        elif (i1 - i0, j1 - j0) == (1, 1):
            steps += _changed(olds[i0], news[j0], work)
        else:
            group = [node["c"] for node in olds[i0:i1]], [node["c"] for node in news[j0:j1]]
            steps.append(Lines(olds[i0:i1], news[j0:j1], work.compared(*group)))
    return tuple(steps)


def alike(old: Node, new: Node) -> bool:
    """Whether two blocks that stand alone in their places are one that was changed, whatever they say."""
    return kind(old) == kind(new) and old["t"] != "Table"


def _changed(old: Node, new: Node, work: Work) -> list[Step]:
    if old == new:
        return [Whole(new)]
    name = new["t"]
    if name in TEXTUAL:
        return [Lines([old], [new], work.compared([line(old)], [line(new)]))]
    if name == "Table":
        from galley.stages.redlining.grids import grid

        found = grid(old, new, work)
        return [found] if found else [Whole(old, DELETION), Whole(new, INSERTION)]
    if name == "CodeBlock" and old["c"][1] != new["c"][1]:
        return [Code(old, new)]
    old_parts, new_parts = parts(old), parts(new)
    if new_parts is None or old_parts is None or len(old_parts) != len(new_parts):
        same = name in ("RawBlock", "HorizontalRule") or _printed(old) == _printed(new)
        return [Whole(new)] if same else [Whole(old, DELETION), Whole(new, INSERTION)]
    planned = tuple(plan(one, other, work) for one, other in zip(old_parts, new_parts, strict=True))
    return [Held(old, new, planned)]


def _printed(node: Node) -> str:
    """What is seen of a block that is not compared word by word."""
    return str(node["c"][1]) if node["t"] == "CodeBlock" else plain([node])


def line(node: Node) -> Sequence[Node]:
    """The inlines of a paragraph or heading."""
    content: Sequence[Node] = node["c"][2] if node["t"] == "Header" else node["c"]
    return content


def parts(node: Node) -> list[list[Node]] | None:
    """The lists of blocks that a block holds; the items of a list as blocks of their own. None where it holds none."""
    kind, content = node["t"], node.get("c")
    if kind == "Div":
        return [content[1]]  # type: ignore[index]
    if kind in ("BlockQuote", "Item"):
        return [content]  # type: ignore[list-item]
    if kind in LISTS:
        return [[{"t": "Item", "c": item} for item in (content if kind == "BulletList" else content[1])]]  # type: ignore[index, union-attr]
    if kind == "Figure":
        return [content[1][1], content[2]]  # type: ignore[index]
    if kind == "Group":
        inner = [block for block in content if block["t"] != "RawBlock"]  # type: ignore[union-attr]
        return [[block] for block in inner]
    return None


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


# -- the marks ---------------------------------------------------------------------------------------


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
        wrapped({"t": "CodeBlock", "c": [step.new["c"][0] if mark != DELETION else step.old["c"][0], "\n".join(lines)]}, mark, work)
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

