"""What ``new`` puts into a folder: a manuscript, a bibliography, and tests in which each citation is one."""

from __future__ import annotations

from pathlib import Path

ARTICLE = """\
---
title: The Title of the Article
short-title: Short Title
author:
  - name: Ada Author
    email: ada@example.org
    affiliation: University of Somewhere, Somewhere
abstract: |
  What was asked, what was done, what was found, and what it means, in 150 to 250 words.
keywords: [first keyword, second keyword, third keyword]
lang: en
date: {year}-01-01
volume: 1
issue: 1
pages: 1-8
doi: 10.5555/12345678
theme: {theme}
bibliography: references.bib
conflict-of-interest: The author declares no conflict of interest.
funding: This research received no external funding.
---

# Introduction

A citation in brackets stands at the end of the clause it supports [@lovelace1843, p. 694]. A narrative
citation is part of the sentence: @babbage1864 [chap. 5] told the same story later. Several works share one pair
of brackets [@lovelace1843; @babbage1864].

# Conclusion

Words in *italics* have one star on each side.
"""
BIBLIOGRAPHY = """\
@article{lovelace1843,
  author  = {Lovelace, Ada},
  title   = {Notes by the Translator},
  journal = {Scientific Memoirs},
  year    = {1843},
  volume  = {3},
  pages   = {691--731},
}

@book{babbage1864,
  author    = {Babbage, Charles},
  title     = {Passages from the Life of a Philosopher},
  publisher = {Longman},
  year      = {1864},
}
"""
PYTEST = """\
[pytest]
testpaths = manuscript
"""
IGNORE = "output/\n.pytest_cache/\n__pycache__/\n"


def files(theme: str = "") -> dict[str, str]:
    """The starter project's files by name; Fault where there is no such theme."""
    from galley.theme import load, names

    chosen = theme or names(Path())[0]
    load(chosen, Path())
    article = ARTICLE.replace("{theme}", chosen).replace("{year}", "2025")
    return {
        "manuscript/article.md": article,
        "references.bib": BIBLIOGRAPHY,
        "pytest.ini": PYTEST,
        ".gitignore": IGNORE,
    }
