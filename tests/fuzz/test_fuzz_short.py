"""A short, seeded run of both fuzzers; the long ones are ``python bench/fuzz.py readers`` and ``... manuscripts``."""

from __future__ import annotations

from pathlib import Path

import fuzzmanuscripts
import fuzzopening
import pytest
from fuzzmutate import minimised
from fuzzreaders import Trial, plain
from fuzztargets import Reader, readers

PAPERS = Path(__file__).parents[3] / "shared" / "papers"
SMALL = [one for one in readers() if one.name not in ("manuscript", "typedtext")]
COUNTS = {"typed": 25, "word": 40, "bibliography": 60, "reference": 150}


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's words about broken pictures
@pytest.mark.parametrize("reader", SMALL, ids=[one.name for one in SMALL])
def test_no_input_breaks_a_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLEY_CACHE", "off")
    found = plain(reader, COUNTS.get(reader.name, 250), seed=20)
    assert found.failures == {}
    assert found.count >= COUNTS.get(reader.name, 250)


def test_a_reader_that_breaks_is_found_and_its_input_made_small() -> None:
    def run(text: str) -> None:
        if "é{" in text:
            raise IndexError("out of range")

    trial = Trial(Reader("broken", run, ("",)))
    for text in ("sound", "a long text with é{ in the midst of it", "another with é{ too"):
        trial.take(text)
    (wrong,) = trial.finish().failures.items()
    assert wrong[0].startswith("IndexError at")
    assert wrong[1] == "é{"


def test_a_reader_that_never_ends_is_found() -> None:
    def run(text: str) -> None:
        while text:
            pass

    trial = Trial(Reader("endless", run, ("",)), seconds=0.05)
    assert trial.fault("x").startswith("slow at")


def test_what_fails_is_made_small() -> None:
    assert minimised("a b c d e f g [ h i j ] k", lambda text: "[" in text and "]" in text) == "[]"


@pytest.mark.skipif(not PAPERS.is_dir(), reason="the shared papers are not here")
@pytest.mark.parametrize(
    "verb", range(len(fuzzmanuscripts.VERBS)), ids=lambda at: "-".join(fuzzmanuscripts.VERBS[at][:2])
)
def test_no_manuscript_breaks_a_verb(verb: int, tmp_path: Path) -> None:
    papers = [
        paper for folder in sorted(PAPERS.iterdir()) if folder.is_dir() and (paper := fuzzmanuscripts.Paper.of(folder))
    ]
    desk = fuzzmanuscripts.Desk()
    desk.root = tmp_path / "desk"
    wrong, _, _, status = desk.run(fuzzmanuscripts.Case(papers, verb, 20), whole=True)
    assert (wrong, status in ("0", "1", "2")) == ("", True)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"%PDF-1.7\nnot much", "PdfiumError"),
        ("a.docx", b"PK\x03\x04", "BadZipFile"),
        ("a.html", b"<p>open", "<p> is not closed"),
        ("a.html", b"<p id='a' id='b'></p>", "<p> has an attribute twice"),
        ("a.xml", b"<a><b></a>", "ParseError"),
        ("a.json", b"{", "JSONDecodeError"),
        ("a.bib", b"@book{a, title = {x", "broken-entry"),
        ("a.md", b"a\0b", "holds a NUL byte"),
    ],
)
def test_an_output_that_cannot_be_opened_is_seen(name: str, data: bytes, why: str) -> None:
    assert fuzzopening.wrong_with(name, data).startswith(why)
