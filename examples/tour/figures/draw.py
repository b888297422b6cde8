"""Draws the tour's figures that are not SVG: two pages without words, a tone in dots, a ruler. Needs Pillow.

python examples/tour/figures/draw.py
"""

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
DPI = 400


def page(name: str, space: float) -> None:
    """Lines of grey words; ``space`` is the width of a word space against that of a letter."""
    chance = random.Random(4)  # noqa: S311 - the same page each time
    image = Image.new("L", (1200, 960), 255)
    pen = ImageDraw.Draw(image)
    for top in range(40, 920, 48):
        widths: list[int] = []
        while sum(widths) + len(widths) * 15 * space < 1120:
            widths.append(15 * chance.choice((2, 3, 4, 5, 6, 8)))
        widths.pop()
        gap = (1120 - sum(widths)) / (len(widths) - 1)
        left = 40.0
        for width in widths:
            pen.rectangle((left, top, left + width, top + 23), fill=70)
            left += width + gap
    image.save(HERE / name, dpi=(DPI, DPI), optimize=True)


def tone(name: str) -> None:
    """A grey that runs from light to dark, in dots that grow."""
    image = Image.new("1", (960, 320), 1)
    pen = ImageDraw.Draw(image)
    for row in range(20):
        for column in range(60):
            x, y = 16 * column + 8 * (row % 2), 16 * row + 8
            radius = 11 * math.sqrt(column / 60)
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)
    image.save(HERE / name, compression="group4", dpi=(DPI, DPI))


def ruler(name: str) -> None:
    """A ruler of points over one of millimetres, as a PDF of lines alone."""
    marks = [f"{10 + at} 40 m {10 + at} {64 if at % 12 == 0 else 52} l" for at in range(0, 253, 3)]
    millimetre = 72 / 25.4
    marks += [
        f"{10 + at * millimetre:.3f} 36 m {10 + at * millimetre:.3f} {12 if at % 10 == 0 else 26} l" for at in range(89)
    ]
    drawing = ("0.5 w 0 G\n" + "\n".join(marks) + "\nS\n1 w 10 38 m 262 38 l S\n").encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 272 76] /Resources << >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n" % (table, len(out))
    (HERE / name).write_bytes(out + b"%%EOF\n")


if __name__ == "__main__":
    page("tight.png", 1.2)
    page("loose.png", 4.5)
    tone("tone.tif")
    ruler("ruler.pdf")
