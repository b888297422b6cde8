"""A typed reference as BibTeX fields, written so that the engine prints the author's words again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..author import split
from ..patterns import pattern
from ..title import SMALL, lower, weight
from .nouns import Parsed

_ORDER: Final = (
    "author", "author+an:role", "author+an:username", "with", "editor", "title", "titletranslation", "titleaddon",
    "journaltitle", "bookauthor", "booktitle", "booktitleaddon", "date", "year", "pubstate", "origdate", "edition",
    "volume", "number", "pages", "eid", "type", "institution", "organization", "publisher", "location", "doi", "url",
    "urldate",
)  # fmt: skip
_CASED: Final = frozenset({"title", "booktitle", "titleaddon", "maintitle", "appentry"})
_NAMES: Final = frozenset({
    "author", "editor", "editora", "translator", "bookauthor", "execproducer", "chair", "with", "narrator", "director",
    "illustrator", "compiler", "producer", "interviewer", "booktranslator",
})  # fmt: skip
_HOUSES: Final = frozenset({"publisher", "institution", "organization"})
_BARE: Final = frozenset({"doi", "url", "eprint", "date", "origdate", "urldate", "options", "keywords", "editoratype"})
_SPECIAL: Final = pattern(r"[&%#$_{}\\~^]")
_ESCAPED: Final = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
_WORD: Final = pattern(r"[^\W_]+(?:[’'.][^\W_]+)*")


def as_fields(parsed: Parsed) -> Mapping[str, str]:
    """The fields as BibTeX has them: signs escaped, groups and capitals that must stay in braces (APA 7 §6.17)."""
    found = {name: _value(name, value, parsed) for name, value in parsed.fields.items()}
    ordered = [name for name in _ORDER if name in found]
    return {name: found[name] for name in (*ordered, *(name for name in found if name not in _ORDER))}


def _value(name: str, value: str, parsed: Parsed) -> str:
    if name in _BARE:
        return value.replace("{", "%7B").replace("}", "%7D")
    if "+an:" in name:
        return value
    if name in _NAMES:
        return " and ".join(_name(part) for part in split(value))
    if name in _HOUSES:
        dated = parsed.fields.keys() & {
            "date",
            "journaltitle",
            "location",
            "entrysubtype",
            "urldate",
            "pubstate",
            "origdate",
        }
        houses = value.split("; ") if dated else [value]
        return " and ".join(_braced(escaped(house)) if _held(house) else escaped(house) for house in houses)
    marks = parsed.emphasis.get(name, ())
    return cased(value, marks) if name in _CASED else _marked(value, marks)


def _held(house: str) -> bool:
    return " and " in house or ": " in house


def _name(part: str) -> str:
    part = part.strip()
    if part.startswith("{") and part.endswith("}"):
        return _braced(escaped(part[1:-1]))
    return escaped(part)


def _braced(text: str) -> str:
    return f"{{{text}}}"


def escaped(text: str) -> str:
    """Plain text as LaTeX has it."""
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], "\\" + found[0]), text)


def _marked(text: str, marks: Sequence[tuple[int, int]], shift: int = 0) -> str:
    """Text as LaTeX has it, with what is italic in it marked so; ``shift`` is where the text begins."""
    out, at = [], 0
    for start, end in ((start - shift, end - shift) for start, end in marks):
        if 0 <= start < end <= len(text):
            out += [escaped(text[at:start]), f"\\emph{{{escaped(text[start:end])}}}"]
            at = end
    return "".join((*out, escaped(text[at:])))


def cased(title: str, marks: Sequence[tuple[int, int]] = ()) -> str:
    """A title whose capitals stay as the author typed them: braces hold the words that the engine would lower.

    A first word that is a name in lower case ("lme4", "papaja: ...") is held too.
    """
    keep: list[tuple[int, int]] = []
    text = ((title, 0),)
    if weight(text) > 0:
        small = "".join(part for part, _ in lower(text))
        keep = [
            found.span()
            for found in _WORD.finditer(title)
            if len(small) == len(title) and small[found.start() : found.end()] != found[0]
        ]
    first = _WORD.search(title)
    if first and first[0].islower() and first[0] not in SMALL and first.span() not in keep:
        keep.insert(0, first.span())
    out, at = [], 0
    for start, end in keep:
        out += [_marked(title[at:start], marks, at), _braced(_marked(title[start:end], marks, start))]
        at = end
    return "".join((*out, _marked(title[at:], marks, at)))
