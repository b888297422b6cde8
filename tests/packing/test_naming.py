"""Names under which a publisher gets the article and its figures."""

from dataclasses import replace

import pytest

from galley import press
from galley.formats.drafting import is_draft, marked, named
from galley.formats.naming import figures, stem

HEAD = """---
title: Two Rivers
author: [{name: {given: Ruth, family: Förd}}]
journal: {title: Journal of Rivers and Beds, abbreviation: J. Rivers}
volume: 7
issue: 1-2
pages: 95-98
doi: 10.5555/Rivers_7
date: 2024-06-30
---

Text.
"""
PICTURES = """
See @fig:flow and @fig:beds.

![Flow](pics/a.png){#fig:flow}

::: {#fig:beds}
![One](pics/b.PNG)

![Two](pics/c.svg)

Two beds.
:::

![](pics/a.png){alt="The first again"} ![](pics/d.jpg){alt="Bare"} ![](../out.png){alt="Outside"}
"""


@pytest.fixture
def named_as(tmp_path):
    """The article's name and those of its pictures, with tokens a theme has."""

    def name(text=HEAD, **tokens):
        project = tmp_path / "project"
        (project / "pics").mkdir(parents=True, exist_ok=True)
        for file in ("a.png", "b.PNG", "c.svg", "d.jpg"):
            (project / "pics" / file).write_bytes(b"x")
        (tmp_path / "out.png").write_bytes(b"x")
        (project / "article.md").write_text(text, "utf-8")
        document = press.settled(project)
        theme = press.themed(document)
        theme = replace(theme, tokens={**theme.tokens, "package": tokens})
        own = stem(document, theme)
        return own, figures(document, theme, own)

    return name


@pytest.mark.parametrize(
    ("sound", "other", "name"),
    [
        ("", "", "j-rivers-7-1-2-95"),
        (", abbreviation: J. Rivers", "", "jrb-7-1-2-95"),
        ("issue: 1-2\n", "", "j-rivers-7-95"),
        ("pages: 95-98\n", "article-number: e12\n", "j-rivers-7-1-2-e12"),
        ("pages: 95-98\n", "", "article"),
        ("journal: {title: Journal of Rivers and Beds, abbreviation: J. Rivers}\n", "", "article"),
    ],
)
def test_an_article_is_named_by_its_place_in_the_journal(named_as, sound, other, name):
    assert named_as(HEAD.replace(sound, other) if sound else HEAD)[0] == name


def test_a_theme_names_it_otherwise(named_as):
    assert named_as(name="{author}_{year}-{doi}")[0] == "ford-2024-10-5555-rivers-7"
    assert named_as(name="../../{unknown}")[0] == "article"


def test_pictures_are_named_by_the_numbers_of_their_figures(named_as):
    _, names = named_as(HEAD + PICTURES)
    assert names == {
        "pics/a.png": "figures/j-rivers-7-1-2-95-fig1.png",
        "pics/b.PNG": "figures/j-rivers-7-1-2-95-fig2a.png",
        "pics/c.svg": "figures/j-rivers-7-1-2-95-fig2b.svg",
        "pics/d.jpg": "figures/j-rivers-7-1-2-95-figx1.jpg",
    }


def test_two_pictures_never_get_one_name(named_as):
    _, names = named_as(HEAD + PICTURES, figure="plate")
    assert len(set(names.values())) == len(names) == 4


def test_a_theme_names_pictures_otherwise(named_as):
    _, names = named_as(HEAD + PICTURES, figure="Fig_{number}-{name}")
    assert names["pics/b.PNG"] == "figures/fig-2a-j-rivers-7-1-2-95.png"


@pytest.mark.parametrize(
    "content",
    [
        b"<a/>",
        b'<?xml version="1.0"?>\n<a/>',
        b'<?xml version="1.0"?>\n<!DOCTYPE a PUBLIC "x" "y">\n<a b=">"/>',
    ],
)
def test_the_mark_of_a_draft_is_found_again(content):
    assert not is_draft(content)
    assert is_draft(marked("a.xml", content))
    assert (named("a.b.xml"), named("LICENSE")) == ("a.b-draft.xml", "LICENSE-draft")
    assert marked("a.png", content) == content
