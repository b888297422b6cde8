"""Of the file as a whole: its fonts, its pages and their numbers, what it must not hold, and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from galley.checks.preflight.finished import Check, Checked, Finished, count, listed, remark, wrong
from galley.checks.preflight.reading import Stream, text
from galley.report import Diagnostic

FILES = ("FontFile", "FontFile2", "FontFile3")
SUBSET = re.compile(r"[A-Z]{6}\+")
FONT = re.compile(rb"/Type\s*/Font\b")
POINT = 0.5
"""How far, in points, page sizes may lie apart and still be one."""
FORBIDDEN = ("JavaScript", "Launch", "ImportData", "ResetForm", "SubmitForm", "Movie", "Sound", "RichMediaExecute")
"""Actions that an archival PDF must not hold (ISO 19005-2, 6.5.1)."""
ACTION = re.compile(rb"/(?:JS|" + "|".join(FORBIDDEN).encode() + rb")\b")


def fonts(finished: Finished) -> Checked:
    """``font-not-embedded``, ``font-not-subset``, ``font-type-3``: a page would look otherwise elsewhere.

    Why: printers and repositories (IEEE, arXiv) refuse such files; a Type 3 font has no hints and cannot be searched.
    """
    pdf = finished.pdf
    names: list[str] = []
    found: list[Diagnostic] = []
    for _, font in pdf.objects(FONT):
        if not isinstance(font, dict) or font.get("Type") != "Font" or str(font.get("Subtype")).startswith("CIDFont"):
            continue
        name = str(font.get("BaseFont", "without a name"))
        names.append(name)
        if font.get("Subtype") == "Type3":
            hint = "use an outline font (.otf, .ttf) in theme and figures"
            found.append(wrong("font-type-3", "", "there is a Type 3 font in the PDF", hint))
            continue
        below = pdf.row(font, "DescendantFonts")
        held = pdf.get(below[0]) if below else font
        if not any(isinstance(pdf.of(held, "FontDescriptor", file), Stream) for file in FILES):
            hint = "put the font's file into the folder fonts/ of theme or project"
            found.append(wrong("font-not-embedded", "", f"the font {_plain(name)} is not in the PDF", hint))
        elif not SUBSET.match(name):
            found.append(remark("font-not-subset", "", f"the font {_plain(name)} is in the PDF as a whole"))
    faces = listed(sorted({_plain(name) for name in names}), 6)
    return Checked(
        "Fonts", "embedded and subset, none of Type 3", f"{count(len(set(names)), 'font')}: {faces}", tuple(found)
    )


def _plain(name: str) -> str:
    return SUBSET.sub("", name).removesuffix("-Identity-H")


def boxes(finished: Finished) -> Checked:
    """``page-size``, ``page-rotated``: pages of different sizes, turned, or not of the theme's paper."""
    found: list[Diagnostic] = []
    sizes: dict[tuple[int, int], list[str]] = {}
    for folio, page in zip(finished.folios, finished.pages, strict=True):
        box = _box(finished, page, "MediaBox")
        cut = _box(finished, page, "CropBox") or box
        sizes.setdefault((round(box[2] - box[0]), round(box[3] - box[1])), []).append(folio)
        if any(abs(one - other) > POINT for one, other in zip(box, cut, strict=False)):
            found.append(wrong("page-size", "", f"page {folio} is cut by its CropBox", "give the page no CropBox"))
        if finished.pdf.get(page.get("Rotate", 0)):
            found.append(wrong("page-rotated", "", f"page {folio} is turned by {page['Rotate']} degrees"))
    paper = finished.theme.tokens.get("paper", {})
    wanted = tuple(round(points(str(paper.get(side, "0mm")))) for side in ("width", "height"))
    shown = "; ".join(f"{count(len(on), 'page')} of {_size(size)}" for size, on in sizes.items())
    if len({tuple(sorted(size)) for size in sizes}) > 1:  # some may lie across
        found.append(wrong("page-size", "", f"the pages are of different sizes: {shown}"))
    elif all(wanted) and sizes and _apart(wanted, next(iter(sizes))) > 1:
        found.append(wrong("page-size", "", f"the pages are {shown}; the theme's paper is {_size(wanted)}"))
    return Checked("Pages", "one size, uncut, upright", shown, tuple(found))


def _box(finished: Finished, page: dict[str, Any], name: str) -> list[float]:
    sides = [finished.pdf.get(one) for one in finished.pdf.row(page, name)]
    return (
        [float(one) for one in sides if isinstance(one, int | float)]
        if len(sides) == 4
        else [0.0] * 4 * (name == "MediaBox")
    )


def _apart(wanted: tuple[int, ...], size: tuple[int, ...]) -> int:
    return max(abs(one - other) for one, other in zip(sorted(wanted), sorted(size), strict=True))


def _size(size: tuple[int, ...]) -> str:
    return " × ".join(f"{side * 25.4 / 72:.0f}" for side in size) + " mm"


def points(length: str) -> float:
    """A length of the theme, as "30mm", in points; 0 where it is given in something else."""
    found = re.fullmatch(r"\s*([\d.]+)\s*(mm|cm|in|pt)\s*", length)
    return float(found[1]) * {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0}[found[2]] if found else 0.0


def labels(finished: Finished) -> Checked:
    """``page-labels``, ``page-range``: the pages are not numbered as the front matter gives them.

    Why: readers cite the number they see, and viewers go to it by the label.
    """
    meta = finished.document.meta
    count_, folios = len(finished.pages), finished.folios
    first = meta.first_page
    shown = f"{folios[0]}–{folios[-1]}" if count_ > 1 else "".join(folios)
    what = f"{count(count_, 'page')}, labelled {shown}"
    if first is None or finished.theme.tokens.get("paper", {}).get("folios") == "own":
        return Checked("Pages", "numbered as the front matter says", what)
    found: list[Diagnostic] = []
    place = finished.document.places.of("pages")
    if meta.last_page is not None and count_ != meta.last_page - first + 1:
        taken = f"{first}-{first + count_ - 1}" if count_ > 1 else f"page {first} alone"
        message = f"the front matter says pages {first}-{meta.last_page}, but the article takes {taken}"
        found.append(wrong("page-range", place, message, "correct pages:, or shorten or lengthen the article"))
    if folios != [str(first + at) for at in range(count_)]:
        message = f"the pages are labelled {shown}; the front matter begins at {first}"
        found.append(wrong("page-labels", place, message))
    return Checked("Pages", "numbered as the front matter says", what, tuple(found))


def barred(finished: Finished) -> Checked:
    """``encrypted``, ``script-in-pdf``: what archives and printers refuse (ISO 19005-2, 6.1.3 and 6.5.1)."""
    pdf = finished.pdf
    found = []
    if pdf.trailer.get("Encrypt") is not None:
        found.append(wrong("encrypted", "", "the PDF is encrypted", "save it without a password"))
    actions = {
        str(one["S"]) for _, one in pdf.objects(ACTION) for one in _actions(pdf, one) if one.get("S") in FORBIDDEN
    }
    scripts = pdf.of(pdf.root, "Names", "JavaScript") is not None
    kinds = sorted(actions | ({"JavaScript"} if scripts else set()))
    found += [wrong("script-in-pdf", "", f"the PDF holds an action of the kind {name}") for name in kinds]
    return Checked(
        "File",
        "neither encrypted nor with scripts or actions",
        f"{count(len(pdf.data) // 1000, 'kB', 'kB')} looked through",
        tuple(found),
    )


def _actions(pdf: Any, one: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Dictionaries that are actions, in an object and straight within it."""
    if isinstance(one, Stream):
        one = one.facts
    if isinstance(one, dict):
        if "S" in one and ("JS" in one or one.get("Type") == "Action" or str(one["S"]) in FORBIDDEN):
            yield one
        for inner in one.values() if depth < 4 else ():
            yield from _actions(pdf, inner, depth + 1)
    elif isinstance(one, list) and depth < 4:
        for inner in one:
            if isinstance(inner, dict):
                yield from _actions(pdf, inner, depth + 1)


def links(finished: Finished) -> Checked:
    """``dead-link``, ``bad-link``, ``plain-link``: a link that leads nowhere, is no address, or is not secure."""
    found: list[Diagnostic] = []
    within = 0
    addresses: dict[str, str] = {}
    for at, link in finished.links:
        address = text(finished.pdf.of(link, "A", "URI"))
        if address:
            addresses.setdefault(address, finished.folios[at])
        elif finished.destination(link) is None:
            found.append(wrong("dead-link", "", f"a link on page {finished.folios[at]} leads to no place in the PDF"))
        else:
            within += 1
    for address, folio in addresses.items():
        if not re.fullmatch(
            r"(https?://[^\s/?#<>\"]+\.[^\s<>\"]*|https?://localhost\S*|mailto:[^\s@]+@[^\s@]+)", address
        ):
            found.append(wrong("bad-link", "", f"the link '{address[:80]}' on page {folio} is no web address"))
        elif re.match(r"http://(dx\.)?doi\.org/", address):
            found.append(
                wrong(
                    "plain-link",
                    "",
                    f"the DOI '{address}' on page {folio} is not given as https",
                    "write https://doi.org/...",
                )
            )
    insecure = sum(address.startswith("http://") for address in addresses)
    out = len(addresses)
    said = (
        f"{count(within, 'link')} within, {count(out, 'address', 'addresses')} outside, {out - insecure} of them secure"
    )
    return Checked("Links", "lead somewhere, DOIs by https", said if finished.links else "", tuple(found))


QUICK: tuple[Check, ...] = (fonts, boxes, labels, barred, links)
