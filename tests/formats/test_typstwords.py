"""Words that Galley writes as Typst itself: what Typst reads is what was meant, whatever signs stand in them."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from random import Random

import pytest
import typst

from galley.formats.typstwords import Texts, breakable, words
from galley.pandoc import para, raw_block

PLAIN = """
#let plain(it) = if it.has("text") { it.text } else if it.has("children") { it.children.map(plain).join() } else if (
  it.func() == smartquote) { if it.double { "\\"" } else { "'" } } else if it.has("body") { plain(it.body) } else if (
  it == [ ]) { " " } else { "<" + repr(it.func()) + ">" }
#let address(dest, ..parts) = link(dest, parts.pos().join())
"""
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ a1é\u00a0–’"


def text(said: str) -> dict[str, object]:
    return {"t": "Str", "c": said}


def emph(said: str) -> dict[str, object]:
    return {"t": "Emph", "c": [text(said)]}


def read_by_typst(folder: Path, written: list[str | None]) -> list[str]:
    lines = "".join(f"#metadata(plain([\n{one}]))<said>\n" for one in written)
    (folder / "main.typ").write_text(PLAIN + lines, "utf-8")
    found = typst.query(str(folder / "main.typ"), "<said>", field="value")
    return [spaced((one or "").replace("−", "-")) for one in json.loads(found)]


def spaced(said: str) -> str:
    """To Typst, spaces are one space, and at the ends none; its minus sign is a hyphen before a figure."""
    return " ".join(filter(None, said.split(" ")))


def signs(count: int) -> list[str]:
    chance = Random(7)
    return ["".join(chance.choices(SIGNS, k=chance.randint(3, 9))) for _ in range(count)]


@pytest.mark.parametrize("before", [[], [emph("e")], [text("w ")]], ids=["first", "behind a call", "behind a word"])
def test_what_typst_reads_is_what_was_meant(tmp_path: Path, before: list[dict[str, object]]) -> None:
    said = [*SIGNS, *("".join(two) for two in product(SIGNS, SIGNS)), *signs(400)]
    said += ["1. one", "12.", "- a", "+ a", "/ a: b", "= a", "== a", "https://a.org/b", "a/*b*/c", ".field", "(call)"]
    read = read_by_typst(tmp_path, [words([*before, text(one)]) for one in said])
    head = "".join(str(one["c"] if one["t"] == "Str" else "e") for one in before)
    wrong = [(one, meant) for one, meant in zip(read, said, strict=True) if one != spaced(head + meant)]
    assert wrong == []


def test_within_a_call_too(tmp_path: Path) -> None:
    said = [one for one in SIGNS if one != " "]
    read = read_by_typst(tmp_path, [words([emph(one), text("x")]) for one in said])
    assert read == [f"{one}x" for one in said]


def test_lines_in_words_are_spaces(tmp_path: Path) -> None:
    assert words([text("a\n\nb\u2028c")]) == "a b c"


def test_links_lead_to_labels_and_addresses() -> None:
    def link(address: str, said: str) -> dict[str, object]:
        return {"t": "Link", "c": [["", [], []], [text(said)], [address, ""]]}

    assert words([link("#ref-doe", "Doe")]) == "#link(<ref-doe>)[Doe]"
    assert words([link("#a b", "Doe")]) == '#link(label("a b"))[Doe]'
    assert words([link('https://a.org/"x', "here")]) == '#link("https://a.org/\\"x")[here]'
    address = "https://doi.org/10.1234/one.two-three"
    assert words([link(address, address)]) == f'#address("{address}", "https://doi.org/", "10.1234/", "one.two-three")'


@pytest.mark.parametrize("address", ["https://example.org", "www.a.org/b_c?d=e&f", "https://a.org/--x/-/é"])
def test_an_address_is_broken_and_not_changed(address: str) -> None:
    assert "".join(breakable(address)) == address


def test_what_is_not_plain_is_pandocs() -> None:
    math = para([text("a"), {"t": "Math", "c": [{"t": "InlineMath"}, "x"]}])
    heading = {"t": "Header", "c": [2, ["here", [], []], [text("Here")]]}
    assert words(math["c"]) is None
    body = [heading, para([text("One")]), math, raw_block("typst", "#f["), para([text("Two")]), raw_block("typst", "]")]
    texts = Texts({"title": [{"t": "Plain", "c": [text("T")]}], "body": body}).result()
    assert texts == {"title": "T", "body": "== Here\n<here>\nOne\n\na$x$\n\n#f[\nTwo\n\n]"}


def test_without_such_pandoc_is_not_even_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.formats.typstwords.Writing", None)
    assert Texts({"body": [para([text("One")]), para([text("Two")])]}).result() == {"body": "One\n\nTwo"}
