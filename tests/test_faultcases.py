"""The faults of bench/faults.py are told as they ought to be: each by its code, at its line and column."""

import contextlib
import importlib.util
import io
import json
import sys
from pathlib import Path

import pytest

from galley.cli import main
from galley.explaining import pages

BENCH = Path(__file__).parent.parent / "bench" / "faultcases.py"


def loaded():
    spec = importlib.util.spec_from_file_location("faultcases", BENCH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["faultcases"] = module
    spec.loader.exec_module(module)
    return module


TABLE = loaded()


def checked(case, folder, monkeypatch):
    for name, content in TABLE.files(case).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    monkeypatch.chdir(folder)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = main(["check", "article.md", "--format", "json"])
    return status, json.loads(said.getvalue())


@pytest.mark.parametrize("case", TABLE.CASES, ids=lambda case: f"{case.group}: {case.name}")
def test_a_fault_is_told_at_its_place(case, tmp_path, monkeypatch):
    status, found = checked(case, tmp_path, monkeypatch)
    told = [f"{one['file']}:{one['line']}:{one['column']}" if one["line"] else one["file"] for one in found]
    assert (case.code, case.place) in [(one["code"], place) for one, place in zip(found, told, strict=True)]
    assert status == any(one["severity"] == "error" for one in found)
    assert all(one["message"] and one["code"] in pages() for one in found)


@pytest.mark.parametrize("case", [None, *TABLE.SOUND], ids=lambda case: case.name if case else "without a fault")
def test_of_what_is_sound_nothing_is_said(case, tmp_path, monkeypatch):
    assert checked(case, tmp_path, monkeypatch) == (0, [])


def test_every_fault_has_a_hint_or_says_all_there_is(tmp_path, monkeypatch):
    bare = []
    for number, case in enumerate(TABLE.CASES[::9]):
        _, found = checked(case, tmp_path / str(number), monkeypatch)
        bare += [one["code"] for one in found if not one["hint"] and one["code"] == case.code]
    assert set(bare) <= {
        "missing-field",
        "unresolved-citation",
        "unknown-entry-type",
        "odd-date",
        "bad-field",
        "bad-yaml",
    }


def test_there_are_enough():
    assert len(TABLE.CASES) >= 150
    assert len({case.code for case in TABLE.CASES}) >= 60
