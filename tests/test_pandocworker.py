"""A Pandoc that stays gives what a process for each text gives, byte by byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from galley import pandoc, pandocprocess
from galley.report import Fault

ROOT = Path(__file__).parents[1]
TEXT = "\n\n".join(
    path.read_text("utf-8") for path in sorted((ROOT / "examples/tour/manuscript").glob("*.md"))
).replace("---\n", "", 1)


@pytest.fixture
def hired():
    pandocprocess.hire()
    yield pandocprocess.HIRED
    pandocprocess.dismiss()


def everything() -> list[object]:
    """What Pandoc is asked for in one article: tree, typeset page, web page, formulas, records."""
    meta, blocks = pandoc.Reading(TEXT).result()
    slots = {"title": blocks[:1], "abstract": blocks[2:6]}
    return [
        meta,
        blocks,
        pandoc.Writing(blocks, "typst-smart", slots=slots).result(),
        pandoc.Writing((), "typst-smart", slots=slots).result(),  # nothing behind the last slot
        pandoc.Writing(blocks, "html5", slots=slots, options=("--mathml",)).result(),
        pandoc.write(blocks, "latex", options=("--columns=100",)),
        pandoc.convert((ROOT / "references.bib").read_text("utf-8"), "biblatex", "csljson"),
    ]


def test_it_gives_the_same(hired):
    ours = everything()
    pandocprocess.dismiss()
    assert ours == everything()


def test_a_text_that_is_refused_is_told_in_the_same_words(hired):
    def refusal() -> object:
        with pytest.raises(Fault) as caught:
            pandoc.Reading("text", "no-such-format").result()
        return caught.value.diagnostics

    ours = refusal()
    pandocprocess.dismiss()
    assert ours == refusal()


def test_after_it_has_died_the_work_is_done_all_the_same(hired):
    before = pandoc.Reading(TEXT).result()
    hired.worker._line.process.kill()
    assert pandoc.Reading(TEXT).result() == before
    assert pandoc.Reading(TEXT).result() == before  # by a new one


def test_it_opens_no_file(hired, tmp_path):
    (tmp_path / "secret.tex").write_text("secret")
    _, blocks = pandoc.Reading(rf"\include{{{tmp_path}/secret}}\input{{{tmp_path}/secret}}", "latex").result()
    assert "secret" not in pandoc.plain(blocks).replace(f"{tmp_path}/secret", "")


def test_many_requests_wait_in_line(hired):
    jobs = [pandoc.Reading(f"{TEXT}\n\nThe end of {number}.") for number in range(6)]
    for number, job in enumerate(jobs):
        assert pandoc.plain(job.result()[1][-1]["c"]) == f"The end of {number}."
