"""A long issue: bound, described and written one article at a time, and with bounds of its own."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pikepdf
import pytest
import typst

from galley import pandocprocess
from galley.apa7.author import initials
from galley.formats import pdfissue
from galley.formats.pdfbinding import bind
from galley.formats.pdfobjects import objects
from galley.formats.pdfoutline import Piece
from galley.formats.pdftaking import article as taken
from galley.formats.pdftaking import unpacked
from galley.frontmatter import Journal
from galley.issues.bench import Bench
from galley.issues.job import Dressed, Job, Set
from galley.theme import load


@pytest.fixture(scope="module")
def article(an_office, tmp_path_factory):
    """An article's own PDF."""
    office = an_office(tmp_path_factory.mktemp("long"))
    assert office.set("--only", "pdf", "--no-cache") == 0
    return office.out("site/upper.pdf").read_bytes()


ROOT = Path(__file__).parents[2]


def front(count: int) -> bytes:
    """An issue's own pages, with places for so many articles."""
    lines = [pdfissue.Line(f"a{at}", "Title", "Ann", 1 + 2 * at, "") for at in range(count)]
    about = pdfissue.Front("Rivers, 7(2)", "", Journal("Rivers"), "7", "2", "2026-05-01", "en-GB")
    return pdfissue.write(about, lines, (), load("base", ROOT))


def pieces(pdf: bytes, count: int, asked: list[int]) -> list[Piece]:
    """So many articles, each of which notes when its PDF is asked for."""

    def read(at: int) -> bytes:
        asked.append(at)
        return pdf

    return [Piece(f"a{at}", lambda at=at: read(at), "Title", 1 + 2 * at, "") for at in range(count)]


def test_an_article_s_pages_are_bound_before_the_next_are_asked_for(article):
    asked: list[int] = []
    parts = bind(front(3), pieces(article, 3, asked))
    assert asked == []
    sizes = []
    for at in range(3):
        sizes.append(len(next(parts)))
        assert asked == list(range(at + 1))
    assert min(sizes) > 10_000


def test_binding_takes_no_more_memory_for_more_articles(article):
    """What is held of an article is numbers and names, a small part of what is written of it."""
    taken = []
    for count in (60, 180):
        own = front(count)
        tracemalloc.start()
        try:
            size = sum(map(len, bind(own, pieces(article, count, []))))
            taken.append((size, tracemalloc.get_traced_memory()[1]))
        finally:
            tracemalloc.stop()
    written, held = (after - before for before, after in zip(*taken, strict=True))
    assert held < written / 2
    assert max(held for _, held in taken) < taken[1][0]


def test_the_whole_is_sound_and_the_same_each_time(article, tmp_path):
    own = front(5)
    made = b"".join(bind(own, pieces(article, 5, [])))
    assert made == b"".join(bind(own, pieces(article, 5, [])))
    (tmp_path / "whole.pdf").write_bytes(made)
    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        assert pdf.check() == [] if hasattr(pdf, "check") else not pdf.check_pdf_syntax()
        assert [page.label for page in pdf.pages if page.label.isdigit()][::2] == ["1", "3", "5", "7", "9"]


ODD = r"""#set document(title: "T")
= A ((b (c 1 0 R))) /StructParent 3
#figure(alt: "x\n>>\nstream\n1 0 R (((deep (er))))) ( endobj\n\n7 0 obj\n", rect())
#figure(alt: "unbalanced ) 1 0 R ( /Dest(", rect())
#link("https://example.org/(a(b(1 0 R)))")[1 0 R] #link("https://example.org/a)b(")[/StructElem/S/H1/]
"""


def test_words_that_look_like_a_pdf_s_own_stay_as_they_are(tmp_path):
    pdf = typst.compile({"main.typ": ODD.encode()}, format="pdf", pdf_standards=["a-2a", "ua-1"])

    def words(data: bytes) -> list[str]:
        (tmp_path / "odd.pdf").write_bytes(data)
        with pikepdf.open(tmp_path / "odd.pdf") as read:
            assert not read.check_pdf_syntax()
            tags = [one for one in read.objects if isinstance(one, pikepdf.Dictionary)]
            tags = [one for one in tags if one.get("/Type") in ("/StructElem", "/Annot")]
            tags += [one.A for one in tags if one.Type == "/Annot" and "/A" in one]
            return sorted(str(one[key]) for one in tags for key in ("/Alt", "/T", "/Contents", "/URI") if key in one)

    alone, bound = words(pdf), words(b"".join(bind(front(1), pieces(pdf, 1, []))))
    assert len(alone) >= 7
    assert [one for one in bound if one in alone] == alone


def test_fonts_and_pictures_that_articles_have_alike_are_there_once(article):
    """A font is one of few streams that say how long they are before they were packed, or which kind they are of."""
    one, three = (b"".join(bind(front(count), pieces(article, count, []))) for count in (1, 3))
    fonts = [len(re.findall(rb"/FontFile[23] (\d+) 0 R", whole)) for whole in (one, three)]
    shared = [len(set(re.findall(rb"/FontFile[23] (\d+) 0 R", whole))) for whole in (one, three)]
    assert fonts[1] > fonts[0]
    assert shared[1] == shared[0] > 0


class Kept(dict[str, bytes]):
    """What was taken of articles, in memory."""

    def put(self, key: str, data: bytes) -> None:
        self[key] = data


def test_what_was_taken_of_an_article_is_not_taken_again(article):
    """Others stay where they are where one changes a little; and the bytes are the same, whatever is kept."""
    own, kept, asked = front(4), Kept(), []
    articles = [one._replace(key=one.name) for one in pieces(article, 4, asked)]
    first = b"".join(bind(own, articles, kept))
    assert asked == [0, 1, 2, 3]
    assert len(kept) == 4
    assert b"".join(bind(own, articles, kept)) == first
    assert asked == [0, 1, 2, 3]
    articles[2] = articles[2]._replace(key="other")
    assert b"".join(bind(own, articles, kept)) == first
    assert asked[4:] == [2]
    for key, data in kept.items():
        kept[key] = data.replace(b'"start"', b'"stort"', 1)
    assert b"".join(bind(own, articles, kept)) == first
    assert asked[5:] == [0, 1, 2, 3]
    assert b"".join(bind(own, articles)) == first


def test_what_was_taken_fits_only_where_the_same_streams_are_before_it(article):
    """A stream that an earlier article has is left out, so what was taken of an article alone does not fit there."""
    alone = taken(objects(article), "a", 1, 64, {}, opens=False)
    streams = dict(alone.streams)
    second = taken(objects(article), "a", 1, 640, streams, opens=False)
    assert len(second.content) < len(alone.content)
    for one, before in ((alone, {}), (second, streams)):
        again = unpacked(one.packed())
        assert again is not None
        assert again.content == one.content
        assert [found.fits(before) for found in (one, again)] == [True, True]
    assert not alone.fits(streams)
    assert not second.fits({})
    assert not second.fits({key: number + 1 for key, number in streams.items()})
    assert [unpacked(data) for data in (b"", b"x", b"{}\nabc", b'{"start": 1}\n')] == [None] * 4


@pytest.fixture
def own(an_office, tmp_path, monkeypatch):
    """An issue of the test's own: three articles of two pages."""
    monkeypatch.setenv("GALLEY_CACHE", str(tmp_path / "cache"))
    return an_office(tmp_path)


def test_where_the_whole_is_too_large_all_else_is_there(own, capsys, monkeypatch):
    monkeypatch.setenv("GALLEY_ISSUE_PAGES", "5")
    assert own.set() == 1
    told = capsys.readouterr().err
    assert "error[too-many-pages] the issue has 6 pages, which is more than its one PDF may have (5)" in told
    assert "GALLEY_ISSUE_PAGES sets another bound" in told
    assert "error[no-whole] site/issue.pdf was not made; the articles' own PDFs and all else of the issue were" in told
    there = {str(path.relative_to(own.out(""))) for path in own.out("").rglob("*.*")}
    articles = {f"site/{name}.{kind}" for name in ("upper", "lower", "delta") for kind in ("pdf", "html")}
    assert there == {*articles, "site/index.html", "issue-crossref.xml", "issue-ojs.xml"}
    monkeypatch.setenv("GALLEY_ISSUE_PAGES", "6")
    assert own.set() == 0
    assert own.out("site/issue.pdf").is_file()


def test_the_bound_of_one_pdf_is_not_the_issue_s(own, monkeypatch):
    monkeypatch.setenv("GALLEY_PAGES", "2")
    assert own.set("--only", "pdf") == 0


def test_what_cannot_be_bound_is_told_and_leaves_the_former_whole(own, capsys, monkeypatch):
    assert own.set("--only", "pdf") == 0
    before = own.out("site/issue.pdf").read_bytes()
    own.write("upper", paragraphs=3)
    monkeypatch.setattr("galley.formats.pdfbinding.MOST", 100)
    capsys.readouterr()
    assert own.set("--only", "pdf") == 1
    told = capsys.readouterr().err
    assert re.search(r"error\[too-large\] the issue's PDF would have \d{3,} objects, and one may have 100", told)
    assert "error[no-whole]" in told
    assert own.out("site/issue.pdf").read_bytes() == before
    assert not [path for path in own.out("site").iterdir() if path.name.startswith(".")]


def test_a_whole_that_was_changed_since_is_bound_again(own, capsys):
    assert own.set("--only", "pdf") == 0
    before = own.out("site/issue.pdf").read_bytes()
    for damaged in (before[:-9], before + b"\n", before.replace(b"Ann", b"Bob", 1)):
        own.out("site/issue.pdf").write_bytes(damaged)
        capsys.readouterr()
        assert own.set("--only", "pdf") == 0
        assert "0 set anew, 1 files written" in capsys.readouterr().out
        assert own.out("site/issue.pdf").read_bytes() == before


def test_a_process_forgets_who_was_cited_in_articles_that_are_done(own, monkeypatch):
    """Else it would hold the names of all of a thousand articles."""
    monkeypatch.setattr("galley.issues.bench.SHELF", 1)
    job = Job("upper", own.folder / "upper", "base", "x", Journal(), "7", "2", "2026-05-01", ("a-2b",), True, ("html",))
    bench = Bench()
    try:
        assert isinstance(bench.set(job, 11), Set)
        assert initials.cache_info().currsize
        assert isinstance(bench.dress(job, 11, 12, b""), Dressed)
        assert not initials.cache_info().currsize
    finally:
        pandocprocess.dismiss()
