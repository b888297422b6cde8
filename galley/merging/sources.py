"""A manuscript's file as it is and as it would be with all suggestions in it rejected, and changes written into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from galley.merging.desk import Change
from galley.merging.paragraphs import division
from galley.returned import Hand
from galley.span import File
from galley.suggestions import COMMENT, HIGHLIGHT, INSERTION, Suggestion, signed, suggestions
from galley.suggestions import written as composed

Range = tuple[int, int]
NEAR = 40
"""How many characters away a comment or an insertion that comes back is still the one that went."""
ROUNDS = 6
"""How often what was written is read again, less each time by what was not understood."""


class Base(NamedTuple):
    """A text without its suggestions: ``removed`` are the stretches of the file that it lacks, in order."""

    text: str
    removed: tuple[Range, ...]

    def inside(self, at: int, *, behind: bool) -> int:
        """An offset in the file; where something was removed just there, before or ``behind`` that."""
        shift = 0
        for start, end in self.removed:
            if start - shift > at or (start - shift == at and not behind):
                break
            shift += end - start
        return at + shift

    def outside(self, at: int) -> int:
        """The offset in the text of an offset in the file."""
        return at - sum(min(end, at) - start for start, end in self.removed if start < at)


def base(file: File) -> Base:
    """The file without its suggestions."""
    united: list[Range] = []
    for start, end in sorted(_line(file.text, *stretch) for one in suggestions(file) for stretch in one.rejecting):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    out, at = [], 0
    for start, end in united:
        out.append(file.text[at:start])
        at = end
    return Base("".join(out) + file.text[at:], tuple(united))


def _line(text: str, start: int, end: int) -> Range:
    """A stretch, with the end of the line if it is the whole of it: the line goes with what stood alone in it."""
    return (start, end + 1) if (not start or text[start - 1] == "\n") and text.startswith("\n", end) else (start, end)


def there(file: File, its: Base) -> frozenset[tuple[int, int, str]]:
    """The suggestions that stand in a file already, as the changes that would write them."""
    found: set[tuple[int, int, str]] = set()
    for one in suggestions(file):
        if one.critic:
            span = one.span
            found.add((its.outside(span.start), its.outside(span.end), file.text[span.start : span.end]))
            found |= {(its.outside(start), its.outside(span.end), text) for start, text in _otherwise(file, one)}
        else:
            for start, end in (_line(file.text, *stretch) for stretch in one.rejecting):
                found.add((its.outside(start), its.outside(end), file.text[start:end]))
    return frozenset(found)


def _otherwise(file: File, one: Suggestion) -> Iterator[tuple[int, str]]:
    """From where on a suggestion is, and as what, when it comes back from Word: a comment wants a name there, and is
    apart from the change it is about; no day has an hour; a paragraph is a division."""
    text, span = file.text, one.span
    if one.note:
        yield span.start if one.kind == COMMENT else span.end, signed(one.author or "comment", one.date[:10], one.note)
    if one.kind not in (COMMENT, HIGHLIGHT):
        yield span.start, composed(one.old, one.new, one.author, one.date[:10])
    if one.kind == INSERTION and text.endswith("\n\n", 0, span.start) and text.startswith("\n", span.end):
        yield span.start, division(one.new, Hand(one.author, one.date))


def _new(changes: Iterable[Change], known: frozenset[tuple[int, int, str]], text: str) -> list[Change]:
    """The changes that do not stand in the file already, each known one found once: in its place, else near it.

    A comment may have come to stand at the next word, what is put in between two blanks before either of them, and
    what is all of its paragraph at the beginning of the next.
    """
    signs = [
        (end if _remark(sign) else _before_blanks(text, start), sign)
        for start, end, sign in known
        if start == end or _remark(sign)
    ]
    left = [one for one in changes if one.start == one.end or (one.start, one.end, one.text) not in known]
    for far in (0, NEAR):
        left = [one for one in left if not _taken(signs, one, text, far)]
    return left


def _taken(signs: list[tuple[int, str]], change: Change, text: str, far: int) -> bool:
    """Whether a change of the same words stands so near, which is then taken from the list."""
    if change.start != change.end and not _remark(change.text):
        return False
    at = change.end if _remark(change.text) else _before_blanks(text, change.start)
    same = [one for one in signs if one[1] == change.text and abs(one[0] - at) <= far]
    if same:
        signs.remove(min(same, key=lambda one: abs(one[0] - at)))
    return bool(same)


def _remark(sign: str) -> bool:
    return sign.startswith("{>>")


def _before_blanks(text: str, at: int) -> int:
    while at and text[at - 1] in " \t":
        at -= 1
    return at


def written(file: File, changes: Iterable[Change]) -> tuple[str, list[Change], list[Change]]:
    """The file's text with the changes in it, those that were made, and those that cannot be.

    These stand in each other's way, or where no marks are read, as in code. One that is there already is neither.

    What comes of it is read again: with all suggestions rejected it must be what it was.
    """
    its = base(file)
    known = there(file, its)
    wanted = _new(changes, known, its.text)
    refused: list[Change] = []
    for _ in range(ROUNDS):
        text, made, clashing = _composed(file, its, wanted)
        refused += clashing
        again = File(file.name, text)
        after = base(again)
        seen = there(again, after)
        unread = [one for one in made if (one.start, one.end, one.text) not in seen]
        if not unread and after.text == its.text:
            return text, made, refused
        bad = unread or [one for one in made if not _sound(file, its, one)] or made
        refused += bad
        wanted = [one for one in made if one not in bad]
    return file.text, [], [*refused, *wanted]


def _sound(file: File, its: Base, change: Change) -> bool:
    """Whether a change alone leaves the file as it was when it is rejected."""
    text, _, _ = _composed(file, its, [change])
    return base(File(file.name, text)).text == its.text


def _composed(file: File, its: Base, changes: Iterable[Change]) -> tuple[str, list[Change], list[Change]]:
    """The file's text with changes in it, those made, and those in whose way another stands."""
    made: list[tuple[int, int, Change]] = []
    refused: list[Change] = []
    for change in sorted(changes, key=lambda one: (one.start, one.end > one.start, one.order, one.end)):
        start = its.inside(change.start, behind=True)
        end = its.inside(change.end, behind=False) if change.end > change.start else start
        if end - start != change.end - change.start or (made and start < made[-1][1]):
            refused.append(change)
        else:
            made.append((start, end, change))
    out, at = [], 0
    for start, end, change in made:
        out += [file.text[at:start], change.text]
        at = end
    return "".join(out) + file.text[at:], [change for _, _, change in made], refused


def respelled(raw: str, before: str, after: str) -> str:
    """``after`` with the line ends and the first mark of the file, whose text read was ``before``."""
    head = "\ufeff" if raw.startswith("\ufeff") else ""
    body = raw.removeprefix("\ufeff")
    if "\r" not in body:
        return head + after
    if body.count("\r\n") == body.count("\n") == body.count("\r"):
        return head + after.replace("\n", "\r\n")
    return head + _mixed(body, before, after)


def _mixed(body: str, before: str, after: str) -> str:
    """Line ends of several kinds: each of the old ones stays as it is."""
    from difflib import SequenceMatcher

    ours, theirs = before.split("\n"), after.split("\n")
    ends = _ends(body)
    kept: dict[int, str] = {}
    for mine, its, size in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        kept |= {its + step: ends[mine + step] for step in range(size) if mine + step < len(ends)}
    return "".join(line + kept.get(at, "\n" if at + 1 < len(theirs) else "") for at, line in enumerate(theirs))


def _ends(body: str) -> Sequence[str]:
    import re

    return re.findall(r"\r\n|\r|\n", body)
