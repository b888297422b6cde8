"""Mutation testing of a wing: `python bench/mutants.py apa7 --sample 400`; survivors are listed with their places.

One fault at a time is put into a function (another comparison, a condition turned round, another constant, a value not
returned, a call left out), and the tests that reach its line run until one fails. Tests are collected once; each mutant
is a fork of that process in which the function's code is another, so a mutant costs what its tests cost. Tables and
expressions of modules are not mutated, and tests that start Galley as a program do not see the mutants. POSIX only.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import os
import pickle
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Laws over made-up input are left out (also by name, below): they take most of the time, and kill what others kill.
TESTS = {
    "apa7": ("tests/apa7",),
    "checks": ("tests/checks", "tests/test_faults.py", "tests/review"),
}
TRIED = 6.0  # seconds of tests that a mutant is put through, the cheapest first; what dearer ones kill counts as alive
SLOWER = 10  # times its own time of the processor, and two seconds: what a test may take before it counts as failed
COMPARED = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
RECKONED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult}
Answer = TypeVar("Answer")
Place = tuple[str, int, str]  # file, first line and qualified name of a function, as its code tells them


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the function it is in, the how-manieth node of the function it changes, and how."""

    function: Place
    node: int
    kind: str
    line: int
    text: str


# ---- making mutants


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods of a file with their qualified names; what they hold belongs to them."""
    for node in ast.parse(path.read_text("utf-8")).body:
        for one in node.body if isinstance(node, ast.ClassDef) else (node,):
            if isinstance(one, ast.FunctionDef):
                yield (f"{node.name}.{one.name}" if isinstance(node, ast.ClassDef) else one.name), one


def kinds(node: ast.AST) -> Iterator[str]:
    """What can be done to a node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield "compare"
        case ast.BoolOp():
            yield "and-or"
        case ast.BinOp(op=op) if type(op) in RECKONED:
            yield "reckon"
        case ast.If() | ast.IfExp() | ast.While():
            yield "turn-round"
        case ast.comprehension(ifs=[_, *_]):
            yield "no-filter"
        case ast.Return(value=ast.AST() as value) if not (isinstance(value, ast.Constant) and not value.value):
            yield "return-none"  # in place of "", False or 0 it would be the same to whoever asks if there is anything
        case ast.Expr(value=ast.Call()):
            yield "no-call"
        case ast.Constant(value=bool() | int() | str()):
            yield "constant"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file's functions; docstrings and annotations are left alone."""
    lines = path.read_text("utf-8").splitlines()
    for name, function in functions(path):
        first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
        left = _left_alone(function)
        for number, node in enumerate(ast.walk(function)):
            if id(node) not in left:
                line = getattr(node, "lineno", None) or getattr(getattr(node, "iter", None), "lineno", function.lineno)
                for kind in kinds(node):
                    yield Mutant((str(path), first, name), number, kind, line, lines[line - 1].strip())


def _left_alone(function: ast.FunctionDef) -> set[int]:
    left: set[int] = set()
    for node in ast.walk(function):
        held: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            held = [*node.decorator_list, node.returns, *node.args.defaults, *node.args.kw_defaults]
            if ast.get_docstring(node, clean=False) is not None:
                held.append(node.body[0])
        elif isinstance(node, ast.arg | ast.AnnAssign):
            held = [node.annotation]
        for one in held:
            left.update(id(below) for below in ast.walk(one) if one is not None) if one is not None else None
    return left


def changed(node: ast.AST, kind: str) -> None:
    """Put the fault into a node; names stay used, so that a closure keeps its cells."""
    match kind:
        case "compare":
            node.ops = [COMPARED[type(node.ops[0])]()]
        case "and-or":
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case "reckon":
            node.op = RECKONED[type(node.op)]()
        case "turn-round":
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case "no-filter":
            node.ifs[0] = ast.BoolOp(ast.Or(), [ast.Constant(True), node.ifs[0]])
        case "return-none":
            node.value = ast.BoolOp(ast.And(), [ast.Constant(None), node.value])
        case "no-call":
            node.value = ast.BoolOp(ast.And(), [ast.Constant(None), node.value])
        case "constant":
            value = node.value
            node.value = (
                (not value) if isinstance(value, bool) else value + 1 if isinstance(value, int) else value + "~"
            )


def code_of(mutant: Mutant) -> CodeType | None:
    """The mutant's code, compiled in its module."""
    path, first, name = mutant.function
    tree = copy.deepcopy(ast.parse(Path(path).read_text("utf-8")))
    for node in tree.body:
        for one in node.body if isinstance(node, ast.ClassDef) else (node,):
            if isinstance(one, ast.FunctionDef):
                begins = min([one.lineno, *(above.lineno for above in one.decorator_list)])
                if begins == first:
                    changed(list(ast.walk(one))[mutant.node], mutant.kind)
    whole = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
    return next((one for one in _codes(whole) if (one.co_firstlineno, one.co_qualname) == (first, name)), None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def put_in(mutant: Mutant, made: dict[Place, list[FunctionType]]) -> bool:
    """Give every function object that has this code the mutant's code; False where none can take it."""
    code = code_of(mutant)
    for one in made.get(mutant.function, ()):
        if code is None or len(code.co_freevars) != len(one.__code__.co_freevars):
            return False
        one.__code__ = code
    return mutant.function in made


def made_of(folder: str) -> dict[Place, list[FunctionType]]:
    """The function objects there are of a folder's code."""
    found: dict[Place, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(folder):
            found.setdefault(_place(one.__code__), []).append(one)
    return found


def _place(code: CodeType) -> Place:
    return (code.co_filename, code.co_firstlineno, code.co_qualname)


# ---- running tests


class Runner:
    """The plug-in that takes the place of pytest's loop: measures once what each test reaches, then tries mutants."""

    def __init__(self, words: argparse.Namespace) -> None:
        self.folder = str(ROOT / "galley" / words.wing)
        self.wing, self.sample, self.seed, self.jobs = words.wing, words.sample, words.seed, words.jobs
        self.tell: Path | None = words.tell
        self.only: str = words.only
        self.until = time.time() + 60 * words.minutes if words.minutes else 0.0
        self.failed, self.err = False, os.dup(2)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test has failed."""
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The whole run."""
        started = time.monotonic()
        for path in sorted(Path(self.folder).rglob("*.py")):  # what nobody has imported yet could take no mutant
            if path.stem not in ("__init__", "__main__"):
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        gc.collect()
        made = made_of(self.folder)
        caches = [one for one in gc.get_objects() if type(one).__name__ == "_lru_cache_wrapper"]
        gc.freeze()
        reached, costs = self._reached(session, [one for one in caches if one.__module__.startswith("galley")])
        self._say(f"-- {len(costs)} tests of {sum(costs.values()):.0f} s, {time.monotonic() - started:.0f} s")
        drawn = self._drawn()
        begun = [
            _begun(partial(self._judged, session, drawn[hand :: self.jobs], made, reached, costs))
            for hand in range(self.jobs)
        ]
        counts = Counter(answer for one in begun for answer in _ended(*one) or ())
        tried = counts.total() - counts["unfit"]
        self._say(
            f"{self.wing}: {tried} mutants (seed {self.seed}), {counts['killed']} killed, "
            f"{counts['survived']} survived, {counts['unreached']} in functions that no test reaches: "
            f"{100 * counts['killed'] / max(tried, 1):.1f} %"
        )
        return True

    def _judged(
        self,
        session: pytest.Session,
        drawn: Sequence[Mutant],
        made: dict[Place, list[FunctionType]],
        reached: dict[tuple[str, int], list[int]],
        costs: dict[int, float],
    ) -> list[str]:
        """How each mutant fares: "killed", "survived", "unreached", "unfit"; survivors are told at once."""
        started = time.monotonic()
        killers: dict[str, list[int]] = {}  # by file: the tests that killed there, the last one first
        answers: list[str] = []
        for mutant in drawn:
            if self.until and time.time() > self.until:
                break
            path = mutant.function[0]
            first = killers.setdefault(path, [])
            tests = sorted(
                reached.get((path, mutant.line), ()) or reached.get(mutant.function[:2], ()),
                key=lambda one, first=first: (first.index(one) if one in first[:3] else 3, costs[one]),
            )
            spent = accumulate(costs[one] for one in tests)
            tests = [one for one, seconds in zip(tests, spent, strict=True) if seconds - costs[one] < TRIED]
            answer, by = self._tried(session, mutant, made, tests, costs) if tests else ("unreached", -1)
            answers.append(answer)
            if by >= 0:
                first[:] = [by, *(one for one in first if one != by)]
            if answer in ("survived", "unreached"):
                self._say(f"{answer}: {_told(mutant)}")
            if len(answers) % 20 == 0:
                told = f"{len(answers)} of {len(drawn)}, {answers.count('killed')} killed"
                self._say(f"-- {told}, {time.monotonic() - started:.0f} s")
        return answers

    def _drawn(self) -> list[Mutant]:
        found = [one for path in sorted(Path(self.folder).rglob("*.py")) for one in mutants(path)]
        found = [one for one in found if re.search(self.only, _told(one))]
        self._say(f"{self.wing}: {len(found)} mutants to draw from")
        return random.Random(self.seed).sample(found, min(self.sample, len(found)))

    def _reached(
        self, session: pytest.Session, caches: Sequence[Any]
    ) -> tuple[dict[tuple[str, int], list[int]], dict[int, float]]:
        """The tests that reach each line of the wing, and the seconds that each test takes: found in a fork."""

        def measure(indexes: Sequence[int]) -> tuple[dict[tuple[str, int], list[int]], dict[int, float]]:
            found: dict[tuple[str, int], list[int]] = {}
            costs: dict[int, float] = {}
            seen: set[tuple[str, int]] = set()

            def line(frame: FrameType, event: str, argument: object) -> Callable[..., object]:
                seen.add((frame.f_code.co_filename, frame.f_lineno))
                return line

            def call(frame: FrameType, event: str, argument: object) -> Callable[..., object] | None:
                return line(frame, event, argument) if frame.f_code.co_filename.startswith(self.folder) else None

            items = session.items
            for index, follower in zip(indexes, [*indexes[1:], None], strict=True):
                for cached in caches:  # what another test has left there would hide what this one reaches
                    cached.cache_clear()
                item = items[index]
                seen.clear()
                self.failed = False
                began = time.process_time()
                sys.settrace(call)
                self._run(item, None if follower is None else items[follower])
                sys.settrace(None)
                if self.failed:  # what fails without a fault can judge none
                    self._say(f"-- fails by itself: {item.nodeid}")
                elif seen:
                    costs[index] = time.process_time() - began
                    for place in seen:
                        found.setdefault(place, []).append(index)
            return found, costs

        share = -(-len(session.items) // self.jobs)
        every = range(len(session.items))
        begun = [_begun(partial(measure, every[share * hand : share * (hand + 1)])) for hand in range(self.jobs)]
        whole: dict[tuple[str, int], list[int]] = {}
        seconds: dict[int, float] = {}
        for one in begun:
            found, costs = _ended(*one) or ({}, {})
            seconds |= costs
            for place, indexes in found.items():
                whole.setdefault(place, []).extend(indexes)
        return whole, seconds

    def _tried(
        self,
        session: pytest.Session,
        mutant: Mutant,
        made: dict[Place, list[FunctionType]],
        tests: list[int],
        costs: dict[int, float],
    ) -> tuple[str, int]:
        """How a mutant fared, and the test that killed it (-1: none, or one that never came back)."""

        def attempt() -> tuple[str, int]:
            if not put_in(mutant, made):
                return "unfit", -1
            for index, follower in zip(tests, [*tests[1:], None], strict=True):
                signal.setitimer(signal.ITIMER_PROF, SLOWER * costs[index] + 2)
                signal.alarm(int(20 * (SLOWER * costs[index] + 2)))  # whoever waits for ever
                self._run(session.items[index], None if follower is None else session.items[follower])
                if self.failed:
                    return "killed", index
            return "survived", -1

        self.failed = False
        return _forked(attempt) or ("killed", -1)

    def _run(self, item: pytest.Item, follower: pytest.Item | None) -> None:
        """One test; what it shares with the one that follows stays set up."""
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=follower)

    def _say(self, text: str) -> None:
        line = text + "\n"
        if self.tell:
            with self.tell.open("a", encoding="utf-8") as file:
                file.write(line)
        else:
            os.write(self.err, line.encode())


def _told(mutant: Mutant) -> str:
    path = Path(mutant.function[0]).relative_to(ROOT)
    return f"{path}:{mutant.line} {mutant.kind} in {mutant.function[2]}: {mutant.text}"


def _forked(work: Callable[[], Answer]) -> Answer | None:
    """What `work` gives in a process of its own; None where this dies."""
    return _ended(*_begun(work))


def _begun(work: Callable[[], object]) -> tuple[int, int]:
    """A process of its own that does `work`, and the pipe it answers by."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        try:
            with os.fdopen(writing, "wb") as out:
                pickle.dump(work(), out)
        finally:
            os._exit(0)
    os.close(writing)
    return process, reading


def _ended(process: int, reading: int) -> Any:
    with os.fdopen(reading, "rb") as given:
        told = given.read()
    os.waitpid(process, 0)
    return pickle.loads(told) if told else None


def main() -> int:
    """Try the mutants of a wing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wing", choices=sorted(TESTS))
    parser.add_argument("--sample", type=int, default=400, help="how many mutants to draw (default: 400)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes that try mutants (default: 1)")
    parser.add_argument("--minutes", type=float, default=0, help="when to stop; what was drawn is in no order")
    parser.add_argument("--only", default="", help="only mutants whose line of the list this regular expression fits")
    parser.add_argument("--tests", nargs="+", help="the tests that are to kill them (default: those of the wing)")
    parser.add_argument("--tell", type=Path, help="the file to tell of survivors in (default: standard error)")
    words = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))  # this Galley, whichever is installed
    runner = Runner(words)
    how = (
        "-q",
        "--tb=native",
        "--assert=plain",
        "-p",
        "no:cacheprovider",
        "--ignore-glob=*_laws.py",
        "-k",
        "not takes_long and not and_no_other",
    )
    pytest.main([*how, *(words.tests or TESTS[words.wing])], plugins=[runner])
    return 0


if __name__ == "__main__":
    sys.exit(main())
