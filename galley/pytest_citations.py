"""A pytest plug-in: every in-text citation of a manuscript is a test, and so is every entry of its bibliography.

``pytest manuscript`` (or ``testpaths = manuscript``) collects the Markdown files of a folder called
``manuscript``: an item ``manuscript/article.md:41:18 @roggio2023`` a citation, and with the first file
an item ``references.bib:88:1 @doe2020`` an entry, which passes where the entry is cited.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from galley.report import Diagnostic, Fault, draw
from galley.span import Span

SETTLED: pytest.StashKey[dict[Path, Any]] = pytest.StashKey()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect ``manuscript/*.md``."""
    if file_path.suffix == ".md" and file_path.parent.name == "manuscript":
        return Manuscript.from_parent(parent, path=file_path)
    return None


class Manuscript(pytest.File):
    """A Markdown file of a manuscript."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item a citation; with the manuscript's first file, an item an entry of the bibliography."""
        root = self.path.parent.parent
        try:
            document, found = _settled(self.config, root)
        except Fault as fault:
            yield Statement.make(self, f"{self.name} can be read", fault.diagnostics)
            return
        own = [file for file in document.files if Path(file.name).resolve() == self.path.resolve()]
        cited = set(document.cited)
        for mention in document.mentions:
            if own and mention.span.file is own[0] and mention.key in cited:
                yield Statement.make(self, _title(mention.span, mention.key), _at(found, mention.span))
        if own and document.files[0] is own[0]:
            yield from self._entries(document, found)

    def _entries(self, document: Any, found: tuple[Diagnostic, ...]) -> Iterator[pytest.Item]:
        others = tuple(d for d in found if d.code not in ("unresolved-citation", "uncited-entry"))
        errors = tuple(d for d in others if d.severity.value == "error")
        yield Statement.make(self, f"{self.name} has no other error", errors)
        for entry in document.entries.values():
            yield Statement.make(self, _title(entry.span, entry.key), _at(found, entry.span, "uncited-entry"))


class Statement(pytest.Item):
    """Something that is to be so; it fails with the diagnostics that say why it is not."""

    diagnostics: tuple[Diagnostic, ...] = ()

    @classmethod
    def make(cls, parent: Manuscript, title: str, diagnostics: tuple[Diagnostic, ...]) -> Statement:
        """A statement under its file; the node id is its place as an editor opens it."""
        item: Statement = cls.from_parent(parent, name=title, nodeid=title)
        item.diagnostics = diagnostics
        return item

    def runtest(self) -> None:
        """Fail where there are diagnostics."""
        if self.diagnostics:
            raise Fault(self.diagnostics)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The diagnostics as the command line draws them."""
        if isinstance(excinfo.value, Fault):
            return "\n\n".join(map(draw, excinfo.value.diagnostics))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """File and headline for pytest's listings; a headline that ends as the node id does would be rewritten."""
        return self.path, None, f"{self.name} ({'faulty' if self.diagnostics else 'right'})"


def _settled(config: pytest.Config, root: Path) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The project's document and findings, read once a session."""
    from galley import press

    shelf = config.stash.setdefault(SETTLED, {})
    if root not in shelf:
        document = press.settled(root)
        shelf[root] = (document, press.checked(document, press.themed(document)))
    result: tuple[Any, tuple[Diagnostic, ...]] = shelf[root]
    return result


def _title(span: Span, key: str) -> str:
    return f"{span} @{key}"


def _at(found: tuple[Diagnostic, ...], span: Span, code: str = "unresolved-citation") -> tuple[Diagnostic, ...]:
    return tuple(one for one in found if one.place == span and one.code == code)
