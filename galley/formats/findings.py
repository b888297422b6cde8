"""A resolved typescript and what was found in it -> one web page: the manuscript, each citation linked to its entry.

Resolved citations are quiet links, faulty ones marked; each finding stands beside its paragraph, with what to do
and a query that can be sent to the author. Nothing is fetched, and all of it can be read without scripts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from galley.report import ERROR, Diagnostic, order, summary
from galley.span import Span
from galley.theme import BASE, load
from galley.typescript import Paragraph, Resolved, Run
from galley.unseen import printed, shown


def page(resolved: Resolved, findings: Sequence[Diagnostic], name: str = "") -> str:
    """The page as HTML; ``name`` is the manuscript as the user calls it."""
    from base64 import b64encode
    from hashlib import sha256
    from pathlib import Path

    from markupsafe import Markup

    found = order(findings)
    theme = load(BASE, Path())
    rows = _Rows(resolved, found)
    script = theme.path("findings.js").read_text("utf-8")
    return shown(
        theme.render(
            "findings.html.j2",
            {},
            manuscript=name or resolved.typescript.file.name,
            counts=summary(found) or "nothing to report",
            findings=[_shown(number, one) for number, one in enumerate(found, 1)],
            rows=[row for at in range(len(resolved.typescript.paragraphs)) if (row := rows.row(at))],
            kinds={number: "error" if one.severity is ERROR else "warning" for number, one in enumerate(found, 1)},
            apart=rows.apart,
            references=_references(resolved),
            cited=len(resolved.citations),
            listed=len(resolved.listed),
            script=Markup(script),  # noqa: S704 - our own
            script_hash="sha256-" + b64encode(sha256(script.encode()).digest()).decode("ascii"),
        )
    )


def _shown(number: int, one: Diagnostic) -> dict[str, Any]:
    return {
        "number": number,
        "kind": "error" if one.severity is ERROR else "warning",
        "id": one.check,
        "code": one.code,
        "place": printed(str(one.place)),
        "message": printed(one.message),
        "evidence": printed(one.evidence),
        "hint": printed(one.hint),
        "query": printed(one.query),
    }


class _Rows:
    """The paragraphs as pieces of equal standing: what face, which citation, which finding."""

    def __init__(self, resolved: Resolved, found: Sequence[Diagnostic]) -> None:
        self._resolved = resolved
        self._step = 1
        script = resolved.typescript
        self._cites: dict[int, list[tuple[int, int, int]]] = {}
        for number, typed in enumerate(resolved.citations):
            row = self._cites.setdefault(typed.paragraph, [])
            row.append((typed.citation.start, typed.citation.end, number))
        self._answers: dict[int, list[int]] = {}
        for link in resolved.links:
            if link.listed >= 0:
                self._answers.setdefault(link.citation, []).append(link.listed)
        starts = sorted((paragraph.offset(0), at) for at, paragraph in enumerate(script.paragraphs))
        self._marks: dict[int, list[tuple[int, int, int]]] = {}
        self.apart: list[int] = []
        for number, one in enumerate(found, 1):
            if not isinstance(one.place, Span) or not starts or one.place.file != script.file:
                self.apart.append(number)
                continue
            _, at = starts[max(bisect_right(starts, (one.place.start, 1 << 60)) - 1, 0)]
            paragraph = script.paragraphs[at]
            start, end = _within(paragraph, one.place.start), _within(paragraph, one.place.end)
            self._marks.setdefault(at, []).append((start, max(end, start + 1), number))

    def row(self, at: int) -> dict[str, Any] | None:
        """One paragraph: its tag, its pieces, and the numbers of its findings."""
        paragraph = self._resolved.typescript.paragraphs[at]
        marks = sorted(self._marks.get(at, ()))
        if not paragraph.text.strip():
            return {"tag": "p", "kind": "empty", "pieces": [], "found": [n for *_, n in marks]} if marks else None
        tag = self._tag(paragraph)
        entry = next((n for n, one in enumerate(self._resolved.listed) if at in one.paragraphs[:1]), None)
        return {
            "tag": tag,
            "kind": paragraph.kind,
            "id": f"ref-{entry}" if entry is not None else "",
            "back": self._cited_at(entry) if entry is not None else [],
            "pieces": list(self._pieces(paragraph, at)),
            "found": [number for *_, number in marks],
        }

    def _tag(self, paragraph: Paragraph) -> str:
        """A heading's tag stands below that of the page's own title, and never two steps below the one before it."""
        if paragraph.kind not in ("title", "heading"):
            return "p"
        wanted = 2 if paragraph.kind == "title" else min(max(paragraph.level, 1) + 2, 6)
        self._step = min(wanted, self._step + 1)
        return f"h{self._step}"

    def _cited_at(self, entry: int) -> list[int]:
        return [citation + 1 for citation, answers in self._answers.items() if entry in answers]

    def _pieces(self, paragraph: Paragraph, at: int) -> Any:
        cites, marks = self._cites.get(at, []), self._marks.get(at, [])
        text = paragraph.text
        edges = {0, len(text)}
        faces, start = [], 0
        for run in paragraph.runs:
            faces.append((start, start + len(run.text), run))
            start += len(run.text)
            edges.add(start)
        for first, last, _ in (*cites, *marks):
            edges.update((min(first, len(text)), min(last, len(text))))
        begun: set[int] = set()
        for first, last in pairwise(sorted(edges)):
            face = next((run for a, b, run in faces if a <= first < b), Run(""))
            citation = next((n for a, b, n in cites if a <= first < b), None)
            own = [n for a, b, n in marks if a <= first < b]
            answers = self._answers.get(citation, []) if citation is not None else []
            yield {
                "text": text[first:last],
                "italic": face.italic,
                "bold": face.bold,
                "raised": face.raised,
                "cite": citation + 1 if citation is not None else 0,
                "first": citation is not None and citation not in begun,
                "answer": answers[0] if answers else -1,
                "found": own,
                "new": [n for n in own if n not in begun],
            }
            begun.update([] if citation is None else [citation])
            begun.update(own)


def _within(paragraph: Paragraph, offset: int) -> int:
    """An offset of the file as one of the paragraph's text."""
    here, there = next(
        ((a, b) for a, b in reversed(paragraph.anchors) if b <= offset),
        paragraph.anchors[0],
    )
    return min(max(here + offset - there, 0), len(paragraph.text))


def _references(resolved: Resolved) -> list[dict[str, Any]]:
    """The entries that stand in no paragraph of the manuscript: those of a bibliography file."""
    return [
        {"id": f"ref-{number}", "text": one.text, "key": one.key}
        for number, one in enumerate(resolved.listed)
        if not one.paragraphs
    ]
