"""Citations in a tree: what an author types, and the words that stand in the text."""

import pytest

from galley import press
from galley.pandoc import each, plain

BIB = r"""
@article{doe, author={Doe, Jane}, title={On Tides}, journal={Water}, year=2019, volume=3, pages={1--9}}
@book{roe, author={Roe, Al and Poe, Bo}, title={A Book About Kelvin}, publisher={Press}, year=2001}
@book{vega, author={Vega, Vi}, title={Another Book}, publisher={Press}, year=2010}
@book{who, author={{World Health Organization}}, shortauthor={WHO}, title={Health}, publisher={Press}, year=2020}
"""


@pytest.fixture
def settled(tmp_path):
    def go(text):
        (tmp_path / "article.md").write_text(f"---\ntitle: T\n---\n\n{text}\n")
        (tmp_path / "references.bib").write_text(BIB)
        return press.settled(tmp_path)

    return go


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("As @doe's study and @roe's.", "As Doe’s (2019) study and Roe and Poe’s (2001)."),
        ("So it is [@doe, as cited in @vega, p. 4].", "So it is (Doe, 2019, as cited in Vega, 2010, p. 4)."),
        ("So it is [@doe, p. 3, as cited in @vega].", "So it is (Doe, 2019, p. 3, as cited in Vega, 2010)."),
        ("In [@doe]{.year}, [@doe]{.author} said.", "In 2019, Doe said."),
        ("Doe [-@doe] said [see @roe; @doe, p. 3-5].", "Doe (2019) said (see Doe, 2019, pp. 3–5; Roe & Poe, 2001)."),
        ("It is [@who], and @who agrees.", "It is (World Health Organization [WHO], 2020), and WHO (2020) agrees."),
        ("A *note*^[By @doe.] here.", "A note here."),
        ("Not @nobody, nor [@doe; @nobody].", "Not nobody? , nor (Doe, 2019; nobody?)."),
    ],
)
def test_words_in_the_text(settled, typed, printed):
    text = plain(settled(typed).blocks).replace("\u00a0", " ")
    assert text.replace("nobody?,", "nobody? ,") == printed


def test_a_citation_links_to_its_reference_and_can_be_linked_back_to(settled):
    document = settled("As [@doe; @roe] say.")
    (span,) = (node for node in each(document.blocks) if node["t"] == "Span")
    assert span["c"][0] == ["cite-1", ["citation"], [["cites", "doe roe"]]]
    assert [node["c"][2][0] for node in each(span["c"][1]) if node["t"] == "Link"] == ["#ref-doe", "#ref-roe"]


def test_a_work_cited_in_another_is_cited_and_listed(settled):
    document = settled("So it is [@doe, as cited in @vega].")
    assert document.cited == ("doe", "vega")
    assert [reference.key for reference in document.references] == ["doe", "vega"]


def test_the_list_stands_where_the_author_wants_it(settled):
    document = settled("# One\n\nAs @doe.\n\n# References\n\n::: {#refs}\n:::\n\n# Afterword\n\nMore.")
    assert plain(document.blocks) == "One As Doe (2019)."
    assert plain(document.back) == "Afterword More."


def test_a_lowered_name_is_remarked_upon(settled):
    document = settled("The story of Kelvin is told by @roe.")
    assert [(remark.code, remark.key) for remark in document.remarks] == [("proper-noun-lowered", "roe")]


def test_the_list_stands_before_the_appendices(settled):
    document = settled("# One\n\nAs @doe.\n\n# References\n\n# More Data {.appendix}\n\nMore.")
    assert plain(document.blocks) == "One As Doe (2019)."
    assert plain(document.back).endswith("More Data More.")


def test_nocite_lists_what_is_not_cited(settled, tmp_path):
    settled("As @doe.")
    (tmp_path / "article.md").write_text("---\ntitle: T\nnocite: '@doe, @vega'\n---\n\nText.\n")
    assert [reference.key for reference in press.settled(tmp_path).references] == ["doe", "vega"]


def test_headings_descend_in_steps_of_one(settled):
    document = settled("### A\n\n##### B\n\n#### C\n\n### D")
    assert [node["c"][0] for node in document.blocks] == [1, 2, 2, 1]
