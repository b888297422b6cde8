"""Bounds of time, memory, pages and pictures: each is told with its code and the variable that moves it, and what was
written before is left as it was; without the bound the same input goes through."""

# ruff: noqa: E501 - heads of pictures, one a line

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_world import BODY, World, png
from test_hostile_attacks import SVG, text, theme

from galley.bounds import BOUNDS, bound
from galley.picturebounds import pixels
from galley.report import Fault

ROOT = Path(__file__).parents[2]
ENDLESS = "#for i in range(1000000) { for j in range(1000000) { let x = calc.sin(i + j) } }"
GREEDY = "#let a = range(400000000)"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are watched on Linux")


def alone(folder: Path, *arguments: str, **bounds: str) -> subprocess.CompletedProcess[str]:
    """A verb as a program of its own, with bounds in its environment."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **bounds}
    command = [sys.executable, "-m", "galley", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def script(code: str, **bounds: str) -> subprocess.CompletedProcess[str]:
    """A program that is watched, and then does something."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **bounds}
    command = [sys.executable, "-c", f"from galley.supervising import supervised\nsupervised('pdf')\n{code}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


@linux
@pytest.mark.parametrize("bounds", [{"GALLEY_TIME": "2"}, {"GALLEY_TYPST": "1"}], ids=str)
def test_a_theme_that_never_ends_is_ended(world: World, bounds: dict[str, str]) -> None:
    world.put(theme("rules.typ", ENDLESS) | {"output/article.pdf": "the last good one"})
    done = alone(world.project, "pdf", **bounds)
    assert done.returncode == 2
    assert "error[out-of-time]" in done.stderr
    assert next(iter(bounds)) in done.stderr
    assert (world.project / "output" / "article.pdf").read_text() == "the last good one"
    assert [one.name for one in (world.project / "output").iterdir()] == ["article.pdf"]


@linux
def test_a_theme_that_wants_all_memory_is_ended(world: World) -> None:
    world.put(theme("rules.typ", GREEDY))
    done = alone(world.project, "pdf", GALLEY_MEMORY="600000000")
    assert done.returncode == 2
    assert "error[too-large]" in done.stderr
    assert "GALLEY_MEMORY" in done.stderr


@linux
def test_a_search_that_never_ends_is_ended_though_no_thread_of_ours_gets_a_turn() -> None:
    done = script("import re; re.match('(a|a)*b', 'a' * 60)", GALLEY_TIME="1")
    assert done.returncode == 2
    assert "error[out-of-time]" in done.stderr


@linux
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL"])
def test_a_library_that_dies_is_told(name: str) -> None:
    done = script(f"import os, signal; os.kill(os.getpid(), signal.{name})")
    assert done.returncode == 2
    assert f"error[died] the run was ended by {name}" in done.stderr


@linux
def test_what_the_run_started_ends_with_it() -> None:
    started = "import subprocess, sys, time; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True)"
    done = script(f"{started}\nwhile True: pass", GALLEY_TIME="1")
    assert done.returncode == 2
    state = Path(f"/proc/{done.stdout.strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


@linux
@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_status_is_that_of_the_work(code: int) -> None:
    assert script(f"raise SystemExit({code})").returncode == code


@linux
def test_who_stops_us_stops_the_work() -> None:
    waiting = "import sys, time; print('up', flush=True); time.sleep(600)"
    command = [sys.executable, "-c", f"from galley.supervising import supervised\nsupervised('pdf')\n{waiting}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == ""  # the worker, too, has let go of it
        assert process.wait() == 128 + signal.SIGTERM


def test_a_bound_that_is_no_number_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLEY_SECONDS", "many")
    world.put(text("x"))
    done = world.run("html")
    assert done.status == 2
    assert "bad-bound" in done.printed
    world.unharmed()


def test_no_bound_is_said_by_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLEY_PAGES", "0")
    assert bound("pages") == sys.maxsize
    monkeypatch.setenv("GALLEY_PAGES", "-1")
    with pytest.raises(Fault):
        bound("pages")


def test_more_pages_than_there_may_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLEY_PAGES", "2")
    world.put(text("Words.\n\n" * 200))
    done = world.run("pdf")
    assert done.status == 1
    assert "too-many-pages" in done.printed
    assert "GALLEY_PAGES" in done.printed
    assert world.outputs() == {}
    monkeypatch.setenv("GALLEY_PAGES", "30")
    assert world.run("pdf").status == 0


# -- pictures -----------------------------------------------------------------------------------------


def drawing(inner: str) -> bytes:
    return SVG.format(inner).encode()


def inlined(picture: bytes) -> bytes:
    from base64 import b64encode

    return drawing(f'<image width="9" height="9" href="data:image/png;base64,{b64encode(picture).decode()}"/>')


HUGE = {
    "a.png": png(30_000, 30_000),
    "a.gif": b"GIF89a\xff\xff\xff\xff\x00\x00\x00;",
    "a.webp": b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\x00\xff\xff\x00",
    "a.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 10 + b"\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + b"\0" * 9 + b"\xff\xd9",
    "a.tif": b"II*\0\x08\0\0\0\x02\0" + b"\0\x01\x04\0\x01\0\0\0\xff\xff\0\0" + b"\x01\x01\x04\0\x01\0\0\0\xff\xff\0\0" + b"\0" * 4,
    "b.svg": inlined(png(30_000, 30_000)),
    "c.svg": drawing("<g/>" * 200_001),
    "d.svg": drawing("<g>" * 300 + "</g>" * 300),
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_a_picture_larger_than_one_may_be_is_never_unpacked(world: World, name: str) -> None:
    world.put(text(f"![Caption]({name}){{alt=x}}") | {name: HUGE[name]})
    for verb in ("pdf", "html", "docx", "camera-ready --draft", "review"):
        done = world.run(*verb.split())
        assert verb == "review" or "error[too-large]" in done.printed, done.printed
        assert verb == "review" or "larger than one may be" in done.printed
    world.unharmed()
    assert not [one for one, data in world.outputs().items() if HUGE[name][8:40] in data and len(data) > 4000]


@pytest.mark.parametrize(
    ("name", "variable"),
    [(name, "GALLEY_DRAWING" if name == "c.svg" else "GALLEY_PIXELS") for name in HUGE if name != "d.svg"],
)
def test_without_the_bound_it_would_be(world: World, name: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "0")
    world.put(text(f"![Caption]({name}){{alt=x}}") | {name: HUGE[name]})
    assert "too-large" not in world.run("check").printed


def test_pixels_are_those_that_others_count(tmp_path: Path) -> None:
    from io import BytesIO

    from PIL import Image

    for kind in ("PNG", "GIF", "WEBP", "JPEG", "TIFF"):
        for options in ({}, {"lossless": True}, {"exif": b"Exif\0\0MM"}) if kind == "WEBP" else ({},):
            out = BytesIO()
            Image.new("RGB", (37, 53), "red").save(out, kind, **options)
            assert pixels(out.getvalue()) == 37 * 53, (kind, options)


def test_a_large_file_is_no_picture(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLEY_PICTURE", "50")
    world.put(text("![Caption](a.png){alt=x}", a__png=png()))
    assert "too-large" in world.run("check").printed


def test_names_like_a_missing_one_are_not_looked_for_without_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"a/{number}.txt": "" for number in range(50)} | {"z/figure.png": png()}
    world.put(text("![Caption](figur.png){alt=x}") | files)
    assert "did you mean 'z/figure.png'?" in world.run("check").printed
    monkeypatch.setenv("GALLEY_FILES", "20")
    assert "did you mean 'z/figure.png'?" not in world.run("check").printed


def test_every_bound_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    for one in BOUNDS.values():
        assert f"`{one.variable}`" in page
        assert f"{one.most:,} {one.unit}" in page, one
    assert BODY
