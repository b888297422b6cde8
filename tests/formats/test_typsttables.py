"""Tables that Galley writes as Typst itself: as Pandoc writes them, but for cells that begin as an item does."""

from __future__ import annotations

import pytest

from galley import pandoc
from galley.formats.typstwords import WRITER, Texts
from galley.pandoc import Node

SPANS = """
+---+---+
| a | b |
+---+---+
| c     |
+---+---+
"""
WIDE = """
-------- ---------
one      two

three    four
-------- ---------
"""
PLAIN = {
    "heads": "| A | B |\n|---|---|\n| x | y |",
    "no heads": "|   |   |\n|---|---|\n| x | y |",
    "no rows": "| A | B |\n|---|---|",
    "alignments": "| A | B | C | D |\n|---|:--|--:|:-:|\n| x |  | y | z |",
    "caption": "| A | B |\n|---|---|\n| x | y |\n\n: Of *two* words; 5 < 6 & more. {#tbl-x}",
    "numbers": "| A | B |\n|--:|--:|\n| -0.5 | -1.5^a^ |\n| 15. | 15.0 |\n| +3 | /2 |",
    "words": "| A | B |\n|---|---|\n| [x](https://a.example/b_c) | a $ # \\* \\_ @ [k] |\n| *a* **b** | H~2~O x^2^ |",
}
LEFT = {
    "code": "| A |\n|---|\n| `x` |",
    "formula": "| A |\n|---|\n| $x$ |",
    "spans": SPANS,
    "widths": WIDE,
}


def read(text: str) -> list[Node]:
    return pandoc.Reading(f"{text}\n").result()[1]


def ours(blocks: list[Node], monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as alone:
        alone.setattr("galley.formats.typstwords.Writing", None)  # to call it would fail
        return Texts({"body": blocks}).result()["body"]


@pytest.mark.parametrize("name", PLAIN)
def test_plain_tables_are_as_pandoc_writes_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = read(PLAIN[name])
    assert [block["t"] for block in blocks] == ["Table"]
    assert ours(blocks, monkeypatch) == pandoc.write(blocks, WRITER)["body"].strip("\n")


@pytest.mark.parametrize("name", LEFT)
def test_others_are_left_to_pandoc(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = read(LEFT[name])
    assert [block["t"] for block in blocks] == ["Table"]
    with pytest.raises(TypeError):
        ours(blocks, monkeypatch)
    assert Texts({"body": blocks}).result()["body"] == pandoc.write(blocks, WRITER)["body"].strip("\n")


def test_cells_that_begin_as_items_and_headings_do_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ours(read("| A | B |\n|---|---|\n| + a | - b |\n| = c | 1. d |\n| / e | == f |"), monkeypatch)
    assert [line.strip() for line in rows.splitlines() if "\\" in line] == [
        "[\\+ a], [\\- b],",
        "[\\= c], [\\1. d],",
        "[\\/ e], [\\== f],",
    ]
