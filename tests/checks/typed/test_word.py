"""What only a Word file can hold: changes, remarks, highlights, links; and manuscripts that cite by keys."""

from pathlib import Path

import pytest

from galley.apa7.parse.nouns import Parsed
from galley.apa7.spot.nouns import TypedCitation, TypedWork
from galley.checks.typed import CHECKS, check, hyperlinks, leftovers
from galley.span import File
from galley.typescript import Comment, Link, Listed, Paragraph, Resolved, Run, Typed, Typescript


def script(*rows, comments=(), keyed=False, kinds=()):
    """A typescript of paragraphs given as text or as runs, one to a line of its file."""
    runs = [(Run(row),) if isinstance(row, str) else tuple(row) for row in rows]
    texts = ["".join(run.text for run in row) for row in runs]
    kinds = [*kinds, *["body"] * (len(rows) - len(kinds))]
    at, paragraphs = 0, []
    for number, (row, text, kind) in enumerate(zip(runs, texts, kinds, strict=True)):
        paragraphs.append(Paragraph(number, row, ((0, at),), kind=kind))
        at += len(text) + 1
    return Typescript(File("paper.docx", "\n".join(texts)), tuple(paragraphs), comments=tuple(comments), keyed=keyed)


def said(check_, script_, **more):
    return [(str(one.place), one.code, one.message) for one in check_(Resolved(script_, (), (), (), **more))]


def test_changes_and_remarks_are_counted_and_placed_at_the_first():
    comments = [
        Comment("ins", 1, 4, 7, "new", "A"),
        Comment("del", 1, 7, 7, "old", "A"),
        Comment("comment", 0, 0, 3, "really?", "B"),
        Comment("comment", 1, 0, 3, "why?", "B"),
    ]
    assert said(leftovers.margin, script("One two.", "Old new.", comments=comments)) == [
        ("paper.docx:2:5", "tracked-changes", "the file has tracked changes: 1 insertions, 1 deletions"),
        ("paper.docx:1:1", "comments", "2 comments stand in the margin"),
    ]
    assert said(leftovers.margin, script("One two.")) == []


def test_highlighted_words_are_quoted_whole():
    marked = [Run("Plain, "), Run("to be ", mark="yellow"), Run("looked at", mark="yellow", bold=True), Run(".")]
    assert said(leftovers.highlights, script(marked)) == [
        ("paper.docx:1:8", "highlighted", "'to be looked at' is highlighted")
    ]
    assert said(leftovers.highlights, script("Plain.")) == []


@pytest.mark.parametrize(
    ("text", "target", "message"),
    [
        ("https://a.org/x", "https://b.org/x", "the link shows 'https://a.org/x' and leads to 'https://b.org/x'"),
        (
            "here",
            "file:///C:/Users/a.doc",
            "the link on 'here' leads to 'file:///C:/Users/a.doc', which no reader can open",
        ),
        ("here", "zotero://select/1", "the link on 'here' leads to 'zotero://select/1', which no reader can open"),
        ("write", "mailto:ada.example.org", "the link on 'write' is to mail 'ada.example.org', which is no address"),
        ("a@b.org", "mailto:c@b.org", "the link shows 'a@b.org' and mails to 'c@b.org'"),
        ("write", "ada@b.org", "the link on 'write' leads to 'ada@b.org', which lacks mailto:"),
    ],
)
def test_links_that_lead_astray(text, target, message):
    assert said(hyperlinks.targets, script([Run("See "), Run(text, link=target)])) == [
        ("paper.docx:1:5", "link-target", message)
    ]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182"),
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("www.example.org", "http://example.org/"),
        ("example.org/a b", "https://example.org/a%20b"),
        ("the survey", "https://example.org"),
        ("a@b.org", "mailto:A@b.org?subject=x"),
        ("Table 1", "#table-1"),
    ],
)
def test_links_that_lead_where_they_say(text, target):
    assert said(hyperlinks.targets, script([Run(text[:3], link=target), Run(text[3:], link=target, bold=True)])) == []


def entry(key, text, **fields):
    at = {name: (text.find(value), text.find(value) + len(value)) for name, value in fields.items() if value in text}
    return Listed(key, text, (Run(text),), (), Parsed("book", fields, at=at), "references.bib")


def test_in_a_keyed_manuscript_a_typed_citation_is_to_be_keyed():
    text = "So it is (Doe, 2001), and so (Roe, 2002)."
    works = [TypedWork(("Doe",), "2001", start=9, end=20), TypedWork(("Roe",), "2002", start=29, end=40)]
    cited = tuple(Typed(0, TypedCitation(w.start, w.end, text[w.start : w.end], (w,))) for w in works)
    listed = (entry("doe2001", "Doe, J. (2001). Lamps. Harbour Press.", author="Doe, J.", date="2001", title="Lamps"),)
    links = (Link(0, 0, 0, "exact"), Link(1, 0, -1, "missing"))
    found = check(Resolved(script(text, keyed=True), cited, listed, links, uncited=()))
    assert [(one.code, one.hint) for one in found] == [
        ("typed-citation", "write [@doe2001]"),
        ("typed-citation", "give the work an entry in the bibliography, and cite its key"),
    ]


def test_a_quotation_cited_by_a_key_needs_a_place_too():
    quoted = "“tightly bonded and unlikely to wake”"
    text = f"She is {quoted} [@doe2001]; {quoted} [@doe2001, p. 3]."
    found = check(Resolved(script(text, keyed=True), (), (), ()))
    assert [(str(one.place), one.code) for one in found] == [("paper.docx:1:8", "quotation-locator")]


SIZE = 20_000


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: f"{one.__module__.split('.')[-1]}.{one.__name__}")
@pytest.mark.parametrize(
    "text",
    [
        "(" * SIZE, "“" * SIZE, "' " * SIZE, "A" * SIZE, "(AB " * (SIZE // 4), "X. " * (SIZE // 3),
        "https://doi.org/" * 900,
        "Figure 1, " * (SIZE // 10), "a-" * (SIZE // 2), "the of and " * (SIZE // 11), "?" * SIZE, "[@a" * (SIZE // 3),
        "Doe, J. & " * (SIZE // 10), "10.1000/" * (SIZE // 8), "\u0301" * SIZE, "Co-Co-" * (SIZE // 6),
    ],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_no_text_raises_or_takes_long(one, text):
    from time import process_time

    listed = Listed("a", text, (Run(text),), (1,), Parsed("article", {"author": text, "title": text, "url": text}), "x")
    for kind in ("body", "caption", "reference", "author"):
        found = Resolved(script("Some text.", text, kinds=("body", kind)), (), (listed, listed), (), (0, 1))
        begun = process_time()
        list(one(found))
        assert process_time() - begun < 1.5


def test_the_real_papers_say_what_their_notes_say():
    papers = Path(__file__).parents[3].parent / "shared" / "papers" / "njips-162" / "typed.md"
    if not papers.exists():
        pytest.skip("the article is not here")
    from galley import editing

    found = {(one.code, one.place.text) for one in check(editing.resolved(papers))}
    codes = [code for code, _ in found]
    assert codes.count("date-against-url") == 2
    assert codes.count("quotation-locator") == 1
    assert {text for code, text in found if code == "title-citation"} >= {
        "(2022 UN Afghanistan Annual Results Report, 2023)",
        "(Thirteenth Report of the Analytical Support, 2022)",
    }
    assert {"mixed-quotes", "doi-form", "broken-paragraph"} <= set(codes)
    assert ("statement-byline", "The authors declare") in found
    assert not any(word in text for _, text in found for word in ("1996-2001", "AQIS", "TTP", "Red Unit"))
