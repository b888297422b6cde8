"""The tour: one manuscript that uses every feature, silent in every theme and format, with nothing of it lost."""

import re
import subprocess
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html

from galley import press, theme
from galley.cli import main

TOUR = Path(__file__).parents[1] / "examples" / "tour"
THEMES = theme.names(TOUR)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVERYWHERE = (
    "From the Letter to the Page: A Walk Through the Composing Room",
    "Which Uses Every Tool on the Bench Once",
    "A page is read by people who never think of it",
    "Warde (1956) likened a good page to a goblet of clear glass",
    "-heights and citations (see Bringhurst, 2004, pp. 24–36; also Morison, 1936)",
    "and Moxon had the time in 1683/1958",
    "I have known it take a morning for one line",
    "(T. Mallet, personal communication, November 3, 2025)",
    "Tinker’s measurements of reading speed (1963, Chapter 5)",
    "(Beier & Larson, 2013; Tinker, 1963)",
    "Section 2 is about letters, Section 3 about lines and spaces, and the section on pages",
    "as the two rulers in Figure 2 show",
    "Figure 4a with narrow spaces and Figure 4b with wide ones",
    "Knuth and Plass (1981) gave the answer",
    "By Equation 1 a line stretched twice as far is eight times as bad; by (2) it is worse than that",
    "Listing 1 is what one writes before having read the paper",
    "Knuth (1984b, Chapter 14) shows",
    "in the style of Knuth (1984a)",
    "Liang’s (1983) patterns",
    "neither at the end of a line",
    "or the author is German;",
    "one half of yours, one half of mine.",
    "the same, or none",
    "Figures 1 and 5 keep to that, and so do Tables 1 and 2.",
    "Figure 4 would be wrong by the next draft",
    "World Wide Web Consortium (W3C, 2018)",
    "(International Organization for Standardization [ISO], 2020)",
    "(ISO, 2020, Section 14.8; W3C, 2018)",
    "what the thing is, in words that are not the trade’s.",
    "(Bringhurst, 2004, p. 17; Warde, 1956, as cited in Tinker, 1963)",
    "Knuth, D. E. (1984a). Literate programming. The Computer Journal, 27(2), 97–111.",
    "A wedge that locks the type in its frame.",
    "Table B1 has the commonest marks, and Equation B1 the number of proofs",
    "We thank the night shift",
    "Nora Quill: conceptualization and writing – original draft. Anselm van der Lay: software and visualization.",
    "Sayfayı onu hiç düşünmeyenler okur, başka bir şey düşünmeyenler yapar.",
    "Printers in other countries counted in points of other sizes.",
    "a reader who lingers",
)
"""Words that are printed alike in every theme and format."""
NUMBERS = [
    *("Figure 1", "Figure 2", "Figure 3", "Table 1", "Figure 4", "Figure 4a", "Figure 4b", "Equation 1", "Equation 2"),
    *(
        "Equation 3",
        "Listing 1",
        "Figure 5",
        "Table 2",
        "Appendix A",
        "Table A1",
        "Appendix B",
        "Equation B1",
        "Table B1",
    ),
]


@cache
def settled():
    return press.settled(TOUR)


@cache
def made(name, format):
    return press.press(settled(), theme.load(name, TOUR), format)


def _words(text):
    """A text on one line, without what breaks lines and without marks of emphasis."""
    text = re.sub(r"\u00ad\n?|(?<=[a-z])[\u2010-]\n(?=[a-z])", "", text)
    return " ".join(re.sub(r"[\u200b\u2060*\\]", "", text).split())


def _plain(sheet, need):
    if sheet.suffix == ".pdf":
        command = [need("pdftotext"), "-", "-"]
        return subprocess.run(command, input=sheet.content, capture_output=True, check=True).stdout.decode()
    if sheet.suffix == ".html":
        page = html.fromstring(sheet.content.decode())
        for unseen in page.xpath("//script|//style|//head"):
            unseen.drop_tree()
        return page.text_content()
    if sheet.suffix == ".docx":
        with zipfile.ZipFile(BytesIO(sheet.content)) as package:
            roots = [etree.fromstring(package.read(f"word/{part}.xml")) for part in ("document", "footnotes")]
        paragraphs = (node for root in roots for node in root.iter(f"{W}p"))
        return "\n".join("".join(text.text or "" for text in one.iter(f"{W}t")) for one in paragraphs)
    return sheet.content.decode()


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("format", ["pdf", "html", "docx", "md"])
def test_it_is_set_without_a_word_of_complaint(name, format, need):
    sheet = made(name, format)
    assert sheet.diagnostics == ()
    text = _words(_plain(sheet, need))
    assert "typesetting, line breaking, margins, legibility" in text
    letters = re.sub(r"\W", "", text)
    lost = [words for words in EVERYWHERE if re.sub(r"\W", "", words) not in letters]
    assert _forgiven(lost, format, letters) == []
    assert not re.findall(r"\?\?|\\[A-Za-z]{3,}|(?<!\w)@[a-z]+[:\d]", text if format != "md" else "")


def _forgiven(lost, format, letters):
    """Pages end, and columns: of a PDF's words that are not found as a whole, both halves are."""
    if format != "pdf":
        return lost
    bare = [re.sub(r"\W", "", words) for words in lost]
    return [
        words for words in bare if words[: len(words) // 3] not in letters and words[-len(words) // 3 :] not in letters
    ]


def test_check_is_silent(capsys):
    assert main(["check", str(TOUR)]) == 0
    out = capsys.readouterr()
    assert "nothing to report" in out.out + out.err


def test_every_object_has_its_number_and_is_mentioned():
    assert [one.label.replace("\u00a0", " ") for one in settled().numbers] == NUMBERS
    assert settled().dangling == settled().repeated == settled().leftovers == ()


@pytest.mark.parametrize("name", THEMES)
def test_every_link_of_the_web_page_leads_somewhere(name):
    page = html.fromstring(made(name, "html").content.decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href for href in page.xpath("//a/@href") if href.startswith("#")} <= {f"#{one}" for one in ids}
    assert len(page.xpath("//span[@class='citation']")) == len(page.xpath("//*[starts-with(@id, 'cite-')]"))
    assert len(page.xpath("//section[@role='doc-bibliography']//li")) == len(settled().references) == 13
    assert all(image.get("alt") for image in page.xpath("//main//img"))


@pytest.mark.parametrize("name", THEMES)
def test_pages_are_archival_and_tell_what_is_what(name):
    with pikepdf.open(BytesIO(made(name, "pdf").content)) as book, book.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
        tags = {str(item.get("/S")) for item in book.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item}
    wanted = "H1 H2 H3 H4 H5 Figure Formula Table TH TD Caption L LI Lbl LBody Note BlockQuote Code Link"
    assert {f"/{tag}" for tag in wanted.split()} <= tags


def test_the_figures_drawn_by_program_are_what_it_draws(tmp_path):
    source = (TOUR / "figures" / "draw.py").read_text("utf-8")
    (tmp_path / "draw.py").write_text(source, "utf-8")
    room = {"__name__": "__main__", "__file__": str(tmp_path / "draw.py")}
    exec(compile(source, "draw.py", "exec"), room)
    assert (tmp_path / "ruler.pdf").read_bytes() == (TOUR / "figures" / "ruler.pdf").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} <= {path.name for path in (TOUR / "figures").iterdir()}
