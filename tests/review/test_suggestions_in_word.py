"""Suggestions and comments in Word: changes and comments of its own, as Pandoc reads them back."""

import subprocess

import pytest

from galley import pandoc, press

BODY = """One {++two++}{>>Ada 2026-01-02: why not<<} three [@hill2019{++; @dale2020++}].

{--Gone.--}{>>Bo 2026-01-03T10:00:00Z<<}

{==Here==}{>>@Cy: Is this so?<<} it is. A [word]{.insertion author="Dee" date="2026-01-05T00:00:00Z"}.
"""


@pytest.fixture
def read(project, tmp_path):
    def read(track: str) -> str:
        project.write(BODY)
        document = project.settled()
        path = tmp_path / "a.docx"
        path.write_bytes(press.press(document, press.themed(document), "docx").content)
        command = [pandoc.binary(), str(path), f"--track-changes={track}", "-t", "markdown-smart", "--wrap=none"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return read


def test_changes_and_comments_bear_author_and_date(read):
    text = read("all")
    assert '[two]{.insertion author="Ada" date="2026-01-02T00:00:00Z"}' in text
    assert '[Gone.]{.deletion author="Bo" date="2026-01-03T10:0' in text
    assert "[why not]{.comment-start" in text
    assert "[Is this so?]{.comment-start" in text
    assert '[word]{.insertion author="Dee"' in text


def test_word_accepts_to_the_new_text_and_rejects_to_the_old(read):
    new, old = read("accept"), read("reject")
    assert "One two three" in new
    assert "Gone." not in new
    assert "Dale, 2020](#" in new.split("# References")[0]
    assert "One  three" in old.replace("One three", "One  three")
    assert "Gone." in old
    assert "Dale, 2020](#" not in old.split("# References")[0]
    assert "A word." in new
