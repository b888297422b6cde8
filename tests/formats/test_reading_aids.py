"""What a reader of the web page is given beside the text: the article's own citation to copy, figures to enlarge."""

import pytest

from galley import press
from galley.formats import html

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not here: pip install '.[test]'")


@pytest.fixture(scope="module")
def page(deposit_project, tmp_path_factory):
    document = press.settled(deposit_project)
    sheet = press.press(document, press.themed(document), "html")
    path = tmp_path_factory.mktemp("aids") / "article.html"
    path.write_bytes(sheet.content)
    return path


@pytest.fixture(scope="module")
def browser(need):
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def test_the_article_says_how_it_is_cited(browser, page):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(page.as_uri())
    assert tab.locator("nav a[href='#cite']").count() == 1
    said = tab.locator(".own > p").inner_text()
    assert "https://doi.org/" in said
    assert tab.locator(".own pre").first.text_content().startswith("@article{")
    assert tab.locator(".own pre").last.text_content().startswith("TY  - JOUR")
    context.close()


def test_what_can_be_copied_has_a_button(browser, page):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(page.as_uri())
    button = tab.locator(".own p + button.copy")
    button.click()
    sync_api.expect(button).to_have_text("Copied")
    assert tab.evaluate("navigator.clipboard.readText()") == tab.locator(".own > p").text_content().strip()
    context.close()


def test_a_figure_opens_large_and_closes_again(browser, page):
    tab = browser.new_page()
    tab.goto(page.as_uri())
    button = tab.locator("button.enlarge").first
    small = button.locator("img").bounding_box()["width"]
    button.focus()
    tab.keyboard.press("Enter")
    shown = tab.locator("dialog.enlarged img")
    sync_api.expect(shown).to_be_visible()
    assert shown.bounding_box()["width"] > small
    assert tab.locator("dialog.enlarged").get_attribute("aria-label")
    tab.keyboard.press("Escape")
    sync_api.expect(shown).to_be_hidden()
    assert tab.evaluate("document.activeElement.className") == "enlarge"
    tab.close()


def test_an_article_without_a_date_does_not_say_how_it_is_cited(tmp_path):
    (tmp_path / "article.md").write_text("---\ntitle: T\n---\n\nWords.\n")
    document = press.settled(tmp_path / "article.md")
    made = html.write(document, press.themed(document)).decode()
    assert 'id="cite"' not in made
    assert press.press(document, press.themed(document), "html").content.decode().count('id="cite"') == 0
