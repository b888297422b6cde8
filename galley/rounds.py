"""The verb ``log``: the rounds of a manuscript by the tags of its repository, and what changed between them."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.patterns import pattern
from galley.report import Fault, fault

if TYPE_CHECKING:
    from galley.document import Document

NOW = "now"
WORD = pattern(r"\w(?:[\w’'.-]*\w)?")
KINDS = ("figure", "table", "equation")
SEVERAL = {"figure": "figures", "table": "tables", "equation": "equations"}
LISTED = 8
"""How many keys or labels a line names."""


class Round(NamedTuple):
    """A manuscript at one time: its paragraphs as words, its references, its numbered objects, its findings."""

    name: str
    date: str
    paragraphs: tuple[tuple[str, ...], ...]
    references: tuple[str, ...]
    objects: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]

    @property
    def words(self) -> int:
        """How many words the text has."""
        return sum(map(len, self.paragraphs))


class Step(NamedTuple):
    """What came and what went from one round to the next; counts of words, lists of all else."""

    words: tuple[int, int]
    references: tuple[tuple[str, ...], tuple[str, ...]]
    objects: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
    opened: tuple[tuple[str, int], ...]
    closed: tuple[tuple[str, int], ...]


def run(options: argparse.Namespace, project: Path) -> int:
    """Print the rounds, the oldest first, as text or as JSON."""
    found, left = rounds(project, options.match)
    rows = [(one, step(before, one)) for before, one in zip((None, *found), found, strict=False)]
    if options.format == "json":
        print(json.dumps([_row(*row) for row in rows], ensure_ascii=False, indent=1))
        return 0
    for one, change in rows:
        print("\n".join(told(one, change)))
    for name, why in left:
        print(f"{name}  left out: {why}")
    return 0


def rounds(project: Path, match: str = "") -> tuple[list[Round], list[tuple[str, str]]]:
    """The manuscript at each tag and as it is now, and the tags at which it cannot be read, with the reason."""
    from galley.revisions import revision

    found: list[Round] = []
    left: list[tuple[str, str]] = []
    for name, date in _tags(project, match):
        with TemporaryDirectory(prefix="galley-") as folder:
            try:
                there = revision(f"refs/tags/{name}", project, Path(folder))
                found.append(_round(name, date, there.path))
            except Fault as error:
                left.append((name, error.diagnostics[0].message))
    now = _round(NOW, "", project)
    if not found or now._replace(name="", date="") != found[-1]._replace(name="", date=""):
        found.append(now)
    return found, left


def _tags(project: Path, match: str) -> list[tuple[str, str]]:
    """The tags of the project's repository with their days, the oldest first."""
    from galley.revisions import git

    home = project if project.is_dir() else project.parent
    if match.startswith("-") or "\0" in match:
        raise fault("no-tag", match, "is no name of tags", status=2)
    form = "--format=%(refname:strip=2)%00%(creatordate:short)"
    said = git(home, "for-each-ref", "--sort=creatordate", form, f"refs/tags/{match}".rstrip("/"))
    rows = (line.partition("\0") for line in said.decode("utf-8", "replace").splitlines())
    return [(name, date) for name, _, date in rows if name]


def _round(name: str, date: str, path: Path) -> Round:
    from galley import press
    from galley.formats.remarks import settled
    from galley.report import Diagnostic

    document = press.settled(path)
    found: Sequence[Diagnostic] = press.checked(document, press.themed(document))
    return Round(
        name,
        date,
        tuple(_paragraphs(settled(document))),
        tuple(sorted(reference.key for reference in document.references)),
        tuple((one.kind, one.source or one.id) for one in document.numbers if one.kind in KINDS and not one.panel),
        tuple(sorted((one.code, one.message) for one in found)),
    )


def _paragraphs(document: Document) -> Iterator[tuple[str, ...]]:
    from galley.pandoc import each, plain

    kinds = frozenset({"Para", "Plain", "Header"})
    for part in (*document.slots.values(), document.blocks, document.back):
        for node in each(part, kinds):
            yield tuple(WORD.findall(plain([node])))


# -- from one to the next ------------------------------------------------------------------------------


def step(before: Round | None, after: Round) -> Step | None:
    """What changed between two rounds; None for the first."""
    if before is None:
        return None
    old, new = Counter(before.checks), Counter(after.checks)
    return Step(
        _words(before.paragraphs, after.paragraphs),
        (_more(before.references, after.references), _more(after.references, before.references)),
        (_more(before.objects, after.objects), _more(after.objects, before.objects)),
        tuple(sorted(Counter(code for code, _ in (new - old).elements()).items())),
        tuple(sorted(Counter(code for code, _ in (old - new).elements()).items())),
    )


def _more(old: Sequence[Any], new: Sequence[Any]) -> tuple[Any, ...]:
    known = set(old)
    return tuple(one for one in new if one not in known)


def _words(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """How many words came and how many went; a paragraph that only moved counts for neither."""
    kept = Counter(old) & Counter(new)
    first, second = _without(old, kept), _without(new, kept)
    matcher = SequenceMatcher(None, first, second, autojunk=len(first) > 4000)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return len(second) - same, len(first) - same


def _without(paragraphs: Sequence[tuple[str, ...]], kept: Counter[tuple[str, ...]]) -> list[str]:
    left = kept.copy()
    out: list[str] = []
    for one in paragraphs:
        if left[one]:
            left[one] -= 1
        else:
            out += one
    return out


# -- told ----------------------------------------------------------------------------------------------


def told(one: Round, change: Step | None) -> Iterator[str]:
    """A round in lines: its counts, then what came and went."""
    counts = [f"{one.words:,} words{_signs(*change.words) if change else ''}"]
    word = "reference" if len(one.references) == 1 else "references"
    counts += [f"{len(one.references)} {word}{_signs(*map(len, change.references)) if change else ''}"]
    for kind in KINDS:
        number = sum(what == kind for what, _ in one.objects)
        sides = [sum(what == kind for what, _ in side) for side in change.objects] if change else [0, 0]
        if number or any(sides):
            counts.append(f"{number} {kind if number == 1 else SEVERAL[kind]}{_signs(*sides)}")
    counts.append(f"{len(one.checks)} finding{'' if len(one.checks) == 1 else 's'}")
    yield "  ".join(part for part in (one.name, one.date, ", ".join(counts)) if part)
    if change:
        yield from _sides("references", *change.references)
        yield from _sides("objects", *(tuple(name for _, name in side) for side in change.objects))
        for way, rows in (("closed", change.closed), ("opened", change.opened)):
            if rows:
                yield f"    {way}: {', '.join(f'{code} ({count})' if count > 1 else code for code, count in rows)}"


def _signs(more: int, less: int) -> str:
    parts = [f"+{more}"] * bool(more) + [f"-{less}"] * bool(less)
    return f" ({' '.join(parts)})" if parts else ""


def _sides(what: str, came: Sequence[str], went: Sequence[str]) -> Iterator[str]:
    for sign, names in (("+", came), ("-", went)):
        if names:
            more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
            yield f"    {sign} {what}: {', '.join(names[:LISTED])}{more}"


def _row(one: Round, change: Step | None) -> dict[str, object]:
    row: dict[str, object] = {"name": one.name, "date": one.date, "words": one.words, "references": len(one.references)}
    row |= {SEVERAL[kind]: sum(what == kind for what, _ in one.objects) for kind in KINDS}
    row["findings"] = dict(Counter(code for code, _ in one.checks))
    if change:
        row["words_added"], row["words_removed"] = change.words
        row["references_added"], row["references_removed"] = map(list, change.references)
        row["objects_added"], row["objects_removed"] = ([name for _, name in side] for side in change.objects)
        row["opened"], row["closed"] = dict(change.opened), dict(change.closed)
    return row
