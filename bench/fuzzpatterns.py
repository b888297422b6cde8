"""Every regular expression of Galley's, pumped: strings made from its own parts, repeated until it should tire.

A pattern whose work grows faster than its text is named with the string that shows it, and how it is used: what is
only matched from the start of a short text may be as slow as it likes, what searches a manuscript may not.
"""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import argparse
import ast
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
LENGTH = 20_000
"""Characters of the longest string tried; a linear pattern needs about a millisecond for it."""
MANY = 40
"""Repetitions that count as without end."""
SUFFIXES = ("", "\0", "\n\n!", "x", "}")


class Found(NamedTuple):
    """A pattern, where it stands, and the methods it is used by."""

    place: str
    pattern: re.Pattern[Any]
    used: frozenset[str]


def patterns() -> list[Found]:
    """All patterns: those kept under a name, and those written where they are used."""
    made: dict[tuple[Any, int], Found] = {}
    for path in sorted((ROOT / "galley").rglob("*.py")):
        if path.name == "__main__.py":
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        for place, pattern, used in (*_named(name, tree), *_written(tree)):
            where = f"{path.relative_to(ROOT)}:{place}"
            made.setdefault((pattern.pattern, pattern.flags), Found(where, pattern, used))
    return list(made.values())


def _named(name: str, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[Any], frozenset[str]]]:
    try:
        module = import_module(name)
    except Exception:
        return
    uses: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            uses.setdefault(node.value.id, set()).add(node.attr)
    for key, value in vars(module).items():
        bare = value
        if not isinstance(bare, re.Pattern) and type(value).__name__ == "_Lazy":
            bare = re.compile(value._source, value._flags)
        if isinstance(bare, re.Pattern) and key in uses:
            yield key, bare, frozenset(uses[key])


def _written(tree: ast.Module) -> Iterator[tuple[str, re.Pattern[Any], frozenset[str]]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = (
            node.func.value.id if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) else ""
        )
        if owner == "re" and name in ("compile", "match", "fullmatch", "search", "sub", "findall", "finditer", "split"):
            source = node.args[0].value
            if isinstance(source, str | bytes):
                flags = 0
                for word in [*node.args[1:], *(k.value for k in node.keywords if k.arg == "flags")]:
                    flags |= _flags(word)
                try:
                    yield str(node.lineno), re.compile(source, flags), frozenset({name})
                except re.error:
                    continue


def _flags(node: ast.expr) -> int:
    if isinstance(node, ast.BinOp):
        return _flags(node.left) | _flags(node.right)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re":
        return int(getattr(re, node.attr, 0))
    return 0


# -- strings that tire ---------------------------------------------------------------------------------


def samples(items: Any, depth: int = 0) -> list[str]:
    """A few strings that a stretch of a parsed pattern fits."""
    found = [""]
    for op, value in items:
        name = str(op)
        parts = [""]
        if name == "LITERAL":
            parts = [chr(value)]
        elif name == "NOT_LITERAL":
            parts = ["a" if value != ord("a") else "b"]
        elif name == "ANY":
            parts = ["a"]
        elif name == "IN":
            parts = _of_set(value)
        elif name == "BRANCH":
            parts = [one for branch in value[1][:6] for one in samples(branch, depth + 1)[:1]]
        elif name == "SUBPATTERN":
            parts = samples(value[3], depth + 1)
        elif name == "ATOMIC_GROUP":
            parts = samples(value, depth + 1)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, _, body = value
            parts = [one * min(low, 40) for one in samples(body, depth + 1)] if low else [""]
        found = [one + part for one in found[:2] for part in (parts or [""])[:3]][:6]
    return found


def _of_set(items: Any) -> list[str]:
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    wanted = [char for char in " a1A.,-(\n~\t:;'&_éß{[" if _within(items, char) != negated]
    if negated or wanted:
        return wanted[:4] or ["\u2603"]
    first = items[0]
    return (
        [chr(first[1] if str(first[0]) == "LITERAL" else first[1][0])]
        if str(first[0]) in ("LITERAL", "RANGE")
        else ["a"]
    )


def _within(items: Any, char: str) -> bool:
    code = ord(char)
    for op, value in items:
        name = str(op)
        if (name == "LITERAL" and value == code) or (name == "RANGE" and value[0] <= code <= value[1]):
            return True
        if name == "CATEGORY":
            kind = str(value)
            has = (
                char.isspace()
                if "SPACE" in kind
                else char.isdecimal()
                if "DIGIT" in kind
                else (char.isalnum() or char == "_")
            )
            if has != ("NOT" in kind):
                return True
    return False


def pumps(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Prefix and unit of strings that keep a repetition busy."""
    done = before
    row = list(items)
    for at, (op, value) in enumerate(row):
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, high, body = value
            if int(high) >= MANY:
                yield from ((done, unit) for unit in samples(body) if unit)
            yield from pumps(body, done)
        elif name == "SUBPATTERN":
            yield from pumps(value[3], done)
        elif name == "ATOMIC_GROUP":
            yield from pumps(value, done)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from pumps(branch, done)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from pumps(value[1], done)
        done += samples(row[at : at + 1])[0]


def candidates(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """Prefixes and units, each once; every prefix is a unit too, for what begins again and again."""
    parsed = re._parser.parse(
        pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )  # type: ignore[attr-defined]
    found: dict[tuple[str, str], None] = {}
    for prefix, unit in pumps(parsed):
        found[(prefix, unit)] = None
        found[("", unit)] = None
        if prefix:
            found[("", prefix + unit)] = None
            found[("", prefix)] = None
    return list(found)[:40]


# -- trying --------------------------------------------------------------------------------------------


class _Late(BaseException):
    """The time is over."""


def took(pattern: re.Pattern[Any], text: str, seconds: float, how: str) -> float:
    """Seconds of the processor that a pattern needs for a text, at most ``seconds``."""

    def late(*_: object) -> None:
        raise _Late

    subject: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    began = time.process_time()
    try:
        if how == "search":
            for at, _ in enumerate(pattern.finditer(subject)):
                if at > 5_000_000:
                    break
        else:
            getattr(pattern, how)(subject)
    except _Late:
        return seconds
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def worst(found: Found, seconds: float) -> tuple[float, float, str]:
    """The longest time, how many times longer than at half the length, and the string (prefix, unit, suffix)."""
    anchored = not (found.used - {"match", "fullmatch", "pattern", "compile"})
    hows = ("match", "fullmatch") if anchored and "compile" not in found.used else ("search",)
    hows = tuple(how for how in hows if how in found.used) or hows
    slowest = (0.0, 0.0, "")
    for prefix, unit in candidates(found.pattern):
        for suffix in SUFFIXES:
            for how in hows:
                text = prefix + unit * (LENGTH // len(unit)) + suffix
                if took(found.pattern, prefix + unit * (LENGTH // 8 // len(unit)) + suffix, 0.1, how) < 0.0008:
                    continue
                spent = took(found.pattern, text, seconds, how)
                if spent > slowest[0]:
                    half = took(found.pattern, prefix + unit * (LENGTH // 2 // len(unit)) + suffix, seconds, how)
                    slowest = (spent, spent / max(half, 1e-6), f"{how}: {prefix!r} + {unit!r}*n + {suffix!r}")
                if spent >= seconds:
                    return slowest
    return slowest


def run(options: argparse.Namespace) -> int:
    """Pump all patterns; print those that tire, slowest first."""
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(ROOT))
    every = patterns()
    rows = []
    for found in every:
        if options.only and not any(one in found.place for one in options.only):
            continue
        spent, growth, how = worst(found, options.seconds)
        if spent > options.seconds / 10 and growth > 2.6:
            rows.append((spent, growth, found, how))
            print(f"   {spent:.3f} {found.place} {how}", flush=True)
    for spent, growth, found, how in sorted(rows, key=lambda row: -row[0]):
        print(
            f"{spent:7.3f} s at {LENGTH} characters, x{growth:.1f} for twice as many: {found.place} {sorted(found.used)}"
        )
        print(f"      {how}")
    bad = [row for row in rows if row[0] >= options.seconds]
    print(
        f"{len(every)} patterns pumped; {len(rows)} grow faster than their text, {len(bad)} of them past {options.seconds} s"
    )
    return 1 if bad else 0
