"""The journal's house rules, which its theme states by article type under ``[rules]`` in theme.toml, are kept.

A table of rules may hold ``words``, ``abstract``, ``keywords`` and ``short-title`` (each ``[least, most]``; in words,
the short title in characters), ``abstract-parts``, ``statements`` and ``fields`` (lists). ``[rules.any]`` is for every
article; the other tables are named as the types are that authors write after ``article-type:``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from galley import pandoc
from galley.document import Document
from galley.frontmatter import STATEMENTS
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.span import Span
from galley.theme import Theme

ANY, STUDENT = "any", "student paper"
"""The rules for every article, and the type of one whose front matter says ``student: true``."""
LETTER = pattern(r"\w")


def house_rules(document: Document, theme: Theme) -> Iterator[Diagnostic]:
    """``word-count``, ``abstract-length``, ``abstract-parts``, ``keyword-count``, ``short-title``,
    ``missing-statement``, ``missing-field``: the article is not as its journal asks.

    Why: an editor sends it back for that before anyone has read it. An article that names no type is held to
    nothing but what the journal asks of all.

    Bad: ``article-type: book review`` over 2,000 words. Good: 700.
    """
    stated = theme.tokens.get("rules", {})
    unread = any(fault.code == "bad-yaml" for fault in document.faults)
    if not isinstance(stated, Mapping) or unread:
        return
    kind = _kind(document)
    known = {_folded(name): name for name in stated}
    yield from _misspelt(document, kind, known, theme)
    rules: dict[str, Any] = {}
    for name in (ANY, known.get(kind, "")):
        own = stated.get(name)
        rules |= own if isinstance(own, Mapping) else {}
    yield from _lengths(document, rules, theme)
    yield from _abstract_parts(document, rules, theme)
    yield from _wanted(document, rules, theme)


def words(blocks: object) -> int:
    """The words of blocks: of text, notes, captions and cells, a formula in the line as one; code is not counted."""
    return sum(
        sum(1 for word in pandoc.plain(_said(node)).split() if LETTER.search(word))
        for node in pandoc.each(blocks)
        if node["t"] in ("Para", "Plain", "Header", "LineBlock", "DefinitionList")
    )


def _said(node: Mapping[str, Any]) -> Any:
    """The inlines of a block without what is counted elsewhere; a formula in the line is one word."""
    content = node["c"]
    match node["t"]:
        case "Header":
            content = content[2]
        case "LineBlock":
            content = [[*line, {"t": "Space"}] for line in content]
        case "DefinitionList":
            content = [[*term, {"t": "Space"}] for term, _ in content]  # what they mean stands in paragraphs
    return pandoc.walk(content, _counted)


def _counted(node: dict[str, Any]) -> dict[str, Any] | None:
    if node["t"] != "Math":
        return None
    return {"t": "Str", "c": "x" if node["c"][0]["t"] == "InlineMath" else ""}


def _kind(document: Document) -> str:
    return _folded(document.meta.type) or (STUDENT if document.meta.student else "")


def _folded(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.strip().casefold()))


def _misspelt(document: Document, kind: str, known: Mapping[str, str], theme: Theme) -> Iterator[Diagnostic]:
    """A type that is nearly one the theme has rules for is most likely misspelt; others may be typed freely."""
    if not kind or kind in known:
        return
    from difflib import get_close_matches

    near = get_close_matches(kind, sorted(set(known) - {ANY}), 1, 0.8)
    if near:
        message = f"the theme '{theme.name}' has no rules for the article type '{document.meta.type}'"
        yield Diagnostic(WARNING, "unknown-article-type", _type(document), message, f"did you mean '{known[near[0]]}'?")


def _lengths(document: Document, rules: Mapping[str, Any], theme: Theme) -> Iterator[Diagnostic]:
    abstract, meta, places = document.slots.get("abstract", ()), document.meta, document.places
    name, title = theme.name, meta.short_title or meta.title
    if "words" in rules:
        count = words(document.blocks) + words(document.back)
        yield from _between("word-count", _type(document), "the article", count, "word", rules["words"], name)
    if "abstract" in rules and abstract:
        place = places.of("abstract")
        yield from _between("abstract-length", place, "the abstract", words(abstract), "word", rules["abstract"], name)
    elif "abstract" in rules and rules["abstract"][0]:
        message = f"there is no abstract; {name} asks for one of {_range(rules['abstract'])} words"
        yield Diagnostic(WARNING, "missing-field", places.of("abstract"), message, "write abstract: ...")
    if "keywords" in rules:
        place = places.of("keywords")
        count = len(meta.keywords)
        yield from _between("keyword-count", place, "the article", count, "keyword", rules["keywords"], name)
    if "short-title" in rules and not meta.student:
        place = places.of("short-title") if meta.short_title else places.of("title")
        said, hint = "the running head", "" if meta.short_title else "write short-title: Some Words of the Title"
        yield from _between("short-title", place, said, len(title), "character", rules["short-title"], name, hint)


def _between(
    code: str, place: Span | str, what: str, count: int, unit: str, limits: Sequence[int], asker: str, hint: str = ""
) -> Iterator[Diagnostic]:
    """A count outside its limits, with the figures."""
    least, most = limits
    if least <= count <= most:
        return
    units = unit if count == 1 else f"{unit}s"
    message = f"{what} has {count:,} {units}; {asker} asks for {_range(limits)}"
    apart = least - count if count < least else count - most
    yield Diagnostic(WARNING, code, place, message, hint or f"{apart:,} too {'few' if count < least else 'many'}")


def _range(limits: Sequence[int]) -> str:
    least, most = limits
    return f"at most {most:,}" if not least else f"{least:,} to {most:,}" if least != most else f"{least:,}"


def _abstract_parts(document: Document, rules: Mapping[str, Any], theme: Theme) -> Iterator[Diagnostic]:
    """The parts a structured abstract begins its paragraphs or sentences with, as "Method:" or "Method."."""
    abstract = document.slots.get("abstract", ())
    said = pandoc.plain([[node, {"t": "Space"}] for node in abstract])
    wanted = rules.get("abstract-parts", ()) if abstract else ()
    missing = [part for part in wanted if not re.search(rf"(?i)\b{re.escape(part)}\s*[:.—–]", said)]
    if missing:
        message = f"the abstract has no part {_listed(missing)}, for which {theme.name} asks"
        hint = f"begin a paragraph of it with **{missing[0]}:**"
        yield Diagnostic(WARNING, "abstract-parts", document.places.of("abstract"), message, hint)


def _wanted(document: Document, rules: Mapping[str, Any], theme: Theme) -> Iterator[Diagnostic]:
    """Statements and other fields of the title page that are not there."""
    for name in rules.get("statements", ()):
        if name not in document.slots:
            title = STATEMENTS.get(name, name)
            message = f"there is no statement '{title}', for which {theme.name} asks"
            yield Diagnostic(WARNING, "missing-statement", document.places.of(name), message, f"write {name}: ...")
    for name in rules.get("fields", ()):
        if not getattr(document.meta, name.replace("-", "_"), "") and name not in document.slots:
            message = f"the front matter gives no {name}, for which {theme.name} asks"
            yield Diagnostic(WARNING, "missing-field", document.places.of(name), message, f"write {name}: ...")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _type(document: Document) -> Span | str:
    """Where the article's type is written."""
    places = document.places
    fields = [name for name in ("article-type", "type", "student") if (name,) in places.spans]
    return places.of(fields[0]) if fields else places.file
