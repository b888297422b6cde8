"""What preflight checked -> the record of it: a page for readers, JSON for machines; no times, no paths in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from galley import __version__
from galley.formats.metadata import direction, title
from galley.report import Diagnostic, summary
from galley.unseen import printed

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

STATES = ("failed", "remark", "passed", "nothing to check")


class Row(Protocol):
    """What this page has to know of one thing that was checked."""

    @property
    def group(self) -> str: ...  # noqa: D102 - said by those that have it
    @property
    def name(self) -> str: ...  # noqa: D102 - said by those that have it
    @property
    def what(self) -> str: ...  # noqa: D102 - said by those that have it
    @property
    def findings(self) -> tuple[Diagnostic, ...]: ...  # noqa: D102 - said by those that have it
    @property
    def state(self) -> str: ...  # noqa: D102 - said by those that have it


class Count(NamedTuple):
    """How many things were checked with one outcome."""

    state: str
    number: int


def data(document: Document, rows: Sequence[Row], others: Sequence[Diagnostic], *, draft: bool) -> bytes:
    """The record as JSON."""
    told = {
        "article": {"title": title(document), "doi": document.meta.doi},
        "draft": draft,
        "by": f"Galley {__version__}, preflight",
        "counts": {one.state: one.number for one in _counts(rows)},
        "passed": not any(row.state == "failed" for row in rows) and not others,
        "checks": [
            {
                "group": row.group,
                "name": row.name,
                "state": row.state,
                "found": row.what,
                "findings": [_finding(one) for one in row.findings],
            }
            for row in rows
        ],
        "other-findings": [_finding(one) for one in others],
    }
    return (printed(json.dumps(told, ensure_ascii=False, indent=1)) + "\n").encode()


def page(document: Document, theme: Theme, rows: Sequence[Row], others: Sequence[Diagnostic], *, draft: bool) -> bytes:
    """The record as a page of HTML that needs nothing else."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    meta = document.meta
    findings = [*others, *(one for row in rows for one in row.findings)]
    text = theme.render(
        "preflight.html.j2",
        {"unbroken": unbroken},
        title=title(document),
        line=_line(document),
        doi=meta.doi_url,
        lang=meta.lang,
        direction=direction(meta.lang),
        draft=draft,
        by=f"Galley {__version__}",
        groups=groups,
        counts=_counts(rows),
        others=others,
        told=summary(findings) or "nothing to report",
        failed=[row for row in rows if row.state == "failed"],
    )
    return printed(text).encode("utf-8")


def unbroken(text: str) -> str:
    """The text with hyphens within numbers that no line is broken at."""
    return re.sub(r"(?<=\d)-(?=\d)", "\u2011", text)


def _counts(rows: Iterable[Row]) -> list[Count]:
    states = [row.state for row in rows]
    return [Count(state, states.count(state)) for state in STATES]


def _line(document: Document) -> str:
    """Where the article stands: journal, volume and issue, pages."""
    meta = document.meta
    issue = f"{meta.volume}({meta.issue})" if meta.issue else meta.volume
    return ", ".join(part for part in (meta.journal.title, issue, meta.pages or meta.article_number, meta.date) if part)


def _finding(one: Diagnostic) -> dict[str, Any]:
    row = {"severity": one.severity.value, "code": one.code, "place": str(one.place), "message": one.message}
    return {**row, "hint": one.hint} if one.hint else row
