"""What is required is locked by hash, and what is locked has its licence on the page of licences."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / ".ci" / "locks").glob("*.txt"))
PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def plain(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def pinned(lock: Path) -> dict[str, str]:
    """The names of a lock's packages with what stands under each, hashes and all."""
    found = re.split(r"^(?=[\w.-]+==)", lock.read_text("utf-8"), flags=re.MULTILINE)
    return {re.match(r"[\w.-]+==[^\s;\\]+", one)[0]: one for one in found if one.strip()}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_a_hash_for_each_package_and_names_no_index(lock):
    assert pinned(lock)
    assert [name for name, text in pinned(lock).items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", text)] == []
    assert not re.search(r"//|index-url|find-links", lock.read_text("utf-8"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_each_locked_package_has_its_licence_on_the_page(lock):
    names = [name.split("==") for name in pinned(lock)]
    assert [
        name for name, version in names if not re.search(rf"^\| {re.escape(name)} \| [^|]+ \| \S", PAGE, re.M)
    ] == []
    if lock.stem != "outloud":  # a package may stand in two locks, in the versions of both
        assert [one for one in names if f"| {one[0]} | {one[1]} |" not in PAGE] == []


def test_each_requirement_of_the_project_is_locked_and_listed():
    project = PROJECT["project"]
    groups = (project["dependencies"], *project["optional-dependencies"].values(), PROJECT["build-system"]["requires"])
    locked = {name.split("==")[0] for name in pinned(ROOT / ".ci" / "locks" / "constraints.txt")}
    wanted = {plain(line) for lines in groups for line in lines}
    assert wanted <= locked
    assert {name for name in wanted if f"| {name} |" not in PAGE} == set()
    runtime = {name.split("==")[0] for name in pinned(ROOT / ".ci" / "locks" / "runtime.txt")}
    assert {plain(line) for line in project["dependencies"]} <= runtime <= locked


def test_the_packages_of_npm_have_their_integrity_and_name_no_registry():
    text = (ROOT / ".ci" / "npm" / "package-lock.json").read_text("utf-8")
    packages = {path: one for path, one in json.loads(text)["packages"].items() if path}
    assert packages
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "://" not in text
    assert [path for path in packages if f"| {path.removeprefix('node_modules/')} |" not in PAGE] == []


def test_each_face_that_the_themes_carry_has_its_licence():
    faces = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".otf", ".ttf", ".woff2")]
    assert faces
    assert [path for path in faces if not (path.parent / "LICENSE.txt").is_file()] == []
    assert {path.name for path in faces if not path.name.startswith("SourceSansPro-")} == set()
    assert "| Source Sans Pro | OFL-1.1 |" in PAGE
