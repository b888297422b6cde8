"""Abbreviations are explained once, before their first use, and used after it (APA 7 §6.24-6.25)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from galley.checks.typed.entries import WORDS
from galley.checks.typed.knownshort import KNOWN
from galley.checks.typed.prose import PROSE, Said, prose, stretches
from galley.checks.typed.telling import folded, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Resolved

SHORT = r"[A-Z][A-Za-z]{0,2}(?:[A-Z&/-]{0,2}[A-Z0-9]){1,6}"
GIVEN = pattern(rf"(?<=\w )[(\[](?:[a-z. ,]{{0,8}} )?({SHORT})(s|es)?(?:[,;][^()]{{0,60}})?[)\]]")
TURNED = pattern(rf"\b({SHORT})(s)? \(((?:[a-zA-Z][\w’'-]+[ -]){{1,8}}[a-zA-Z][\w’'-]+)\)")
TOKEN = pattern(r"(?<![\w.@/#=<>$\\-])([A-Z]{3,6})s?(?![\w@/=<>(-]|\.\w)")
ROMAN = pattern(r"[IVXLC]+\Z")
OFTEN = 3
"""Uses of an abbreviation that nobody explained before it is told; APA explains those used three times and more."""
MOST = 4
"""More findings of a kind than this are one."""
_SMALL = "a an and as at by de del des du for from in la of on or the to with und et von"
SMALL = frozenset(_SMALL.split())


class _Given(NamedTuple):
    """An abbreviation where it is explained."""

    short: str
    long: str
    said: Said
    start: int
    end: int


def explained(resolved: Resolved) -> Iterator[Diagnostic]:
    """C25 ``abbreviation-unused``, ``abbreviation-twice``, ``abbreviation-late``, ``abbreviation-undefined``."""
    rows = list(prose(resolved))
    given = [one for said in rows for one in _given(said)]
    uses = _uses(resolved, {one.short for one in given})
    first: dict[tuple[str, bool], _Given] = {}
    late: dict[str, None] = {}
    again: list[_Given] = []
    for one in given:
        part = (one.short, one.said.paragraph.kind == "abstract")
        if part in first:
            again.append(one)
        first.setdefault(part, one)
    for (short, in_abstract), one in first.items():
        if not in_abstract and short not in late and short not in KNOWN and _used_before(one, rows):
            late[short] = None
    yield from folded((("late", _late(resolved, first[short, False])) for short in late), MOST)
    yield from folded((("twice", _twice(resolved, one, first)) for one in again if one.short not in late), MOST)
    unused = [one for (short, _), one in first.items() if uses.get(short, 0) == 0]
    yield from folded(
        (("unused", _unused(resolved, one)) for one in {o.short: o for o in reversed(unused)}.values()), MOST
    )
    yield from folded((("undefined", one) for one in _undefined(resolved, rows, {short for short, _ in first})), MOST)


def _given(said: Said) -> Iterator[_Given]:
    """Where a paragraph explains abbreviations: the words before the bracket have their letters."""
    if "(" not in said.text and "[" not in said.text:
        return
    for found in GIVEN.finditer(said.text):
        long = _long(said.text[max(found.start() - 120, 0) : found.start()], found[1])
        if long:
            yield _Given(found[1], long, said, found.start(1), found.end(1))
    for found in TURNED.finditer(said.text):
        if _fits(WORDS.findall(found[3]), found[1]):
            yield _Given(found[1], found[3], said, found.start(1), found.end(1))


def _long(before: str, short: str) -> str:
    """The words that an abbreviation stands for, the nearest to its bracket that have its letters; "" where none do."""
    clause = before[max(before.rfind(sign) for sign in ".;:()[]") + 1 :]
    words = clause.replace("-", " ").replace("–", " ").replace("/", " ").split()
    for count in range(1, min(len(words), len(short) * 2 + 2) + 1):
        taken = words[-count:]
        if taken[0].lower().strip(",“\"‘'") not in SMALL and _fits(taken, short):
            return " ".join(taken)
    return ""


def _fits(words: list[str], short: str) -> bool:
    """Whether the letters of an abbreviation begin the words, in order, few words left without one."""
    wanted = [sign for sign in short.lower() if sign.isalnum()]
    firsts = [word.strip(",“”\"‘’'").lower() for word in words]
    firsts = [word for word in firsts if word]
    if not firsts or not wanted or firsts[0][:1] != wanted[0]:
        return False
    at = 0
    silent = 0
    for word in firsts:
        if at < len(wanted) and word[:1] == wanted[at]:
            at += 1
            while (
                at < len(wanted)
                and len(firsts) < len(wanted)
                and wanted[at] in word[1:]
                and word.find(wanted[at], 1) > 0
            ):
                at += 1
        elif word not in SMALL:
            silent += 1
    return at == len(wanted) and silent <= max(1, len(firsts) // 3)


def _uses(resolved: Resolved, shorts: set[str]) -> dict[str, int]:
    """How often abbreviations stand anywhere but where they are explained."""
    if not shorts:
        return {}
    kinds = PROSE | {"caption", "cell", "heading", "title", "keywords", "maths", "code"}
    counts: dict[str, int] = {}
    longest = sorted(shorts, key=len, reverse=True)
    shape = re.compile(rf"(?<![A-Za-z])({'|'.join(map(re.escape, longest))})(?=s?(?![a-z]))")
    listed = {at for one in resolved.listed for at in one.paragraphs}
    for at, paragraph in enumerate(resolved.typescript.paragraphs):
        if paragraph.kind not in kinds or at in listed:
            continue
        text = paragraph.text
        for found in shape.finditer(text):
            opened = text[max(found.start() - 1, 0) : found.start()] in ("(", "[") and text[
                found.end() : found.end() + 2
            ].lstrip("s")[:1] in (")", "]")
            if not opened:
                counts[found[1]] = counts.get(found[1], 0) + 1
    return counts


def _used_before(one: _Given, rows: list[Said]) -> bool:
    """Whether an abbreviation stands in the text before the place that explains it, abstract apart."""
    shape = re.compile(rf"(?<![\w-]){re.escape(one.short)}(?![\w-])")
    for said in rows:
        if said.paragraph.part != "body" or said.paragraph.kind == "abstract" or one.said.paragraph.part != "body":
            continue
        if said.at == one.said.at:
            return shape.search(said.text[: one.start - 1]) is not None
        if shape.search(said.text):
            return True
    return False


def _late(resolved: Resolved, one: _Given) -> Diagnostic:
    message = f"'{one.short}' is used before the place that explains it ({one.long})"
    hint = "explain it at its first use (APA 7 §6.25)"
    query = f"“{one.short}” is used before it is explained as {one.long}. May we explain it at its first use?"
    place = resolved.typescript.span(one.said.paragraph, one.start, one.end)
    return tell(WARNING, "abbreviation-late", place, message, hint, query)


def _twice(resolved: Resolved, one: _Given, first: dict[tuple[str, bool], _Given]) -> Diagnostic:
    earlier = first[(one.short, one.said.paragraph.kind == "abstract")]
    line = resolved.typescript.span(earlier.said.paragraph, earlier.start, earlier.end).line
    message = f"'{one.short}' is explained again ({one.long}); it was in line {line}"
    query = f"“{one.short}” is explained twice. May we use the abbreviation alone here?"
    place = resolved.typescript.span(one.said.paragraph, one.start, one.end)
    return tell(WARNING, "abbreviation-twice", place, message, "use the abbreviation alone (APA 7 §6.25)", query)


def _unused(resolved: Resolved, one: _Given) -> Diagnostic:
    message = f"'{one.short}' is explained ({one.long}) and never used again"
    query = f"“{one.short}” is explained but not used afterwards. May we leave the abbreviation out?"
    place = resolved.typescript.span(one.said.paragraph, one.start, one.end)
    return tell(WARNING, "abbreviation-unused", place, message, "leave the abbreviation out (APA 7 §6.24)", query)


def _undefined(resolved: Resolved, rows: list[Said], known: set[str]) -> Iterator[Diagnostic]:
    """Abbreviations that nothing explains, in a manuscript that explains others."""
    if len(known) < 2:
        return
    cites = stretches(resolved)
    places: dict[str, list[tuple[Said, int, int]]] = {}
    for said in rows:
        within = cites.get(said.at, [])
        for found in TOKEN.finditer(said.text):
            short = found[1]
            if short in known or short in KNOWN or short.lower() == short or ROMAN.match(short):
                continue
            if not any(start <= found.start() < end for start, end in within) and not _shouted(
                said.text, found.start()
            ):
                places.setdefault(short, []).append((said, *found.span(1)))
    names = _names(resolved)
    whole = "\n".join(said.text for said in rows)
    for short, found_at in places.items():
        if len(found_at) < OFTEN or short in names or any(short in other for other in known):
            continue
        if re.search(rf"[(\[][^()\[\]]{{0,40}}{short}s?[)\]]", whole):
            continue  # explained in a way of its own
        said, start, end = found_at[0]
        message = f"'{short}' is used {len(found_at)} times, and nothing explains it"
        hint = f"write it in full at its first use: ... ({short}) (APA 7 §6.25)"
        query = f"What does “{short}” stand for? May we write it in full at its first use?"
        yield tell(
            WARNING,
            "abbreviation-undefined",
            resolved.typescript.span(said.paragraph, start, end),
            message,
            hint,
            query,
        )


def _shouted(text: str, at: int) -> bool:
    """Whether words in capitals stand beside: a line in capitals, no abbreviation."""
    around = [word for word in WORDS.findall(text[max(at - 20, 0) : at + 25]) if len(word) > 3]
    return sum(1 for word in around if word.isupper()) > 1


def _names(resolved: Resolved) -> set[str]:
    """Words in capitals that stand in the title, the byline and the list: names of things, or known to readers."""
    kinds = ("title", "subtitle", "keywords", "author", "affiliation", "reference")
    found: set[str] = set()
    for paragraph in resolved.typescript.paragraphs:
        if paragraph.kind in kinds:
            found.update(TOKEN.findall(paragraph.text))
    return found
