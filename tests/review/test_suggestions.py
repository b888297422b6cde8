"""Suggestions in the source: found with who and when, accepted and rejected byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galley.accepting import normal, one_by_one, settled
from galley.cli import main
from galley.span import File
from galley.suggestions import suggestions, who, written


def found(text: str):
    return suggestions(File("a.md", text))


def both(text: str) -> tuple[str, str]:
    """The text with everything accepted, and with everything rejected."""
    all_of_it = found(normal(text)[0])
    return tuple(settled(text.encode(), [(one, way) for one in all_of_it]).decode() for way in (True, False))


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        ("a {++b++} c", "a b c", "a  c"),
        ("a {--b--} c", "a  c", "a b c"),
        ("a {~~b~>d~~} c", "a d c", "a b c"),
        ("a {==b==}{>>why?<<} c", "a b c", "a b c"),
        ("a{>>why?<<} c", "a c", "a c"),
        ("a {++b++}{>>Jo 2026-01-02: better<<}, c", "a b, c", "a , c"),
        ("a {~~b~>d~~}{>>@Jo<<} c", "a d c", "a b c"),
        ("a [b]{.insertion author='J' date=2026-01-02} c", "a b c", "a  c"),
        ("a [b *[c]* d]{.deletion} c", "a  c", "a b *[c]* d c"),
        ('::: {.insertion author="J D"}\nNew.\n:::\n\nOld.\n', "New.\n\nOld.\n", "\nOld.\n"),
        ("x\n\n{--Gone.--}\n\ny\n", "x\n\n\ny\n", "x\n\nGone.\n\ny\n"),
        ("| 1 |\n{--| 2 |--}\n| 3 |\n", "| 1 |\n| 3 |\n", "| 1 |\n| 2 |\n| 3 |\n"),
        ("{==a {++b++} c==}{>>N<<}", "a b c", "a  c"),
        ("{++see https://x.org/a++} b", "see https://x.org/a b", " b"),
        ("\ufeffa {++b++}\r\nc\r\n{--d--}\r\ne", "\ufeffa b\r\nc\r\ne", "\ufeffa \r\nc\r\nd\r\ne"),
    ],
)
def test_accepting_gives_the_new_text_and_rejecting_the_old(text, new, old):
    assert both(text) == (new, old)


@pytest.mark.parametrize(
    "text",
    [
        "`{++b++}`",
        "$a{--b--}c$",
        "```\n{++b++}\n```\n",
        "<!-- {++b++} -->",
        "\\{++b++}",
        "1{--}2 and 3{--}4",
        "{++b",
        "{++}",
    ],
)
def test_code_maths_and_dashes_of_tex_are_no_suggestions(text):
    assert both(text) == (text, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jane Doe 2026-01-02: why: so", ("Jane Doe", "2026-01-02", "why: so")),
        ("@Jane Doe: why", ("Jane Doe", "", "why")),
        ("@Jane", ("Jane", "", "")),
        ("J. D. 2026-01-02T10:20:30Z", ("J. D.", "2026-01-02T10:20:30Z", "")),
        ("2026-01-02: why", ("", "2026-01-02", "why")),
        ("Too long: cut this", None),
        ("since 2026 only", None),
    ],
)
def test_a_comment_names_its_author_by_a_date_or_an_at_sign(text, said):
    assert who(text) == said


def test_a_comment_that_names_nobody_stays_a_comment_of_its_own():
    kinds = [(one.kind, one.note) for one in found("{++a++}{>>Why not?<<}")]
    assert kinds == [("insertion", ""), ("comment", "Why not?")]


WORDS = st.text(
    st.characters(blacklist_characters="{}~<>+-=[]()`$\\|:#*_!@\x00\ufeff", blacklist_categories=("Cs",)), max_size=12
)
PLAIN = WORDS.map(lambda text: text.replace("\r", "\n"))


@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), max_size=6), st.booleans())
def test_whatever_is_written_comes_back(pieces, windows):
    text = "".join(f"x{before}x{written(old, new, 'Jo', '2026-01-02')}x" for before, old, new in pieces)
    new = "".join(f"x{before}x{new}x" for before, _, new in pieces)
    old = "".join(f"x{before}x{old}x" for before, old, _ in pieces)
    if windows:
        text, new, old = (one.replace("\n", "\r\n") for one in (text, new, old))
    if all(first or second for _, first, second in pieces):
        assert both(text) == (new, old)


@given(st.text(st.sampled_from('{}+-~=<>a @:[]()#.\n\r"insertion'), max_size=80))
def test_no_text_raises_and_only_what_is_marked_goes(text):
    for done in both(text):
        letters = iter(text)
        assert all(letter in letters for letter in done)


# -- the verbs ---------------------------------------------------------------------------------------

BODY = (
    "One {++two++}{>>Ada 2026-01-02<<} three.\n\nFour {--five--}{>>Bo 2026-01-03: no<<} six. {>>Ada 2026-01-02: hm<<}\n"
)


def test_all_by_author_and_by_place(project, capsys):
    project.write(BODY)
    head = project.article.read_text("utf-8").split("One")[0]
    line = head.count("\n") + 3
    assert main(["accept", str(project.folder), "--author", "ada"]) == 0
    assert project.article.read_text("utf-8") == head + BODY.replace("{++two++}{>>Ada 2026-01-02<<}", "two")
    assert main(["reject", str(project.folder), "--at", f"article.md:{line}"]) == 0
    assert project.article.read_text("utf-8") == head + "One two three.\n\nFour five six. {>>Ada 2026-01-02: hm<<}\n"
    assert main(["accept", str(project.folder), "--all"]) == 0
    assert "nothing to settle" in capsys.readouterr().out
    assert main(["accept", str(project.folder), "--comments"]) == 0
    assert project.article.read_text("utf-8") == head + "One two three.\n\nFour five six. \n"


def test_one_by_one(capsys):
    answers = iter(["?", "a", "l", "q"])
    picks, stopped = one_by_one(found("{++a++} {--b--} {++c++}"), lambda _: next(answers))
    assert [(one.new, way) for one, way in picks] == [("a", True)]
    assert stopped
    assert "+ a" in capsys.readouterr().out


def test_a_build_warns_and_camera_ready_refuses(project, capsys):
    project.write(BODY)
    assert main(["html", str(project.folder)]) == 0
    said = capsys.readouterr().err
    assert said.count("warning[open-suggestion]") == 3
    assert "a suggestion by Ada is open: 'two' would come" in said
    assert main(["camera-ready", str(project.folder)]) == 1
    said = capsys.readouterr().err
    assert said.count("error[open-suggestion]") == 3
    assert "leftover-mark" not in said, "each is told once, with whose it is"
