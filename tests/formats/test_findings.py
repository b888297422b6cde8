"""The page of findings in a real browser: each finding beside its place, by keyboard, clean for axe and the checker."""

import json
import subprocess

import pytest

from galley import editing
from galley.formats.findings import page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not here: pip install '.[test]'")
TYPED = """# A Typed Paper

Rulers are old (Doe, 2019). So says Roe (2018), and *nobody* doubts it (Moss, 2001).

## More

"A ruler is a line that learned to lie down" (Doe, 2020).

# References

Doe, J. (2020). *Lines*. Level Press.

Roe, R. (2018). On rulers. *Journal of Lines*, *1*(2), 3–4.

Wood, E. (2001). *Never cited*. Level Press.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("findings")
    (folder / "typed.md").write_text(TYPED, "utf-8")
    verdict = editing.typed(folder / "typed.md")
    (folder / "found.html").write_text(page(verdict.resolved, verdict.findings, "typed.md"), "utf-8")
    return folder / "found.html", verdict


@pytest.fixture(scope="module")
def browser(need):
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def test_resolved_citations_are_quiet_links_and_faulty_ones_are_marked(browser, report):
    file, verdict = report
    tab = browser.new_page()
    tab.goto(file.as_uri())
    quiet = tab.locator("a.cite", has_text="Roe (2018)")
    assert quiet.get_attribute("href") == "#ref-1"
    assert tab.locator("#ref-1").inner_text().startswith("Roe, R. (2018)")
    assert tab.locator("mark.error", has_text="Moss").count() == 1
    assert tab.locator(".finding").count() == len(verdict.findings)
    for one in verdict.findings:
        assert tab.locator(".finding", has_text=one.query).count() >= 1
    tab.close()


def test_the_keyboard_walks_through_the_findings(browser, report):
    tab = browser.new_page()
    tab.goto(report[0].as_uri())
    focused = "document.activeElement.id"
    tab.keyboard.press("n")
    assert tab.evaluate(focused) == "finding-1"
    tab.keyboard.press("n")
    tab.keyboard.press("n")
    assert tab.evaluate(focused) == "finding-3"
    tab.keyboard.press("p")
    assert tab.evaluate(focused) == "finding-2"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#at-2"
    tab.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_over_the_edge(browser, report, width):
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto(report[0].as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, report, need_npm, scheme):
    tab = browser.new_page(color_scheme=scheme, bypass_csp=True)
    tab.goto(report[0].as_uri())
    tab.add_script_tag(path=str(need_npm("GALLEY_AXE", "axe-core", "axe.min.js")))
    found = tab.evaluate("axe.run()")["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    tab.close()


def test_the_nu_checker_finds_no_error(need, need_npm, report):
    jar = need_npm("GALLEY_VNU", "vnu-jar", "build/dist/vnu.jar")
    command = [need("java"), "-jar", str(jar), "--format", "json", "--exit-zero-always", str(report[0])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [one["message"] for one in json.loads(done.stderr)["messages"] if one["type"] == "error"] == []


def test_words_of_a_stranger_do_not_become_markup(tmp_path):
    (tmp_path / "typed.md").write_text(
        "# T\n\n\\<script>alert(1)\\</script> (Doe, 2019).\n\n# References\n\nRoe, R. (2018). *X*. Y.\n"
    )
    verdict = editing.typed(tmp_path / "typed.md")
    made = page(verdict.resolved, verdict.findings, "<b>typed.md</b>")
    assert "<script>alert" not in made
    assert "<b>typed" not in made
