"""The PDF: the Typst it is made from as a golden page, then its words, labels, links, tags, metadata and refusals."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from small_article import BODY, META, TEMPLATES, article, picture

from galley import theme as themes
from galley.document import Document
from galley.formats import pdf
from galley.formats.pdfpictures import drawn
from galley.formats.typst import literal, token
from galley.report import Fault, as_text

PAGES = Path(__file__).parent / "pages"
ALT = "A line that falls toward the summer"
WHOLE = BODY.replace("{#fig-flow}", f'{{#fig-flow alt="{ALT}"}}')
URL = "https://documents.example.org/doc/UNDOC/GEN/N22/333/77/the-long-name-of-a-long-report-of-a-long-committee.pdf?Open=Yes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gauge.png").write_bytes(picture())
    return tmp_path


def made(document: Document, theme: str = "njips") -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.write(document, themes.load(theme, document.folder))))


def words(document: Document, program: str, *options: str, theme: str = "njips") -> str:
    data = pdf.write(document, themes.load(theme, document.folder))
    run = subprocess.run([program, *options, "-", "-"], input=data, capture_output=True, check=True)
    return run.stdout.decode()


def said(document: Document, theme: str = "njips") -> str:
    with pytest.raises(Fault) as refused:
        made(document, theme)
    return as_text(refused.value.diagnostics)


def tagged(book: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """The elements of the structure tree."""
    waiting = [book.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        yield element
        children = element.get("/K", [])
        children = children if isinstance(children, pikepdf.Array) else [children]
        waiting.extend(child for child in children if isinstance(child, pikepdf.Dictionary))


# -- what Typst is given -----------------------------------------------------------------------------


def test_the_shell_with_the_article_in_it(folder: Path, golden: Callable[[Path, str], None]) -> None:
    theme = themes.load("njips", folder)
    golden(PAGES / "small.typ", pdf.sources(article(folder, WHOLE), theme)["main.typ"])


def test_the_theme_s_tokens_become_lengths_ratios_and_colours() -> None:
    tokens = {"size": "10.5pt", "part": "75%", "ink": "#1c3a63", "word": "Page 3pt", "list": [1, "2em"], "on": True}
    assert token(tokens) == (
        '("size": 10.5pt, "part": 75%, "ink": rgb("#1c3a63"), "word": "Page 3pt", "list": (1, 2em,), "on": true,)'
    )


@pytest.mark.parametrize(
    ("value", "typst"),
    [
        (None, "none"),
        (False, "false"),
        (95, "95"),
        ((), "()"),
        ((1,), "(1,)"),
        ({}, "(:)"),
        ({"given name": "Ö"}, '("given name": "Ö")'),
        ('say "#x" \\ \n', r'"say \"#x\" \\ \n"'),
        ("bell\x07", r'"bell\u{7}"'),
    ],
)
def test_a_value_as_typst_writes_it(value: object, typst: str) -> None:
    assert literal(value) == typst


def test_words_that_belong_together_stay_together(folder: Path) -> None:
    text = (
        "So it was said at length and more than once [([Ash & Beck, 2020](#ref-ash2020), p. 3; see [Cole et al., "
        "n.d.](#ref-cole.2019))]{.citation}, and said again."
    )
    body = pdf.sources(article(folder, text), themes.load("base", folder))["main.typ"].rstrip().splitlines()[-1]
    assert "once~(" in body
    assert "[Ash & Beck,~2020]" in body
    assert "p.~3" in body
    assert "[Cole et~al.,~n.d.]" in body
    assert body.endswith(", and said~again.")


def test_no_line_ends_between_an_equation_and_its_word(folder: Path, need: Callable[[str], str]) -> None:
    text = "\n\n".join(f"{'word ' * count}has a $p$-value of it, the $n$th of them here.\n" for count in range(1, 24))
    read = words(article(folder, text), need("pdftotext"), "-layout").replace("\N{MATHEMATICAL ITALIC SMALL P}", "p")
    assert read.count("p-value") == 23
    assert read.count("\N{MATHEMATICAL ITALIC SMALL N}th") == 23


def test_a_link_to_nowhere_is_words_and_a_second_anchor_of_a_name_is_dropped(folder: Path) -> None:
    body = (
        "# One {#a}\n\n# Two {#a}\n\n[here](#a), [nowhere](#b), [run](javascript:alert(1)), [none](), []{#c}[c](#c)\n"
    )
    text = pdf.sources(article(folder, body), themes.load("base", folder))["main.typ"]
    assert text.count("<a>\n") == 1
    assert '#link(<a>)[here], nowhere, run, none, #metadata(none)#label("c")#link(<c>)[c]' in text
    assert len(made(article(folder, body)).pages) > 0


# -- what is on the pages ----------------------------------------------------------------------------


def test_the_first_page_has_the_masthead_the_title_and_the_authors(folder: Path, need: Callable[[str], str]) -> None:
    page = " ".join(words(article(folder, WHOLE), need("pdftotext"), "-l", "1").split())
    for part in (
        "Journal of Rivers",
        "rivers.example.org",
        "2024, Vol. 7(1), Pages 95–98",
        "https://doi.org/10.1234/rivers.7.1",
        "Two Rivers & One Bed A Study",
        "Ruth Ford* and Olu Lake†",
        "Received November 2023 · © 2024 The authors · CC BY 4.0",
        "Abstract. Rivers move (Ash & Beck, 2020).",
        "Keywords: rivers, beds & banks",
        "Department of Water, River University, Ford, Wales. E-mail: ruth@example.org, ORCID: 0000-0002-1825-0097",
    ):
        assert part in page.replace("\u00a0", " "), part


def test_the_other_pages_have_running_heads_and_every_folio_goes_on(folder: Path, need: Callable[[str], str]) -> None:
    document = article(folder, "# Head\n\n" + "A sentence of seven words, no more. \n\n" * 150)
    pages = words(document, need("pdftotext"), "-layout").split("\f")
    tops = [re.sub(r"\s+", " ", page.strip().splitlines()[0]) for page in pages[:3]]
    assert tops[0].startswith("Journal of Rivers")
    assert tops[1] == "96 Ford & Lake Journal of Rivers 7(1)"
    assert tops[2] == "Two Rivers & One Bed 97"
    assert pages[0].strip().splitlines()[-1].strip() == "95"


@pytest.mark.parametrize(("first", "side"), [(95, "inside"), (96, "outside")])
def test_margins_are_mirrored_by_the_folio(folder: Path, need: Callable[[str], str], first: int, side: str) -> None:
    meta = replace(META, first_page=first, last_page=None)
    boxes = words(article(folder, WHOLE, meta=meta), need("pdftotext"), "-bbox", "-l", "1")
    left = min(float(x) for x in re.findall(r'<word xMin="([\d.]+)"', boxes))
    margin = themes.load("njips", folder).tokens["margin"][side]
    assert left == pytest.approx(float(margin.removesuffix("mm")) / 25.4 * 72, abs=1)


def test_an_address_breaks_without_a_hyphen_of_ours_and_can_be_copied(folder: Path, need: Callable[[str], str]) -> None:
    document = article(folder, f"# Head\n\nSee what was said of it at some length in <{URL}> and elsewhere.\n")
    lines = words(document, need("pdftotext"), "-layout").splitlines()
    at = next(number for number, line in enumerate(lines) if "https://documents" in line)
    assert URL in "".join(line.strip() for line in lines[at : at + 3]).replace("in ", "")
    assert "https://documents.example.org/doc/" in lines[at]
    assert not re.search(r"-\s*$", lines[at])


def test_a_licence_of_creative_commons_is_a_link(folder: Path) -> None:
    assert "https://creativecommons.org/licenses/by/4.0/" in targets(made(article(folder, WHOLE)))


def test_the_plain_theme_stands_alone(folder: Path, need: Callable[[str], str]) -> None:
    text = words(article(folder, WHOLE), need("pdftotext"), theme="base")
    assert "Journal of Rivers, 7(1) · 2024 · https://doi.org/10.1234/rivers.7.1" in text


def test_an_article_of_almost_nothing_can_be_set(folder: Path) -> None:
    meta = replace(META.__class__(title="Only a title"))
    assert pdf.pages(pdf.write(article(folder, "", {}, meta, references=()), themes.load("base", folder))) == 1


# -- what machines read ------------------------------------------------------------------------------


def targets(book: pikepdf.Pdf) -> set[str]:
    links = [link for page in book.pages for link in page.get("/Annots", [])]
    return {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}


def test_page_labels_are_the_printed_folios(folder: Path) -> None:
    document = article(folder, "# Head\n\n" + "A sentence of seven words, no more. \n\n" * 150)
    data = pdf.write(document, themes.load("njips", folder))
    with pikepdf.open(BytesIO(data)) as book:
        assert [page.label for page in book.pages] == [str(95 + number) for number in range(len(book.pages))]
        assert pdf.pages(data) == len(book.pages) > 2


def test_metadata(folder: Path) -> None:
    book = made(article(folder, WHOLE))
    with book.open_metadata() as xmp:
        assert xmp["dc:title"] == "Two Rivers & One Bed"
        assert xmp["dc:description"] == "Journal of Rivers, 7(1), 95–98. https://doi.org/10.1234/rivers.7.1"
        assert xmp["pdf:Keywords"] == "rivers, beds & banks"
        assert xmp["xmp:CreateDate"].startswith("2024-03-05")
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
    assert str(book.docinfo.Author) == "Ruth Ford, Olu Lake"
    assert str(book.Root.Lang) == "en"
    assert book.Root.ViewerPreferences.DisplayDocTitle


def test_language_with_its_region(folder: Path) -> None:
    assert str(made(article(folder, WHOLE, meta=replace(META, lang="de-CH"))).Root.Lang) == "de-CH"
    assert str(made(article(folder, WHOLE, meta=replace(META, lang="not a tag"))).Root.Lang) == "en"


def test_other_standards_can_be_asked_for(folder: Path) -> None:
    data = pdf.write(article(folder, WHOLE), themes.load("njips", folder), ("a-3b",))
    with pikepdf.open(BytesIO(data)) as book, book.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "B")
        assert "pdfuaid:part" not in xmp


def test_the_same_bytes_twice(folder: Path) -> None:
    document, theme = article(folder, WHOLE), themes.load("njips", folder)
    assert pdf.write(document, theme) == pdf.write(document, themes.load("njips", folder))


def test_without_a_date_the_epoch_that_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    undated = replace(META, date="")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert pdf.made(undated).isoformat() == "2000-01-01T00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1719705600")
    assert pdf.made(undated).isoformat() == "2024-06-30T00:00:00+00:00"
    assert str(made(article(folder, WHOLE, meta=undated)).docinfo.CreationDate).startswith("D:20240630")
    assert pdf.made(replace(META, date="2024-03")).isoformat() == "2024-03-01T00:00:00+00:00"


def test_citations_lead_to_the_list_and_addresses_to_the_web(folder: Path) -> None:
    book = made(article(folder, WHOLE))
    links = [link for page in book.pages for link in page.get("/Annots", [])]
    cited = [link for link in links if "/Dest" in link and str(link.Contents).startswith("References ")]
    assert len(cited) == 5, "two works cited together, one by name and year, one in the abstract"
    assert {str(link.Contents) for link in cited} == {"References 1", "References 2"}, "they say to which entry"
    assert all(link.Dest[0] == book.pages[-1].obj for link in cited), "where the list is"
    assert {
        "https://doi.org/10.1234/rivers.7.1",
        "https://doi.org/10.1234/ash",
        "https://example.org/data",
        "https://rivers.example.org",
        "mailto:ruth@example.org",
    } <= targets(book)


def test_pictures_and_equations_have_their_texts_and_heads_their_levels(folder: Path) -> None:
    book = made(article(folder, WHOLE))
    elements = list(tagged(book))
    texts = {str(element.Alt) for element in elements if "/Alt" in element}
    assert {ALT, "q equals the integral from 0 to d of v (z) d z"} <= texts
    kinds = {str(element.get("/S", "")) for element in elements}
    assert {"/H1", "/H2", "/Figure", "/Formula", "/Table", "/TH", "/Note", "/Link", "/L", "/LI"} <= kinds


def test_bookmarks_for_the_heads(folder: Path) -> None:
    with made(article(folder, WHOLE)).open_outline() as outline:
        assert [item.title for item in outline.root] == ["Two rivers", "Beds", "References"]


def test_a_picture_without_meaning_is_passed_over(folder: Path) -> None:
    book = made(article(folder, '# Head\n\nText ![](gauge.png){alt=""} on.\n'))
    assert "/Figure" not in {str(element.get("/S", "")) for element in tagged(book)}


# -- strangers ---------------------------------------------------------------------------------------


def test_nothing_of_the_author_s_is_run(folder: Path, need: Callable[[str], str]) -> None:
    (folder / "secret.txt").write_text("the secret")
    code, quoted = "#sys.version", '" + read("secret.txt") + "#read("secret.txt")'
    raw = f"`{code}`{{=typst}}\n\n```{{=typst}}\n{code}\n```"
    body = f"# Head {code}\n\n{raw}\n\n![{code}](gauge.png){{alt='{quoted}'}}\n\n$x {code}$ <http://x.org/{code}>\n"
    meta = replace(META, short_title=quoted, keywords=(quoted,), copyright=quoted, volume=code, license=code)
    document = article(folder, body, {"title": f"Title {code}", "abstract": code, "funding": code}, meta)
    text = " ".join(words(document, need("pdftotext")).split())
    assert "the secret" not in text
    assert text.count("#sys.version") == 9
    assert "version(0" not in text


@pytest.mark.parametrize("path", ["/etc/hostname", "../secret.png", "https://example.org/a.png", "gone.png"])
def test_a_picture_from_outside_is_never_asked_for(folder: Path, path: str) -> None:
    (folder.parent / "secret.png").write_bytes(picture())
    document = article(folder, f"# Head\n\n![What is seen]({path}) in a line\n")
    assert f'image("{path}"' not in pdf.sources(drawn(document)[0], themes.load("base", folder))["main.typ"]
    assert b"/Subtype /Image" not in pdf.write(document, themes.load("base", folder)).replace(
        b"/Subtype/", b"/Subtype /"
    )


# -- refusals ----------------------------------------------------------------------------------------


def test_a_picture_without_a_text_is_refused(folder: Path) -> None:
    assert said(article(folder, BODY)) == (
        "gauge.png: error[typst] PDF/A-2a, PDF/UA-1 error: missing alt text\n"
        "   = make sure your images and equations have alt text\n\n1 error"
    )


def test_a_picture_that_is_none_is_refused(folder: Path) -> None:
    (folder / "gauge.png").write_text("no picture")
    assert said(article(folder, WHOLE)) == (
        "gauge.png: error[typst] failed to decode image (Format error decoding Png: Invalid PNG signature.)\n\n1 error"
    )


def test_letters_no_font_has_are_named(folder: Path) -> None:
    signs = "# Head\n\nThe sign \U00030000 stands here, and \U00030001 here, and \U00030000 again.\n"
    assert said(article(folder, signs)) == (
        "error[no-letter] none of the fonts has \U00030000, \U00030001\n"
        "   = install a font that has them, or put its file into the folder fonts/: boxes are not archival\n\n1 error"
    )


def test_a_theme_s_own_error_is_told_by_its_file_and_line(folder: Path) -> None:
    mine = folder / "templates" / "mine"
    mine.mkdir(parents=True)
    (mine / "theme.toml").write_text('extends = "base"\n')
    (mine / "article.typ").write_text('#import "galley.typ": *\n#let article(body, ..rest) = nosuch(body)\n')
    with pytest.raises(Fault) as refused:
        made(article(folder, WHOLE), "mine")
    assert refused.value.status == 2
    place = mine / "article.typ"
    assert as_text(refused.value.diagnostics) == f"{place}:2:30: error[typst] unknown variable: nosuch\n\n1 error"


def test_statements_stand_before_the_list(folder: Path, need: Callable[[str], str]) -> None:
    text = " ".join(words(article(folder, WHOLE), need("pdftotext")).split())
    assert "Conflict of Interest: None declared. Funding: None received. References Ash, A., & Beck, B. (2020)." in text


def test_a_theme_may_bring_a_journal_that_the_front_matter_overrides(folder: Path) -> None:
    theme = themes.load("njips", folder)
    settled = theme.journal(replace(META.journal, title="", url=""))
    assert (settled.title, settled.url) == (
        "NUST Journal of International Peace & Stability",
        "https://njips.nust.edu.pk",
    )
    other = theme.journal(META.journal)
    assert (other.title, other.abbreviation) == ("Journal of Rivers", "")


def test_every_look_constant_of_njips_is_documented_where_it_stands() -> None:
    for name in ("base", "njips"):
        text = (TEMPLATES / name / "theme.toml").read_text("utf-8")
        assert text.startswith("# "), name
