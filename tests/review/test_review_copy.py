"""The copy for reviewers names nobody: what is planted is found without blinding, and not after it."""

import struct
import subprocess
import zipfile
import zlib
from io import BytesIO

import pytest

from galley import press
from galley.blindcopy import copy, git_identity
from galley.checks.leaks import leaks
from galley.cli import main
from galley.frontmatter import Affiliation, Author, FrontMatter
from galley.identity import traces

FULL = FrontMatter(
    "T",
    authors=(
        Author("Zeb Quackenbush", "Zeb", "Quackenbush", (0,), "0000-0002-1825-0097", "zeb@quack.example"),
        Author("Ivy Òlafsdóttir", "Ivy", "Òlafsdóttir"),
    ),
    affiliations=(Affiliation("Institute of Ponds"),),
)
NAMES = traces(FULL)
NOBODY = "author: [{name: Some Body}]\n"
SOMEBODY = """author:
  - {name: Zeb Quackenbush, orcid: 0000-0002-1825-0097, email: zeb@quack.example, affiliation: Institute of Ponds,
     corresponding: true, roles: [writing]}
  - {name: Ivy Òlafsdóttir, affiliation: Institute of Ponds}
"""
OWN = "@book{q2019, author={Quackenbush, Zeb}, title={On ponds}, publisher={Pond Press}, year={2019}}\n"
OWN += "@book{q2019b, author={Quackenbush, Zeb and Frog, Al}, title={On frogs}, publisher={Pond Press}, year={2019}}\n"
OWN += "@book{frog2020, author={Frog, Al}, title={On flies}, publisher={Pond Press}, year={2020}}\n"

HEADS = {
    "authors": "author: [{name: Zeb Quackenbush}]\n",
    "affiliation": "author: [{name: Some Body, affiliation: Institute of Ponds}]\n",
    "orcid": "author: [{name: Some Body, orcid: 0000-0002-1825-0097}]\n",
    "e-mail": "author: [{name: Some Body, email: zeb@quack.example}]\n",
    "thanks": NOBODY + "acknowledgements: We thank Zeb Quackenbush.\n",
    "funding": NOBODY + "funding: Paid by the Institute of Ponds.\n",
    "contributions": NOBODY + "author-contributions: Zeb Quackenbush wrote it.\n",
    "author note": NOBODY + "author-note: Ivy Olafsdottir is at home.\n",
    "copyright": NOBODY + "copyright: Zeb Quackenbush\nlicense: CC BY 4.0\n",
}
BODIES = {
    "footnote": "Ponds.^[Dug by Z. Quackenbush.]",
    "section of thanks": "# Acknowledgments\n\nTo *Ivy* Òlafsdóttir.\n\n# More\n\nPonds.",
    "own work": "Ponds [@q2019].",
    "alternative text": "![Ponds](clean.png){alt='A pond by Zeb Quackenbush'}\n",
    "suggestion": "Ponds {++and lakes++}{>>Zeb Quackenbush 2026-01-02: more<<}.",
    "address": "[Ponds](https://orcid.org/0000-0002-1825-0097).",
    "code": "```\n# by Zeb Quackenbush\n```\n",
    "metadata of a PNG": "![Ponds](planted.png){alt='Water'}\n",
    "packed metadata of a PNG": "![Ponds](packed.png){alt='Water'}\n",
    "metadata of a JPEG": "![Ponds](planted.jpg){alt='Water'}\n",
    "metadata of an SVG": "![Ponds](planted.svg){alt='Water'}\n",
}
PLACES = [*HEADS, *BODIES]


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0\xff\xff\xff" * 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(chunk(*one) for one in chunks)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def planted(project):
    from PIL import Image

    folder = project.folder
    (folder / "references.bib").write_text(OWN, "utf-8")
    (folder / "clean.png").write_bytes(png())
    (folder / "planted.png").write_bytes(png((b"tEXt", b"Author\0Zeb Quackenbush")))
    (folder / "packed.png").write_bytes(png((b"zTXt", b"Author\0\0" + zlib.compress(b"Zeb Quackenbush"))))
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = "Zeb Quackenbush", 6
    Image.new("RGB", (2, 1), "red").save(folder / "planted.jpg", exif=exif, comment=b"by zeb@quack.example")
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><!-- zeb@quack.example --><metadata>Zeb Quack"
    (folder / "planted.svg").write_text(f"{svg}enbush</metadata><rect width='9' height='9'/></svg>", "utf-8")

    def planted(head: str, body: str):
        project.write(
            f"{body}\n\nPonds and flies [@frog2020].\n",
            f"---\ntitle: Of ponds\n{head}bibliography: references.bib\n---\n\n",
        )
        return folder

    return planted


def built(folder) -> dict[str, bytes]:
    document = press.settled(folder)
    theme = press.themed(document)
    return {kind: press.press(document, theme, kind, ("a-2b",)).content for kind in ("pdf", "html", "docx")}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_planted_is_found_without_blinding(planted, place):
    folder = planted(HEADS.get(place, NOBODY), BODIES.get(place, "Ponds."))
    assert leaks(built(folder), NAMES)


def test_what_is_not_planted_is_not_found(planted):
    assert leaks(built(planted(NOBODY, "Ponds. ![Ponds](clean.png){alt='Water'}")), NAMES) == ()


def test_nothing_of_it_is_left_after_review(planted):
    heads = SOMEBODY + "".join(HEADS[name].removeprefix(NOBODY) for name in list(HEADS)[4:])
    folder = planted(heads + "doi: 10.1234/ponds\n", "\n\n".join(BODIES.values()))
    assert len({one.trace.text for one in leaks(built(folder), traces(press.settled(folder).meta))}) > 8
    made = copy(folder, ("pdf", "html", "docx"), mask=True)
    assert set(made.files) == {"review.pdf", "review.html", "review.docx"}
    assert leaks(made.files, NAMES) == ()
    assert not [one for one in made.diagnostics if one.code in ("leak", "own-name")]
    assert any(one.code == "name-covered" for one in made.diagnostics)
    assert b"CC BY" not in made.files["review.html"]
    assert leaks(made.apart, NAMES)


def test_the_copy_says_what_it_is_and_numbers_its_lines(planted):
    made = copy(planted(SOMEBODY, "Ponds."), ("html", "docx"))
    assert b"Manuscript for review" in made.files["review.html"]
    with zipfile.ZipFile(BytesIO(made.files["review.docx"])) as package:
        text = package.read("word/document.xml").decode()
        heads = [package.read(name).decode() for name in package.namelist() if "header" in name]
    assert "lnNumType" in text
    assert all("Manuscript for review" in head for head in heads)


def test_own_works_are_one_masked_entry_a_year(planted):
    folder = planted(SOMEBODY, "Ponds [@q2019; @q2019b; @frog2020]. @q2019 said so [see @q2019b, p. 3].")
    from galley.formats.prose import write_txt
    from galley.stages import maskingself

    document = maskingself.listed(press.settled(folder, stage=maskingself.masked))
    text = write_txt(document, press.themed(document)).decode()
    assert "Ponds (Author, 2019; Frog, 2020). Author (2019) said so (see Author, 2019, p. 3)." in text
    assert text.count("Author. (2019).\n") == 1
    assert "Quackenbush" not in text.partition("References")[2]


def test_without_masking_own_works_are_told(planted, capsys):
    folder = planted(SOMEBODY, "Ponds [@q2019].")
    assert main(["review", str(folder), "--to", "html"]) == 0
    said = capsys.readouterr().err
    assert "warning[own-name]" in said
    assert "--mask-self" in said
    assert (folder / "output" / "title-page.html").exists()


def test_a_colour_or_a_class_is_no_author_of_its_name(planted):
    authors = "author: [{name: Ada White}, {name: Ivy Author}]\n"
    made = copy(planted(authors, "Ponds."), ("html", "docx"))
    assert b"white" in made.files["review.html"]
    assert not [one for one in made.diagnostics if one.code == "own-name"]
    made = copy(planted(authors, "Ponds, as White saw them."), ("html", "docx"))
    (one,) = [one for one in made.diagnostics if one.code == "own-name"]
    assert "'White' can be read here and in review.docx: word/document.xml" in one.message


def test_names_over_several_words_and_in_other_spellings_are_covered(planted):
    made = copy(
        planted(SOMEBODY, "By Zeb *and* Zeb\nQuackenbush, by IVY OLAFSDOTTIR, at the institute of ponds."), ("html",)
    )
    html = made.files["review.html"].decode()
    assert html.count("[name hidden for review]") == 2
    assert "[institution hidden for review]" in html


def test_git_identity(project):
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=project.folder, check=True, capture_output=True)

    git("init", "-q")
    git("-c", "user.name=Hid Den", "-c", "user.email=hid@den.example", "commit", "-q", "--allow-empty", "-m", "x")
    git("add", ".")
    git("-c", "user.name=Hid Den", "-c", "user.email=hid@den.example", "commit", "-q", "-m", "y")
    assert {"Hid Den", "hid@den.example"} <= set(git_identity(project.folder))
