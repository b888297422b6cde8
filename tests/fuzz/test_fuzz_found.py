"""What fuzzing has found, each as small as it could be made, with what is said of it now."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fuzzword import docx

from galley.bibtex import clean
from galley.checks.preflight.reading import Pdf, value
from galley.cli import main
from galley.formats.cleanpictures import cleaned
from galley.quiet import quiet
from galley.reading.bibliography import bibliography
from galley.reading.metadata import header
from galley.reading.suggesting import Suggested
from galley.reading.word import returned
from galley.reading.word.cslfields import json_value
from galley.span import File, Span
from galley.typed.shelving import shelved

FRONT = "---\ntitle: T\nauthor: A\ntheme: preprint\n{}---\n\nText.\n"


@contextmanager
def seconds(most: float) -> Iterator[None]:
    """Ends what takes longer on the processor: what is tried here took minutes, and takes a hundredth of this now."""

    def late(*_: object) -> None:
        raise AssertionError(f"not done in {most} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def told(folder: Path, capsys: pytest.CaptureFixture[str], text: str, *words: str) -> tuple[int, str]:
    """What a verb says of a manuscript."""
    (folder / "paper.md").write_text(text, "utf-8")
    status = main([*words, str(folder / "paper.md")])
    out = capsys.readouterr()
    return status, out.out + out.err


# -- bibliographies ------------------------------------------------------------------------------------


def test_a_key_with_a_brace_is_told_and_left_out() -> None:
    found = bibliography([File("a.bib", "@misc(a}b, title = {T})\n@book{c, title = {T}}\n")])
    assert list(found.entries) == ["c"]
    assert "the key 'a}b' holds a brace, and so no reader of BibTeX finds its end" in [
        one.message for one in found.faults
    ]


def test_an_at_sign_between_entries_begins_none() -> None:
    found = bibliography([File("a.bib", "@book{a, title = {T}}@\\{0")])
    assert list(found.entries) == ["a"]
    assert list(bibliography([File("b.bib", clean(found.entries))]).entries) == ["a"]


@pytest.mark.parametrize("text", ["@a(,@", "@a{", "@a{b, c = {", "@a{b, c ="])
def test_what_is_told_of_a_cut_entry_stands_in_its_file(text: str) -> None:
    for one in bibliography([File("a.bib", text)]).faults:
        assert isinstance(one.place, Span)
        assert 0 <= one.place.start <= one.place.end <= len(text)


@pytest.mark.parametrize(
    "fields",
    [
        {"edition": "9" * 5000}, {"volumes": "²"}, {"volumes": "9" * 5000}, {"year": "2020", "month": "²"},
        {"year": "2020", "month": "may", "day": "9" * 5000}, {"pages": "9" * 5000 + "--" + "8" * 5000},
        {"title": "9" * 5000 + " x"},
    ],
    ids=lambda fields: "-".join(fields),
)  # fmt: skip
def test_figures_that_are_no_numbers_are_printed_as_they_are(fields: dict[str, str]) -> None:
    rows = "".join(f", {name} = {{{text}}}" for name, text in fields.items())
    (one,) = shelved(bibliography([File("a.bib", f"@book{{a, author = {{Smith, Ann}}, title = {{T}}{rows}}}")]).entries)
    assert one.text.startswith("Smith, A.")


def test_a_value_deeper_than_readers_follow_is_written_so_that_they_can() -> None:
    deep = "{\\ref" * 300
    found = bibliography([File("a.bib", f"@book{{a,\n  title = {{x{deep},\n  year = 2020\n}}\n")])
    again = bibliography([File("b.bib", clean(found.entries))])
    assert [one for one in again.faults if one.code == "broken-entry"] == []
    assert list(again.entries) == ["a"]


# -- manuscripts ---------------------------------------------------------------------------------------


def test_a_line_end_of_yaml_alone_moves_no_place() -> None:
    head = header(File("a.md", "---\na: x\x85y\ntitle: T\u2028U\nb: c\n---\n"))
    assert str(head.place.of("b")) == "a.md:4:4"


def test_a_fault_behind_line_ends_of_yaml_alone_is_told_at_its_line() -> None:
    text = '---\ntitle: cogn"\ntags:\n  M' + "\x85" * 9 + "r.bib\nhelticol}\n---\n"
    (one,) = header(File("a.md", text)).faults
    assert one.code == "bad-yaml"
    assert isinstance(one.place, Span)
    assert one.place.line <= 6


def test_pages_longer_than_any_number_are_no_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = told(tmp_path, capsys, FRONT.format(f"pages: {'9' * 5000}\n"), "html", "--draft")
    assert status in (0, 1)
    assert "expected pages such as 95-98" in said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("bibliography", "there is no bibliography 'xxx"),
        ("csl", "there is no style 'xxx"),
        ("theme", "there is no theme 'xxx"),
    ],
)
def test_a_name_too_long_for_the_system_is_the_name_of_nothing(
    field: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FRONT.replace("theme: preprint\n" if field == "theme" else "\0", "").format(f"{field}: {'x' * 400}\n")
    status, words = told(tmp_path, capsys, text, "html", "--draft")
    assert status in (0, 1, 2)
    assert said in words
    assert "error[system]" not in words


def test_a_mark_over_the_end_of_a_citation_is_left_to_stand() -> None:
    assert "w~~}" in Suggested().text("[@{++++}{~~]w~~}")


def test_marks_and_citations_by_the_ten_thousand() -> None:
    with seconds(20):
        Suggested().text("[@k1] {++a++} " * 20_000)


def test_an_emphasis_without_words_is_imported(tmp_path: Path) -> None:
    (tmp_path / "typed.md").write_text("A title\n\nAs Smith (2020) says ~~ ~~ **[]()**.\n\nPI,~~\n\n~~\n", "utf-8")
    assert main(["import", str(tmp_path / "typed.md"), "-o", str(tmp_path / "out")]) in (0, 1)


def test_a_nul_in_a_file_of_another_encoding_goes_no_further(tmp_path: Path) -> None:
    (tmp_path / "typed.md").write_bytes(b"A title\n\nCaf\xe9 \0 au lait (Smith, 2020).\n")
    main(["import", str(tmp_path / "typed.md"), "-o", str(tmp_path / "out")])
    made = (tmp_path / "out" / "manuscript" / "article.md").read_text("utf-8")
    assert "\0" not in made
    assert "Café \ufffd au lait" in made


@pytest.mark.parametrize("unit", ["`", "~", "$", "``a ", "<http:a", "<!--", "](", "```\n", "`a``b```c````d "])
def test_code_and_maths_are_found_in_one_look(unit: str) -> None:
    with seconds(20):
        assert len(quiet(unit * (300_000 // len(unit)))) == 300_000 // len(unit) * len(unit)


def test_a_line_is_a_number_or_no_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.md").write_text("Some {++words++}.\n", "utf-8")
    assert main(["accept", str(tmp_path / "paper.md"), "--at", "paper.md:²"]) == 2
    assert "error[no-place] is no place" in capsys.readouterr().err


# -- files ---------------------------------------------------------------------------------------------


def test_the_end_of_a_field_within_a_plain_field(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    mark = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    path.write_bytes(docx(f'<w:p><w:fldSimple w:instr="PAGE">{mark}<w:r><w:t>kept</w:t></w:r></w:fldSimple></w:p>'))
    found, _ = returned.read(path)
    assert "kept" in repr(found)


@pytest.mark.parametrize("level", ["²", "9" * 5000, "-1", ""])
def test_a_level_that_is_no_figure_is_none(level: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    numbers = f'<w:outlineLvl w:val="{level}"/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    path.write_bytes(docx(f"<w:p><w:pPr>{numbers}</w:pPr><w:r><w:t>kept</w:t></w:r></w:p>"))
    found, _ = returned.read(path)
    assert "kept" in repr(found)


def test_half_a_letter_in_a_field_is_no_letter() -> None:
    found = json_value(r'{"a": "x\ud800y", "b": "\ud83d\ude42", "c": "\u0000"}')
    assert found == {"a": "x?y", "b": "🙂", "c": " "}


def test_answers_with_half_a_letter_are_written(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "paper.md").write_text("---\ntitle: T\n---\n\nSome words.\n", "utf-8")
    said = {"galley": "proof-answers", "answers": [], "corrections": [{"find": "Some words", "replace": "a\ud800\0b"}]}
    (tmp_path / "a.json").write_text(json.dumps(said), "utf-8")
    assert main(["import", str(tmp_path / "a.json"), "--into", str(project)]) == 0
    assert "{~~Some words~>a b~~}" in (project / "paper.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"start-page: {'9' * 5000}\narticles: [x]\n", "is no page number"),
        ('articles: ["a\\0b"]\n', "there is no folder 'a\ufffdb'"),
        (f"articles: [{'x' * 400}]\n", "there is no folder 'xxx"),
    ],
)
def test_an_issue_that_names_what_cannot_be(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "issue.yaml").write_text(text, "utf-8")
    assert main(["issue", str(tmp_path / "issue.yaml")]) in (1, 2)
    assert said in capsys.readouterr().err


def test_a_jpeg_that_says_it_is_huge_is_cleaned_of_nothing() -> None:
    huge = b"\xff\xd8\xff\xc0\x00\x0b\x08FIF\x00\x01\x01\xff\xd9"  # 17,993 by 17,920 pixels in fifteen bytes
    assert cleaned(huge) == (huge, ".jpg")


# -- PDFs ----------------------------------------------------------------------------------------------


def test_remarks_without_end_in_a_pdf() -> None:
    with seconds(20):
        assert value(b"%" * 400_000, 0)[0] is None
        assert value(b"% a\n" * 100_000 + b"12", 0)[0] == 12


def test_a_number_longer_than_python_reads() -> None:
    assert value(b"9" * 5000, 0)[0] < 10**90


@pytest.mark.parametrize("root", ["7", "[]", "(a)", "9 0 R"])
def test_a_pdf_without_a_catalogue_has_no_pages(root: str) -> None:
    text = f"%PDF-1.7\nxref\n0 0\ntrailer\n<</Root {root}>>\nstartxref\n9\n%%EOF"
    assert Pdf(text.encode()).pages() == []


def test_a_table_of_more_objects_than_the_file_has_bytes() -> None:
    text = b"%PDF-1.7\nxref\n0 999999999999\n0000000000 65535 f \ntrailer\n<<>>\nstartxref\n9\n%%EOF"
    with seconds(20):
        assert Pdf(text).pages() == []


TEX = (
    *("\\a{", "{", "{\\bf ", "\\a[", "\\a[{", "\\begin{a}", "\\begin{a}\\end{a}", "\\a ", "{}", "\\begin{a}{"),
    *("\\newcommand{\\a}[2]{#1}\\a[x", "\\newcommand{\\a}{\\a\\a}", "\\newcommand{\\a}{", "\\def\\a#1{"),
)  # fmt: skip


@pytest.mark.parametrize("unit", TEX)
def test_tex_that_never_closes_is_looked_through_once(unit: str) -> None:
    from contextlib import suppress

    from galley.stages import tex

    source = unit * (300_000 // len(unit))
    with seconds(20):
        known = tex.macros(source) or {"a": tex.Macro(2, "x")}
        assert "".join(piece.source for piece in tex.pieces(source)) == source
        assert len(tex.expanded(source, known)) < 10_000_000
        with suppress(RecursionError):
            tex.ungrouped(source)


def test_groups_by_the_hundred_within_one_another_are_too_deep() -> None:
    from galley.stages.tex import ungrouped

    assert ungrouped("{" * 150 + "a" + "}" * 150) == "a"
    with pytest.raises(RecursionError):
        ungrouped("{" * 300 + "a" + "}" * 300)


def test_braces_within_one_another_are_told_as_such() -> None:
    text = "@book{a, title={A " + "{" * 120 + "x" + "}" * 120 + "},\n year=2020}\n@book{b, title={B}}\n"
    read = bibliography([File("a.bib", text)])
    assert [one.code for one in read.faults] == ["too-deep"]
    assert set(read.entries) == {"a", "b"}


def test_a_table_of_captions_alone() -> None:
    from galley.stages.texfloats import Float, _gather

    found = Float()
    with seconds(20):
        _gather(None, "{}a" * 60_000, found)  # type: ignore[arg-type] - it has no command
    assert found.notes == ["a" * 60_000]


def test_tags_that_open_and_tags_that_close_by_the_ten_thousand() -> None:
    from galley.reading.wellformed import elements
    from galley.reading.wellformed.prose import Prose
    from galley.stages.markup import Unmarking

    tags = [*["<b>"] * 20_000, *["</i>"] * 20_000]
    nodes = [{"t": "RawInline", "c": ["html", one]} for one in tags]
    text = "".join(tags)
    with seconds(20):
        assert Unmarking().content(nodes) == []
        assert len(list(elements.hidden((Prose(File("a.md", text), 0, text),)))) == 20_000


def test_initials_by_the_hundred_thousand() -> None:
    from galley.apa7.author import initials

    with seconds(20):
        assert initials("A. " * 150_000).count("A.") == 150_000
    assert initials("Ada JK") == "A. J. K."


def test_findings_by_the_ten_thousand_in_one_line() -> None:
    from galley.report import WARNING, Diagnostic, draw

    file = File("a.md", "word\x1b " * 150_000)
    found = [Diagnostic(WARNING, "a", file.span(at, at + 4), "m") for at in range(0, 900_000, 300)]
    with seconds(20):
        assert all("\x1b" not in draw(one) for one in found)


def test_citations_by_the_ten_thousand_in_one_paragraph() -> None:
    from galley.typed.keying import _Plan, _without_overlaps

    plans = [_Plan(0, at, at + 4, "", False, at, (("k", "", ""),), "") for at in range(0, 100_000, 2)]
    with seconds(20):
        kept = _without_overlaps([*plans, plans[3]._replace(keys=())])
    assert [one.start for one in kept] == list(range(0, 100_000, 4))


def test_a_name_of_hyphens_alone_is_tried_in_few_ways() -> None:
    from galley.apa7.parse.otherstyles import _PERSON

    with seconds(20):
        assert not _PERSON.match("A-" * 20_000)
    assert _PERSON.match("García-Márquez, G. J.")
