"""Controls of terminals, overrides of the direction of writing and what has no width: shown, or left out, never obeyed,
in every output and in all that is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hostile_world import BODY, World, unpacked

from galley.unseen import cleaned, shown

OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ESC, CSI, OSC = "\x1b[31m", "\x9b2J", "\x1b]0;owned\x07"
SIGNS = {
    "escape": ESC,
    "c1": CSI,
    "osc": OSC,
    "backspace": "\x08\x08",
    "delete": "\x7f",
    "rlo": "\u202egnp.",
    "lre": "\u202a",
    "rli": "\u2067",
    "pdi": "\u2069",
    "nul": "\0",
    "no-character": "\uffff",
}
VERBS = ("html --draft", "docx --draft", "md --draft", "txt --draft", "check", "camera-ready --draft")


def texts(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def seen(world: World) -> None:
    """Nothing that is obeyed is in any page of text, part of a package or on the terminal."""
    for outcome in world.outcomes:
        assert not OBEYED.search(outcome.printed), outcome.printed
    for name, data in world.outputs().items():
        if name.endswith((".html", ".md", ".txt", ".xml", ".json", ".opf", ".xhtml", ".bib", ".csv", "!info")):
            found = OBEYED.search(texts(data))
            assert not found, (name, texts(data)[max(0, found.start() - 60) : found.end() + 20])


@pytest.mark.parametrize("name", SIGNS)
def test_signs_in_titles_names_keys_and_text(world: World, name: str) -> None:
    sign = SIGNS[name]
    front = BODY.replace("A Title", f"A{sign}Title").replace("Ada Lovelace", f"Ada {sign}Lovelace")
    front = front.replace("theme:", f"abstract: Some {sign}words\nkeywords: [a{sign}b]\nodd{sign}field: 1\ntheme:")
    free = (
        sign not in "\u202a\u2067\u2069"
    )  # some scripts need these in running text, where they end with its paragraph
    body = f"# Head{sign}ing\n\nBody{sign}text [@smith2020; @no{sign}key].[^{sign}]\n" if free else "Body\n"
    world.put(
        {
            "manuscript/article.md": front + body,
            "references.bib": f"@book{{smith2020, author={{Smith{sign}, Ann}}, title={{A{sign} book}}, year=2020,\n"
            f"publisher={{P{sign}}} }}\n@book{{b{sign}c, title={{x}}}}\n",
        }
    )
    for verb in VERBS:
        world.run(*verb.split())
    world.unharmed()
    seen(world)


@pytest.mark.parametrize(
    "written", ["&#x1b;[31m", "&#27;", "&#x202e;", "&#8238;", "&#x9b;", "&#0000155;", "&#1114112;"]
)
def test_signs_by_their_numbers(world: World, written: str) -> None:
    world.put({"manuscript/article.md": f"{BODY}Body {written} text and `code {written}`\n\n<b>{written}</b>\n"})
    for verb in VERBS[:5]:
        world.run(*verb.split())
    world.unharmed()
    seen(world)


@pytest.mark.parametrize("escape", ["\\e[31m", "\\x9b", "\\u202e", "\\0", "\\ud800", "\\U0001FFFF"])
def test_signs_by_the_escapes_of_yaml(world: World, escape: str) -> None:
    world.put({"manuscript/article.md": BODY.replace("A Title", f'"A {escape} title"')})
    for verb in VERBS:
        world.run(*verb.split())
    world.unharmed()
    seen(world)


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_signs_in_other_bibliographies(world: World, kind: str) -> None:
    entry = '{"id": "a", "type": "book", "title": "A \\u202e \\u001b[31m book", "author": [{"family": "S\\u009bmith"}]}'
    world.put(
        {
            "manuscript/article.md": BODY.replace("theme:", f"bibliography: b.{kind}\ntheme:") + "See [@a].\n",
            f"b.{kind}": f"[{entry}]" if kind == "json" else f"references: [{entry}]",
        }
    )
    for verb in VERBS[:5]:
        world.run(*verb.split())
    world.unharmed()
    seen(world)


NAMES = ("a\x1b[31mb", "a\nb", "-rf", "--help", "a\u202eb", "a;touch pwned", "$(touch pwned)", "a b", "%s%n")


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_files(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from hostile_world import BIB, png

    world.put(
        {
            f"{name}/manuscript/{name}.md": BODY.replace("theme:", f"bibliography: {name!r}.bib\ntheme:")
            + f"See @smith2020.\n\n![Caption](<{name}.png>){{alt=x}}\n\n![Other](none.png)\n",
            f"{name}/references.bib": BIB + "@book{broken, title={x\n",
            f"{name}/{name}.png": png(),
            f"typed/{name}.md": "# T\n\nAs Smith (2020) says.\n\n# References\n\nSmith, A. (2020). *A book*. Press.\n",
        }
    )
    for verb in (
        "check",
        "html --draft",
        "pdf --draft",
        "docx --draft",
        "md --draft",
        "camera-ready --draft",
        "review",
    ):
        world.run(*verb.split(), f"./{name}")
    world.run("check", f"./typed/{name}.md")
    world.run("check", "--format", "html", f"./typed/{name}.md")
    world.run("import", f"./typed/{name}.md", "-o", f"./{name}/output/taken")
    world.run("bib", f"./{name}/references.bib", "--write")
    monkeypatch.chdir(world.project / name)
    for verb in ("check", "html --draft", "accept --all", "log"):
        world.run(*verb.split())
    assert not list(world.root.rglob("pwned"))
    world.unharmed()
    seen(world)


def test_without_the_guard_of_terminals_they_are_commanded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    world.put({"manuscript/article.md": BODY, "references.bib": f"@book{{a, title={{x{ESC}}}}}"})
    monkeypatch.setattr("galley.cli.unobeyed", nullcontext)
    world.run("html", "--output", f"output{ESC}")
    with pytest.raises(AssertionError):
        seen(world)


def test_without_the_guard_of_reading_they_are_in_the_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.pandoc.shown", lambda text: text)
    world.put({"manuscript/article.md": f"{BODY}Body \u202e text\n"})
    world.run("html")
    with pytest.raises(AssertionError):
        seen(world)


def test_what_scripts_need_stays() -> None:
    for text in ("می\u200cخواهم", "שלום \u200fABC\u200e", "กา\u200bกา", "👩\u200d🔬", "e\u0301"):
        assert cleaned(text) == text
    assert shown("שלום \u2067ABC\u2069 \u202bא\u202c") == "שלום \u2067ABC\u2069 \u202bא\u202c"
    assert cleaned("Sm\u200bith\u200e\ufeff") == "Smith"
    assert cleaned("in\u200dvisible") == "invisible"
    assert cleaned("a\u202eb") == "a\ufffdb"
    assert shown("a&#x202E;b &#x41; &amp;") == "a\ufffdb &#x41; &amp;"


def test_the_pdf_s_metadata_show_them(world: World, tmp_path: Path) -> None:
    world.put({"manuscript/article.md": BODY.replace("A Title", '"A \\u202e title"')})
    world.run("pdf")
    page = world.project / "output" / "article.pdf"
    assert page.is_file(), world.outcomes
    info = unpacked("a.pdf", page.read_bytes())["a.pdf!info"].decode()
    assert "A \ufffd title" in info
