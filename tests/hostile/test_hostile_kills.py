"""A few kills of each verb that writes; bench/kills.py does some hundreds."""

from __future__ import annotations

import importlib.util
import os
import random
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("kills", Path(__file__).parents[2] / "bench" / "kills.py")
assert SPEC
assert SPEC.loader
kills = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(kills)


@pytest.mark.parametrize("verb", ["pdf", "accept", "bib", "import", "merge", "answers", "issue"])
def test_a_kill_loses_nothing(verb: str) -> None:
    assert kills.trial(verb, 2, random.Random(7), lambda _: None) == []


def test_the_harness_sees_a_file_cut_short() -> None:
    before, after = (
        {"manuscript/a.md": b"old text"},
        {"manuscript/a.md": b"new text", "output/article.pdf": b"%PDF x %%EOF"},
    )
    assert kills.lost(before, after, {"manuscript/a.md": b"old"}) == ["manuscript/a.md is neither old nor new"]
    assert kills.lost(before, after, {}) == ["manuscript/a.md is gone"]
    assert kills.lost(before, after, {**before, "output/article.pdf": b"%PDF"}) == [
        "output/article.pdf is neither old nor new"
    ]
    assert kills.lost(before, after, after) == []


@pytest.mark.parametrize("refused", ["replace", "fsync"])
def test_a_full_disk_or_a_folder_one_may_not_write_in_leaves_all_as_it_was(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from galley.cli import main

    monkeypatch.setenv("GALLEY_CACHE", "off")
    kills.made(tmp_path)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "article.html").write_text("the last good page")
    before = kills.snapshot(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "output"))

    monkeypatch.setattr(os, refused, full)
    for verb in (["html"], ["accept", "--all"], ["import", str(tmp_path / "typed.md"), "-o", str(tmp_path / "taken")]):
        project = [] if verb[0] == "import" else [str(tmp_path)]
        assert main([*verb, *project]) == 2
    assert "no space left" in capsys.readouterr().err
    assert kills.snapshot(tmp_path) == before
