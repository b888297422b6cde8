"""The only room that runs Pandoc: reading Markdown, writing every format. Its nodes are made in ``tree``."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from galley.report import Fault, fault
from galley.tree import (
    QUOTES,
    WORDS,
    Change,
    attr,
    div,
    each,
    header,
    inlines,
    para,
    plain,
    raw,
    raw_block,
    span,
    walk,
)

__all__ = [
    "QUOTES",
    "WORDS",
    "Change",
    "Node",
    "Reading",
    "Writing",
    "attr",
    "binary",
    "citeproc",
    "convert",
    "div",
    "each",
    "header",
    "inlines",
    "para",
    "plain",
    "raw",
    "raw_block",
    "read_file",
    "span",
    "unset",
    "walk",
    "write",
    "write_binary",
]

Node = dict[str, Any]
API_VERSION = [1, 23, 1]
READER = "markdown"
SECONDS = 120
CUT = "%%%galley%%%"
TEMPLATE = Path(__file__).with_name("slots.template")


def binary() -> str:
    """The path of the Pandoc that came with ``pypandoc_binary``; else "pandoc", looked for on PATH."""
    spec = find_spec("pypandoc")
    if spec and spec.origin:
        name = "pandoc.exe" if os.name == "nt" else "pandoc"
        inside = Path(spec.origin).parent / "files" / name
        if inside.exists():
            return str(inside)
    return "pandoc"


class Reading:
    """A Markdown text that Pandoc is reading in a process of its own; ``result`` waits for its tree."""

    def __init__(self, text: str, source: str = READER) -> None:
        """Start the reader; the caller may do other work meanwhile."""
        self._process = _start(["-f", source, "-t", "json", "--sandbox"])
        _feed(self._process, text)

    def result(self) -> tuple[dict[str, Any], list[Node]]:
        """The metadata and the blocks; raises Fault where Pandoc refuses the text."""
        out = _finish(self._process, "pandoc-read")
        tree = json.loads(out)
        return tree["meta"], tree["blocks"]


def write(
    blocks: Sequence[Node],
    to: str,
    *,
    slots: Mapping[str, Sequence[Node]] | None = None,
    options: Sequence[str] = (),
) -> dict[str, str]:
    """Blocks and slots in a text format: each slot under its name, the blocks under "body".

    One Pandoc process writes them all, so notes and identifiers are numbered in one run.
    """
    return Writing(blocks, to, slots=slots, options=options).result()


class Writing:
    """Blocks and slots that Pandoc is writing in a process of its own; ``result`` waits for the text."""

    def __init__(
        self,
        blocks: Sequence[Node],
        to: str,
        *,
        slots: Mapping[str, Sequence[Node]] | None = None,
        options: Sequence[str] = (),
    ) -> None:
        """Start the writer; the caller may do other work meanwhile."""
        slots = slots or {}
        self._names = list(slots)
        command = ["-f", "json", "-t", to, "--wrap=none", *options]
        meta: dict[str, Any] = {}
        if to.startswith("typst"):  # a template would cost as much again, and Typst's text is the same without one
            cut = raw_block("typst", CUT)
            blocks = [*(node for name in self._names for node in (*slots[name], cut)), *blocks]
        else:
            listed = [{"t": "MetaBlocks", "c": list(slots[name])} for name in self._names]
            meta = {"slots": {"t": "MetaList", "c": listed}, "pagetitle": {"t": "MetaString", "c": "-"}}
            command.append(f"--template={TEMPLATE}")
        tree = {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": list(blocks)}
        self._process = _start(command)
        _feed(self._process, json.dumps(tree, ensure_ascii=False, separators=(",", ":")))

    def finished(self) -> bool:
        """Whether Pandoc is done."""
        return self._process.poll() is not None

    def result(self) -> dict[str, str]:
        """Each slot's text under its name and the body's under "body"; raises Fault where Pandoc refuses."""
        parts = f"\n{_finish(self._process, 'pandoc-write')}".split(f"\n{CUT}\n")
        texts = dict(zip([*self._names, "body"], (part.strip("\n") for part in parts), strict=True))
        texts["body"] += "\n"
        return texts


def convert(text: str, source: str, to: str) -> str:
    """A text of one format in another, with nothing read from the disk; raises Fault where Pandoc refuses it."""
    process = _start(["-f", source, "-t", to, "--sandbox", "--wrap=none"])
    _feed(process, text)
    return _finish(process, "pandoc-read")


def read_file(path: Path, source: str, options: Sequence[str] = ()) -> str:
    """The tree of a packed file (docx, odt) as JSON text; it works in the file's folder and opens nothing else."""
    process = _start(["-f", source, "-t", "json", "--sandbox", *options, path.name], path.parent)
    return _finish(process, "pandoc-read")


def citeproc(blocks: Sequence[Node], meta: Mapping[str, Any]) -> list[Node]:
    """The blocks after Pandoc's citeproc, which finds its bibliography and style in the metadata."""
    tree = {"pandoc-api-version": API_VERSION, "meta": dict(meta), "blocks": list(blocks)}
    process = _start(["-f", "json", "-t", "json", "--citeproc"])
    _feed(process, json.dumps(tree, ensure_ascii=False))
    done: list[Node] = json.loads(_finish(process, "citeproc"))["blocks"]
    return done


def unset(formulas: Sequence[str]) -> dict[str, str]:
    """Those of some TeX formulas that Pandoc cannot convert, and why not, as "unexpected control sequence \\foo"."""
    blocks = [para([{"t": "Math", "c": [{"t": "InlineMath"}, one]}]) for one in formulas]
    process = _start(["-f", "json", "-t", "html", "--mathml", "--wrap=none"])
    _feed(process, json.dumps({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}))
    out, err = _heard(process, "pandoc-write")
    shown = out.split("<p>")[1:]
    left = [formula for formula, html in zip(formulas, shown, strict=True) if '<span class="math' in html]
    told = [part.partition("expecting")[0] for part in err.split("[WARNING] Could not convert TeX math ")[1:]]
    reasons = [part[part.rfind("unexpected") :].strip() if "unexpected" in part else "" for part in told]
    return {formula: reasons[at] if at < len(reasons) else "" for at, formula in enumerate(left)}


def write_binary(
    blocks: Sequence[Node],
    to: str,
    meta: Mapping[str, Any],
    output: Path,
    options: Sequence[str],
    folder: Path,
) -> None:
    """Write a format that is a file of its own (docx, epub) to ``output``, images looked for in ``folder``."""
    tree = {"pandoc-api-version": API_VERSION, "meta": dict(meta), "blocks": list(blocks)}
    process = _start(["-f", "json", "-t", to, "-o", str(output), *options], folder)
    _feed(process, json.dumps(tree, ensure_ascii=False))
    _finish(process, "pandoc-write")


def _start(arguments: list[str], folder: Path | None = None) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(
            [binary(), *arguments], stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8", cwd=folder
        )
    except OSError as error:
        raise fault(
            "no-pandoc",
            "",
            f"Pandoc could not be started: {error.strerror or error}",
            "install the package pypandoc_binary, which carries it",
            status=2,
        ) from error


def _feed(process: subprocess.Popen[str], text: str) -> None:
    """Give the process its input and close it; Pandoc reads all of it before it writes a byte."""
    assert process.stdin is not None  # noqa: S101 - opened as a pipe by _start
    try:
        process.stdin.write(text)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it has died; _finish tells why
    process.stdin = None


def _finish(process: subprocess.Popen[str], code: str) -> str:
    return _heard(process, code)[0]


def _heard(process: subprocess.Popen[str], code: str) -> tuple[str, str]:
    """What the process printed and what it said meanwhile."""
    try:
        out, err = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        process.kill()
        raise fault(code, "", f"Pandoc was still busy after {SECONDS} seconds and was stopped") from error
    if process.returncode:
        raise _refusal(code, err)
    return out, err


def _refusal(code: str, err: str) -> Fault:
    lines = [line for line in err.strip().splitlines() if not line.startswith("[WARNING]")]
    return fault(code, "", "Pandoc: " + " ".join(line.strip() for line in lines[:6]) if lines else "Pandoc failed")
