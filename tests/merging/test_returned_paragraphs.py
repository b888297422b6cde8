"""A Word file that came back: paragraphs put in, taken out, moved, parted and joined."""

from __future__ import annotations

import re

import pytest
from editors_hand import Hand, W, bare, like, words_in
from returned_article import ANN, ARTICLE, BARE, TRACKED, came_back, paragraph


@pytest.mark.parametrize("tracked", [TRACKED, BARE], ids=["tracked", "untracked"])
def test_a_new_paragraph_is_a_division(project, tracked):
    def doing(hand: Hand) -> None:
        before, _ = paragraph(hand, "It is soon over")
        made = bare(before, "A new one, with 5 * 3 in it.")
        if tracked:
            hand.wrap(made, "ins")
        hand.body.insert(list(hand.body).index(before) + 1, made)

    text, found = came_back(project, doing)
    said = 'author="Ann Lee" date="2026-03-04"' if tracked else 'author="untracked"'
    assert f"soon over.\n\n::: {{.insertion {said}}}\nA new one, with 5 \\* 3 in it.\n\n:::\n- The first" in text
    assert found.suggestions == 1


@pytest.mark.parametrize("tracked", [TRACKED, BARE], ids=["tracked", "untracked"])
def test_a_paragraph_taken_out_stays_within_a_division(project, tracked):
    def doing(hand: Hand) -> None:
        one, _ = paragraph(hand, "It is soon over")
        hand.wrap(one, "del") if tracked else hand.body.remove(one)

    text, found = came_back(project, doing)
    assert re.search(r"::: \{\.deletion .*\}\nThe third paragraph says very little\. It is soon over\.\n:::\n", text)
    assert found.suggestions == 1


def test_a_paragraph_that_moved_is_taken_over_as_it_is_written(project):
    def doing(hand: Hand) -> None:
        one, _ = paragraph(hand, "The second paragraph")
        place, _ = paragraph(hand, "The end is near")
        hand.body.remove(one)
        hand.body.insert(list(hand.body).index(place) + 1, one)

    text, _ = came_back(project, doing)
    assert text.count("The second paragraph has $x^2$ in it, and [a link](https://example.org/a) to") == 2


def test_an_item_of_a_list_is_put_in(project):
    def doing(hand: Hand) -> None:
        before, _ = paragraph(hand, "The first item")
        made = bare(before, "An item between")
        hand.wrap(made, "ins")
        hand.body.insert(list(hand.body).index(before) + 1, made)

    text, _ = came_back(project, doing)
    assert "- The first item of a list{++\n- An item between++}" + ANN in text


def test_a_paragraph_is_parted_and_joined(project):
    def doing(hand: Hand) -> None:
        one, run = paragraph(hand, "It is soon over")
        second = bare(one, "")
        second.remove(second.findall(W + "r")[0])
        words = words_in(run)
        middle = words.index("It is")
        place = list(one).index(run)
        one.remove(run)
        one.insert(place, like(run, words[:middle]))
        second.append(like(run, words[middle:]))
        hand.mark(one, "ins")
        hand.body.insert(list(hand.body).index(one) + 1, second)

    text, _ = came_back(project, doing)
    assert "very little. {++\n\n++}" + ANN + "It is soon over." in text


def test_a_row_of_a_table_is_listed(project):
    def doing(hand: Hand) -> None:
        one, _ = paragraph(hand, "great")
        table = next(t for t in hand.root.iter(W + "tbl") if one in list(t.iter(W + "p")))
        row = next(r for r in table.iter(W + "tr") if one in list(r.iter(W + "p")))
        table.remove(row)

    text, found = came_back(project, doing)
    assert text == ARTICLE
    (finding,) = found.findings
    assert finding.evidence == "Lower | great"
