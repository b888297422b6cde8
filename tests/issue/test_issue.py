"""A whole issue: continuous pages, one PDF, a site, its records; what is set anew, and what a broken article does."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

SHARED = Path(__file__).parents[2].parent / "shared"
OJS = SHARED / "schemas/ojs/plugins/importexport/native/native.xsd"


@pytest.fixture(scope="module")
def office(an_office, tmp_path_factory):
    """An issue that was set once; its tests change nothing in it."""
    folder = tmp_path_factory.mktemp("issue")
    kept = os.environ.get("GALLEY_CACHE")
    os.environ["GALLEY_CACHE"] = str(folder / "cache")
    try:
        made = an_office(folder)
        assert made.set(jobs=2) == 0
        yield made
    finally:
        os.environ.pop("GALLEY_CACHE")
        if kept is not None:
            os.environ["GALLEY_CACHE"] = kept


@pytest.fixture
def own(an_office, tmp_path, monkeypatch):
    """An issue of the test's own."""
    monkeypatch.setenv("GALLEY_CACHE", str(tmp_path / "cache"))
    return an_office(tmp_path)


def words(need, path: Path) -> list[str]:
    """The text of each page."""
    run = [need("pdftotext"), "-layout", str(path), "-"]
    return subprocess.run(run, capture_output=True, check=True, text=True).stdout.split("\f")[:-1]


def folios(path: Path) -> list[str]:
    """The number of each page as a reader program shows it."""
    with pikepdf.open(path) as pdf:
        return [page.label for page in pdf.pages]


def test_pages_run_on_from_article_to_article(office):
    labels = [folios(office.out(f"site/{name}.pdf")) for name in ("upper", "lower", "delta")]
    flat = [int(label) for one in labels for label in one]
    assert flat == list(range(11, 11 + len(flat)))
    whole = folios(office.out("site/issue.pdf"))
    front = [label for label in whole if not label.isdigit()]
    assert [int(label) for label in whole if label.isdigit()] == flat
    assert front[:3] == ["i", "ii", "iii"]
    assert len(front) % 2 == 0  # a right-hand page stays one


def test_the_issue_s_pages_are_those_of_its_articles(office, need):
    whole = words(need, office.out("site/issue.pdf"))
    for name in ("upper", "lower", "delta"):
        for page, label in zip(
            words(need, office.out(f"site/{name}.pdf")), folios(office.out(f"site/{name}.pdf")), strict=True
        ):
            other = whole[folios(office.out("site/issue.pdf")).index(label)]
            sections = ("ARTICLES", "REVIEWS")
            bare = [
                line.split() for line in other.split("\n") if line.strip() and "".join(line.split()) not in sections
            ]
            assert bare == [line.split() for line in page.split("\n") if line.strip()]


def test_contents_name_titles_authors_and_pages(office, need):
    page = next(page for page in words(need, office.out("site/issue.pdf")) if "Contents" in page)
    lines = [" ".join(line.split()) for line in page.split("\n") if line.strip()]
    assert lines[0] == "Contents"
    assert lines.index("Articles") < lines.index("The Upper River") < lines.index("Reviews")
    first = folios(office.out("site/lower.pdf"))[0]
    assert any(line.startswith(("The Lower River", "Ann Lower")) and line.endswith(first) for line in lines)


def test_labels_of_articles_do_not_meet(office):
    """Each link of an article leads to a page of the same article."""
    with pikepdf.open(office.out("site/issue.pdf")) as pdf:
        number = {page.objgen: at for at, page in enumerate(pdf.pages)}
        labels = [page.label for page in pdf.pages]
        starts = [labels.index(folios(office.out(f"site/{name}.pdf"))[0]) for name in ("upper", "lower", "delta")]

        def article(at: int) -> int:
            return sum(start <= at for start in starts)

        names = pdf.Root.Names.Dests if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else None
        dests = dict(pikepdf.NameTree(names).items()) if names is not None else {}
        checked = 0
        for at, page in enumerate(pdf.pages):
            for note in page.get("/Annots", []):
                target = note.get("/Dest", note.A.get("/D") if "/A" in note else None)
                if target is None or article(at) == 0:
                    continue
                target = dests[str(target)] if not isinstance(target, pikepdf.Array) else target
                target = target.get("/D", target) if isinstance(target, pikepdf.Dictionary) else target
                assert article(number[target[0].objgen]) == article(at)
                checked += 1
    assert checked >= 12


def test_bookmarks_go_from_section_to_title_to_heading(office):
    with pikepdf.open(office.out("site/issue.pdf")) as pdf, pdf.open_outline() as outline:
        tree = {
            str(one.title): {str(two.title): [str(three.title) for three in two.children] for two in one.children}
            for one in outline.root
        }
    assert tree["Articles"]["The Upper River"] == ["Begin", "End", "References"]
    assert list(tree["Reviews"]) == ["The Delta River"]


def test_titles_stand_under_their_sections_and_headings_under_their_titles(office):
    with pikepdf.open(office.out("site/issue.pdf")) as pdf:
        top = pdf.Root.StructTreeRoot.K[0]
        front, *articles = top.K
        assert [str(one.S) for one in top.K] == ["/Part", "/Art", "/Art", "/Art"]
        assert {str(one.get("/T", "")) for one in front.K if str(one.S).startswith("/H")} == {"Editors", "Contents"}
        levels = [[int(str(one.S)[2]) for one in article.K if re.match(r"/H\d", str(one.S))] for article in articles]
        assert levels == [[1, 2, 3, 3, 3], [2, 3, 3, 3], [1, 2, 3, 3, 3]]
        names = [str(name) for name in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)]
        assert len(names) == len(set(names)) >= 3  # each article's note has one of its own
        keys = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners = [*pdf.pages, *(note for page in pdf.pages for note in page.get("/Annots", []))]
        asked = {int(one[key]) for one in owners for key in ("/StructParents", "/StructParent") if key in one}
        assert asked <= {int(key) for key in list(keys)[::2]}


@pytest.mark.parametrize("theme", ["base", "njips", "two-column", "preprint"])
def test_the_whole_conforms_in_every_theme(own, theme, need, tmp_path):
    folder = os.environ.get("GALLEY_VERAPDF", "")
    if not folder:
        required = os.environ.get("GALLEY_REQUIRE_TOOLS") == "1"
        (pytest.fail if required else pytest.skip)("veraPDF is not here: set GALLEY_VERAPDF to the folder of its jars")
    own.set("--theme", theme, "--draft", "--only", "pdf")
    source = Path(__file__).parents[1] / "formats" / "Conforms.java"
    command = [need("java"), "-cp", f"{folder}/*", str(source), str(own.out("site/issue.pdf"))]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    assert lines == ["2a conforms", "ua1 conforms"]


def test_the_site_leads_from_page_to_page(office):
    index = office.out("site/index.html").read_text("utf-8")
    for name in ("upper", "lower", "delta"):
        assert f'href="{name}.html"' in index
        assert f'href="{name}.pdf"' in index
    assert index.index("Articles") < index.index("Ann Upper") < index.index("Reviews") < index.index("Ann Delta")
    page = office.out("site/lower.html").read_text("utf-8")
    assert 'rel="prev" href="upper.html"' in page
    assert 'rel="next" href="delta.html"' in page
    first, last = folios(office.out("site/lower.pdf"))[0], folios(office.out("site/lower.pdf"))[-1]
    assert f'<meta name="citation_firstpage" content="{first}">' in page
    assert first == last or f'<meta name="citation_lastpage" content="{last}">' in page


def test_the_deposit_holds_all_articles_with_their_pages(office):
    root = etree.fromstring(office.out("issue-crossref.xml").read_bytes())
    space = {"c": "http://www.crossref.org/schema/5.4.0"}
    assert len(root.findall(".//c:journal", space)) == 1
    dois = [one.text for one in root.findall(".//c:journal_article/c:doi_data/c:doi", space)]
    assert dois == ["10.5555/upper", "10.5555/lower", "10.5555/delta"]
    pages = [one.text for one in root.findall(".//c:journal_article/c:pages/c:first_page", space)]
    assert pages == [folios(office.out(f"site/{name}.pdf"))[0] for name in ("upper", "lower", "delta")]
    assert root.findtext(".//c:journal_issue/c:journal_volume/c:volume", namespaces=space) == "7"


def test_the_deposit_is_valid(office, need_package):
    file = "commonmeta/resources/crossref/crossref5.4.0.xsd"
    schema = etree.XMLSchema(file=str(need_package("GALLEY_COMMONMETA", "commonmeta-py==0.250", file)))
    schema.assertValid(etree.fromstring(office.out("issue-crossref.xml").read_bytes()))


def test_the_import_is_valid_and_its_numbers_are_each_one_s_own(office):
    if not OJS.is_file():
        pytest.skip("the schema of OJS is not here")
    root = etree.fromstring(office.out("issue-ojs.xml").read_bytes())
    etree.XMLSchema(file=str(OJS)).assertValid(root)
    space = {"o": "http://pkp.sfu.ca"}
    files = [one.get("id") for one in root.findall(".//o:submission_file", space)]
    assert len(files) == len(set(files)) == 6
    assert [one.get("id") for one in root.findall(".//o:submission_file_ref", space)] == files
    assert [one.get("section_ref") for one in root.findall(".//o:publication", space)] == ["ART", "ART", "REV"]


def test_what_has_not_changed_is_not_set_again(own, capsys):
    assert own.set() == 0
    before = {path: path.read_bytes() for path in own.folder.joinpath("output").rglob("*") if path.is_file()}
    capsys.readouterr()
    assert own.set() == 0
    assert "0 set anew, 0 files written" in capsys.readouterr().out
    own.folder.joinpath("lower/article.md").write_text(
        own.folder.joinpath("lower/article.md").read_text("utf-8").replace("It ends.", "It ended."), "utf-8"
    )
    assert own.set() == 0
    assert "1 set anew" in capsys.readouterr().out
    own.write("upper", paragraphs=60)  # it grows, and moves both others
    assert own.set() == 0
    assert "3 set anew" in capsys.readouterr().out
    own.write("upper")
    own.folder.joinpath("lower/article.md").write_text(
        own.folder.joinpath("lower/article.md").read_text("utf-8").replace("It ended.", "It ends."), "utf-8"
    )
    assert own.set() == 0  # all of it was set before
    assert "0 set anew" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("name", ["lower/references.bib", "lower/map.svg"])
def test_what_an_article_names_counts_as_part_of_it(own, capsys, name):
    assert own.set("--only", "html") == 0
    path = own.folder / name
    path.write_text(path.read_text("utf-8").replace("10", "12").replace("{3}", "{4}").replace('"50"', '"60"'), "utf-8")
    capsys.readouterr()
    assert own.set("--only", "html") == 0
    assert "1 set anew" in capsys.readouterr().out


def test_the_theme_counts_and_so_does_its_absence_from_the_cache(own, capsys):
    home = own.folder / "templates" / "ours"
    home.mkdir(parents=True)
    (home / "theme.toml").write_text('[text]\nsize = "10pt"\n', "utf-8")
    assert own.set("--theme", "ours", "--only", "html") == 0
    capsys.readouterr()
    (home / "theme.toml").write_text('[text]\nsize = "12pt"\n', "utf-8")
    assert own.set("--theme", "ours", "--only", "html") == 0
    assert "3 set anew" in capsys.readouterr().out
    assert own.set("--theme", "ours", "--only", "html", "--no-cache") == 0
    assert "3 set anew, 0 files written" in capsys.readouterr().out


def test_damaged_pieces_are_made_again(own, capsys):
    assert own.set("--only", "html") == 0
    for path in own.folder.glob("cache/issues/*/*"):
        path.write_bytes(path.read_bytes()[:-5] + b"XXXXX")
    capsys.readouterr()
    assert own.set("--only", "html") == 0
    assert "3 set anew, 0 files written" in capsys.readouterr().out


def test_a_broken_article_does_not_stop_the_others(own, capsys):
    path = own.folder / "lower" / "article.md"
    path.write_text(path.read_text("utf-8").replace("[@weir1999]", "[@nobody2001]"), "utf-8")
    (own.folder / "delta" / "article.md").write_text("---\ntitle: [\n---\n\nText.\n", "utf-8")
    assert own.set() == 1
    told = capsys.readouterr()
    assert "lower/article.md" in told.err
    assert "nobody2001" in told.err
    rows = {line.split()[0]: line.split() for line in told.out.splitlines() if line.strip()}
    assert rows["upper"][2:] == ["0", "0", "set"]
    assert rows["lower"][2] == "1"
    assert rows["delta"][-2:] == ["not", "set"]
    assert own.out("site/upper.pdf").is_file()
    assert own.out("site/upper.html").is_file()
    assert not own.out("site/issue.pdf").exists()
    assert not own.out("issue-crossref.xml").exists()


def test_blank_versos_let_each_article_begin_on_the_right(own):
    path = own.folder / "issue.yaml"
    path.write_text(path.read_text("utf-8") + "blank-versos: true\n", "utf-8")
    assert own.set("--only", "pdf") == 0
    for name in ("upper", "lower", "delta"):
        assert int(folios(own.out(f"site/{name}.pdf"))[0]) % 2 == 1
    with pikepdf.open(own.out("site/issue.pdf")) as pdf:
        for at, page in enumerate(pdf.pages):
            if page.label.isdigit():
                assert (at + 1) % 2 == int(page.label) % 2


def test_an_issue_is_the_same_however_many_set_it(own):
    assert own.set("--no-cache") == 0
    one = {path.name: path.read_bytes() for path in own.folder.joinpath("output").rglob("*.*")}
    assert own.set("--no-cache", "--output", str(own.folder / "other"), jobs=3) == 0
    assert {path.name: path.read_bytes() for path in own.folder.joinpath("other").rglob("*.*")} == one


def test_a_theme_that_is_not_there_is_told(own, capsys):
    assert own.set("--theme", "nowhere") in (1, 2)
    assert "there is no theme 'nowhere'" in capsys.readouterr().err


def test_the_page_numbers_of_running_heads_are_the_article_s(office, need):
    last = words(need, office.out("site/delta.pdf"))[-1]
    assert re.search(rf"\b{folios(office.out('site/delta.pdf'))[-1]}\b", last)
