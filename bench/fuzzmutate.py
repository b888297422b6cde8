"""Mutations of texts: seeded, bounded in size, with the signs of the languages that our readers read."""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

SIGNS = (
    "---\n", "...\n", "title: ", "author:\n  - name: ", "- [", "&a ", "*a", "!!python/x ", "|\n  ", ">-\n", "\t", "{", "}", "[", "]",
    "(", ")", "@", "[@", "[-@", "@{", "@fig:", "@tbl:", "@eq:", "{#fig:a}", "{#tbl:a}", "{#eq:a}", "{#sec:a}", ": Caption {#tbl:a}\n",
    "# ", "## H {#h}\n", "> ", "* ", "1. ", "(a) ", ":   ", "\n\n", "\n", "    ", "```\n", "~~~\n", "::: {.x}\n", ":::\n", "`", "``",
    "$", "$$", "\\(", "\\[", "\\begin{align}", "\\end{align}", "\\begin{figure}", "\\end{figure}", "\\begin{tabular}{ll}",
    "\\end{tabular}", "\\caption{", "\\label{", "\\ref{", "\\cite{", "\\textit{", "\\newcommand{\\x}[1]{#1}", "\\x", "\\\\", "&", "#1",
    "\\frac", "\\left(", "\\right.", "^", "_", "~", "^[", "[^1]", "[^1]: ", "|", "|---|", "| a | b |\n|---|---|\n| 1 | 2 |\n", "+---+",
    "+===+", "{++", "++}", "{--", "--}", "{~~", "~>", "~~}", "{==", "==}", "{>>", "<<}", "<!--", "-->", "<b>", "</b>", "<div>",
    "<span", "<script>", "&amp;", "&#0;", "&lt;", "![", "](a.png)", "](", "![a](b.csv)", "{.table file=a.csv}", "@article{", "@book{a,\n",
    "@string{", "@comment{", "@preamble{", "@xdata{", "crossref = {a}", "author = {", " and ", "others", "title = ", "year = {2020}",
    "date = {2020-01/..}", "date = {-0044}", "pages = {1--2}", "doi = {10.1/x}", "url = {http://a}", "\"", "'", ",\n", " # ",
    "{\\'e}", "\\\"", "\\&", "\\%", "{\\LaTeX}", "et al.", " & ", ", 2020", "(2020a, p. 3)", "n.d.", "in press", "(Eds.)", "(2nd ed.)",
    "https://doi.org/10.1/x", "Retrieved from ", "*", "**", "_", "References\n", "Abstract\n", "Figure 1. ", "Table 1\n", "[1]",
    "[1-99999999]", "\\ud800", "\\u0000", "\\0", "&#xD800;", "%00", "x" * 300, "\u00a0", "\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\x0b", "\x0c", "\x1b[31m", "\x85", "\u2028", "\ufffd",
    "\ue000", "\ue001", "\U0010ffff", "\U000e0041", "e\u0301", "\u0301", "ß", "İ", "ﬁ", "中文", "עברית", "عربي", "🙂", "“", "”", "’", "–", "—", "…",
    "0", "9" * 4400, "-1", "99999999999999999999", "1e999", "1e-999", "NaN", "true", "null", "2020-13-45", "０", "²", "½", "Ⅳ",
)  # fmt: skip
"""What is put in: pieces that begin, end or upset something in one of the languages read here."""
Change = Callable[[random.Random, str], str]


def place(rng: random.Random, text: str) -> tuple[int, int]:
    """A stretch of a text, mostly short."""
    start = rng.randrange(len(text) + 1)
    length = min(int(rng.expovariate(1 / 12)), 400) if rng.random() < 0.9 else rng.randrange(len(text) + 1)
    return start, min(start + length, len(text))


def put(rng: random.Random, text: str) -> str:
    """A sign put in."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(SIGNS) + text[at:]


def over(rng: random.Random, text: str) -> str:
    """A sign in place of a stretch."""
    start, end = place(rng, text)
    return text[:start] + rng.choice(SIGNS) + text[end:]


def cut(rng: random.Random, text: str) -> str:
    """A stretch left out."""
    start, end = place(rng, text)
    return text[:start] + text[end:]


def twice(rng: random.Random, text: str) -> str:
    """A stretch said again, there or elsewhere."""
    start, end = place(rng, text)
    at = rng.choice((end, rng.randrange(len(text) + 1)))
    return text[:at] + text[start:end] + text[at:]


def often(rng: random.Random, text: str) -> str:
    """A sign said many times."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(SIGNS) * rng.choice((3, 17, 65, 300)) + text[at:]


def flip(rng: random.Random, text: str) -> str:
    """One character another."""
    at = rng.randrange(len(text) + 1)
    char = chr(
        rng.choice((rng.randrange(32, 127), rng.randrange(256), rng.randrange(0xD800), rng.randrange(0xE000, 0x11000)))
    )
    return text[:at] + char + text[at + 1 :]


def swap(rng: random.Random, text: str) -> str:
    """Two lines in each other's place."""
    lines = text.split("\n")
    one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def end(rng: random.Random, text: str) -> str:
    """All before, or behind, some place."""
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.7 else text[at:]


def joined(rng: random.Random, text: str) -> str:
    """Line ends of a stretch left out, or doubled, or put where blanks are."""
    start, stop = place(rng, text)
    stop = min(start + 400, len(text)) if stop - start < 3 else stop
    old, new = rng.choice(
        (("\n", " "), ("\n", "\n\n"), (" ", "\n"), (" ", ""), ("\n", "\r"), (" ", "\u00a0"), ("\n", "\n "))
    )
    return text[:start] + text[start:stop].replace(old, new) + text[stop:]


def lopsided(rng: random.Random, text: str) -> str:
    """One of the signs that come in pairs left out."""
    found = [at for at, char in enumerate(text) if char in "{}[]()$`*_\"'|"]
    if not found:
        return put(rng, text)
    at = rng.choice(found)
    return text[:at] + text[at + 1 :]


CHANGES: tuple[Change, ...] = (put, put, over, cut, cut, twice, often, flip, swap, end, joined, lopsided)


def mutated(rng: random.Random, text: str, others: Sequence[str] = (), most: int = 20_000) -> str:
    """A text with one to eight changes, at times crossed with another; never longer than ``most`` characters."""
    if others and rng.random() < 0.15:
        other = rng.choice(others)
        start, stop = place(rng, other)
        at = rng.randrange(len(text) + 1)
        text = text[:at] + other[start : max(stop, start + 200)] + text[at:]
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        text = rng.choice(CHANGES)(rng, text)[:most]
    return text


def minimised(text: str, fails: Callable[[str], bool], tries: int = 2000) -> str:
    """A shorter text that still fails: halves, quarters ... of it left out as long as it does."""
    size = max(len(text) // 2, 1)
    while size and tries > 0:
        at, shorter = 0, False
        while at < len(text) and tries > 0:
            less = text[:at] + text[at + size :]
            tries -= 1
            if fails(less):
                text, shorter = less, True
            else:
                at += size
        if not shorter or size > 1:
            size //= 2
    return text
