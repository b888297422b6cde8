"""Pages as pictures: right in size, alike where they look alike."""

from __future__ import annotations

from io import BytesIO

import pytest

from galley.preview.sheets import Sheets, png

pytest.importorskip("pypdfium2", reason="pypdfium2 is not here: pip install '.[preview]'")


def pdf(*texts):
    """A PDF with a page for each text, in Typst."""
    import typst

    return typst.compile("#pagebreak()\n".join(texts).encode(), format="pdf", timestamp=0)


def opened(drawn):
    from PIL import Image

    return Image.open(BytesIO(drawn))


def test_a_page_is_drawn_as_wide_as_is_asked_for_in_its_colours():
    sheets = Sheets(pdf('#set page(width: 100pt, height: 200pt, fill: rgb("#ff0000"))\nx'))
    picture = opened(sheets.page(1, 150).png)
    assert (sheets.sizes, picture.size) == (((100, 200),), (150, 300))
    assert picture.convert("RGB").getpixel((2, 2)) == (255, 0, 0)


def test_pages_that_look_the_same_have_one_name():
    first, second = Sheets(pdf("One.", "Two.")), Sheets(pdf("One.", "Three."))
    assert first.page(1, 300).name == second.page(1, 300).name
    assert first.page(2, 300).name != second.page(2, 300).name


def test_there_is_no_page_beyond_the_last_nor_of_what_is_closed():
    sheets = Sheets(pdf("One."))
    assert (sheets.page(0, 300), sheets.page(2, 300), Sheets().page(1, 300)) == (None, None, None)
    sheets.close()
    assert sheets.page(1, 300) is None


@pytest.mark.parametrize(("channels", "colour"), [(1, 7), (3, (1, 2, 3)), (4, (1, 2, 3, 4))])
def test_rows_may_be_longer_than_the_picture(channels, colour):
    row = bytes([colour] if channels == 1 else colour) * 2 + b"\xff" * 3
    picture = opened(png(row * 2, 2, 2, len(row), channels))
    assert {picture.getpixel((x, y)) for x in (0, 1) for y in (0, 1)} == {colour}
