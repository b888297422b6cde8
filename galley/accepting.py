"""Suggestions accepted or rejected in the manuscript's files, all, some or one by one; every other byte stays."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from galley.building import named
from galley.report import fault, visible
from galley.suggestions import CHANGES, Range, Suggestion, suggestions, without
from galley.writing import over

KEYS = "accept, reject, leave it, quit? [a/r/l/q] "


def run(options: argparse.Namespace, project: Path) -> int:
    """Settle what is asked for in every file of the manuscript, and say how many were."""
    from galley.reading.files import locate

    paths = locate(project).manuscript
    accept = options.way == "accept"
    chosen = _chosen(options)
    count = 0
    for path in paths:
        raw = path.read_bytes()
        text = _text(path, raw)
        found = _found(path, text)
        if chosen is None:
            picks, stopped = one_by_one(found, input)
        else:
            picks, stopped = [(one, accept) for one in found if chosen(one)], False
        new = settled(raw, picks)
        if new != raw:
            over(path, new, {path.resolve(): raw})
        count += len(picks)
        if picks:
            print(f"{named(path)}  {len(picks)} settled, {len(found) - len(picks)} left")
        if stopped:
            break
    if not count:
        print("nothing to settle" if chosen else "nothing settled")
    return 0


def _text(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise fault("not-utf8", f"{named(path)}:{line}", "is not UTF-8", "save the file as UTF-8") from error


def _found(path: Path, text: str) -> tuple[Suggestion, ...]:
    from galley.span import File

    return suggestions(File(named(path), normal(text)[0]))


def _chosen(options: argparse.Namespace) -> Callable[[Suggestion], bool] | None:
    """Which suggestions are meant; None where they are to be asked for one by one."""
    if not (options.all or options.author or options.at or options.comments):
        if not sys.stdin.isatty():
            hint = "say --all, --author NAME or --at FILE:LINE"
            raise fault("no-choice", "", "there is no terminal to ask you in", hint, status=2)
        return None
    name, _, line = options.at.rpartition(":")
    if options.at and not (name and line.isdecimal() and len(line) < 10):
        raise fault("no-place", options.at, "is no place", "write it as manuscript/article.md:12", status=2)
    only_comments = options.comments and not (options.all or options.author or options.at)

    def chosen(one: Suggestion) -> bool:
        if one.kind not in CHANGES and not options.comments:
            return False
        if only_comments and one.kind in CHANGES:
            return False
        if options.author and one.author.casefold() != options.author.casefold():
            return False
        last = one.span.file.place(max(one.span.start, one.span.end - 1))[0]
        return not options.at or (_same(one.span.file.name, name) and one.span.line <= int(line) <= last)

    return chosen


def _same(name: str, said: str) -> bool:
    """Whether a file is the one that was named, by its path or by the end of it."""
    return (
        Path(name).resolve() == Path(said).resolve() or Path(name).parts[-len(Path(said).parts) :] == Path(said).parts
    )


def one_by_one(found: Sequence[Suggestion], ask: Callable[[str], str]) -> tuple[list[tuple[Suggestion, bool]], bool]:
    """What somebody answers to each, as (suggestion, accepted); and whether they would rather stop."""
    picks: list[tuple[Suggestion, bool]] = []
    for one in found:
        print(f"\n{shown(one)}")
        answer = ""
        while answer not in ("a", "r", "l", "q"):
            try:
                answer = ask(KEYS).strip().lower()[:1]
            except EOFError:
                answer = "q"
        if answer == "q":
            return picks, True
        if answer != "l":
            picks.append((one, answer == "a"))
    return picks, False


def shown(one: Suggestion) -> str:
    """A suggestion for the terminal: where it is, by whom, what would go and come, the words around it."""
    by = " ".join(part for part in (one.author, one.date) if part)
    text = one.span.file.text
    before, after = text[max(0, one.span.start - 40) : one.span.start], text[one.span.end : one.span.end + 40]
    rows = [f"{one.span}: {one.kind}{f' by {by}' if by else ''}{f': {one.note}' if one.note else ''}"]
    rows += [f"  …{before}[ ]{after}…"]
    rows += [f"  - {one.old}"] if one.old else []
    rows += [f"  + {one.new}"] if one.new else []
    return "\n".join(visible(row) for row in rows)


def settled(raw: bytes, picks: Iterable[tuple[Suggestion, bool]]) -> bytes:
    """The bytes of a file with each suggestion accepted (True) or rejected: nothing is put in, all else stays."""
    text = raw.decode("utf-8")
    _, offsets = normal(text)
    ranges: list[Range] = []
    for one, accepted in picks:
        cuts = one.accepting if accepted else one.rejecting
        ranges += [(offsets(start), offsets(end)) for start, end in cuts]
    return without(text, ranges).encode("utf-8")


def normal(text: str) -> tuple[str, Callable[[int], int]]:
    """A text as the manuscript's reader sees it, without a byte order mark and with plain line ends, and what turns
    its offsets into those of the text as it is."""
    start = 1 if text.startswith("\ufeff") else 0
    if "\r" not in text:
        return text[start:], lambda at: at + start
    kept = [at for at in range(start, len(text)) if not (text[at] == "\r" and text.startswith("\n", at + 1))]
    plain = "".join("\n" if text[at] == "\r" else text[at] for at in kept)
    starts = [at - 1 if text[at] == "\n" and at > start and text[at - 1] == "\r" else at for at in kept]
    return plain, lambda at: starts[at] if at < len(starts) else len(text)
