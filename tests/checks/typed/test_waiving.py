"""Waivers: what they take out, and what is said of those that are no use."""

import pytest

from galley.checks.catalogue import IDS
from galley.checks.waiving import Waiver, of_entry, waived, written
from galley.report import WARNING, Diagnostic
from galley.span import File

FILE = File("paper.md", "A “tightly bonded” thing.\nLiptak, K. (2022, August 2). Lamps.\n")
QUOTED = Diagnostic(WARNING, "quotation-locator", FILE.span(2, 18), "the quotation has no page")
DATED = Diagnostic(WARNING, "date-against-url", FILE.span(38, 52), "Liptak (2022) is dated 2 August")
ENTRIES = {"liptak2022": FILE.span(26, 60)}


def left(*waivers):
    return waived((QUOTED, DATED), waivers, IDS, ENTRIES)


@pytest.mark.parametrize(
    ("waiver", "gone"),
    [
        (Waiver("C12", reason="spoken"), QUOTED),
        (Waiver("quotation-locator", text='"Tightly bonded"', reason="spoken"), QUOTED),
        (Waiver("C19", key="liptak2022", reason="the day in Kabul"), DATED),
        (Waiver("C19", text="2 August", reason="the day in Kabul"), DATED),
    ],
)
def test_a_waiver_takes_out_what_it_names(waiver, gone):
    done = left(waiver)
    assert done.kept == tuple(one for one in (QUOTED, DATED) if one is not gone)
    assert done.used == ((waiver, 1),)
    assert done.number == 1


@pytest.mark.parametrize(
    ("waiver", "code", "message"),
    [
        (Waiver("C12"), "bad-waiver", "the waiver of C12 gives no reason, so it waives nothing"),
        (Waiver("C99", reason="x"), "bad-waiver", "a waiver names the check 'C99', which there is not"),
        (Waiver("C12", text="other", reason="x"), "needless-waiver",
         "nothing is found that the waiver of C12 ('other') is for"),
        (Waiver("C12", key="liptak2022", reason="x"), "needless-waiver",
         "nothing is found that the waiver of C12 ('liptak2022') is for"),
    ],
)  # fmt: skip
def test_a_waiver_of_no_use_is_told(waiver, code, message):
    done = left(waiver)
    assert done.kept[:2] == (QUOTED, DATED)
    assert [(one.code, one.message) for one in done.kept[2:]] == [(code, message)]
    assert done.number == 0


def test_waivers_are_read_from_a_list_or_a_mapping():
    rows, faults = written([{"id": "C12", "text": "tightly", "reason": "spoken"}, {"code": "list-order", "reason": 3}])
    assert rows == (Waiver("C12", "tightly", "", "spoken"), Waiver("list-order", "", "", "3"))
    assert faults == ()
    assert written({"C12": "spoken"}) == ((Waiver("C12", reason="spoken"),), ())
    assert written(None) == ((), ())


@pytest.mark.parametrize("value", [7, "C12", ["C12"], [{"check": "C12", "why": "x"}], [[]], True])
def test_what_is_no_waiver_is_told(value):
    rows, faults = written(value, "paper.waive.yaml")
    assert [one.code for one in faults] == ["bad-waiver"]
    assert all(isinstance(row, Waiver) for row in rows)


def test_waivers_stand_in_an_entry_too():
    assert of_entry("liptak2022", "{C19: the day in Kabul; C21: a name}") == (
        Waiver("C19", "", "liptak2022", "the day in Kabul"),
        Waiver("C21", "", "liptak2022", "a name"),
    )
    assert of_entry("a", "") == ()
