"""The author element: name lists as .bib files spell them, initials, and who stands in the author's place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from .entry import Entry
from .latex import plain
from .parting import parted
from .patterns import pattern

_AND: Final = pattern(r"\s+and\s+|\s+and\Z|\Aand\s+", re.IGNORECASE)
_HARD: Final = pattern(r"[{}\\]")
_SUFFIX: Final = pattern(r"(?:[JS]r|[JS]R|jr|sr|Snr|Jnr)\.?\Z|(?:II|III|IV|VI?|VII|VIII)\.?\Z|[2-9](?:nd|rd|th)\Z")
_KEYED: Final = pattern(r"\s*(family|given|prefix|suffix|useprefix|[a-z]+-i|id|username)\s*=", re.IGNORECASE)
_KEYS: Final = pattern(r"\b(family|given|prefix|suffix|useprefix|[a-z]+-i|id|username)\s*=\s*", re.IGNORECASE)
_TIE: Final = pattern(r"(?<!\\)~")  # parts two words as a space does, and keeps them in one line
_ET_AL: Final = pattern(r",?\s+et\s+al\.?\Z", re.IGNORECASE)
_NOTED: Final = pattern(r"(\d*)\s*=\s*(\"[^\"]*\"|[^;]*)")


class Name(NamedTuple):
    """One name in plain Unicode; a group, a mononym and a pen name have a ``family`` only."""

    family: str = ""
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    group: bool = False
    username: str = ""
    detached: bool = False  # biblatex useprefix=false: the prefix follows the given name

    @property
    def surname(self) -> str:
        """The family name with its prefix, as a citation prints it."""
        return f"{self.prefix} {self.family}" if self.prefix and not self.detached else self.family


def names(entry: Entry, role: str) -> tuple[tuple[Name, ...], bool]:
    """Read a name list; the second value says that it ended in ``and others``."""
    fields = entry.fields
    value = fields.get(role)
    if not value or not value.strip():
        return (), False
    options = fields.get("options", "")
    detached = bool(options) and "useprefix=false" in options.replace(" ", "").lower()
    found, others = _parse(value, detached)
    if f"{role}+an:username" in fields and (users := annotated(entry, role, "username")):
        found = tuple(
            Name(n.family, n.given, n.prefix, n.suffix, n.group, users.get(i, n.username), n.detached)
            for i, n in enumerate(found, 1)
        )
    return found, others


@lru_cache(maxsize=1 << 15)
def _parse(value: str, detached: bool) -> tuple[tuple[Name, ...], bool]:
    parts = [part for part in (piece.strip().strip(",").strip() for piece in split(value)) if part]
    others = bool(parts) and parts[-1].lower() in ("others", "et al.", "et al")
    if others:
        parts.pop()
    elif parts and (cut := _ET_AL.search(parts[-1])):
        parts[-1], others = parts[-1][: cut.start()], True
    found = (name(one, detached) for part in parts for one in parted(part))
    return tuple(one for one in found if one.family or one.given or one.username), others


def split(value: str) -> list[str]:
    """Split at ``and`` outside braces; ``{Ann and Co.} and Bob`` are two."""
    if "{" not in value:
        return _AND.split(value)
    out, depth, start, at = [], 0, 0, 0
    while at < len(value):
        char = value[at]
        depth += (char == "{") - (char == "}")
        if depth <= 0 and char.isspace() and (found := _AND.match(value, at)):
            out.append(value[start:at])
            start = at = found.end()
            continue
        at += 1
    return [*out, value[start:]]


@lru_cache(maxsize=1 << 15)
def name(value: str, detached: bool = False) -> Name:
    """Read one name in any form BibTeX and biblatex know; ``de la Cruz, Jr., Ana`` has all four parts."""
    value = value.strip()
    if value.startswith("{") and _closes(value) == len(value) - 1:
        inner = value[1:-1].strip()
        return Name(family=plain(inner), group=True)
    if _KEYED.match(value):
        return _keyed(value, detached)
    commas = _outside(value, ",")
    if len(commas) == 1:
        return _first_last(commas[0], detached)
    if len(commas) > 2:
        suffix, given = commas[1], ", ".join(commas[2:])
        if _is_suffix(given) and not _is_suffix(suffix):
            suffix, given = given, suffix  # "King, Martin Luther, Jr.", in the order of a reference
    else:
        suffix, given = "", commas[1]
        if _is_suffix(given):
            # "Costa Jr., P." is written so; "Costa, Jr." leaves no given name
            suffix, given = given, ""
    family = commas[0].split()
    if not suffix and len(family) == 1 and _is_suffix(family[0]) and " " in given:
        # "Arthur Penn III" without commas, taken for a surname by pybtex
        suffix, (given, _, last) = family[0], given.rpartition(" ")
        family = [last]
    if len(family) > 1 and not suffix and _is_suffix(family[-1]):
        suffix = family.pop()
    cut = 0
    while cut < len(family) - 1 and _is_prefix(family[cut]):
        cut += 1
    return Name(_text(family[cut:]), _given(given), _text(family[:cut]), _suffix(suffix), detached=detached)


def _first_last(value: str, detached: bool) -> Name:
    words = _outside(value, " ")
    words = [word for word in words if word]
    if not words:
        return Name()
    if len(words) == 1:
        return Name(family=plain(words[0]))
    suffix = ""
    if len(words) > 2 and _is_suffix(words[-1]):
        suffix = words.pop()
        words[-1] = words[-1].rstrip(",")
    start = next((i for i, word in enumerate(words[:-1]) if _is_prefix(word)), len(words) - 1)
    end = start
    for i in range(start, len(words) - 1):
        if _is_prefix(words[i]):
            end = i + 1
    given = " ".join(words[:start])
    return Name(_text(words[end:]), _given(given), _text(words[start:end]), _suffix(suffix), detached=detached)


def _keyed(value: str, detached: bool) -> Name:
    """Read biblatex's keyed form; pybtex drops its later commas, so the keys themselves are looked for."""
    cut = _KEYS.split(value)
    parts = {key.lower(): text.strip(" ,").strip('"') for key, text in zip(cut[1::2], cut[2::2], strict=True)}
    if use := parts.get("useprefix", "").lower():
        detached = use == "false"
    given = _given(parts.get("given", "")) or plain(parts.get("given-i", ""))
    suffix, username = _suffix(parts.get("suffix", "")), plain(parts.get("username", ""))
    family, prefix = plain(parts.get("family", "")), plain(parts.get("prefix", ""))
    return Name(family, given, prefix, suffix, username=username, detached=detached)


def _text(words: list[str]) -> str:
    return plain(" ".join(words))


def _is_suffix(word: str) -> bool:
    """Say whether a word is "Jr.", "III" or the like; one letter is an initial."""
    text = plain(word)
    return len(text.rstrip(".")) > 1 and _SUFFIX.match(text) is not None


def _suffix(value: str) -> str:
    text = plain(value)
    return text + "." if text.rstrip(".").lower() in ("jr", "sr") and not text.endswith(".") else text


def _given(value: str) -> str:
    """Decode a given name; inside braces space and hyphen are made non-breaking: one initial for the whole."""
    value = _TIE.sub(" ", value)
    if "{" not in value:
        return plain(value)
    out, depth = [], 0
    for char in value:
        depth += (char == "{") - (char == "}")
        out.append({" ": "~", "-": "\u2011"}.get(char, char) if depth else char)
    joined = "".join(out)
    return plain(value) if "\\" in joined else plain(joined)


def _is_prefix(word: str) -> bool:
    """Say whether a word is a name prefix: its first letter outside braces is lower case (BibTeX's rule)."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    text = plain(word) if _HARD.search(word) else word
    first = next((c for c in text if c.isalpha()), "")
    return first.islower()


def _closes(value: str) -> int:
    depth = 0
    for at, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at
    return -1


def _outside(value: str, mark: str) -> list[str]:
    """Split at a mark (comma, or white space and tie) that stands outside braces."""
    if "{" not in value:
        return value.replace("~", " ").split() if mark == " " else [part.strip() for part in value.split(mark)]
    out, depth, last = [], 0, 0
    for at, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth <= 0 and (char == mark or (mark == " " and (char.isspace() or char == "~"))):
            out.append(value[last:at].strip())
            last = at + 1
    return [*out, value[last:].strip()]


@lru_cache(maxsize=1 << 15)
def initials(given: str) -> str:
    """Reduce given names to initials (APA 7 §9.8): ``Jean-Paul`` is ``J.-P.``, ``Ana María`` is ``A. M.``.

    A second element in lower case takes no initial (``Lee-ann``); scripts without initials stay whole.
    """
    if not given:
        return ""
    if any(unicodedata.category(char) == "Lo" for char in given):
        return given.replace("\u2011", "-")
    return " ".join(filter(None, (_initial(word) for word in _words(given))))


def _words(given: str) -> list[str]:
    """Separate the words of given names; ``J.K.`` and the unpointed ``JK``, as in ``Ada JK``, are two initials each."""
    words = re.sub(r"\.(?=\w)", ". ", given).split(" ")
    loud = "".join(words).isupper()
    out: list[str] = []
    for word in words:
        alone = len(words) == 1 or (out and not loud)
        if 2 <= len(word) <= 3 and word.isalpha() and word.isupper() and alone:
            out += list(word)
        else:
            out.append(word)
    return out


def _initial(word: str) -> str:
    parts = [part for part in re.split(r"[-‐]", word) if part]
    kept = [p for i, p in enumerate(parts) if i == 0 or not _first_letter(p).islower()]
    return "-".join(f"{_first_letter(part)}." for part in kept if _first_letter(part)) if kept else ""


def _first_letter(word: str) -> str:
    return next((char for char in word if char.isalpha()), "")


def annotated(entry: Entry, role: str, about: str) -> Mapping[int, str]:
    """Read a biblatex data annotation, ``author+an:role = {1=director;2="Guest"}``; 0 is the whole list.

    Keys keep no quotation marks; a literal (quoted) value is marked by a leading ``"``.
    """
    value = entry.fields.get(f"{role}+an:{about}", "")
    if not value:
        return {}
    out: dict[int, str] = {}
    for number, text in _NOTED.findall(value):
        text = text.strip()
        literal = text.startswith('"')
        text = plain(text.strip('"')) if literal else text
        if text:
            out[int(number or 0)] = text if about == "username" or not literal else f'"{text}'
    return out


_EDITED: Final = frozenset({
    "book", "mvbook", "collection", "mvcollection", "reference", "mvreference", "proceedings", "mvproceedings",
    "periodical", "booklet", "manual", "dataset", "misc", "report", "thesis", "online", "inbook",
    "incollection", "unpublished",
})  # fmt: skip
_STANDS_IN: Final = {
    **dict.fromkeys(("manual", "online", "electronic", "www", "misc", "report", "techreport", "standard", "dataset",
                     "software", "booklet", "proceedings"), ("organization", "institution")),
    "patent": ("holder",),
}  # fmt: skip


def principal(entry: Entry) -> tuple[str, tuple[Name, ...], bool]:
    """Say who stands in the author's place (APA 7 §9.7-9.12): the role's field, the names, ``and others``.

    ``("", (), False)`` means that the title stands there.
    """
    for role in ("author", "execproducer", "director", "producer", "host"):
        if role != "author" and entry.type not in ("video", "movie", "audio", "music", "performance"):
            break
        found, others = names(entry, role)
        if found:
            return role, found, others
    if entry.type in _EDITED and not (entry.type in ("inbook", "incollection") and "booktitle" in entry.fields):
        for role in ("editor", "editora", "translator" if entry.type == "misc" else "editorb"):
            found, others = names(entry, role)
            if found:
                return role, found, others
    for role in _STANDS_IN.get(entry.type, ()):
        group = plain(entry.fields.get(role, ""))
        if group:
            return role, (Name(family=group, group=True),), False
    return "", (), False
