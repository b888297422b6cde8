"""Of the pages as they are drawn: letters that can be copied, none missing, none in the margin; sharp pictures; figures
and tables near to where they are first named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from galley.checks.preflight.file import points
from galley.checks.preflight.finished import Checked, Finished, count, remark, wrong
from galley.checks.preflight.painting import Font, Picture, Words, painted
from galley.checks.preflight.reading import text
from galley.report import Diagnostic

DOTS, LINES = 300, 600
"""Dots an inch that printers ask of photographs, and of drawings in black and white alone."""
NEARLY = 0.98
"""The share of these that is as good as all of them."""
FAR = 2
"""Pages that a figure or table may stand from where it is first named."""
HANGING = 0.75
"""How far into the margin, in its own size, a line may reach: hyphens and full stops hang there."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the pages show: each page's words and pictures."""

    words: tuple[tuple[Words, ...], ...]
    pictures: tuple[tuple[Picture, ...], ...]


def drawn(finished: Finished) -> Drawn:
    """Look through the drawing orders of every page."""
    fonts: dict[int, Font] = {}
    words: list[tuple[Words, ...]] = []
    pictures: list[tuple[Picture, ...]] = []
    for page in finished.pages:
        shown = list(painted(finished.pdf, page, fonts))
        words.append(tuple(one for one in shown if isinstance(one, Words)))
        pictures.append(tuple(one for one in shown if isinstance(one, Picture)))
    return Drawn(tuple(words), tuple(pictures))


def letters(finished: Finished, drawn: Drawn) -> Checked:
    """``no-letters``, ``missing-glyph``: text that cannot be copied or searched, or that shows as a box.

    Why: indexers and screen readers take the letters, not the shapes (ISO 19005-2, 6.2.11.7).
    """
    used: dict[str, tuple[Font, set[int], str]] = {}
    total = 0
    for folio, words in zip(finished.folios, drawn.words, strict=True):
        for row in words:
            total += len(row.codes)
            _, codes, _ = used.setdefault(f"{row.font.name}{id(row.font)}", (row.font, set(), folio))
            codes.update(row.codes)
    found: list[Diagnostic] = []
    for font, codes, folio in used.values():
        name = font.name.partition("+")[2] or font.name
        if font.letters is None:
            found.append(
                wrong("no-letters", "", f"what is set in {name} from page {folio} on cannot be copied as text")
            )
        elif codes - font.letters - {0}:
            dumb = count(len(codes - font.letters - {0}), "glyph")
            found.append(wrong("no-letters", "", f"{dumb} of {name} from page {folio} on cannot be copied as text"))
        if font.wide and 0 in codes:
            hint = "use a font that has it, or another letter"
            found.append(wrong("missing-glyph", "", f"a letter that {name} lacks shows as a box", hint))
    return Checked(
        "Pages", "text can be copied, no letter is missing", count(total, "glyph") if total else "", tuple(found)
    )


def overfull(finished: Finished, drawn: Drawn) -> Checked:
    """``overfull-line``: words reach into the margin, most often an address, code, or a table too wide.

    Why: what stands in the margin is cut or unreadable where pages are bound.
    """
    margin = finished.theme.tokens.get("margin", {})
    inside, outside = (points(str(margin.get(side, ""))) for side in ("inside", "outside"))
    if not inside or not outside:
        return Checked("Pages", "no line in the margin", "")
    found: list[Diagnostic] = []
    widest, rows = 0.0, 0
    for at, (folio, words) in enumerate(zip(finished.folios, drawn.words, strict=True)):
        left, right = _area(finished, at, inside, outside)
        over = 0.0
        for row in words:
            if row.artifact:
                continue
            rows += 1
            beyond = max(left - row.left, row.right - right)
            over = max(over, beyond if beyond > row.size * HANGING else 0.0)
        widest = max(widest, over)
        if over:
            message = f"a line on page {folio} reaches {over:.0f} pt into the margin"
            found.append(wrong("overfull-line", "", message, "break the address or code, or narrow the table"))
    wide = " and ".join(f"{side * 25.4 / 72:.0f}" for side in (inside, outside))
    said = f"{count(rows, 'row')} of words between the margins of {wide} mm"
    return Checked("Pages", "no line in the margin", said, tuple(found))


def _area(finished: Finished, at: int, inside: float, outside: float) -> tuple[float, float]:
    """The left and the right edge of a page's text: odd pages have the inner margin on the left.

    On a page that lies across, and where pages begin with an even number, the wider area is taken.
    """
    box = [float(finished.pdf.get(one)) for one in finished.pdf.row(finished.pages[at], "MediaBox")]
    width, height = box[2] - box[0], box[3] - box[1]
    folio = finished.folios[at]
    number = int(folio) if folio.isdecimal() and len(folio) < 10 else at + 1
    if (number - at - 1) % 2 == 0 and height >= width:
        left = inside if number % 2 else outside
        return left, width - (inside + outside - left)
    least = min(inside, outside, *(_across(finished) if width > height else ()))
    return least, width - least


def _across(finished: Finished) -> tuple[float, ...]:
    """The upper and lower margin, which are those at the sides of a page that lies across."""
    margin = finished.theme.tokens.get("margin", {})
    return tuple(own for side in ("top", "bottom") if (own := points(str(margin.get(side, "")))))


def resolution(finished: Finished, drawn: Drawn) -> Checked:
    """``low-resolution-print``: a picture with too few dots for the size at which it stands (300 an inch)."""
    found: list[Diagnostic] = []
    dots: list[int] = []
    for folio, pictures in zip(finished.folios, drawn.pictures, strict=True):
        for one in pictures:
            if not (one.size[0] > 1 and one.size[1] > 1) or one.pixels[0] < 2:
                continue
            own = round(min(one.pixels[side] / one.size[side] * 72 for side in (0, 1)))
            dots.append(own)
            wanted = LINES if one.bits == 1 else DOTS
            if own < wanted * NEARLY:
                message = f"a picture of {one.pixels[0]} × {one.pixels[1]} on page {folio} has {own} dots an inch"
                found.append(
                    remark(
                        "low-resolution-print", "", message, f"printers ask for {wanted}: export it larger, or as SVG"
                    )
                )
    what = f"{count(len(dots), 'picture')} of pixels, {min(dots)} to {max(dots)} dots an inch" if dots else ""
    return Checked("Pages", "300 dots an inch in every picture", what, tuple(found))


def floats(finished: Finished) -> Checked:
    """``far-float``: a figure or table stands more than two pages from where the text first names it.

    Why: the reader leafs. A journal that puts all of them at the end is excepted.
    """
    document, tokens = finished.document, finished.theme.tokens.get("floats", {})
    words = {one.label.removesuffix(one.number).strip() for one in document.numbers if one.kind in ("figure", "table")}
    if not words or (document.meta.floats or tokens.get("place")) == "end":
        return Checked("Pages", "figures and tables near their callouts", "")
    first: dict[tuple[int, float], tuple[int, str]] = {}
    for at, link in finished.links:
        said = text(link.get("Contents")).strip()
        target = finished.destination(link) if any(said.startswith(word) for word in words) else None
        if target is not None:
            first.setdefault((target[0], round(target[1], 1)), (at, said))
    found = []
    farthest = 0
    for (page, _), (named, said) in sorted(first.items()):
        apart = abs(page - named)
        farthest = max(farthest, apart)
        if apart > FAR:
            kind = said.split()[0].lower()
            there, here = finished.folios[page], finished.folios[named]
            message = f"a {kind} on page {there} is first named on page {here}, {apart} pages from it"
            found.append(remark("far-float", "", message, "name it nearer to where it stands, or move it"))
    what = f"{count(len(first), 'object')} named, at most {count(farthest, 'page')} away" if first else ""
    return Checked("Pages", "figures and tables near their callouts", what, tuple(found))


FULL: tuple[Any, ...] = (letters, overfull, resolution)


def checks(finished: Finished) -> Iterable[Checked]:
    """All checks that look through the drawing orders."""
    shown = drawn(finished)
    for check in FULL:
        yield check(finished, shown)
    yield floats(finished)
