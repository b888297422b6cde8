"""The plan of the house: who may import whom, read from the source."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "galley"
ROOMS = sorted(path for path in HOUSE.rglob("*.py"))
WINGS = ("reading", "typed", "stages", "checks", "formats")
GROUND = {
    "unseen",
    "picturebounds",
    "picturedeeds",
    "bounds",
    "supervising",
    "typescript",
    "returned",
    "wordmarks",
    "keeping",
    "filenames",
    "patterns",
    "span",
    "report",
    "document",
    "pandoc",
    "pandocprocess",
    "running",
    "tree",
    "frontmatter",
    "theme",
    "quiet",
    "suggestions",
    "identity",
}
MAY = {
    "span": set(),
    "report": {"span", "unseen"},
    "document": {"report", "span", "frontmatter"},
    "typescript": {"report", "span", "apa7"},
    "frontmatter": set(),
    "running": set(),
    "tree": {"running"},
    "quiet": {"patterns"},
    "identity": {"frontmatter"},
    "suggestions": {"patterns", "quiet", "span"},
    "patterns": {"apa7"},
    "keeping": set(),
    "filenames": set(),
    "wordmarks": {"patterns", "span", "suggestions"},
    "returned": set(),
    "merging": {"returned", "wordmarks", "patterns", "span", "quiet", "suggestions"},
    "pandoc": {"report", "running", "tree", "pandocprocess", "unseen"},
    "pandocprocess": {"bounds", "report", "pandocworker"},
    "bounds": {"report"},
    "picturebounds": {"bounds"},
    "picturedeeds": set(),
    "unseen": {"patterns"},
    "supervising": {"bounds", "report"},
    "pandocworker": set(),
    "theme": {"frontmatter", "report", "span"},
    "bibtex": {"document"},
    "desk": {*GROUND, "reading", "checks", "apa7", "bibtex", "writing", "online"},
    "apa7": set(),
    "reading": GROUND - {"theme"},
    "stages": (GROUND - {"theme"}) | {"apa7", "bibtex"},
    "typed": (GROUND - {"theme"}) | {"apa7", "bibtex"},
    "checks": GROUND | {"apa7"},
    "formats": GROUND | {"bibtex"},
    "online": {"report", "span", "document", "keeping", "bibtex", "writing"},
    "press": {*GROUND, *WINGS},
    "preview": {*GROUND, *WINGS, "press", "pandocprocess", "pandocworker"},
    "starter": {"theme", "report"},
    "packparts": {*GROUND, *WINGS},
    "packing": {*GROUND, *WINGS, "press", "packparts", "building"},
    "deposit": {"report", "online"},
}


def imports(path: Path) -> set[str]:
    """The names of modules that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def room(module: str) -> str:
    """The room or wing of ours that a module belongs to, or ""."""
    parts = module.split(".")
    return parts[1] if parts[0] == "galley" and len(parts) > 1 else ""


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_room_imports_only_what_stands_below_it(path):
    own = path.relative_to(HOUSE).parts[0].removesuffix(".py")
    if own in MAY:
        known = {p.name.removesuffix(".py") for p in HOUSE.iterdir()}
        wanted = {room(name) for name in imports(path)} & known - {own, ""}
        assert wanted <= MAY[own], f"{own} may not import {sorted(wanted - MAY[own])}"


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_heavy_packages_stay_in_their_rooms(path):
    own = path.relative_to(HOUSE).as_posix()
    outside = {name.split(".")[0] for name in imports(path)}
    assert "typst" not in outside or own.startswith("formats/pdf")
    assert "pydantic" not in outside or own in ("reading/fields.py", "reading/metadata.py")
    assert "jinja2" not in outside or own == "theme.py"
    assert "yaml" not in outside or own in (
        "reading/metadata.py",
        "reading/yamlguard.py",
        "reading/converting.py",
        "reading/waivers.py",
        "reading/issuefile.py",
    )
    assert "apa7" not in {room(name) for name in imports(path)} - {""} or own.startswith(
        ("apa7/", "stages/citing", "stages/richtext", "typed/", "checks/typed/", "typescript", "desk", "patterns")
    )


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_room_says_what_it_is_for_and_is_not_a_hall(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 300
