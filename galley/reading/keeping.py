"""Front matter that was read, checked and found clean before, taken up again by its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from galley import keeping
from galley.frontmatter import Affiliation, Author, FrontMatter, Funder, Journal
from galley.span import Span

Way = tuple[str | int, ...]
Kept = tuple[dict[str, Any], FrontMatter, list[tuple[Way, int, int]]]
"""The data, what it settled to, and where each value stands: its path and two offsets from the text's start."""


def recall(text: str) -> Kept | None:
    """What the same text gave before, or None."""
    kept = keeping.recall(_rooms() + text)
    try:
        places = [(tuple(where), int(first), int(last)) for where, first, last in kept["places"]]
        return dict(kept["data"]), _built(kept["meta"]), places
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def keep(text: str, data: dict[str, Any], meta: FrontMatter, spans: Mapping[Way, Span]) -> None:
    """Keep what a text without a fault gave."""
    if () in spans:
        begin = spans[()].file.text.find(text)
        places = [[list(where), span.start - begin, span.end - begin] for where, span in spans.items()]
        keeping.keep(_rooms() + text, {"data": data, "meta": asdict(meta), "places": places})


def _built(kept: dict[str, Any]) -> FrontMatter:
    for name in ("keywords", "bibliography", "nocite", "uncited"):
        kept[name] = tuple(kept[name])
    kept["journal"] = Journal(**kept["journal"])
    kept["affiliations"] = tuple(Affiliation(**item) for item in kept["affiliations"])
    kept["funders"] = tuple(Funder(**{**item, "awards": tuple(item["awards"])}) for item in kept["funders"])
    kept["authors"] = tuple(
        Author(**{**item, "affiliations": tuple(item["affiliations"]), "roles": tuple(item["roles"])})
        for item in kept["authors"]
    )
    return FrontMatter(**kept)


@cache
def _rooms() -> str:
    """The state of the rooms that decide what a text settles to."""
    here = Path(__file__).parent
    rooms = (here / f"{name}.py" for name in ("fields", "settling", "metadata", "keeping"))
    return keeping.state((*rooms, here.parent / "frontmatter.py"))
