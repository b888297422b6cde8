"""What the engine had to guess: fields a type needs, unknown types, proper nouns that lost their capital."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from .addresses import doi
from .author import names, principal
from .date import published
from .entry import Entry, Remark
from .latex import KEEP, Pieces, unknown
from .patterns import pattern
from .recipes import RECIPES
from .setting import text
from .title import english, parsed, sentence, weight

_NEEDS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "article": (("title",), ("journaltitle", "journal", "eprint")),
    "book": (("title", "maintitle", "booktitle"),),
    "incollection": (("title",), ("booktitle", "maintitle")),
    "inproceedings": (("title",), ("booktitle", "maintitle", "eventtitle", "journaltitle", "journal")),
    "conference": (("title",), ("booktitle", "maintitle", "eventtitle", "journaltitle", "journal")),
    "thesis": (("title",), ("institution", "school")),
    "phdthesis": (("title",), ("institution", "school")),
    "mastersthesis": (("title",), ("institution", "school")),
    "report": (("title",), ("institution", "publisher", "organization", "url", "doi")),
    "techreport": (("title",), ("institution", "publisher", "organization", "url", "doi")),
    "online": (("title", "titleaddon"), ("url", "doi", "eprint", "howpublished")),
    "patent": (("title",), ("number",)),
    "presentation": (("title",), ("eventtitle", "booktitle", "maintitle")),
    "jurisdiction": (("title",), ("citation", "reporter")),
    "dataset": (("title", "titleaddon"), ("publisher", "organization", "institution", "url", "doi")),
}
_DATELESS: Final = frozenset({"constitution", "nameonly", "xdata", "set", "personal", "legal"})
_GROUPS: Final = pattern(
    r"(?i)\b(?:organi[sz]ation|university|institute|association|department|ministry|agency|council|commission|bureau"
    r"|committee|society|centre|center|foundation|federation|union|bank|office|board|consortium|network|team|inc|ltd"
    r"|llc|gmbh|corporation|company|collaboration|contributors|developers|initiative|laboratory|laboratories)\b"
)
_NAME: Final = pattern(r"[A-Z][a-zà-ÿ]{3,}")
_MIDDLE: Final = pattern(r"(?<=[a-z,;] )([A-Z][a-z’']{2,})\b")


def remarks(
    entries: Mapping[str, Entry], keys: Sequence[str], proper: Iterable[str], language: str
) -> Iterator[Remark]:
    """Remark on every listed work, in list order."""
    known = {word.lower(): word for word in proper if word[:1].isupper()}
    known |= _capitals(entries[key] for key in keys)
    for key in keys:
        entry = entries[key]
        yield from _missing(entry)
        yield from _names(entry)
        if entry.type not in RECIPES and entry.type not in ("xdata", "set", "personal"):
            message = f"entry type '@{entry.type}' is not one the manual or biblatex knows; set as @misc"
            yield Remark("unknown-entry-type", key, "", message)
        if (value := entry.fields.get("doi")) and not doi(value):
            yield Remark("odd-doi", key, "doi", f"'{value}' is no DOI", "a DOI looks like 10.1037/rev0000126")
        yield from _untold(entry)
        if english(entry, language):
            yield from _braced(entry)
            yield from _lowered(entry, known)


def _missing(entry: Entry) -> Iterator[Remark]:
    fields = entry.fields
    for wanted in _NEEDS.get(entry.type, ()):
        if not any(fields.get(name) for name in wanted):
            yield Remark("missing-field", entry.key, wanted[0], f"@{entry.type} has no '{wanted[0]}'",
                         f"add {' or '.join(repr(name) for name in wanted)}")  # fmt: skip
    if entry.type not in _DATELESS and published(entry) is None and not fields.get("origdate"):
        yield Remark("missing-field", entry.key, "date", f"@{entry.type} has no date; set as (n.d.)",
                     "add 'date' or 'year', or 'pubstate = {inpress}'")  # fmt: skip
    found = published(entry)
    if found is not None and found.text:
        yield Remark("odd-date", entry.key, "date", f"'{found.text}' is no date the engine can read; printed as typed",
                     "write 2020, 2020-03-15, 2020-03/2020-05, or -0349~ for about 350 B.C.E.")  # fmt: skip


def _untold(entry: Entry) -> Iterator[Remark]:
    """Find commands in printed fields that nobody here knows."""
    for field in _PRINTED:
        value = entry.fields.get(field, "")
        if "\\" in value and (name := unknown(value)):
            yield Remark("raw-tex", entry.key, field, f"the TeX command {name} is not known and left out",
                         "write what it stands for")  # fmt: skip


_PRINTED: Final = (
    "author", "editor", "translator", "title", "subtitle", "booktitle", "maintitle", "journal", "journaltitle",
    "publisher", "institution", "school", "organization", "series", "edition", "howpublished", "year", "volume",
)  # fmt: skip


def _names(entry: Entry) -> Iterator[Remark]:
    role, found, others = principal(entry)
    for name in found if role in ("author", "editor") else ():
        if name.given and not name.group and _GROUPS.search(f"{name.given} {name.family}"):
            whole = f"{name.given} {name.family}"
            yield Remark("group-name-unbraced", entry.key, role, f"'{whole}' is read as a person's name",
                         "put a group's name into a second pair of braces: {{...}}")  # fmt: skip
    if others and len(found) < 20 and role:
        yield Remark("names-cut-short", entry.key, role, "the list ends in 'and others'; APA prints up to 20 names",
                     "give all names")  # fmt: skip
    del role
    if not found and not names(entry, "author")[0] and entry.fields.get("author", "").strip():
        yield Remark("odd-names", entry.key, "author", "no name can be read from 'author'")


def _capitals(entries: Iterable[Entry]) -> dict[str, str]:
    """Collect words that stand capitalised inside titles set in sentence case, or protected by braces."""
    found: dict[str, str] = {}
    common: set[str] = set()
    for entry in entries:
        for field in ("title", "subtitle", "booktitle"):
            value = entry.fields.get(field, "")
            if not value:
                continue
            typed, balance = parsed(value)
            kept = [part for part, marks in typed if marks & KEEP and _NAME.fullmatch(part)] if "{" in value else ()
            if kept and _unbraced(typed) < _MOSTLY:
                found.update((word.lower(), word) for word in kept)
            whole = text(typed)
            lowered = re.findall(r"\b[a-z][a-z’]+\b", whole)
            common.update(lowered)
            if balance <= 0 and value[:1] != "{":  # already in sentence case
                names_ = _MIDDLE.findall(whole)
                if len(names_) * 3 <= len(lowered):
                    found.update((word.lower(), word) for word in names_)
    return {small: big for small, big in found.items() if small not in common}


def _braced(entry: Entry) -> Iterator[Remark]:
    """Find a title in title case whose capitals all stand in braces, as some exports write it."""
    value = entry.fields.get("title", "")
    if "{" not in value:
        return
    typed, balance = parsed(value)
    bare = "".join(part if not marks & KEEP else "{}" for part, marks in typed)
    if _CAPITALISED.search(bare, 1):
        return  # the author braced what he wanted to brace
    if balance <= 1 and _unbraced(typed) >= _MOSTLY:
        yield Remark("title-all-braced", entry.key, "title", "the title's capitals stand in braces and are kept",
                     "take the braces away and protect proper nouns only")  # fmt: skip


_CAPITALISED: Final = pattern(r"(?<![\w{}])[A-Z][a-z]+")
_MOSTLY: Final = 4  # capitalised words above those in lower case: title case beyond doubt


def _unbraced(typed: Pieces) -> int:
    """Weigh a title as if it had no braces."""
    return weight(tuple((part, marks & ~KEEP) for part, marks in typed))


def _lowered(entry: Entry, known: Mapping[str, str]) -> Iterator[Remark]:
    """Find words that sentence case made small and that are known as proper nouns."""
    if not known:
        return
    for field in ("title", "subtitle", "booktitle", "booksubtitle", "maintitle"):
        value = entry.fields.get(field, "")
        if not value or value.islower():
            continue
        typed, balance = parsed(value)
        if balance <= 0:
            continue
        before, after = text(typed), text(sentence(value))
        if before == after:
            continue
        for small, big in zip(re.findall(r"[\w’]+", after), re.findall(r"[\w’]+", before), strict=False):
            stem = re.sub(r"[’']s$", "", small)
            if small != big and stem in known and known[stem] == re.sub(r"[’']s$", "", big):
                message = f"'{big}' is printed as '{small}' in sentence case"
                yield Remark("proper-noun-lowered", entry.key, field, message,
                             f"if it is a proper noun, protect it with braces: {{{big}}}")  # fmt: skip
