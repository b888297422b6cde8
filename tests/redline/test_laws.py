"""Laws: accepting all gives the new text, rejecting all the old one, exactly; and no mark is larger than it must be."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galley import press
from galley.stages.redlining.documents import redline
from galley.stages.redlining.marking import redlined, words
from galley.stages.redlining.moving import moved
from galley.stages.redlining.sequences import common, heaviest, least
from galley.stages.redlining.sides import accepted, rejected
from galley.stages.redlining.steps import Work
from galley.tree import each, para, plain

PAIRS = Path(__file__).parent.parent.parent.parent / "shared" / "pairs"
WORD = st.sampled_from(
    ["the", "of", "and", "alpha", "beta", "gamma", "delta", "river", "stone", "house", "3.5", "p-value", "can’t"]
)
ATOMS = st.sampled_from(
    [
        {"t": "Math", "c": [{"t": "InlineMath"}, "x"]},
        {"t": "Math", "c": [{"t": "InlineMath"}, "y+1"]},
        {"t": "Span", "c": [["c1", ["citation"], [["cites", "a"]]], [{"t": "Str", "c": "(Doe,\u00a02001)"}]]},
        {"t": "Span", "c": [["c2", ["citation"], [["cites", "b"]]], [{"t": "Str", "c": "(Roe,\u00a02002)"}]]},
        {"t": "Note", "c": [para([{"t": "Str", "c": "Noted"}, {"t": "Space"}, {"t": "Str", "c": "here"}])]},
        {"t": "Note", "c": [para([{"t": "Str", "c": "Noted"}, {"t": "Space"}, {"t": "Str", "c": "there"}])]},
        {"t": "Code", "c": [["", [], []], "a = 1"]},
        {"t": "Image", "c": [["", [], []], [], ["a.png", ""]]},
    ]
)


@st.composite
def lines(draw):
    out = []
    for at in range(draw(st.integers(1, 14))):
        out += [{"t": "Space"}] if at and draw(st.booleans()) else []
        piece = draw(st.one_of(WORD.map(lambda word: {"t": "Str", "c": word}), ATOMS))
        out.append({"t": "Emph", "c": [piece]} if draw(st.integers(0, 5)) == 0 else piece)
    return out


def _cell(content):
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": content}] if content else []]


@st.composite
def tables(draw):
    width = draw(st.integers(1, 3))
    rows = [[["", [], []], [_cell(draw(lines())) for _ in range(width)]] for _ in range(draw(st.integers(1, 4)))]
    specs = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * width
    body = [["", [], []], 0, [], rows[1:]]
    return {"t": "Table", "c": [["", [], []], [None, []], specs, [["", [], []], rows[:1]], [body], [["", [], []], []]]}


BLOCK = st.one_of(
    lines().map(para),
    lines().map(para),
    lines().map(lambda line: {"t": "Header", "c": [1, ["", [], []], line]}),
    st.lists(lines().map(lambda line: [{"t": "Plain", "c": line}]), min_size=1, max_size=4).map(
        lambda items: {"t": "BulletList", "c": items}
    ),
    tables(),
    st.lists(WORD, min_size=1, max_size=4).map(lambda code: {"t": "CodeBlock", "c": [["", [], []], "\n".join(code)]}),
)


@st.composite
def edited(draw):
    """Blocks, and the same after some random edits."""
    old = draw(st.lists(BLOCK, max_size=7))
    new = list(old)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(new)))
        what = draw(st.sampled_from(["insert", "delete", "replace", "move"]))
        if what == "insert":
            new.insert(at, draw(BLOCK))
        elif at < len(new):
            block = new.pop(at)
            if what == "replace":
                new.insert(at, draw(BLOCK))
            elif what == "move":
                new.insert(draw(st.integers(0, len(new))), block)
    return old, new


def text(blocks):
    """The words of all blocks with their notes, pictures and the blanks between them."""
    pictures = [node["c"][2][0] for node in each(blocks, frozenset({"Image"}))]
    notes = [" ".join(plain(node["c"]).split()) for node in each(blocks, frozenset({"Note"}))]
    return " ".join(plain(blocks).split()), notes, pictures


@settings(max_examples=120, deadline=None)
@given(edited())
def test_accepting_gives_the_new_text_and_rejecting_the_old(pair):
    old, new = pair
    work = Work("A", "2026-01-01T00:00:00Z")
    made = moved(redlined(old, new, work), work)
    assert text(accepted(made)) == text(new)
    assert text(rejected(made)) == text(old)


@settings(max_examples=50, deadline=None)
@given(st.lists(BLOCK, max_size=6))
def test_nothing_is_marked_where_nothing_changed(blocks):
    made = redlined(blocks, blocks, Work("A", ""))
    assert made == blocks


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_common_subsequence_is_a_longest_one(one, other):
    pairs = common(one, other)
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(pairs))
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, j in itertools.product(range(len(one)), range(len(other))):
        same = one[i] == other[j]
        table[i + 1][j + 1] = table[i][j] + 1 if same else max(table[i][j + 1], table[i + 1][j])
    assert len(pairs) == table[-1][-1]
    assert least(one, other) == len(one) + len(other) - 2 * table[-1][-1]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 9)), max_size=9))
def test_the_heaviest_chain_weighs_most(pairs):
    chain = heaviest(pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(chain))
    best = {}
    for i, j, weight in pairs:
        best[i, j] = max(weight, best.get((i, j), 0))
    chains = (some for size in range(len(best) + 1) for some in itertools.combinations(sorted(best), size))
    rising = (some for some in chains if all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(some)))
    assert sum(best[pair] for pair in chain) == max(sum(best[pair] for pair in some) for some in rising)


def _all(document):
    listed = [para(entry.inlines) for entry in document.references]
    return [*(block for part in document.slots.values() for block in part), *document.blocks, *listed, *document.back]


@pytest.mark.skipif(not PAIRS.is_dir(), reason="no pairs of revisions beside the project")
@pytest.mark.parametrize("name", sorted(path.name for path in PAIRS.glob("*") if path.is_dir()) or ["none"])
def test_the_law_holds_on_real_pairs(name):
    old, new = press.settled(PAIRS / name / "old"), press.settled(PAIRS / name / "new")
    work = Work("A", "2026-01-01T00:00:00Z")
    blocks = moved(redlined(old.blocks, new.blocks, work), work)
    assert words(accepted(blocks)) == words(new.blocks)
    assert words(rejected(blocks)) == words(old.blocks)
    whole = redline(old, new, Work("A", ""))
    assert sorted(words(accepted(_all(whole)))) == sorted(words(accepted([*_front(whole), *_all(new)])))


def _front(document):
    return [block for block in document.blocks[:1] if block["t"] == "Div" and "front-changes" in block["c"][0][1]]
