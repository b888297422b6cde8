"""What an author types behind a key to name a part of a work ("p. 3", "chap. 2", "33-35"), set as the manual does.

Comes in: the suffix's text and a language. Goes out: the same text with its locators in their printed form.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from .parts import PRINTED, TYPED
from .patterns import pattern

NBSP: Final = "\u00a0"

_ROMAN: Final = r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_DASH: Final = r"\s?(?:--?|–|—)\s?"
_BARE: Final = rf"(?:[A-Z]{{0,2}}\d+[a-z]?|{_ROMAN})"
_PAGES: Final = pattern(
    rf"{_BARE}(?:{_DASH}{_BARE})?(?:ff?\b\.?)?(?:(?:, ?| (?:and|&) ){_BARE}(?:{_DASH}{_BARE})?)*(?=\s*(?:[,;.)\]]|$))"
)
_PLACE: Final = pattern(r"\d+(?:[:.]\d+)+(?:" + _DASH + r"\d+(?:[:.]\d+)*)?(?=\s*(?:[,;)\]]|$))")
_VERSE: Final = pattern(
    r"(?:[1-4] )?[^\W\d_][\w’]*\.?(?: [^\W\d_]+\.?){0,2} \d+:\d+(?:(?:--?|–)\d+(?::\d+)?)?(?=\s*(?:[,;)\]]|$))"
)
_NUMBER: Final = pattern(
    r"(?:[^\s,;–—]*\d[^\s,;–—]*|\(?[ivxlcdm]+\b\)?(?:-\(?[ivxlcdm]+\b\)?)?|[IVXLCDM]+\b|[A-Z]\b)"
    r"(?:(?:\s?[–—]+\s?|\s-\s)[^\s,;–—]+)?"
)
_MORE: Final = pattern(r"(?:, ?(?:and |& )?| (?:and|&) )(?=\(?(?:\d|[ivxlcdm]+\b))")
_GOES_ON: Final = pattern(r"\s+(?!(?:and|&)\s)\w")
_INSIDE: Final = pattern(r"(?<=[\s(])(pp?|paras?|chs?|vols?|nos?)\.? (?=\d)", re.IGNORECASE)
_WORD: Final = pattern(r"([^\W\d_]+|¶{1,2})\.?\s*")
_SECTION_SIGN: Final = pattern(r"(§{1,2})\s*(?=\d)")
_JOINT: Final = pattern(r", ?(?=\S)| (and|&) (?=\S)")
_HYPHEN: Final = pattern(r"(?<=\w)\s?(?:--?|–|—)\s?(?=\w)")
_RUN: Final = pattern(r"(\(?[\w.:]+\)?)\s?(--?|–|—)\s?(\(?[\w.:]+\)?)\Z")
_KEEPS_HYPHEN: Final = frozenset({"table", "figure", "equation", "appendix", "box", "item", "map", "plate"})


@cache
def _words(language: str) -> dict[str, tuple[str, bool]]:
    """From a typed word to its kind, and whether it is a plural."""
    found: dict[str, tuple[str, bool]] = {}
    for kind, typed in TYPED.items():
        for word in typed.split():
            found[word] = (kind, word in {"pp", "¶¶"} or (word.endswith("s") and word != "s"))
    found["appendices"] = ("appendix", True)
    for kind, (one, many) in PRINTED.get(language, {}).items():
        found.setdefault(one.lower().rstrip("."), (kind, False))
        found.setdefault(many.lower().rstrip("."), (kind, many != one))
    return found


def _printed(kind: str, language: str, several: bool) -> str:
    table = PRINTED.get(language, {})
    return (table.get(kind) or PRINTED["en"][kind])[several]


def locate(text: str, language: str = "en") -> tuple[str, str]:
    """Set the locators that ``text`` begins with: what is printed, and the rest that is no locator (§8.13, §8.28).

    >>> locate("pages 3-5, Table 2, my emphasis")
    ('pp.\\xa03–5, Table\\xa02', ', my emphasis')
    """
    done, rest = _one(text, language, first=True)
    if not done:
        return "", text
    while joint := _JOINT.match(rest):
        part, after = _one(rest[joint.end() :], language, first=False)
        if not part:
            break
        done += (f" {joint.group(1)} " if joint.group(1) else ", ") + part
        rest = after
    return done, rest


def _one(text: str, language: str, first: bool) -> tuple[str, str]:
    """Take one labelled locator (or, at the first place, bare pages or a time) off the front of ``text``."""
    if sign := _SECTION_SIGN.match(text):
        return _numbered(text[sign.end() :], "", language, sign.group(1))
    for form in (_PLACE, _VERSE):
        if place := form.match(text):
            return _HYPHEN.sub("–", place.group()), text[place.end() :]
    if first and (pages := _PAGES.match(text)):
        return _set("page", False, pages.group(), language), text[pages.end() :]
    word = _WORD.match(text)
    kind, plural = _words(language).get(word.group(1).lower(), ("", False)) if word else ("", False)
    if word is None or not kind or (word.group() == word.group(1) and len(word.group(1)) > 3 and not plural):
        return "", text
    return _numbered(text[word.end() :], kind, language, "", plural)


def _numbered(text: str, kind: str, language: str, sign: str, plural: bool = False) -> tuple[str, str]:
    """Take the numbers after a label: one, a range, or several."""
    number = _NUMBER.match(text)
    if number is None:
        return "", text
    end = number.end()
    while more := _MORE.match(text, end):
        nextone = _NUMBER.match(text, more.end())
        if nextone is None or _GOES_ON.match(text, nextone.end()) or ":" in nextone.group():
            break
        end = nextone.end()
    numbers = text[:end].rstrip(".") if text[:end].endswith(".") and end < len(text) else text[:end]
    rest = text[len(numbers) :]
    if sign:
        return sign + NBSP + _dashed(numbers), rest
    return _set(kind, plural, numbers, language), rest


def _set(kind: str, plural: bool, numbers: str, language: str) -> str:
    """Join label and numbers; a range or a list takes the plural, and its hyphen becomes a dash (§6.6)."""
    dashed = numbers if kind in _KEEPS_HYPHEN and not plural and "-" in numbers else _dashed(numbers)
    several = "–" in dashed or "," in dashed or " " in dashed or re.search(r"\dff?\b", dashed) is not None
    return _printed(kind, language, several) + NBSP + dashed


def _dashed(numbers: str) -> str:
    """Put an en dash into every range among the numbers, and leave "B-12" and "3-1" alone."""
    return re.sub(r"[^\s,;]+(?:\s[–—-]+\s[^\s,;]+)?", lambda run: _range(run.group()), numbers)


def _range(run: str) -> str:
    found = _RUN.match(run)
    if found is None:
        return run.replace("--", "–") if "--" in run else run
    left, dash, right = found.groups()
    alike = left[:1].isdigit() == right[:1].isdigit()
    falls = left.isdecimal() and right.isdecimal() and len(left) == len(right) and right < left
    return run if dash == "-" and (not alike or falls) else f"{left}–{right}"


@lru_cache(maxsize=4096)
def settle(suffix: str, language: str = "en", *, more: bool = False) -> tuple[str, bool]:
    """Set an author's suffix: its printed form, with the comma before it, and whether it is locators alone.

    ``{...}`` holds a locator to be taken as it stands, and ``{}`` says that none follows (Pandoc's forms).
    ``more`` says that rich text follows, which is then no locator.

    >>> settle(" p. 3"), settle(", {}1 Cor. 13:1"), settle(", for more")
    ((', p.\\xa03', True), (', 1 Cor. 13:1', True), (', for more', False))
    """
    lead = re.match(r"\s*,?\s*", suffix)
    start = lead.end() if lead else 0
    body = suffix[start:] if more else suffix[start:].rstrip(" ,")
    if not body.strip():
        return (suffix if more else ""), not more
    if body.startswith("{") and "}" in body:
        inner, rest = body[1:].split("}", 1)
        forced = _forced(inner.strip(), language)
        plain = rest.lstrip(", ").replace("--", "–")
        if not forced and not plain:
            return "", not more
        return f", {forced}{rest}" if forced else f", {plain}", not more and not (forced and rest)
    located, rest = locate(body, language)
    if located:
        return f", {located}{_INSIDE.sub(_tied, rest)}", not more and not rest.strip(" .")
    if start == 0 and (body[0].isalnum() or body[0] in '“‘"*§'):
        return _INSIDE.sub(_tied, f", {body}"), False
    return _INSIDE.sub(_tied, suffix), False


def _tied(label: re.Match[str]) -> str:
    return label.group().rstrip() + NBSP


def _forced(inner: str, language: str) -> str:
    """Set what stands between braces: with its label, or as pages where it has none."""
    if not inner:
        return ""
    located, rest = locate(inner, language)
    if located and not rest:
        return located
    if re.match(r"[\w(][^a-z]*\Z", inner) or re.fullmatch(r"(?:[\divxlcdmA-Z()–-]+(?:, )?)+", inner):
        return _set("page", False, inner, language)
    return inner
