"""The only room that runs Pandoc: reading Markdown, writing every format. Its nodes are made in ``tree``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Protocol

from galley.pandocprocess import Job, binary, feed, finish, heard, start
from galley.report import fault
from galley.running import Node, others, text
from galley.tree import (
    QUOTES,
    WORDS,
    Change,
    attr,
    div,
    each,
    header,
    holds,
    inlines,
    looked_through,
    para,
    plain,
    raw,
    raw_block,
    span,
    walk,
)
from galley.unseen import shown

__all__ = [
    "QUOTES",
    "WORDS",
    "Change",
    "Helper",
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
    "helped",
    "holds",
    "inlines",
    "others",
    "para",
    "plain",
    "raw",
    "raw_block",
    "read_bytes",
    "read_file",
    "span",
    "text",
    "unset",
    "walk",
    "write",
    "write_binary",
]

API_VERSION = [1, 23, 1]
READER = "markdown+abbreviations"
"""Pandoc's Markdown; lines of abbreviations, ``*[HTML]: ...``, are words for a reader on the web and not printed."""
CUT = "%%%galley%%%"
FORMULA = 20_000
"""Characters that one formula may have: reading longer ones takes Pandoc time that grows with their square."""
TEMPLATE = Path(__file__).with_name("slots.template")


class Helper(Protocol):
    """Someone who reads and writes in place of processes of Pandoc's, such as one that is kept alive."""

    def reading(self, text: str, source: str) -> tuple[dict[str, Any], list[Node]]:
        """What ``Reading`` gives."""

    def writing(
        self, blocks: Sequence[Node], to: str, slots: Mapping[str, Sequence[Node]], options: Sequence[str]
    ) -> dict[str, str] | None:
        """What ``Writing`` gives; None where a process is to do it after all."""


_HELPER: ContextVar[Helper | None] = ContextVar("helper", default=None)


@contextmanager
def helped(helper: Helper) -> Iterator[None]:
    """Have a helper read and write within this context: this thread, and not those it starts."""
    token = _HELPER.set(helper)
    try:
        yield
    finally:
        _HELPER.reset(token)


class Reading:
    """A Markdown text that Pandoc is reading in a process of its own; ``result`` waits for its tree."""

    def __init__(self, text: str, source: str = READER) -> None:
        """Start the reader; the caller may do other work meanwhile."""
        text = shown(text)
        helper = _HELPER.get()
        self._read = helper.reading(text, source) if helper else None
        if self._read is None:
            self._job = Job("read", source, text, ["-f", source, "-t", "json", "--sandbox"], "pandoc-read")

    def result(self) -> tuple[dict[str, Any], list[Node]]:
        """The metadata and the blocks; raises Fault where Pandoc refuses the text."""
        if self._read is not None:
            return self._read
        text = self._job.result()
        _measured(text)
        tree = json.loads(text)
        looked_through(tree["blocks"])
        return tree["meta"], tree["blocks"]


def _measured(text: str) -> None:
    """Fault where a formula in a tree is longer than any that is meant: TeX macros that multiply make such."""
    at = text.find('"t":"Math"')
    while at >= 0:
        end = text.find('"]}', at)
        if end - at > FORMULA:
            message = f"a formula is longer than {FORMULA:,} characters once its macros are put in"
            raise fault("long-formula", "", message, "look for a macro that calls itself, or break the formula up")
        at = text.find('"t":"Math"', max(end, at + 1))


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
        helper = _HELPER.get()
        self._texts = helper.writing(blocks, to, slots, options) if helper else None
        if self._texts is not None:
            return
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
        text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
        self._job = Job("write", to, text, command, "pandoc-write")

    def finished(self) -> bool:
        """Whether Pandoc is done."""
        return self._texts is not None or self._job.finished()

    def result(self) -> dict[str, str]:
        """Each slot's text under its name and the body's under "body"; raises Fault where Pandoc refuses."""
        if self._texts is not None:
            return self._texts
        parts = f"\n{self._job.result()}".split(f"\n{CUT}\n")
        texts = dict(zip([*self._names, "body"], (part.strip("\n") for part in parts), strict=True))
        texts["body"] += "\n"
        return texts


def convert(text: str, source: str, to: str) -> str:
    """A text of one format in another, with nothing read from the disk; raises Fault where Pandoc refuses it."""
    command = ["-f", source, "-t", to, "--sandbox", "--wrap=none"]
    return Job("convert", f"{source}>{to}", text, command, "pandoc-read").result()


def read_file(path: Path, source: str, options: Sequence[str] = ()) -> str:
    """The tree of a packed file (docx, odt) as JSON text; it works in the file's folder and opens nothing else."""
    process = start(["-f", source, "-t", "json", "--sandbox", *options, path.name], path.parent)
    return finish(process, "pandoc-read")


def read_bytes(content: bytes, source: str) -> tuple[dict[str, Any], list[Node]]:
    """The metadata and the blocks of a packed file (odt) that lies nowhere; Fault where Pandoc refuses it."""
    process = start(["-f", source, "-t", "json", "--sandbox"])
    feed(process, content)
    tree = json.loads(finish(process, "pandoc-read"))
    looked_through(tree["blocks"])
    return tree["meta"], tree["blocks"]


def citeproc(blocks: Sequence[Node], meta: Mapping[str, Any]) -> list[Node]:
    """The blocks after Pandoc's citeproc, which finds its bibliography and style in the metadata."""
    tree = {"pandoc-api-version": API_VERSION, "meta": dict(meta), "blocks": list(blocks)}
    process = start(["-f", "json", "-t", "json", "--citeproc"])
    feed(process, json.dumps(tree, ensure_ascii=False))
    done: list[Node] = json.loads(finish(process, "citeproc"))["blocks"]
    return done


def unset(formulas: Sequence[str]) -> dict[str, str]:
    """Those of some TeX formulas that Pandoc cannot convert, and why not, as "unexpected control sequence \\foo"."""
    blocks = [para([{"t": "Math", "c": [{"t": "InlineMath"}, one]}]) for one in formulas]
    process = start(["-f", "json", "-t", "html", "--mathml", "--wrap=none"])
    feed(process, json.dumps({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}))
    out, err = heard(process, "pandoc-write")
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
    process = start(["-f", "json", "-t", to, "-o", str(output), *options], folder)
    feed(process, json.dumps(tree, ensure_ascii=False))
    finish(process, "pandoc-write")
