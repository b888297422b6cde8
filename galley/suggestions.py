"""Suggestions and comments in a Markdown source: found with their places, written, and taken out of the text again.

Two spellings are known: CriticMarkup, with a comment right behind a change that names who made it and when, and
Pandoc's spans and divisions of the classes insertion, deletion and comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from galley.patterns import pattern
from galley.quiet import quiet
from galley.span import File, Span

INSERTION, DELETION, SUBSTITUTION = "insertion", "deletion", "substitution"
COMMENT, HIGHLIGHT = "comment", "highlight"
CHANGES = frozenset({INSERTION, DELETION, SUBSTITUTION})
SIGNS = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{>>": "<<}", "{==": "==}"}
KINDS = {"{++": INSERTION, "{--": DELETION, "{~~": SUBSTITUTION, "{>>": COMMENT, "{==": HIGHLIGHT}
OPENING = pattern(r"(?<!\\)\{(?:\+\+|--|~~|>>|==)(?!\})")
WHO = pattern(
    r"\s*(?:@(?P<named>[^:@\n]{1,80}?)|(?P<author>[^:@\n]{0,80}?))"
    r"\s*(?P<date>(?<!\d)\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?)?\s*(?::\s*|$)"
)
CLASS = pattern(r"\.(insertion|deletion|comment-start|comment-end|comment)(?![\w-])")
ATTRIBUTES = pattern(r"\]\{([^{}\n]*)\}")
FENCE = pattern(r"^[ \t]*(:{3,})[ \t]*(\{([^{}\n]*)\}|[\w-]*)[ \t]*:*[ \t]*$", re.MULTILINE)
SIGN_OF_ANY = pattern(r"\{(?:\+\+|--|~~|>>|==)|\.(?:insertion|deletion|comment)")
Range = tuple[int, int]


class Suggestion(NamedTuple):
    """A change somebody suggests, or a comment: what stands there now and what would.

    ``span`` is all of it, the comment that says who and when included; ``old`` and ``new`` are Markdown. ``accepting``
    and ``rejecting`` are the stretches of the file that go when it is accepted or rejected: nothing is ever put in.
    """

    kind: str
    span: Span
    old: str
    new: str
    author: str
    date: str
    note: str
    accepting: tuple[Range, ...]
    rejecting: tuple[Range, ...]
    critic: bool = True


def suggestions(file: File, start: int = 0) -> tuple[Suggestion, ...]:
    """All suggestions and comments in a file from an offset on, in order; none within code, maths and HTML comments.

    Those that stand in others come after these.
    """
    if not SIGN_OF_ANY.search(file.text, start):
        return ()
    prose = quiet(file.text, start)
    found = [*_critic(file, prose, start, len(prose)), *_spans(file, prose), *_divisions(file, prose)]
    return tuple(sorted(found, key=lambda one: (one.span.start, -one.span.end)))


def _critic(file: File, prose: str, start: int, end: int) -> Iterator[Suggestion]:
    missing: set[str] = set()
    at = start
    while opened := OPENING.search(prose, at, end):
        sign = opened[0]
        closing = SIGNS[sign]
        close = -1 if sign in missing else prose.find(closing, opened.end(), end)
        if close < 0:
            missing.add(sign)
            at = opened.end()
            continue
        one = _one(file, prose, sign, opened.start(), close + 3)
        yield one
        if sign in ("{++", "{=="):
            yield from _critic(file, prose, opened.end(), close)
        at = one.span.end


def _one(file: File, prose: str, sign: str, start: int, end: int) -> Suggestion:
    """The suggestion between two offsets, and the comment right behind it that belongs to it."""
    kind, inner = KINDS[sign], file.text[start + 3 : end - 3]
    if kind == COMMENT:
        author, date, note = who(inner) or ("", "", inner.strip())
        whole = ((start, end),)
        return Suggestion(kind, file.span(start, end), "", "", author, date, note, whole, whole)
    author = date = note = ""
    last = end
    close = prose.find("<<}", end) if prose.startswith("{>>", end) else -1
    if close > 0 and (said := who(file.text[end + 3 : close]) or (kind == HIGHLIGHT and ("", "", _said(file, end)))):
        (author, date, note), last = said, close + 3
    old, new, middle = inner, inner, end - 3
    if kind == SUBSTITUTION:
        arrow = prose.find("~>", start + 3, end - 3)
        middle = arrow if arrow >= 0 else end - 3
        old, new = file.text[start + 3 : middle], file.text[min(middle + 2, end - 3) : end - 3]
    opening, ending, whole = (start, start + 3), (end - 3, last), ((start, last),)
    accepting: tuple[Range, ...] = (opening, ending)
    rejecting: tuple[Range, ...] = (opening, ending)
    if kind == INSERTION:
        old, rejecting = "", whole
    elif kind == DELETION:
        new, accepting = "", whole
    elif kind == SUBSTITUTION:
        accepting, rejecting = ((start, min(middle + 2, end - 3)), ending), (opening, (middle, last))
    return Suggestion(kind, file.span(start, last), old, new, author, date, note, accepting, rejecting)


def _said(file: File, start: int) -> str:
    return file.text[start + 3 : file.text.find("<<}", start)].strip()


def who(text: str) -> tuple[str, str, str] | None:
    """Author, date and the rest of a comment such as "Jane Doe 2026-01-02: why" or "@Jane Doe: why".

    None where it names nobody so: a name needs a date behind it or an @ before it.
    """
    found = WHO.match(text)
    if not found or not (found["named"] or found["date"]):
        return None
    return (found["named"] or found["author"] or "").strip(), found["date"] or "", text[found.end() :].strip()


# -- Pandoc's spans and divisions --------------------------------------------------------------------

PAIR = pattern(r"([\w-]+)=(?:\"((?:[^\"\\]|\\.)*)\"|([^\s\"}]+))")


def _spans(file: File, prose: str) -> Iterator[Suggestion]:
    for found in ATTRIBUTES.finditer(prose):
        named = CLASS.search(found[1])
        start = _opening(prose, found.start()) if named else -1
        if named and start >= 0:
            kind = named[1]
            said = _pairs(file.text[found.start(1) : found.end(1)])
            inner = (start + 1, found.start())
            yield _classed(file, kind, said, (start, found.end()), inner)


def _divisions(file: File, prose: str) -> Iterator[Suggestion]:
    opened: list[tuple[str, dict[str, str], int, int]] = []
    for found in FENCE.finditer(prose):
        end = found.end()
        if found[2]:
            named = CLASS.search(found[3] or "") or re.fullmatch("insertion|deletion", found[2])
            kind = named[named.re.groups] if named else ""
            opened.append((kind, _pairs(file.text[found.start(2) : found.end(2)]), found.start(), end))
        elif opened:
            kind, said, start, first = opened.pop()
            if kind in (INSERTION, DELETION):
                yield _classed(file, kind, said, (start, end), (first, found.start()))


def _classed(file: File, kind: str, said: dict[str, str], whole: Range, inner: Range) -> Suggestion:
    """A span or division of a class, by the offsets of the whole and of what it holds."""
    text = file.text[inner[0] : inner[1]]
    signs, all_of_it = ((whole[0], inner[0]), (inner[1], whole[1])), (whole,)
    known = kind in CHANGES
    return Suggestion(
        kind if known else COMMENT,
        file.span(*whole),
        text if kind == DELETION else "",
        text if kind == INSERTION else "",
        said.get("author", ""),
        said.get("date", ""),
        "" if known else text.strip(),
        signs if kind == INSERTION else all_of_it,
        signs if kind == DELETION else all_of_it,
        critic=False,
    )


def _pairs(text: str) -> dict[str, str]:
    return {name: re.sub(r"\\(.)", r"\1", quoted) or bare for name, quoted, bare in PAIR.findall(text)}


def _opening(prose: str, end: int, most: int = 20_000) -> int:
    """The offset of the bracket that the one at ``end`` closes, -1 where there is none near."""
    depth = 0
    for at in range(end, max(-1, end - most), -1):
        sign = prose[at]
        if sign in "[]" and (at == 0 or prose[at - 1] != "\\"):
            depth += 1 if sign == "]" else -1
            if not depth:
                return at
    return -1


# -- settled and written -----------------------------------------------------------------------------


def without(text: str, ranges: Iterable[Range]) -> str:
    """The text without these stretches; a line of which nothing is left but blanks goes with its end."""
    out: list[str] = []
    at = 0
    for start, end in _whole_lines(text, _united(ranges)):
        out.append(text[at:start])
        at = max(at, end)
    return "".join(out) + text[at:]


def _united(ranges: Iterable[Range]) -> list[Range]:
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        elif end > start:
            out.append((start, end))
    return out


def _whole_lines(text: str, ranges: Iterable[Range]) -> Iterator[Range]:
    for start, end in ranges:
        first = start == 0 or text[start - 1] == "\n"
        whole = first and text.startswith(("\n", "\r\n"), end)
        yield (start, end + (2 if text[end] == "\r" else 1)) if whole else (start, end)


def signed(author: str, date: str, note: str = "") -> str:
    """The comment that says who and when, to be written right behind a change; "" where there is nothing to say."""
    named = f"{author} {date}".strip() if date else (f"@{author}" if author else "")
    text = re.sub(r"\s+", " ", note).replace("<<}", "<< }").strip()
    if not named:
        return f"{{>>{text}<<}}" if text else ""
    return f"{{>>{named}: {text}<<}}" if text else f"{{>>{named}<<}}"


def written(old: str, new: str, author: str = "", date: str = "", note: str = "") -> str:
    """A suggestion in CriticMarkup: an insertion where there is nothing old, a deletion where there is nothing new."""
    sign = signed(author, date, note)
    if not old and not new:
        return sign
    if not old:
        return f"{{++{new}++}}{sign}"
    return f"{{--{old}--}}{sign}" if not new else f"{{~~{old}~>{new}~~}}{sign}"


QUERY = pattern(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\{[^{}\n]*\.query[^{}\n]*\}")


def as_prose(file: File) -> File:
    """The file as it would read with all that is suggested and without comments and queries, every letter of the rest
    where it was: what goes is blank."""
    ranges = [cut for one in suggestions(file) for cut in one.accepting]
    ranges += [found.span() for found in QUERY.finditer(file.text)] if ".query" in file.text else []
    out, at = [], 0
    for start, end in _united(ranges):
        out += [file.text[at:start], "".join("\n" if char == "\n" else " " for char in file.text[start:end])]
        at = end
    return File(file.name, "".join(out) + file.text[at:]) if out else file
