"""The web page in a real browser: on a phone and a wide screen, light and dark, by mouse, keyboard and finger,
with and without its script, on paper. Chromium is the system's.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_article import BODY, META, PLAIN, TEMPLATES, article, picture

from galley import theme
from galley.formats import html

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not here: pip install '.[test]'")
expect = sync_api.expect

PHONE, DESK = 390, 1280
WIDE = f"""
{BODY}

A long address <https://example.org/{"a" * 90}> and a long word {"x" * 90}, and `{"code_" * 20}`.

| {" | ".join(f"Column {n}" for n in range(12))} |
|{"---|" * 12}
| {" | ".join("1000000" for _ in range(12))} |

: A wide table {{#wide}}

$$ {" + ".join(f"x_{{{n}}}" for n in range(40))} = 0 $$

Then ${" + ".join(f"y_{{{n}}}" for n in range(30))} = 0$ in a line.

```python
value = {"1" * 200}
```
"""
FILL = "\n\n".join(f"Paragraph {n} of a text that goes on until the references are far away." for n in range(60))
LONG = f"{BODY}\n\n{FILL}"

CONTRAST = """selector => {
  const numbers = colour => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = colour => numbers(colour).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const element = document.querySelector(selector);
  let ground = element;
  while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
  const [a, b] = [light(getComputedStyle(element).color), light(getComputedStyle(ground).backgroundColor)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.fixture(scope="module")
def chromium(need: Callable[[str], str]) -> Iterator[Any]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need("chromium"), args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the small article with another body, theme or language to a file, each only once."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "gauge.png").write_bytes(picture(900, 300))

    def page(name: str = "base", body: str = LONG, lang: str = "en") -> Path:
        path = folder / f"{name}-{lang}-{len(body)}.html"
        if not path.exists():
            chosen = PLAIN if name == "base" else theme.load(name, TEMPLATES.parent)
            path.write_bytes(html.write(article(folder, body=body, meta=replace(META, lang=lang)), chosen))
        return path

    return page


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a file in a fresh browser window."""
    contexts = []

    def opened(path: Path, width: int = DESK, height: int = 800, **options: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", offline=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


# -- what fits ------------------------------------------------------------------------------------------


def overflow(page: Any) -> int:
    """CSS pixels by which the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_the_page_never_scrolls_sideways(visit: Any, pages: Any, width: int, lang: str) -> None:
    assert overflow(visit(pages(body=WIDE, lang=lang), width)) == 0


def test_overflow_is_noticed(visit: Any, tmp_path: Path) -> None:
    (tmp_path / "wide.html").write_text("<!doctype html><pre>" + "x" * 400)
    assert overflow(visit(tmp_path / "wide.html", PHONE)) > 0


def test_wide_things_scroll_alone_and_by_keyboard(visit: Any, pages: Any) -> None:
    page = visit(pages(body=WIDE), PHONE)
    frame = page.locator("#wide .scroll")
    expect(frame).to_have_attribute("tabindex", "0")
    expect(frame).to_have_role("region")
    expect(frame).to_have_accessible_name("A wide table")
    frame.focus()
    page.keyboard.press("End")
    for _ in range(5):
        frame.press("ArrowRight")
    page.wait_for_function("document.querySelector('#wide .scroll').scrollLeft > 0")
    expect(page.locator("#tbl-rivers .scroll")).not_to_have_attribute("tabindex", "0")


def test_the_measure_is_readable(visit: Any, pages: Any) -> None:
    wide = (
        visit(pages(), 1920)
        .locator(".text > p")
        .first.evaluate("e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)")
    )
    assert 34 <= wide <= 38


def test_the_section_list_stands_beside_the_text_where_there_is_room(visit: Any, pages: Any) -> None:
    page = visit(pages())
    listed, text = page.locator(".contents li").first.bounding_box(), page.locator("#main").bounding_box()
    assert listed["x"] + listed["width"] < text["x"]
    narrow = visit(pages(), PHONE)
    expect(narrow.get_by_role("link", name="Two rivers")).to_be_hidden()
    narrow.get_by_text("Sections").click()
    expect(narrow.get_by_role("link", name="Two rivers")).to_be_visible()


def test_the_section_list_tells_where_one_is(visit: Any, pages: Any) -> None:
    page = visit(pages())
    page.locator("#references").scroll_into_view_if_needed()
    page.locator(".contents").get_by_role("link", name="References").click()
    expect(page.locator(".contents a[aria-current]")).to_have_text("References")


def test_from_right_to_left_the_section_list_is_at_the_right(visit: Any, pages: Any) -> None:
    page = visit(pages(lang="ar"))
    assert page.locator(".contents").bounding_box()["x"] > page.locator("#main").bounding_box()["x"]


# -- citations and notes ----------------------------------------------------------------------------------


def test_pointing_at_a_citation_shows_its_reference(visit: Any, pages: Any) -> None:
    page = visit(pages())
    mark, peek = page.locator("#cite-1 a").first, page.locator("#peek")
    expect(peek).to_be_hidden()
    mark.hover()
    expect(peek).to_be_visible()
    expect(peek).to_have_text("Ash, A., & Beck, B. (2020). Rivers. River Press. https://doi.org/10.1234/ash")
    box, window = peek.bounding_box(), page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= window["width"]
    peek.hover()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    expect(peek).to_be_visible()
    page.locator("h1").hover()
    expect(peek).to_be_hidden()


def test_escape_closes_what_pointing_opened(visit: Any, pages: Any) -> None:
    page = visit(pages())
    page.locator("#cite-1 a").first.hover()
    expect(page.locator("#peek")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_hidden()


def test_a_citation_reached_by_keyboard_shows_its_reference(visit: Any, pages: Any) -> None:
    page = visit(pages())
    mark, peek = page.locator("#cite-1 a").nth(1), page.locator("#peek")
    page.locator("#cite-1 a").first.focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    expect(peek).to_contain_text("Cole, C. (2019). Beds.")
    expect(mark).to_have_accessible_description(re.compile("Cole, C. .2019.. Beds."))
    page.keyboard.press("Escape")
    expect(peek).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(peek).to_contain_text("Ash, A.")
    page.locator("h1").click()
    expect(peek).to_be_hidden()


def test_a_note_mark_shows_its_note(visit: Any, pages: Any) -> None:
    page = visit(pages())
    page.locator("#note-ref-1 a").hover()
    expect(page.locator("#peek")).to_have_text("Except in very dry years.")


def test_a_citation_leads_to_its_reference_and_back(visit: Any, pages: Any) -> None:
    page = visit(pages())
    reference = page.locator("[id='ref-ash2020']")
    expect(reference).not_to_be_in_viewport()
    page.locator("#cite-1 a").first.click()
    expect(reference).to_be_in_viewport()
    expect(page.locator("#peek")).to_be_hidden()
    reference.get_by_role("link", name="Back to citation 2").click()
    expect(page.locator("#cite-1")).to_be_in_viewport()
    expect(reference).not_to_be_in_viewport()


def test_a_finger_is_shown_the_reference_first(visit: Any, pages: Any) -> None:
    page = visit(pages(), PHONE, has_touch=True)
    page.locator("#cite-1 a").first.tap()
    expect(page.locator("#peek")).to_contain_text("River Press")
    expect(page.locator("[id='ref-ash2020']")).not_to_be_in_viewport()
    page.get_by_role("link", name="Show it in the list").tap()
    expect(page.locator("[id='ref-ash2020']")).to_be_in_viewport()
    expect(page.locator("#peek")).to_be_hidden()


def test_without_its_script_the_page_is_whole(visit: Any, pages: Any) -> None:
    page = visit(pages(), java_script_enabled=False)
    page.locator("#cite-1 a").first.click()
    expect(page.locator("[id='ref-ash2020']")).to_be_in_viewport()
    page.get_by_role("link", name="Back to citation 2").first.click()
    expect(page.locator("#cite-1")).to_be_in_viewport()
    expect(page.get_by_role("navigation", name="Sections").get_by_role("link", name="Flow")).to_be_visible()
    expect(page.locator("#peek")).to_be_hidden()


# -- colours, paper, the network --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["base", "njips"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_stands_out_from_its_ground(visit: Any, pages: Any, scheme: str, name: str) -> None:
    page = visit(pages(name), color_scheme=scheme)
    seen = {
        selector: page.evaluate(CONTRAST, selector)
        for selector in (
            *("h1", ".text > p", "#cite-1 a", ".issue", ".site a", ".kind", ".affiliations li", ".doi", ".orcid"),
            *(".contents a", "figcaption", ".backs a", "#note-1 a", ".colophon p"),
        )
    }
    assert {selector: ratio for selector, ratio in seen.items() if ratio < 4.5} == {}


def test_the_dark_page_is_dark(visit: Any, pages: Any) -> None:
    ground = "getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number)"
    assert max(visit(pages(), color_scheme="dark").evaluate(ground)) < 60
    assert min(visit(pages(), color_scheme="light").evaluate(ground)) > 240


def test_low_contrast_is_noticed(visit: Any, tmp_path: Path) -> None:
    (tmp_path / "grey.html").write_text("<!doctype html><body style='background:#fff'><p style='color:#999'>x</p>")
    assert visit(tmp_path / "grey.html").evaluate(CONTRAST, "p") < 4.5


def test_paper_shows_the_article_without_the_furniture(visit: Any, pages: Any) -> None:
    page = visit(pages(), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".contents", ".skip", ".backs >> nth=0", "#peek", ".colophon p:last-child"):
        expect(page.locator(selector)).to_be_hidden()
    for selector in (".masthead", "h1", "#cite-1", "[id='ref-ash2020']", "#note-1"):
        expect(page.locator(selector)).to_be_visible()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")


def test_the_page_asks_for_nothing_and_breaks_no_rule_of_its_own(chromium: Any, pages: Any) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    path = pages()
    page.goto(path.as_uri())
    page.locator("#cite-1 a").first.hover()
    expect(page.locator("#peek")).to_be_visible()
    loaded = page.locator("#fig-flow img").evaluate("image => image.complete && image.naturalWidth")
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert said == []
    assert loaded == 900


# -- others' judgement ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def axe(need_npm: Callable[[str, str, str], Path]) -> Callable[[Any], list[str]]:
    """Runs axe-core in a page; gives what it finds serious or critical, of WCAG 2.2 AA and its good practice."""
    script = need_npm("GALLEY_AXE", "axe-core", "axe.min.js")

    def found(page: Any) -> list[str]:
        page.add_script_tag(path=str(script))
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert len(result["passes"]) > 5
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in result["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    return found


@pytest.mark.parametrize("name", ["base", "njips"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing_serious(axe: Any, visit: Any, pages: Any, width: int, scheme: str, name: str) -> None:
    page = visit(pages(name, WIDE), width, color_scheme=scheme, bypass_csp=True)
    page.locator("#cite-1 a").first.hover()
    expect(page.locator("#peek")).to_be_visible()
    assert axe(page) == []


def test_axe_finds_what_is_wrong(axe: Any, visit: Any, pages: Any) -> None:
    page = visit(pages(), bypass_csp=True)
    page.evaluate("document.querySelector('#fig-flow img').removeAttribute('alt')")
    assert [line for line in axe(page) if line.startswith("image-alt")]


def test_the_nu_checker_finds_no_error(need: Any, need_npm: Any, pages: Any, tmp_path: Path) -> None:
    jar = need_npm("GALLEY_VNU", "vnu-jar", "build/dist/vnu.jar")
    bad = tmp_path / "bad.html"
    bad.write_text("<!doctype html><html lang=en><title>x</title><p id=a id=b><div></p>")
    command = [need("java"), "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    done = subprocess.run(
        [*command, str(pages()), str(pages(body=WIDE)), str(bad)], capture_output=True, text=True, check=True
    )
    errors = [message for message in json.loads(done.stderr)["messages"] if message["type"] == "error"]
    assert [message for message in errors if not message["url"].endswith("bad.html")] == []
    assert [message for message in errors if message["url"].endswith("bad.html")]
