"""Draws the pages that the documents show: the first page of each theme, from the paper in tests/rich.

    python docs/pictures.py [FOLDER]

Run it after a change of a theme, look at the pictures, commit them. Poppler's pdftoppm does the drawing.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from galley import press, theme  # noqa: E402 - the folder above is where it lies
from galley.formats import pdf  # noqa: E402 - likewise

PAPER = HERE.parent / "tests" / "rich"
DOTS = 100  # to the inch


def main(folder: Path) -> None:
    """A picture a theme, and of apa's student version one more."""
    folder.mkdir(parents=True, exist_ok=True)
    document = press.settled(PAPER)
    for name in theme.names(PAPER):
        draw(pdf.write(document, theme.load(name, PAPER)), folder / name)
    student = replace(document, meta=replace(document.meta, student=True))
    draw(pdf.write(student, theme.load("apa", PAPER)), folder / "apa-student")


def draw(content: bytes, target: Path) -> None:
    """The first page as a PNG of few colours; pdftoppm puts the suffix behind the name."""
    command = ["pdftoppm", "-r", str(DOTS), "-png", "-f", "1", "-l", "1", "-singlefile", "-", str(target)]
    subprocess.run(command, input=content, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "themes")
