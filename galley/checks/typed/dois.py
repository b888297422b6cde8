"""DOIs and addresses as they are to be written: https://doi.org/10..., with no stop behind (APA 7 §9.35-9.36)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galley.checks.typed.entries import apa_list
from galley.checks.typed.prose import SPOKEN, prose
from galley.checks.typed.telling import folded, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Paragraph, Resolved

SHAPES = (
    ("twice", pattern(r"https?://(?:dx\.)?doi\.org/\s?(?:https?://|doi:)\S*", 2), "doi.org stands twice"),
    ("space", pattern(r"https?://(?:dx\.)?doi\.org/\s+10\.\d{3,9}/\S+", 2), "a space stands in the DOI"),
    ("http", pattern(r"http://(?:dx\.)?doi\.org/10\.\d{3,9}/\S+", 2), "the DOI is written with http://"),
    ("dx", pattern(r"(?:https://|(?<![/.\w]))dx\.doi\.org/10\.\d{3,9}/\S+", 2), "the DOI is written with dx.doi.org"),
    ("bare-host", pattern(r"(?<![/.\w])doi\.org/10\.\d{3,9}/\S+", 2), "the DOI lacks https://"),
    ("prefix", pattern(r"\bdoi\s?:\s*10\.\d{3,9}/\S+", 2), "the DOI is written with the word doi"),
    ("prefixed", pattern(r"\bdoi\s?:\s*https?://(?:dx\.)?doi\.org/\S+", 2), "doi: stands before the DOI"),
    ("empty", pattern(r"https?://(?:dx\.)?doi\.org/(?!\s*(?:10\.\d{3,9}(?:\.\d+)*/\S|https?:|doi:))\S*", 2),
     "the address of doi.org has no DOI behind it"),
)  # fmt: skip
LISTED_ONLY = (
    ("bare", pattern(r"(?<![/.\w:=])(?<!doi )(?<!doi: )10\.\d{4,9}/\S+", 2), "the DOI is not written as an address"),
    ("stop", pattern(r"https?://\S+?[\w/]\.\Z", 2), "a stop stands behind the address, and is taken for a part of it"),
)
DOI = pattern(r"10\.\d{3,9}(?:\.\d+)*/[^\s<>]+")


def forms(resolved: Resolved) -> Iterator[Diagnostic]:
    """C18 ``doi-form``: a DOI in an old or broken form, or a stop behind an address."""
    addresses = sum(1 for one in resolved.listed if "10." in one.text or "http" in one.text)
    yield from folded(_forms(resolved), chances=addresses)


def _forms(resolved: Resolved) -> Iterator[tuple[str, Diagnostic]]:
    script = resolved.typescript
    anywhere = tuple(shape for shape in SHAPES if shape[0] not in ("prefix", "bare-host"))  # prose may speak of DOIs
    if not script.keyed and apa_list(resolved):
        for at in dict.fromkeys(at for one in resolved.listed for at in one.paragraphs):
            paragraph = script.paragraphs[at]
            yield from _found(resolved, paragraph, (*SHAPES, *LISTED_ONLY))
    for said in prose(resolved, SPOKEN | {"author", "affiliation"}):
        yield from _found(resolved, said.paragraph, anywhere)


def _found(
    resolved: Resolved, paragraph: Paragraph, shapes: tuple[tuple[str, re.Pattern[str], str], ...]
) -> Iterator[tuple[str, Diagnostic]]:
    text = paragraph.text.rstrip()
    if "10." not in text and "doi.org" not in text and not text.endswith("."):
        return
    taken: list[tuple[int, int]] = []
    for kind, shape, said in shapes:
        for found in shape.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            typed = found.group().rstrip(".,;)>]")
            inner = DOI.findall(typed)
            right = f"https://doi.org/{inner[-1]}" if inner else typed
            hint = f"write {right}" if kind != "empty" else "give the DOI, or take the address out"
            place = resolved.typescript.span(paragraph, found.start(), found.start() + len(typed))
            query = (
                f"The list gives “{typed}”. May we write {right}?"
                if kind != "empty"
                else f"“{typed}” leads to no work. Which DOI is meant?"
            )
            yield kind, tell(WARNING, "doi-form", place, f"{said}: '{typed}'", f"{hint} (APA 7 §9.35)", query)
