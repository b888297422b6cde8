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


SLOW = "[" * 1_000_000
"""What Pandoc would be at for minutes."""


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="the system has no /proc")
def test_it_is_bounded_in_memory_and_time_and_given_time_anew(hired, monkeypatch):
    monkeypatch.setenv("GALLEY_SECONDS", "7")
    monkeypatch.setenv("GALLEY_MEMORY", "1234567890")
    process = hired.worker._line.process
    for used in (0, 100):
        monkeypatch.setattr("galley.pandocworker.spent", lambda _, used=used: float(used))
        pandoc.Reading("text").result()
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
        assert rows["Max data size"] == "1234567890"
        assert rows["Max cpu time"] == str(used + 14)
    assert process is hired.worker._line.process


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")
def test_the_time_it_has_used_is_known(hired):
    from galley.pandocworker import spent

    pandoc.Reading(TEXT).result()
    assert 0 < spent(hired.worker._line.process.pid) < 100
    assert spent(2**22 + 1) == 0


def test_one_that_hangs_is_ended_and_nobody_waits_for_it(hired, monkeypatch):
    process = hired.worker._line.process
    monkeypatch.setattr("galley.pandocprocess.patience", lambda: 1)
    first = pandoc.Reading(SLOW)
    second = pandoc.Reading(SLOW)  # for which there is no room in the pipe before the first is done
    for job in (first, second):
        with pytest.raises(Fault) as caught:
            job.result()
        assert caught.value.diagnostics[0].message.startswith("Pandoc ")
    assert process.wait(60) != 0
    monkeypatch.undo()
    assert pandoc.Reading("*a*").result()[1][0]["t"] == "Para"


def test_an_answer_that_is_too_large_is_told(hired, monkeypatch):
    monkeypatch.setattr("galley.pandocworker.LARGEST", 1000)
    with pytest.raises(Fault) as caught:
        pandoc.Reading("word " * 1000).result()
    assert "what it made of the text has more than" in caught.value.diagnostics[0].message
    monkeypatch.undo()
    assert pandoc.Reading("*a*").result()[1][0]["t"] == "Para"
