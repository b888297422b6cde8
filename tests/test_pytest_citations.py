"""Citations as tests: each citation of a manuscript is an item that passes where it resolves."""

import pytest

pytest_plugins = ["pytester"]

ARTICLE = """---
title: A Title
---

As @doe2001 says, and others [@roe2002; @nobody].
"""
BIB = """@book{doe2001, author={Doe, Jo}, title={Book}, publisher={Press}, year=2001}
@book{roe2002, author={Roe, Al}, title={Book}, publisher={Press}, year=2002}
@book{lost2003, author={Lost, Al}, title={Book}, publisher={Press}, year=2003}
"""


@pytest.fixture
def run(pytester):
    pytester.makeini("[pytest]\ntestpaths = manuscript\n")
    pytester.mkdir("manuscript")

    def go(article=ARTICLE, bib=BIB):
        (pytester.path / "manuscript" / "article.md").write_text(article)
        (pytester.path / "references.bib").write_text(bib)
        return pytester.runpytest_subprocess("-v", "-p", "no:cacheprovider")

    return go


def test_each_citation_and_each_entry_is_an_item(run):
    result = run()
    result.stdout.fnmatch_lines_random(
        [
            "manuscript/article.md:5:4 @doe2001 PASSED*",
            "manuscript/article.md:5:31 @roe2002 PASSED*",
            "manuscript/article.md:5:41 @nobody FAILED*",
            "references.bib:1:1 @doe2001 PASSED*",
            "references.bib:3:1 @lost2003 FAILED*",
        ]
    )
    result.assert_outcomes(passed=5, failed=2)


def test_a_failure_shows_the_diagnostic(run):
    result = run()
    result.stdout.fnmatch_lines(["*error?unresolved-citation? no entry 'nobody' in the bibliography*"])


def test_a_clean_manuscript_passes(run):
    result = run(ARTICLE.replace("; @nobody", ""), "".join(BIB.splitlines(keepends=True)[:2]))
    result.assert_outcomes(passed=5)


def test_a_manuscript_that_cannot_be_read_is_a_failure(run):
    result = run("---\ntitle: T\n---\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*empty-manuscript*"])
