"""Whole papers with typed citations: each citation is found and linked to the entry it means, and nothing is made up.

What is wanted stands in the papers' own truth; the benchmark prints the same measures as a table.
"""

import json
from difflib import SequenceMatcher
from pathlib import Path
from unicodedata import normalize

import pytest

from galley import editing
from galley.checks.catalogue import IDS

SHARED = Path(__file__).parents[3] / "shared"
PAPERS = sorted(path.parent for path in (SHARED / "papers").glob("*/truth.json"))
WORD = sorted(path.parent for path in (SHARED / "word").glob("*/truth.json"))
SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " ", "\xad": None})


def bare(text):
    return " ".join(normalize("NFC", text).translate(SIGNS).split())


def key_of(text, references):
    """The key that truth gives to an entry of the list."""
    best = max(references, key=lambda key: SequenceMatcher(None, bare(references[key])[:90], text[:90]).ratio())
    return best if SequenceMatcher(None, bare(references[best]), text).ratio() > 0.85 else ""


@pytest.mark.skipif(not PAPERS, reason="the papers are not beside the project")
@pytest.mark.parametrize("folder", PAPERS, ids=lambda folder: folder.name)
def test_citations_of_a_paper_are_found_and_linked(folder):
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    resolved = editing.resolved(next(p for p in (folder / "typed.docx", folder / "typed.md") if p.exists()))
    keys = [key_of(bare(one.text), truth["references"]) for one in resolved.listed]
    answers = {}
    for link in resolved.links:
        answers.setdefault(link.citation, set()).add(keys[link.listed] if link.listed >= 0 else "")
    left = [(bare(one.citation.text), answers.get(at, set())) for at, one in enumerate(resolved.citations)]
    missed, wrong = [], []
    wanted = [one for one in truth["citations"] if not one["missing"]]
    for one in wanted:
        typed = bare(one["typed"]).strip("()")
        same = [found for found in left if typed in found[0] or found[0].strip("()") in typed]
        right = [found for found in same if found[1] == set(one["keys"])]
        if not same:
            missed.append(one["typed"])
            continue
        if not right:
            wrong.append(one["typed"])
        left.remove((right or same)[0])
    assert len(missed) <= 0.06 * len(wanted), missed
    assert len(wrong) <= max(1, 0.02 * len(wanted)), wrong


@pytest.mark.skipif(not WORD, reason="the Word files are not beside the project")
@pytest.mark.parametrize("folder", WORD, ids=lambda folder: folder.name)
def test_faults_of_a_word_file_are_told_and_no_others(folder):
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    path = folder / ("flat.docx" if (folder / "flat.docx").exists() else "original.docx")
    told = [one for one in editing.typed(path).findings if IDS.get(one.code) in ("C01", "C02", "C03", "C04", "C05")]
    places = [one.place.line - 1 for one in told]
    by_hand = truth.get("by_hand") or {}
    faults = [one["para"] for one in by_hand.get("citations", ()) if one.get("kind") in ("missing", "year", "name")]
    never = [one["para"] for one in by_hand.get("never_cited", ())]
    assert [one for one in faults if places.count(one) < faults.count(one)] == []
    assert [one for one in never if one not in places] == []
    allowed = {*never, *(one["para"] for one in by_hand.get("citations", ()) if one.get("fault"))}
    assert sum(place not in allowed for place in places) <= 2
