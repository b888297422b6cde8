"""Tracked changes in Word: both texts come back, by Word's rules as an independent reader has them, and by Pandoc's."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from said import DATE, both, project

from galley import press
from galley.comparing import marked, pages
from galley.pandoc import binary

SHARED = Path(__file__).parent.parent.parent.parent / "shared"
SCORER = SHARED / "bench" / "redline_score.py"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BIB = """@book{roe, author = {Roe, Rita}, title = {On rivers}, year = 2001, publisher = {Press}}
@book{doe, author = {Doe, Dora}, title = {On bridges}, year = 2002, publisher = {Press}}
"""
LONG = "This paragraph is long enough to be known again wherever it stands in the text that is compared here."
STAYS = (
    "What stays stays: here is a second paragraph of more than thirty words, so that what moves past it is the other "
)
STAYS += "one and not this, whatever may be thought of the matter by those who compare the two of them."
OLD = f"""---
title: On crossing rivers
author: Ann Author
---

# Method

{LONG}

{STAYS}

We went there [@roe] on foot, where $x = 1$ holds.^[A note of old.]

| Name | Low |
|------|-----|
| red  | 1   |
| blue | 2   |
"""
NEW = f"""---
title: On crossing wide rivers
author:
- Ann Author
- Ben Buthor
---

# Method

{STAYS}

{LONG}

We went there [@roe; @doe] by *boat*, where $x = 2$ holds.^[A note of today.]

| Name  | Low |
|-------|-----|
| red   | 1   |
| green | 3   |
| blue  | 2   |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder with old.docx, new.docx and redline.docx."""
    room = tmp_path_factory.mktemp("tracked")
    pair = both(project(room / "old", OLD, BIB), project(room / "new", NEW, BIB))
    return make(room, pair, room / "old", room / "new")


def make(room, pair, old, new):
    (room / "redline.docx").write_bytes(pages(pair, marked(pair), "docx"))
    for name, folder in (("old", old), ("new", new)):
        document = press.settled(folder)
        (room / f"{name}.docx").write_bytes(press.press(document, press.themed(document), "docx", draft=True).content)
    return room


def _scored(room):
    command = [sys.executable, str(SCORER), str(room / "redline.docx"), "--json", "--pandoc", binary()]
    command += ["--old", str(room / "old.docx"), "--new", str(room / "new.docx")]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def _tree(path, part="word/document.xml"):
    with zipfile.ZipFile(path) as package:
        return ET.fromstring(package.read(part))


def _words(element):
    return "".join(text.text or "" for text in element.iter() if text.tag in (W + "t", W + "delText"))


def _plain(path, changes):
    command = [binary(), str(path), "-t", "plain", "--wrap=none", f"--track-changes={changes}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return [word for word in said if word.strip("-")]  # without the rules of tables


def test_pandoc_reads_the_new_text_where_all_is_accepted_and_the_old_where_all_is_rejected(made):
    for changes, name in (("accept", "new"), ("reject", "old")):
        got, wanted = _plain(made / "redline.docx", changes), _plain(made / f"{name}.docx", "accept")
        # of a moved paragraph Pandoc shows both places; it knows no rows that come or go
        assert set(got) >= set(wanted)


@pytest.mark.skipif(not SCORER.exists(), reason="no scorer beside the project")
def test_both_texts_come_back_word_for_word(made):
    found = _scored(made)
    assert found["accept"]["same"], found["accept"]
    assert found["reject"]["same"], found["reject"]
    assert found["cuts"]["cut"] == 0, found["cuts"]
    assert found["moves"]["as_move"] == found["moves"]["moved"] == 1


def test_every_change_says_who_made_it_and_when(made):
    tree = _tree(made / "redline.docx")
    changes = [one for one in tree.iter() if one.get(W + "author") is not None]
    assert len(changes) > 10
    assert {one.get(W + "author") for one in changes} == {"A. Author"}
    assert {one.get(W + "date")[:13] for one in changes} == {DATE[:13]}
    numbers = [one.get(W + "id") for one in changes]
    assert len(numbers) == len(set(numbers))


def test_words_citation_and_equation_are_marked_whole(made):
    tree = _tree(made / "redline.docx")
    gone, came = ([_words(one) for one in tree.iter(W + tag)] for tag in ("del", "ins"))
    assert "(Roe, 2001) on foot" in "".join(gone)
    assert "(Doe, 2002; Roe, 2001) by boat" in "".join(came)
    maths = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
    assert [len(list(one.iter(maths))) for one in tree.iter(W + "del") if list(one.iter(maths))] == [1]
    assert any("Doe, D. (2002)" in words for words in came), "the entry of the list is new too"
    assert any("Ben Buthor" in words for words in came), "and the author"
    assert "wide" in " ".join(came).split(), "and the word in the title"


def test_deleted_words_are_called_so(made):
    tree = _tree(made / "redline.docx")
    assert not [one for gone in tree.iter(W + "del") for one in gone.iter(W + "t")]
    assert not [one for came in tree.iter(W + "ins") for one in came.iter(W + "delText")]


def test_a_new_row_is_a_row_that_is_inserted(made):
    rows = [row for row in _tree(made / "redline.docx").iter(W + "tr") if row.find(f"{W}trPr/{W}ins") is not None]
    assert [_words(row) for row in rows] == ["green3"]


def test_a_moved_paragraph_stands_in_both_places_under_one_name(made):
    tree = _tree(made / "redline.docx")
    starts = [one.get(W + "name") for tag in ("From", "To") for one in tree.iter(f"{W}move{tag}RangeStart")]
    assert len(starts) == 2
    assert len(set(starts)) == 1
    assert LONG in [_words(one) for one in tree.iter(W + "moveFrom")]
    assert LONG in [_words(one) for one in tree.iter(W + "moveTo")]


def test_a_note_is_marked_within(made):
    notes = _tree(made / "redline.docx", "word/footnotes.xml")
    assert [_words(one) for one in notes.iter(W + "del")] == ["old"]
    assert [_words(one) for one in notes.iter(W + "ins")] == ["today"]


def test_no_sign_of_ours_is_left(made):
    with zipfile.ZipFile(made / "redline.docx") as package:
        text = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    assert not re.search("[\ufdd0-\ufdef]", text)
    assert "{galley}" not in text
    assert 'xmlns:x0="galley"' not in text


def test_what_looks_otherwise_keeps_its_old_look(tmp_path):
    text = "---\ntitle: T\n---\n\nAn {} word.\n"
    pair = both(project(tmp_path / "a", text.format("*odd*")), project(tmp_path / "b", text.format("odd")))
    (tmp_path / "redline.docx").write_bytes(pages(pair, marked(pair), "docx"))
    tree = _tree(tmp_path / "redline.docx")
    (change,) = tree.iter(W + "rPrChange")
    assert change.find(f"{W}rPr/{W}i") is not None
    assert not list(tree.iter(W + "ins"))


@pytest.mark.skipif(not SCORER.exists(), reason="no scorer beside the project")
@pytest.mark.parametrize("name", ["exotic-ld", "phasefieldx", "pii-codex", "pyheatdemand"])
def test_both_texts_of_real_pairs_come_back(name, tmp_path):
    pair = SHARED / "pairs" / name
    found = _scored(make(tmp_path, both(pair / "old", pair / "new"), pair / "old", pair / "new"))
    assert found["accept"]["same"], found["accept"]
    assert found["reject"]["same"], found["reject"]
    assert found["words"]["ratio"] <= 1.15
    assert found["moves"]["as_move"] == found["moves"]["moved"]
    assert found["accept"]["images"][0] == found["accept"]["images"][1]
