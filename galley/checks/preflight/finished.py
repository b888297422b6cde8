"""The nouns of preflight: a finished PDF beside the document it was set from, and what became of one check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from galley.checks.preflight.reading import Pdf, Ref
from galley.document import Document
from galley.report import ERROR, WARNING, Diagnostic, Severity
from galley.span import Span
from galley.theme import Theme

KINDS = ("Figure", "Formula", "Table")
ELEMENT = re.compile(rb"/S\s*/(?:Figure|Formula|Table)\b")
LINK = re.compile(
    rb"\s*\d+ \d+ obj\s*<</Type/Annot/Subtype/Link/Rect\[[^\[\]]*\](?:/Border\[[^\[\]]*\])?(?:/QuadPoints\[[^\[\]]*\])?"
    rb"(?:(?:/Dest (\d+) 0 R|/A<</Type/Action/S/URI/URI\(([^()\\]*)\)>>)"
    rb"/F 4(?:/StructParent \d+)?/Contents\(([^()\\]*)\)>>)?"
)
"""How a link begins in a PDF of Typst's: with its place, which nobody asks for here; most have just this besides."""


class Checked(NamedTuple):
    """One thing that was looked at: under which heading, what it should be, what was found, in figures.

    ``findings`` are what is wrong; without any it has passed. ``what`` is "" where there was nothing to look at.
    """

    group: str
    name: str
    what: str
    findings: tuple[Diagnostic, ...] = ()

    @property
    def state(self) -> str:
        """One of "passed", "remark", "failed", "nothing to check"."""
        if any(one.severity is ERROR for one in self.findings):
            return "failed"
        if self.findings:
            return "remark"
        return "passed" if self.what else "nothing to check"

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong that would stop the packing."""
        return self.state != "failed"


@dataclass(frozen=True)
class Finished:
    """A finished PDF and what it was set from; ``document`` has the journal that the theme completes."""

    pdf: Pdf
    document: Document = field(repr=False)
    theme: Theme = field(repr=False)

    @cached_property
    def pages(self) -> list[dict[str, Any]]:
        """The pages in order."""
        return self.pdf.pages()

    @cached_property
    def order(self) -> dict[Ref, int]:
        """The place of each page, from 0, by its reference."""
        return {page[""]: at for at, page in enumerate(self.pages) if isinstance(page[""], Ref)}

    @cached_property
    def folios(self) -> list[str]:
        """The number that each page bears, by its label; else its place from 1."""
        return _labels(self.pdf, len(self.pages))

    @cached_property
    def elements(self) -> list[dict[str, Any]]:
        """The elements of the tree of tags that are looked at one by one: figures, formulas and tables."""
        return [one for _, one in self.pdf.objects(ELEMENT) if isinstance(one, dict) and str(one.get("S")) in KINDS]

    @cached_property
    def links(self) -> list[tuple[int, dict[str, Any]]]:
        """The links, each with the place of its page; where on the page it stands may be left out."""
        found = []
        for at, page in enumerate(self.pages):
            for one in self.pdf.row(page, "Annots"):
                head = self.pdf.begins(one, LINK)
                if head:
                    found.append((at, _link(*head.groups()) if head[3] is not None else self.pdf.behind(head)))
                    continue
                annotation = self.pdf.get(one)
                if isinstance(annotation, dict) and annotation.get("Subtype") == "Link":
                    found.append((at, annotation))
        return found

    def page_of(self, element: dict[str, Any], depth: int = 0) -> int | None:
        """The page on which an element of the tree of tags begins."""
        if element.get("Pg") in self.order:
            return self.order[element["Pg"]]
        for kid in self.pdf.row(element, "K"):
            below = self.pdf.get(kid)
            found = self.page_of(below, depth + 1) if isinstance(below, dict) and depth < 30 else None
            if found is not None:
                return found
        return None

    def destination(self, link: dict[str, Any]) -> tuple[int, float] | None:
        """Where a link within the PDF leads: the place of the page, and the height on it; None where nowhere."""
        target = self.pdf.get(link.get("Dest") if "Dest" in link else self.pdf.of(link, "A", "D"))
        if isinstance(target, bytes | str):
            target = self._named.get(target if isinstance(target, bytes) else target.encode())
        if isinstance(target, dict):
            target = self.pdf.of(target, "D")
        if not isinstance(target, list) or not target or target[0] not in self.order:
            return None
        height = target[3] if len(target) > 3 and isinstance(target[3], int | float) else 0.0
        return self.order[target[0]], float(height)

    @cached_property
    def _named(self) -> dict[bytes, Any]:
        found: dict[bytes, Any] = {}
        stack, seen = [self.pdf.of(self.pdf.root, "Names", "Dests")], 0
        while stack and seen < 10_000:
            node, seen = stack.pop(), seen + 1
            names = self.pdf.row(node, "Names")
            found |= {
                key: self.pdf.get(to)
                for key, to in zip(names[::2], names[1::2], strict=False)
                if isinstance(key, bytes)
            }
            stack.extend(self.pdf.get(kid) for kid in self.pdf.row(node, "Kids"))
        return found


def _link(place: bytes | None, address: bytes, said: bytes) -> dict[str, Any]:
    """A link as it would be read, without its place on the page."""
    leads = {"Dest": Ref(int(place))} if place else {"A": {"URI": address}}
    return {**leads, "Contents": said}


ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _labels(pdf: Pdf, count: int) -> list[str]:
    numbers = pdf.row(pdf.root, "PageLabels", "Nums")
    kinds = {at: pdf.get(kind) for at, kind in zip(numbers[::2], numbers[1::2], strict=False) if isinstance(at, int)}
    labels: list[str] = []
    start, style, begun = 1, "D", 0
    prefix = ""
    for at in range(count):
        kind = kinds.get(at)
        if isinstance(kind, dict):
            first = pdf.get(kind.get("St", 1))
            start, style, begun = first if isinstance(first, int) else 1, str(kind.get("S", "")), at
            said = pdf.get(kind.get("P", b""))
            prefix = said.decode("latin-1") if isinstance(said, bytes) else ""
        number = start + at - begun
        labels.append(prefix + (str(number) if style == "D" else _other(number, style)))
    return labels


def _other(number: int, style: str) -> str:
    if style.lower() != "r":
        return "" if not style else chr(ord("a") + (number - 1) % 26)
    roman = ""
    for value, sign in ROMAN:
        roman += sign * (number // value)
        number %= value
    return roman.upper() if style == "R" else roman


Check = Callable[[Finished], Checked]
"""What every check of this wing is."""


def wrong(code: str, place: Span | str, message: str, hint: str = "", severity: Severity = ERROR) -> Diagnostic:
    """A finding of preflight."""
    return Diagnostic(severity, code, place, message, hint)


def remark(code: str, place: Span | str, message: str, hint: str = "") -> Diagnostic:
    """A finding that does not stop the packing."""
    return Diagnostic(WARNING, code, place, message, hint)


def count(number: int, word: str, several: str = "") -> str:
    """A number with its word: "1 font", "4 fonts"."""
    return f"{number:,} {word if number == 1 else several or word + 's'}"


def listed(names: Iterable[str], most: int = 4) -> str:
    """Names in a row, those past a few as their number."""
    row = list(dict.fromkeys(names))
    shown = ", ".join(row[:most])
    return f"{shown} and {len(row) - most} more" if len(row) > most else shown
