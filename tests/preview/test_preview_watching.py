"""Which changes are followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from galley.preview import watching

ROOT = Path("/project")


@pytest.mark.parametrize(
    "name",
    [
        "manuscript/article.md",
        "references.bib",
        "figures/one.svg",
        "templates/own/article.typ",
        "metadata.yaml",
        "fonts/a.otf",
    ],
)
def test_all_that_an_article_is_made_of_is_followed(name):
    assert watching.matters(ROOT / name, ROOT)


@pytest.mark.parametrize(
    "name",
    [
        "output/article.pdf",
        ".git/index",
        "manuscript/.article.md.swp",
        "article.md~",
        "#article.md#",
        "a/__pycache__/b.pyc",
    ],
)
def test_what_is_made_from_it_or_hidden_is_not(name):
    assert not watching.matters(ROOT / name, ROOT)


def test_a_shelf_of_themes_elsewhere_is_followed_whatever_it_lies_in():
    assert watching.matters(Path("/usr/lib/.venv/galley/templates/own/theme.toml"), ROOT)
