"""The preview in a browser: what is typed is seen, the scroll stays, a broken text keeps the last good page."""

from __future__ import annotations

import pytest

from .conftest import BIBLIOGRAPHY, HEAD

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not here: pip install '.[test]'")

SEEN = """text => document.getElementById("article").contentDocument?.body?.textContent.includes(text)"""
STATE = """state => document.getElementById("state").dataset.state === state"""
LONG = "\n\n".join(f"## Section {at}\n\n" + f"Words of section {at}. " * 60 for at in range(30))


@pytest.fixture(scope="module")
def chromium(need):
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, preview):
    preview.write("# One\n\nWords.\n")
    made = chromium.new_page(viewport={"width": 1280, "height": 860})
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.goto(preview.address)
    made.wait_for_selector(".sheet[data-version]")
    seen(made, "Words.")
    yield made
    made.close()
    assert wrong == []


def seen(page, text):
    page.wait_for_function(SEEN, arg=text)


def article(page):
    return page.frame(url=lambda url: url.endswith("/article"))


def test_a_word_that_is_typed_is_seen_in_the_page_and_in_the_pdf(page, preview):
    before = page.locator(".sheet").first.get_attribute("data-name")
    preview.write("# One\n\nWords and a zebra.\n")
    seen(page, "a zebra")
    page.wait_for_function("name => document.querySelector('.sheet').dataset.name !== name", arg=before)
    assert page.locator(".sheet img").first.evaluate("image => image.complete && image.naturalWidth > 100")


def test_only_what_has_changed_is_touched_and_the_scroll_stays(page, preview):
    preview.write(LONG)
    seen(page, "section 29")
    page.wait_for_function("() => document.querySelectorAll('.sheet').length > 3")
    frame = article(page)
    frame.evaluate("document.getElementById('section-20').scrollIntoView({behavior: 'instant'})")
    frame.evaluate("window.heading = document.getElementById('section-20')")
    at = frame.evaluate("heading.getBoundingClientRect().top")
    page.evaluate("document.getElementById('print').scrollTop = 1500")
    preview.write(LONG.replace("Words of section 3.", "Zebras of section 3, many of them.", 30))
    seen(page, "Zebras of section 3")
    page.wait_for_function(STATE, arg="good")
    assert frame.evaluate("heading.isConnected && heading === document.getElementById('section-20')")
    assert abs(frame.evaluate("heading.getBoundingClientRect().top") - at) <= 2
    assert page.evaluate("document.getElementById('print').scrollTop") == 1500


def test_more_than_the_text_may_change_without_losing_the_scroll(page, preview):
    preview.write(LONG)
    seen(page, "section 29")
    frame = article(page)
    frame.evaluate(
        "window.heading = document.getElementById('section-20'); heading.scrollIntoView({behavior: 'instant'})"
    )
    at = frame.evaluate("heading.getBoundingClientRect().top")
    preview.write(LONG, HEAD.replace("A title", "Another title"))
    seen(page, "Another title")
    assert frame.evaluate("heading.isConnected")
    assert abs(frame.evaluate("heading.getBoundingClientRect().top") - at) <= 2
    page.wait_for_function("() => document.title === 'Another title'")


def test_broken_front_matter_keeps_the_page_and_shows_the_fault(page, preview):
    preview.write("# One\n\nLost.\n", "---\ntitle: [A title\n---\n\n")
    page.wait_for_function(STATE, arg="old")
    assert article(page).evaluate("document.body.textContent.includes('Words.')")
    assert page.locator(".sheet").count() == 1
    said = page.locator("#list li[data-severity=error]").first
    assert "article.md:" in said.inner_text()
    said.locator("button").click()
    assert "title: [A title" in said.locator(".lines").inner_text()
    preview.write("# One\n\nFound.\n")
    seen(page, "Found.")
    page.wait_for_function(STATE, arg="good")


def test_a_finding_is_shown_at_its_block(page, preview):
    preview.write("# One\n\nSome sentence stands here.\n\nAnother sentence cites [@nobody1999] instead.\n")
    page.wait_for_function("() => document.querySelectorAll('#list li[data-severity=error]').length === 1")
    frame = article(page)
    marked = frame.locator("[data-finding=error]")
    assert marked.count() == 1
    assert "Another sentence" in marked.inner_text()
    marked.click()
    assert page.locator("#list .lines .meant").get_attribute("data-line") == "10"
    (preview.folder / "references.bib").write_text(f"{BIBLIOGRAPHY}{BIBLIOGRAPHY.replace('roe2020', 'nobody1999')}")
    seen(page, "(Roe, 2020")
    page.wait_for_function("() => document.querySelectorAll('#list li[data-severity=error]').length === 0")
    assert marked.count() == 0


def test_a_figure_that_is_saved_again_is_shown_anew(page, preview):
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'
    (preview.folder / "one.svg").write_text(square)
    preview.write('# One\n\n![A square.](one.svg){alt="square"}\n')
    frame = article(page)
    frame.wait_for_function("() => document.querySelector('figure img')?.naturalWidth === 10")
    (preview.folder / "one.svg").write_text(square.replace('"10"', '"20"'))
    frame.wait_for_function("() => document.querySelector('figure img')?.naturalWidth === 20")
