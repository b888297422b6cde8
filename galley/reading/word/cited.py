"""What reference managers left in a Word file: its fields understood as citations, lists, or nothing of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from galley.patterns import pattern
from galley.reading.word.cslfields import Cited
from galley.reading.word.fieldcodes import Done
from galley.reading.word.package import Package
from galley.reading.word.pieces import Draft
from galley.typescript import Field

CITATION = pattern(
    r"\s*ADDIN\s+(?:(?P<csl>ZOTERO_ITEM|CSL_CITATION)|(?P<endnote>EN\.CITE)(?!\.DATA)\b"
    r"|(?P<citavi>Citavi\.?Placeholder)|(?P<other>REFMGR\.CITE|RW\.CITE|NE\.Ref|PAPERS2_CITATIONS|paperpile_citation"
    r"|KSREF|ProCite))|(?P<word>\s*CITATION\s)",
    re.IGNORECASE,
)
LIST = pattern(
    r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|Mendeley\s+Bibliography|EN\.REFLIST|REFMGR\.REFLIST|NE\.Bib|CSL_BIBLIOGRAPHY"
    r"|Citavi[. ]?Bibliography|RW\.BIB|paperpile_bibliography)|BIBLIOGRAPHY\b|ZOTERO_BIBL|MENDELEY_BIBLIOGRAPHY"
    r"|CitaviBibliography|CSL_BIBLIOGRAPHY)",
    re.IGNORECASE,
)
OTHERS = {
    "REFMGR.CITE": "Reference Manager",
    "RW.CITE": "RefWorks",
    "NE.REF": "NoteExpress",
    "PAPERS2_CITATIONS": "Papers",
    "PAPERPILE_CITATION": "Paperpile",
    "KSREF": "Citavi's forerunner",
    "PROCITE": "ProCite",
}
PIECES = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


class Left(NamedTuple):
    """The citations in reading order, and the paragraphs that hold a reference list."""

    fields: tuple[Field, ...]
    listed: frozenset[int]


def left(package: Package, done: Iterable[Done], drafts: list[Draft]) -> Left:
    """Citations and reference lists among the fields of a file; those it cannot read are noted in the package."""
    reader = _Reader(package, [draft.text for draft in drafts])
    for one in sorted(done, key=lambda one: (one.start, one.end)):
        reader.take(one)
    return Left(merged(reader.found, reader.texts), frozenset(reader.listed))


class _Reader:
    """Fields taken one by one; what the package holds beside them is looked up when first needed."""

    def __init__(self, package: Package, texts: Sequence[str]) -> None:
        self.package, self.texts = package, texts
        self.found: list[tuple[Done, Cited]] = []
        self.listed: set[int] = set()
        self._sources: Mapping[str, dict[str, Any]] | None = None
        self._properties: dict[str, str] | None = None

    def take(self, one: Done) -> None:
        code = one.code
        if one.kind == "bookmark":
            code = "ADDIN " + self.properties.get(code, "") if code in self.properties else ""
        if LIST.match(code) and not one.deleted:
            last = one.end.paragraph - (1 if one.end.offset == 0 and one.end.paragraph > one.start.paragraph else 0)
            if one.start.paragraph not in self.listed or last not in self.listed:
                self.listed.update(range(one.start.paragraph, min(last + 1, len(self.texts))))
            return
        cited = self.cited(code, one)
        if cited:
            self.found.append((one, cited))

    def cited(self, code: str, one: Done) -> Cited | None:
        if one.kind == "control":
            if not code.startswith("MENDELEY_CITATION"):
                return None
            from galley.reading.word.cslfields import mendeley_cite

            return mendeley_cite(code) or self.unread("Mendeley", one)
        kind = CITATION.match(code)
        if not kind:
            return None
        if kind["csl"]:
            from galley.reading.word.cslfields import zotero_or_mendeley

            return zotero_or_mendeley(code) or self.unread("Zotero or Mendeley", one)
        if kind["endnote"]:
            from galley.reading.word.endnote import endnote

            return endnote(code, one.data) or self.unread("EndNote", one)
        if kind["citavi"]:
            from galley.reading.word.citavi import citavi

            return citavi(code) or self.unread("Citavi", one)
        if kind["word"]:
            from galley.reading.word.sources import citation

            return citation(code, self.sources)
        return self.unread(OTHERS.get(kind["other"].upper(), kind["other"]), one)

    def unread(self, manager: str, one: Done) -> Cited | None:
        shown = _shown(one, self.texts)[2]
        self.package.problem(
            "unread-field",
            f"the data of a citation by {manager} cannot be read" + (f": '{shown[:80]}'" if shown else ""),
            "its text stays as typed",
        )
        return None

    @property
    def sources(self) -> Mapping[str, dict[str, Any]]:
        if self._sources is None:
            from galley.reading.word.sources import sources

            self._sources = sources(self.package)
        return self._sources

    @property
    def properties(self) -> dict[str, str]:
        """Codes that Zotero keeps among the file's own properties, cut into numbered pieces, by bookmark."""
        if self._properties is None:
            pieces: dict[str, dict[int, str]] = {}
            tree = self.package.side("docProps/custom.xml")
            for prop in tree.iter(PIECES) if tree is not None else ():
                name, _, number = prop.get("name", "").rpartition("_")
                if name.startswith("ZOTERO_") and number.isdecimal() and len(number) < 6:
                    pieces.setdefault(name, {})[int(number)] = "".join(prop.itertext())
            self._properties = {name: "".join(cut[n] for n in sorted(cut)) for name, cut in pieces.items()}
        return self._properties


def merged(found: Sequence[tuple[Done, Cited]], texts: Sequence[str]) -> tuple[Field, ...]:
    """Citations as fields: one id for each work wherever it is cited, and the fullest record that any of them has."""
    cited = [(item, names) for _, one in found for item, names in zip(one.items, one.names, strict=True)]
    names = _identities(zip((known for _, known in cited), _alikes([item.csl for item, _ in cited]), strict=True))
    best: dict[str, Mapping[str, Any]] = {}
    for item, _ in cited:
        if len(item.csl) > len(best.get(names[item.id], {})):
            best[names[item.id]] = item.csl
    made = []
    for done, one in found:
        start, end, shown = _shown(done, texts)
        items = tuple(item._replace(id=names[item.id], csl=best.get(names[item.id], {})) for item in one.items)
        made.append(Field(done.start.paragraph, start, end, shown, items, one.manager, one.shown, done.deleted))
    return tuple(made)


def _shown(one: Done, texts: Sequence[str]) -> tuple[int, int, str]:
    """Where a field's result stands in the paragraph it starts in, and its words."""
    if one.start.paragraph >= len(texts):
        return 0, 0, ""
    text = texts[one.start.paragraph]
    end = one.end.offset if one.end.paragraph == one.start.paragraph else len(text)
    return one.start.offset, max(end, one.start.offset), text[one.start.offset : end]


def _alikes(works: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """For each work a name by its data, if it has any; works with different DOIs are never one."""
    names = [_alike(csl) for csl in works]
    dois: dict[tuple[str, ...], set[str]] = {}
    for name, csl in zip(names, works, strict=True):
        doi = csl.get("DOI")
        dois.setdefault(name, set()).update({_letters(doi.rpartition("doi.org/")[2])} if isinstance(doi, str) else ())
    return [name if len(dois[name] - {""}) < 2 else () for name in names]


def _alike(csl: Mapping[str, Any]) -> tuple[str, ...]:
    """A name for a work that stands twice in a library: first author, year and title without capitals and accents."""
    title, people, issued = csl.get("title"), csl.get("author") or csl.get("editor"), csl.get("issued")
    if not (isinstance(title, str) and title and isinstance(people, list) and people and isinstance(people[0], dict)):
        return ()
    first = people[0].get("family") or people[0].get("literal") or ""
    dates = issued.get("date-parts") if isinstance(issued, dict) else None
    year = dates[0][0] if isinstance(dates, list) and dates and isinstance(dates[0], list) and dates[0] else ""
    told = [_letters(str(first)), str(year), _letters(title)]
    return (f"alike:{'|'.join(told)}",) if all(told) else ()


def _letters(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in flat if char.isalnum())


def _identities(groups: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, str]:
    """One name for each work: names that stand together anywhere mean the same work; the first met stands for all."""
    parent: dict[str, str] = {}
    order: dict[str, int] = {}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for known, alike in groups:
        group = (*known, *alike)
        for name in group:
            parent.setdefault(name, name)
            order.setdefault(name, len(order))
        for name in group[1:]:
            first, other = sorted((root(group[0]), root(name)), key=order.__getitem__)
            if first != other:
                parent[other] = first
    return {name: root(name) for name in parent}
