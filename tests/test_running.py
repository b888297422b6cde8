"""Inlines that know where others than running words stand: walks find and change in them what they do in lists."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galley.pandoc import each, holds, others, para, plain, span, text, walk
from galley.running import Text

WORD = st.sampled_from([{"t": "Str", "c": "word"}, {"t": "Space"}, {"t": "SoftBreak"}])
ODD = st.sampled_from(
    [
        {"t": "LineBreak"},
        {"t": "Math", "c": [{"t": "InlineMath"}, "x"]},
        {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "there"}], ["#a", ""]]},
        {"t": "Note", "c": [para([{"t": "Str", "c": "below"}])]},
        span([{"t": "Math", "c": [{"t": "InlineMath"}, "y"]}], "a", ["b"]),
    ]
)
INLINES = st.lists(st.one_of(WORD, WORD, ODD), max_size=30)
KINDS = st.sampled_from(
    [None, frozenset({"Math"}), frozenset({"Span", "Note"}), frozenset({"Str"}), frozenset({"Link"})]
)


@given(INLINES, KINDS)
def test_the_same_nodes_are_found(inlines, kinds):
    assert list(each([para(inlines)], kinds)) == list(each([{"t": "Para", "c": Text(inlines)}], kinds))
    assert plain(Text(inlines)) == plain(inlines)
    assert others(Text(inlines)) == others(inlines)


@given(INLINES, KINDS, st.sampled_from([None, [], [{"t": "Str", "c": "new"}, {"t": "LineBreak"}]]))
def test_the_same_nodes_are_changed(inlines, kinds, new):
    def change(node):
        return new if node["t"] in ("Math", "Link") else None

    done = walk([{"t": "Para", "c": Text(inlines)}], change, kinds)
    assert done == walk([para(inlines)], change, kinds)
    inner = done[0]["c"]
    assert type(inner) is not Text or inner.others == Text(list(inner)).others, "it knows its new nodes"


def test_it_is_never_changed_in_place_but_copies_are_ordinary_lists():
    words = text([{"t": "Str", "c": letter} for letter in "abcdefgh"])
    for change in (lambda: words.append({"t": "Space"}), lambda: words.pop(), lambda: words.__setitem__(0, {})):
        with pytest.raises(TypeError, match="never changed in place"):
            change()
    assert type(copy.deepcopy(words)) is list
    assert copy.deepcopy(words) == words


def test_a_table_holds_what_stands_in_its_cells_and_caption():
    cell = [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": [{"t": "Math", "c": [{}, "x"]}]}]]
    row = [["", [], []], [cell]]
    caption = [None, [{"t": "Plain", "c": [{"t": "Note", "c": []}]}]]
    empty = ["", [], []]
    table = {"t": "Table", "c": [empty, caption, [], [empty, []], [[empty, 0, [], [row]]], [empty, []]]}
    assert holds(table, frozenset({"Math"}))
    assert holds(table, frozenset({"Note"}))
    assert not holds(table, frozenset({"Cite"}))
