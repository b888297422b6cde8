"""Manuscripts by real authors, where they are at hand: all citations by fields, all words, all places."""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from galley import pandoc
from galley.reading.marking import Mark
from galley.reading.typescript import read
from galley.reading.word.marking import marked

SHARED = Path(__file__).parents[4] / "shared"
WORD = sorted(SHARED.glob("word/*/original.docx"))
PAPERS = sorted(SHARED.glob("papers/*/typed.docx"))
HERE = pytest.mark.skipif(not WORD, reason="the manuscripts are not at hand")
FORMULA = r"\([^()]{0,80}\d{4}[a-z]?\)|\[\d+(?:[,–-]\d+)*\]"


def words(text):
    return Counter(re.findall(r"\w+", text))


def by_pandoc(source, track="accept"):
    """The words that Pandoc reads in a Word file, equations apart."""
    command = [pandoc.binary(), "-f", "docx", "-t", "json", f"--track-changes={track}"]
    done = subprocess.run(command, input=source, capture_output=True, check=True)
    tree = json.loads(done.stdout)
    told = []

    def walk(part):
        if isinstance(part, list):
            for one in part:
                walk(one)
        elif isinstance(part, dict):
            kind, content = part.get("t"), part.get("c")
            if kind == "Str":
                told.append(content)
            elif kind in ("Code", "CodeBlock"):
                told.append(content[1] + ("\n" if kind == "CodeBlock" else ""))
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                told.append(" ")
            elif kind == "Note":
                later.append(content)
            elif kind not in ("Math", "Image"):
                walk(content if kind else list(part.values()))
                told.append("\n" if kind in ("Para", "Plain", "Header", "MetaInlines") else "")

    later = []
    walk(list(tree["meta"].values()))
    walk(tree["blocks"])
    for note in later:
        walk(note)
    return "".join(told)


@HERE
@pytest.mark.parametrize("path", WORD, ids=lambda path: path.parent.name)
def test_every_citation_by_a_field_is_read_at_its_place(path):
    truth = json.loads(path.with_name("truth.json").read_text("utf-8"))
    fields = {(one.paragraph, one.start, one.end): one for one in read(path).fields}
    assert len(fields) == len(truth["citations"])
    same = {}
    for one in truth["citations"]:
        field = fields[one["para"], one["start"], one["end"]]
        assert (field.shown, field.deleted) == (one["shown"], one.get("deleted", False))
        for wanted, item in zip(one["items"], field.items, strict=True):
            same.setdefault(wanted["id"], set()).add(item.id)
            assert item.csl["title"]
    assert all(len(ids) == 1 for ids in same.values())
    assert len(set().union(*same.values())) == len(same)


@HERE
@pytest.mark.parametrize("path", [*WORD, *PAPERS], ids=lambda path: path.parent.name)
def test_no_word_is_lost(path):
    ours = words("\n".join(row.text for row in read(path).paragraphs))
    theirs = words(by_pandoc(path.read_bytes()))
    # Pandoc parts code from prose that follows without a space where it changes face; we never part a word
    assert sum(((ours - theirs) + (theirs - ours)).values()) <= 3


@HERE
@pytest.mark.parametrize("track", ["accept", "reject"])
@pytest.mark.parametrize("path", WORD, ids=lambda path: path.parent.name)
def test_marked_copies_hold_all_other_words(path, track):
    marks, left = [], []
    for row in read(path, track).paragraphs:
        text = row.text
        for found in reversed(list(re.finditer(FORMULA, text))):
            name = f"zz{len(marks)}zz"
            marks.append(Mark(row.number, found.start(), found.end(), f" {name} "))
            text = f"{text[: found.start()]} {name} {text[found.end() :]}"
        left.append(text)
    assert words(by_pandoc(marked(path, marks, track))) == words("\n".join(left))
