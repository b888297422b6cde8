"""The letter to reviewers: every comment answered or told, what it refers to with page, line and words."""

import pytest

from galley import press
from galley.checks.pdfwords import words
from galley.cli import main
from galley.formats.places import places
from galley.responding import response

LINES = "Some words that fill the page, one line after another. " * 40
BODY = f"""# Method {{#method}}

One. [This sentence is new, and long enough for more than one line of the page that it stands on, wherever that may
be.]{{#new}} And {{++[more]{{#more}}++}}{{>>Ada 2026-01-02<<}}.

{LINES}

{LINES}

::: {{#whole}}
A paragraph rewritten.
:::
"""
ANSWERS = """---
title: Our answers
date: 2026-03-01
---

Dear editor, here they are.

# Reviewer 1

## R1.1

> It is too short.

It is longer now:

[](#new)

## R1.2 On method

> Unclear.

See [the rewritten part](#whole) and [](#more); we follow @dale2020. It says [A paragraph rewritten]{.quote} now.

# Reviewer 2

[R2.1] Why?

Because.
"""


@pytest.fixture
def respond(project, tmp_path):
    def respond(answers: str = ANSWERS, reports: str = "", *kinds: str, review: bool = False):
        project.write(BODY)
        path = project.folder / "response.md"
        path.write_text(answers, "utf-8")
        other = project.folder / "reports.md"
        if reports:
            other.write_text(reports, "utf-8")
        return response(project.folder, path, other if reports else None, kinds or ("html",), review=review)

    return respond


def text_of(made) -> str:
    import re
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", "", made.files["response.html"].decode().split("<main")[1])).split())


def test_answers_tell_page_line_and_words(respond, project):
    made = respond()
    assert made.diagnostics == ()
    assert (made.answered, made.comments) == (3, 3)
    text = text_of(made)
    document = project.settled()
    from galley.formats.remarks import settled

    found = places(settled(document), press.themed(document), ["new", "whole", "more"])
    assert f"P{str(found['new'])[1:]}: “This sentence is new, and long enough" in text
    assert f"See the rewritten part ({found['whole']}) and {found['more']}; we follow Dale (2020)." in text
    assert f"It says “A paragraph rewritten” ({found['whole']}) now." in text
    assert found["whole"].page > found["new"].page
    assert "Why? Answer. Because." in text


def test_lines_of_the_copy_for_review_are_those_printed_there(respond, project):
    from galley.blindcopy import copy

    text = text_of(respond(review=True))
    line = int(text.partition("See the rewritten part (page ")[2].partition("line ")[2].partition(")")[0])
    project.write(BODY.replace("{++", "").replace("++}{>>Ada 2026-01-02<<}", ""))
    made = copy(project.folder, ("pdf",)).files["review.pdf"]
    page = next(page for page in words(made) if "A paragraph rewritten." in page)
    numbers = [int(row) for row in page.split("\n") if row.strip().isdigit()]
    after = page.partition("A paragraph rewritten.")[2].strip().split("\n")
    listed = sum(not row.strip().isdigit() for row in after)  # the list of references and the foot of the page
    assert line in numbers
    assert 0 <= max(numbers) - line <= listed


def test_comments_without_answer_are_told(respond):
    made = respond(
        ANSWERS + "\n[R2.2] And why not?\n", "# Reviewer 3\n\n## R3.1\n\nNobody saw this.\n\n## R1.1\n\nToo short!\n"
    )
    assert [(one.code, one.message) for one in made.diagnostics if one.severity.value == "error"] == [
        ("unanswered", "the comment R2.2 has no answer"),
        ("unanswered", "the comment R3.1 has no answer"),
    ]
    assert {one.message for one in made.diagnostics if one.code == "no-such-comment"} >= {
        "R1.2 is answered, but no report has it"
    }
    text = text_of(made)
    assert (
        "Nobody saw this. Answer. This comment has no answer yet." in text
        or "Nobody saw this. This comment has no answer yet." in text
    )


def test_what_is_not_in_the_manuscript_is_told(respond):
    made = respond(ANSWERS + "\nSee [](#gone) and [words that are nowhere]{.quote}.\n")
    assert [one.message for one in made.diagnostics] == [
        "the answer to R2.1 refers to '#gone', which the manuscript has not",
        "the answer to R2.1 quotes 'words that are nowhere', which the manuscript does not say",
    ]
    assert "?gone?" in text_of(made)


def test_the_letter_in_every_format(respond):
    made = respond(ANSWERS, "", "pdf", "html", "docx")
    assert set(made.files) == {"response.pdf", "response.html", "response.docx"}
    page = "\n".join(words(made.files["response.pdf"]))
    assert "Our answers" in page
    assert "1 March 2026" in page.replace("\u00a0", " ")


def test_the_verb(project, capsys):
    project.write(BODY)
    assert main(["respond", str(project.folder)]) == 2
    (project.folder / "response.md").write_text(ANSWERS, "utf-8")
    assert main(["respond", str(project.folder), "--to", "html"]) == 0
    assert "3 of 3 comments answered" in capsys.readouterr().out
