"""Every code has a page, every page a code, what the pages show gives what they say, and the docs are made of them."""

import ast
import json
import re
import struct
import zlib
from pathlib import Path

import pytest

from galley import explaining
from galley.checks.catalogue import CATALOGUE, IDS
from galley.cli import main

ROOT = Path(__file__).parent.parent.parent
SOURCE = sorted((ROOT / "galley").rglob("*.py"))
PAGES = explaining.pages()
EXAMPLES = [page for page in PAGES.values() if page.example]
CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
TELLING = frozenset({"fault", "wrong", "remark", "Remark", "Leftover"})
"""Functions whose first argument is a code."""
MADE = {
    "unmentioned-": ("unmentioned-figure", "unmentioned-table", "unmentioned-listing"),
    "-unknown": ("doi-unknown", "arxiv-unknown", "isbn-unknown", "url-unknown"),
}
"""Codes that are put together while the program runs."""
NO_CODES = frozenset({"", "utf-8"})


def emitted():
    """The codes that the source names where a finding is made, and the constants of the whole source."""
    codes, constants = {"internal", "system"}, set()
    for path in SOURCE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.Call):
                for text in code_of(node):
                    codes.update(MADE.get(text, (text,)))
    return codes | set(IDS), constants


def code_of(call):
    """The constants in the place of a code: after a severity, or first where the function tells of a fault."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name == "isinstance":
        return
    place = None
    for at, one in enumerate(call.args[:-1]):
        if {"ERROR", "WARNING"} & {n.id for n in ast.walk(one) if isinstance(n, ast.Name)}:
            place = call.args[at + 1]
            break
    if place is None and name in TELLING and call.args:
        place = call.args[0]
    if isinstance(place, ast.Constant | ast.IfExp | ast.JoinedStr):
        for node in ast.walk(place):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def in_rows():
    """Codes that stand first in rows: ``("missing-figure", message, hint)`` and the like, in the rooms that judge."""
    for path in SOURCE:
        if path.relative_to(ROOT / "galley").parts[0] not in ("checks", "reading", "stages", "deposit.py"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            value = node.value if isinstance(node, ast.Return | ast.Yield) else None
            first = value.elts[0] if isinstance(value, ast.Tuple) and len(value.elts) in (3, 4) else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and "-" in first.value:
                yield first.value


def test_every_code_has_a_page():
    codes, _ = emitted()
    wanted = {code for code in codes if CODE.fullmatch(code)} - NO_CODES
    assert len(wanted) > 200, "the source is read"
    assert wanted - set(PAGES) == set()
    assert {code for code in in_rows() if CODE.fullmatch(code)} - set(PAGES) == set()


def test_every_code_in_the_pages_of_faults_has_a_page():
    shown = set()
    for path in (ROOT / "tests" / "faults").glob("*.txt"):
        shown.update(re.findall(r"^\S.*?: (?:error|warning)\[([a-z-]+)\] ", path.read_text("utf-8"), re.MULTILINE))
    assert len(shown) > 30
    assert shown - set(PAGES) == set()


def test_every_page_has_a_code():
    _, constants = emitted()
    made = {code for codes in MADE.values() for code in codes}
    said = constants | made | {"internal", "system"}
    assert set(PAGES) - said == set()


def test_every_page_says_what_it_has_to():
    for page in PAGES.values():
        assert page.severity in ("error", "warning", "error or warning"), page.code
        assert all((page.means, page.mend, page.verbs, page.exit)), page.code
        assert bool(page.example) != bool(page.when), f"{page.code}: an example, or the occasion"


def test_the_docs_are_made_of_the_pages():
    assert (ROOT / "docs" / "diagnostics.md").read_text("utf-8") == explaining.document(), (
        "python build.py explain --markdown > docs/diagnostics.md"
    )


def test_no_code_stands_in_two_rooms():
    codes = [page.code for room in explaining.rooms() for page in room.pages]
    assert len(codes) == len(set(codes))


# -- the examples -------------------------------------------------------------------------------------


def raw(text):
    """The bytes of an example: \\xNN is a byte, \\uNNNN a character."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    parts = re.split(r"\\x([0-9a-f]{2})", text)
    return b"".join(bytes([int(part, 16)]) if at % 2 else part.encode() for at, part in enumerate(parts))


def picture():
    rows = zlib.compress((b"\0" + b"\x88" * 600) * 400)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 600, 400, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def project(example, folder):
    """The example as a project, or as a typed manuscript; what is to be checked."""
    if "typed" in example:
        words = f"# Lamps at Night\n\nAda Author\n\n## Introduction\n\n{example['typed']}\n\n## References\n\n"
        (folder / "paper.md").write_bytes(raw(f"{words}{example['list']}\n"))
        return folder / "paper.md"
    front = f"\n{example['front']}" if "front" in example else ""
    whole = example.get("whole", f"---\ntitle: A Title{front}\n---\n\n{example.get('text', 'Text.')}\n")
    for name in ("manuscript", "data", "figures"):
        (folder / name).mkdir()
    (folder / "manuscript" / "article.md").write_bytes(raw(whole))
    if "bib" in example:
        (folder / "references.bib").write_bytes(raw(example["bib"] + "\n"))
    if "csv" in example:
        (folder / "data" / "rain.csv").write_bytes(raw(example["csv"] + "\n"))
    if "png" in example:
        (folder / "data" / "rain.png").write_bytes(raw(example["png"]))
    if "picture" in example:
        (folder / "figures" / "map.png").write_bytes(picture())
    return folder


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.code)
def test_its_example_gives_it(page, tmp_path, monkeypatch, capsys):
    path = project(page.example, tmp_path)
    monkeypatch.chdir(tmp_path)
    status = main(["check", path.relative_to(tmp_path).as_posix() if path.is_file() else ".", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    mine = [one for one in found if one["code"] == page.code]
    assert mine, f"{page.code} is not among {[one['code'] for one in found]}"
    assert {one["severity"] for one in mine} <= set(page.severity.split(" or "))
    assert status == any(one["severity"] == "error" for one in found)
    assert all(one["file"] for one in mine)
    assert page.code in ("empty-manuscript",) or all(one["line"] and one["column"] for one in mine), "with a place"


# -- the verb -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", PAGES)
def test_a_code_is_explained(code, capsys):
    assert main(["explain", code]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{code}: {PAGES[code].severity}")
    assert "Mend: " in out
    assert "Exit status " in out


@pytest.mark.parametrize("check", CATALOGUE, ids=lambda check: check.id)
def test_a_check_is_explained(check, capsys):
    assert main(["explain", check.id.lower()]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{check.id} {check.name}: ")
    assert all(code in out for code in check.codes)


def test_without_a_code_all_are_listed_each_in_a_line(capsys):
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for code, page in PAGES.items():
        assert sum(line.startswith(f"  {code} ") for line in lines) == 1, page
    assert max(map(len, lines)) <= 132


@pytest.mark.parametrize(
    ("typed", "near"), [("bad-yml", "bad-yaml"), ("unclosed-fense", "unclosed-fence"), ("C44", "C")]
)
def test_an_unknown_code_is_answered_with_a_near_one(typed, near, capsys):
    assert main(["explain", typed]) == 2
    said = capsys.readouterr().err
    assert "unknown-code" in said
    assert f"did you mean '{near}" in said


def test_what_is_near_nothing_is_said_so(capsys):
    assert main(["explain", "qqqqqqqqqq"]) == 2
    assert "lists them all" in capsys.readouterr().err


def test_markdown_prints_the_docs(capsys):
    assert main(["explain", "--markdown"]) == 0
    assert capsys.readouterr().out == explaining.document()
