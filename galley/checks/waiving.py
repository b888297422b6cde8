"""Findings that someone has waived on record, with a reason: they are counted, and not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from galley.report import WARNING, Diagnostic
from galley.span import Span

FIELDS = ("check", "text", "key", "reason")
SHAPE = "write a list of {check: C12, text: some words of the place, reason: why}"


class Waiver(NamedTuple):
    """A check that is not to speak of one thing.

    ``check`` is an id ("C19") or a code ("date-against-url"). ``text`` are words that stand at the place or in the
    message, ``key`` is the key of the entry concerned; a waiver with neither is for all findings of its check.
    """

    check: str
    text: str = ""
    key: str = ""
    reason: str = ""
    place: Span | str = ""


class Waiving(NamedTuple):
    """What is left to show, remarks on the waivers included, and how many findings each waiver in use took away."""

    kept: tuple[Diagnostic, ...]
    used: tuple[tuple[Waiver, int], ...]

    @property
    def number(self) -> int:
        """How many findings are not shown."""
        return sum(count for _, count in self.used)


def waived(
    findings: Sequence[Diagnostic],
    waivers: Iterable[Waiver],
    ids: Mapping[str, str],
    entries: Mapping[str, Span | str] | None = None,
) -> Waiving:
    """Take out what is waived. ``ids`` gives the id of each code, ``entries`` the place of each entry by its key.

    A waiver without a reason takes nothing out; it, one that names no check, and one that meets nothing are
    findings themselves: ``bad-waiver`` and ``needless-waiver``.
    """
    kept = list(findings)
    remarks: list[Diagnostic] = []
    used: list[tuple[Waiver, int]] = []
    for waiver in waivers:
        if fault := _fault(waiver, ids):
            remarks.append(fault)
            continue
        left = [one for one in kept if not _meets(waiver, one, ids, entries or {})]
        if len(left) == len(kept):
            message = f"nothing is found that the waiver of {_named(waiver)} is for"
            remarks.append(Diagnostic(WARNING, "needless-waiver", waiver.place, message, "take the waiver out"))
            continue
        used.append((waiver, len(kept) - len(left)))
        kept = left
    return Waiving((*kept, *remarks), tuple(used))


def _fault(waiver: Waiver, ids: Mapping[str, str]) -> Diagnostic | None:
    if waiver.check not in ids and waiver.check not in ids.values():
        message = f"a waiver names the check '{waiver.check}', which there is not"
        return Diagnostic(WARNING, "bad-waiver", waiver.place, message, "name a check by its id, as C12, or its code")
    if not waiver.reason.strip():
        message = f"the waiver of {_named(waiver)} gives no reason, so it waives nothing"
        return Diagnostic(WARNING, "bad-waiver", waiver.place, message, "write reason: and why")
    return None


def _named(waiver: Waiver) -> str:
    about = waiver.text or waiver.key
    return f"{waiver.check} ('{about}')" if about else waiver.check


def _meets(waiver: Waiver, one: Diagnostic, ids: Mapping[str, str], entries: Mapping[str, Span | str]) -> bool:
    if waiver.check not in (one.code, ids.get(one.code)):
        return False
    if waiver.key:
        place = entries.get(waiver.key, "")
        if not _within(one.place, place) and f"'{waiver.key}'" not in one.message:
            return False
    return not waiver.text or _squeezed(waiver.text) in _squeezed(_words(one))


def _within(place: Span | str, entry: Span | str) -> bool:
    if not isinstance(place, Span) or not isinstance(entry, Span):
        return False
    return place.file.name == entry.file.name and entry.start <= place.start < max(entry.end, entry.start + 1)


def _words(one: Diagnostic) -> str:
    """The message, the evidence, and the words at the place."""
    at = one.place.text if isinstance(one.place, Span) else one.place
    return f"{one.message}\n{one.evidence}\n{at}"


def _squeezed(text: str) -> str:
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})
    return " ".join(text.split()).casefold()


# -- how waivers are written -------------------------------------------------------------------------


def written(value: object, place: Span | str = "") -> tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]]:
    """Waivers from the value of ``waive:`` in the front matter or in a file beside a Word manuscript.

    The value is a list of {check, text or key, reason}, or a mapping from checks to reasons; what is neither is
    told.
    """
    if value in (None, "", [], {}):
        return (), ()
    if isinstance(value, Mapping) and not set(value) & set(FIELDS):
        return tuple(Waiver(str(check), reason=_said(reason), place=place) for check, reason in value.items()), ()
    rows = value if isinstance(value, list | tuple) else [value]
    found: list[Waiver] = []
    faults: list[Diagnostic] = []
    for row in rows:
        if not isinstance(row, Mapping):
            faults.append(Diagnostic(WARNING, "bad-waiver", place, f"'{row}' is no waiver", SHAPE))
            continue
        fields = {"check" if name in ("code", "id") else str(name): _said(said) for name, said in row.items()}
        if strange := set(fields) - set(FIELDS):
            message = f"a waiver has the unknown field '{min(strange)}'"
            faults.append(Diagnostic(WARNING, "bad-waiver", place, message, SHAPE))
            fields = {name: said for name, said in fields.items() if name in FIELDS}
        found.append(Waiver(fields.pop("check", ""), place=place, **fields))
    return tuple(found), tuple(faults)


def of_entry(key: str, field: str, place: Span | str = "") -> tuple[Waiver, ...]:
    """Waivers from an entry's field ``waive = {C19: the reason; C20: another}``."""
    found = []
    for part in re.split(r";\s*(?=C\d\d\b|[a-z]+-[a-z-]+\s*:)", field.strip(" {}")):
        check, _, reason = part.partition(":")
        if check.strip():
            found.append(Waiver(check.strip(), key=key, reason=reason.strip(), place=place))
    return tuple(found)


def _said(value: object) -> str:
    return "" if value is None else str(value)
