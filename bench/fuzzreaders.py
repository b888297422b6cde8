"""Fuzzing of readers in one process: an input tried, timed and judged; led by coverage where atheris is installed."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from fuzzmutate import minimised, mutated
from fuzztargets import Reader, readers

MOST = 6_000
"""Characters that an input may have."""
SECONDS = 3.0
"""Of processor time that one input may take."""


class Slow(BaseException):
    """An input took longer than it may."""


@dataclass
class Tried:
    """What became of the inputs of one reader."""

    name: str
    count: int = 0
    slowest: float = 0.0
    slow: str = ""
    refused: int = 0
    deep: int = 0
    edges: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    def written(self) -> str:
        """As a line of JSON."""
        return json.dumps(self.__dict__)


class Trial:
    """One reader, tried with one input after another."""

    def __init__(self, reader: Reader, seconds: float = SECONDS) -> None:
        self.reader, self.seconds = reader, seconds
        self.tried = Tried(reader.name)

    def fault(self, text: str) -> str:
        """What goes wrong with an input, by its kind and place; "" where nothing does."""

        def late(*_: object) -> None:
            raise Slow

        before = signal.signal(signal.SIGVTALRM, late)
        signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds)
        try:
            self.reader.run(text)
        except self.reader.allowed:
            self.tried.refused += 1
        except RecursionError:
            self.tried.deep += 1  # the command line tells it as too-deep
        except Slow as error:
            return f"slow at {where(error)}"
        except Exception as error:
            return f"{type(error).__name__} at {where(error)}: {str(error)[:80]}"
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
        return ""

    def take(self, text: str) -> None:
        """Try an input, and keep what is to be known of it."""
        text = text[:MOST]
        began = time.process_time()
        wrong = self.fault(text)
        spent = time.process_time() - began
        self.tried.count += 1
        if spent > self.tried.slowest:
            self.tried.slowest, self.tried.slow = spent, text
        key = wrong.split(": ")[0]
        if wrong and not any(one.startswith(key) for one in self.tried.failures):
            self.tried.failures[wrong] = text

    def finish(self) -> Tried:
        """The failures, each with a smaller input that does the same."""
        for wrong, text in list(self.tried.failures.items()):
            key = wrong.split(": ")[0]
            tries = 60 if key.startswith("slow") else 1500
            self.tried.failures[wrong] = minimised(text, lambda less, key=key: self.fault(less).startswith(key), tries)
        return self.tried


def where(error: BaseException) -> str:
    """The innermost line of Galley's in a traceback."""
    rows = traceback.extract_tb(error.__traceback__)
    ours = [row for row in rows if f"{os.sep}galley{os.sep}" in row.filename] or rows
    name = re.sub(r".*/galley/", "galley/", ours[-1].filename)
    return f"{name}:{ours[-1].lineno} ({ours[-1].name})"


def plain(reader: Reader, count: int, seed: int, more: Callable[[], bool] = lambda: True) -> Tried:
    """Inputs by mutation alone."""
    rng = random.Random(f"{reader.name} {seed}")
    trial = Trial(reader)
    for text in reader.seeds:
        trial.take(text)
    pool = list(reader.seeds)
    while trial.tried.count < count and more():
        text = mutated(rng, rng.choice(pool), reader.seeds, MOST)
        trial.take(text)
        if rng.random() < 0.1 and not trial.tried.failures:
            pool = [*pool[-200:], text, *reader.seeds]
    return trial.finish()


def led(reader: Reader, count: int, seed: int, folder: Path) -> Tried:
    """Inputs led by coverage, in a process of its own, for atheris ends it; our mutations and its own in turn."""
    told = folder / f"{reader.name}.json"
    told.unlink(missing_ok=True)
    corpus = folder / "corpus" / reader.name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(reader.seeds):
        (corpus / f"seed{number}").write_bytes(text.encode("utf-8", "surrogatepass"))
    command = [sys.executable, str(Path(__file__)), reader.name, str(count), str(seed), str(told), str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if not told.exists():
        raise RuntimeError(f"{reader.name}: {done.stderr[-2000:]}")
    found = Tried(**json.loads(told.read_text("utf-8")))
    edges = re.findall(r"cov: (\d+)", done.stderr)
    found.edges = int(edges[-1]) if edges else 0
    if found.count < count and not found.failures:
        found.failures["the process ended before its time: " + done.stderr[-300:]] = ""
    return found


def child(name: str, count: int, seed: int, told: Path, corpus: str) -> None:
    """The process that atheris ends: instrumented, it tries and writes down what it found."""
    import atheris

    with atheris.instrument_imports(include=["galley"]):
        reader = next(one for one in readers() if one.name == name)
        for text in reader.seeds:  # rooms that are imported when used
            Trial(reader).fault(text)
    trial = Trial(reader, 3 * SECONDS)  # watched code runs at a third of its speed
    rng = random.Random(seed)

    def take(data: bytes) -> None:
        trial.take(data.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode("utf-8"))
        if trial.tried.count == count:
            trial.finish()
            told.write_text(trial.tried.written(), "utf-8")
        elif trial.tried.count % 500 == 0:
            told.write_text(trial.tried.written(), "utf-8")

    def mutate(data: bytes, most: int, _: int) -> bytes:
        if rng.random() < 0.3:
            return atheris.Mutate(data, most)  # type: ignore[no-any-return]
        text = mutated(rng, data.decode("utf-8", "replace"), reader.seeds, MOST)
        return text.encode("utf-8", "replace")[:most]

    options = [
        f"-runs={count}",
        f"-seed={seed or 1}",
        f"-max_len={MOST}",
        "-timeout=120",
        "-rss_limit_mb=2500",
        "-len_control=0",
    ]
    atheris.Setup(["fuzz", *options, "-verbosity=1", corpus], take, custom_mutator=mutate)
    atheris.Fuzz()


def can_lead() -> bool:
    """Whether atheris is installed."""
    return find_spec("atheris") is not None


if __name__ == "__main__":
    os.environ["GALLEY_CACHE"] = "off"
    _, told_name, told_count, told_seed, told_file, told_corpus = sys.argv
    if told_name in ("manuscript", "typedtext"):
        sys.path.insert(0, str(Path(__file__).parents[1]))
        from galley.pandocprocess import hire

        hire()
    child(told_name, int(told_count), int(told_seed), Path(told_file), told_corpus)
