"""Names that the templates define are none of those by which formulas call their signs."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from small_article import TEMPLATES, article

from galley import theme as themes
from galley.formats import pdf


def test_no_name_of_the_templates_hides_a_sign(tmp_path: Path) -> None:
    import typst

    apart = ("galley.typ", "signs.typ")
    shared = [path for path in sorted((TEMPLATES / "base").glob("*.typ")) if path.name not in apart]
    names = {name for path in shared for name in re.findall(r"(?m)^#let ([a-z]+)(?![-\\w])", path.read_text("utf-8"))}
    assert {"article", "beside"} & names
    page = tmp_path / "signs.typ"
    listed = ", ".join(f'"{name}"' for name in sorted(names))
    page.write_text(f"#metadata(({listed}).filter(name => name in dictionary(sym))) <hidden>", "utf-8")
    assert typst.query(str(page), "<hidden>", field="value", one=True) == "[]"


def test_bars_in_formulas_are_bars(tmp_path: Path, need: Callable[[str], str]) -> None:
    text = "A norm is $\\lVert x \\rVert$, and $$\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}$$ is a determinant.\n"
    text += "\nThis is $\\begin{Vmatrix} 5 & 6 \\\\ 7 & 8 \\end{Vmatrix}$ a norm.\n"
    document = article(tmp_path, text)
    data = pdf.write(document, themes.load("njips", document.folder))
    run = subprocess.run([need("pdftotext"), "-", "-"], input=data, capture_output=True, check=True)
    printed = run.stdout.decode()
    assert printed.count("‖") == 4
    assert {"|", "∣", "⎜"} & set(printed)


SIGNS = {
    r"\cap": "∩", r"\bigcap": "⋂", r"\sqcap": "⊓", r"\odot": "⊙", r"\bigodot": "⨀", r"\otimes": "⊗",
    r"\bigotimes": "⨂", r"\ominus": "⊖", r"\oplus": "⊕", r"\oslash": "⊘", r"\cup": "∪", r"\times": "×",
    r"\cdot": "⋅", r"\perp": "⟂", r"\div": "÷", r"\pm": "±", r"\llbracket": "⟦", r"\rrbracket": "⟧",
}  # fmt: skip


def test_the_signs_that_pandoc_names_otherwise_are_set(tmp_path: Path, need: Callable[[str], str]) -> None:
    """One page for all of them; accents and stretched braces, which go by the same names, too."""
    text = "".join(f"Sign $A {tex} B$ here.\n\n" for tex in SIGNS)
    text += "And $M_\\odot$, $\\dot{x}$, $\\ddot{x}$, $x \\times 10^{-3}$, $\\underbrace{a}_b$, $\\overbrace{a}^b$.\n"
    document = article(tmp_path, text)
    data = pdf.write(document, themes.load("njips", document.folder))
    run = subprocess.run([need("pdftotext"), "-", "-"], input=data, capture_output=True, check=True)
    assert set(SIGNS.values()) - set(run.stdout.decode()) == set()
