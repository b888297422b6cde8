"""The verb itself: what it says where it cannot run."""

from __future__ import annotations

import socket

import pytest

from galley import cli
from galley.preview import verbs


def test_packages_that_are_missing_are_named_with_the_way_to_them(tmp_path, monkeypatch, capsys):
    (tmp_path / "article.md").write_text("Words.\n")
    monkeypatch.setattr(verbs, "NEEDED", ("starlette", "galley_of_nowhere"))
    assert cli.main(["preview", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "the preview needs galley_of_nowhere" in said
    assert "pip install 'galley-press[preview]'" in said


@pytest.mark.parametrize("port", ["70000", "taken"])
def test_a_port_that_cannot_be_taken_is_told(tmp_path, capsys, port):
    (tmp_path / "article.md").write_text("Words.\n")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = str(other.getsockname()[1]) if port == "taken" else port
        assert cli.main(["preview", str(tmp_path), "--port", number, "--no-open"]) == 2
    assert f"the port {number} cannot be taken" in capsys.readouterr().err


def test_a_folder_without_a_manuscript_is_told_before_anything_is_served(tmp_path, capsys):
    assert cli.main(["preview", str(tmp_path), "--no-open"]) == 2
    assert "there is no manuscript here" in capsys.readouterr().err
