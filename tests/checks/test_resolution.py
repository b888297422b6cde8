"""Pictures with too few pixels for their size in print: which are told of, and with which numbers."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from galley import press
from galley.checks.resolution import low_resolution

KINDS = {".jpg": "jpeg", ".tif": "tiff"}
PANELS = """::: {#fig:both}
![One](a.png){alt="x"}

![Two](a.png){alt="y"}

Both.
:::
"""


def told(folder: Path, text: str, name: str = "a.png", size: tuple[int, int] = (600, 300), theme: str = "", **how):
    (folder / "article.md").write_text(f"---\ntitle: A Title\n---\n\n{text}\n", "utf-8")
    stream = BytesIO()
    Image.new("RGB", size, "grey").save(stream, KINDS.get(Path(name).suffix, Path(name).suffix[1:]), **how)
    (folder / name).write_bytes(stream.getvalue())
    document = press.settled(folder / "article.md")
    return [one.message for one in low_resolution(document, press.themed(document, theme))]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.tif", "a.webp"])
def test_the_numbers_are_told_whatever_the_kind_of_picture(tmp_path, name):
    found = told(tmp_path, f'![A map]({name}){{#fig:a alt="x" width=100%}}', name)
    assert found == [f"the image '{name}' is 600 pixels wide and printed 118 mm wide: 129 dpi, under 300"]


@pytest.mark.parametrize(
    ("width", "printed"),
    [("width=59mm", 59), ("width=50%", 59), ("width=4in", 102), ("height=3cm", 60), ("width=200px", 53), ("", 118)],
)
def test_the_size_in_print_is_what_the_author_says(tmp_path, width, printed):
    (message,) = told(tmp_path, f'![A map](a.png){{#fig:a alt="x" {width}}}')
    assert f"printed {printed} mm wide" in message


@pytest.mark.parametrize("kind", ["a.png", "a.jpg"])
def test_a_picture_with_a_density_of_its_own_is_printed_so(tmp_path, kind):
    assert told(tmp_path, f'![A map]({kind}){{#fig:a alt="x"}}', kind, dpi=(300, 300)) == []
    (message,) = told(tmp_path, f'![A map]({kind}){{#fig:a alt="x"}}', kind, dpi=(150, 150))
    assert "printed 102 mm wide: 150 dpi" in message


def test_enough_is_enough(tmp_path):
    assert told(tmp_path, '![A map](a.png){#fig:a alt="x" width=50mm}') == []
    assert told(tmp_path, '![A map](a.png){#fig:a alt="x"}', size=(1400, 700)) == []


def test_panels_are_as_wide_as_their_cells(tmp_path):
    (message,) = told(tmp_path, PANELS)
    assert "printed 59 mm wide: 258 dpi" in message


def test_the_measure_is_the_theme_s(tmp_path):
    (column,) = told(tmp_path, '![A map](a.png){#fig:a alt="x" width=100%}', theme="two-column")
    (page,) = told(tmp_path, '![A map](a.png){#fig:a .wide alt="x" width=100%}', theme="two-column")
    assert "printed 70 mm" in column
    assert "printed 145 mm" in page


def test_a_file_cut_short_is_no_reason_to_stop(tmp_path):
    text = '![A map](a.png){#fig:a alt="x"} ![A map](b.jpg) ![A map](c.gif)'
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "c.gif").write_bytes(b"GIF89a")
    assert len(told(tmp_path, text)) == 1
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    document = press.settled(tmp_path / "article.md")
    assert list(low_resolution(document, press.themed(document))) == []
