"""TeX taken apart: every character is in one piece, groups and environments nest, macros are put in."""

from hypothesis import given
from hypothesis import strategies as st

from galley.stages import maths, tex

SCRAPS = st.sampled_from(
    [
        "\\textbf{",
        "}",
        "{",
        "[",
        "]",
        "\\begin{figure}",
        "\\end{figure}",
        "\\begin{",
        "\\",
        "$x$",
        "a b",
        "\n\n",
        "%",
        "\\%",
    ]
)


@given(st.lists(SCRAPS, max_size=14).map("".join))
def test_the_pieces_are_the_whole_source(source):
    assert "".join(piece.source for piece in tex.pieces(source)) == source


@given(st.lists(SCRAPS, max_size=14).map("".join))
def test_anything_can_be_ungrouped_expanded_and_read_as_maths(source):
    known = {"x": tex.Macro(1, "\\textbf{#1}")}
    assert isinstance(tex.ungrouped(tex.expanded(source, known)), str)
    assert isinstance(maths.equation(source).tex(), str)
    assert isinstance(maths.inline(source), str)


def test_environments_nest():
    inner = r"\begin{figure}a\begin{figure}b\end{figure}c\end{figure}"
    (piece,) = tex.pieces(inner)
    assert isinstance(piece, tex.Environment)
    assert piece.body == r"a\begin{figure}b\end{figure}c"


def test_a_command_has_the_groups_that_follow_it():
    (piece,) = tex.pieces(r"\subfloat[One [a]]{\includegraphics{x}}")
    assert (piece.name, piece.options, piece.arguments) == ("subfloat", ("One [a]",), (r"\includegraphics{x}",))


def test_macros_are_found_and_put_in():
    known = tex.macros(r"\newcommand{\R}{\mathbb{R}} \newcommand\pair[2]{(#1, #2)} \DeclareMathOperator{\Var}{Var}")
    assert tex.expanded(r"\pair{\R}{x} \Var \Rx", known) == r"(\mathbb{R}, x) \operatorname{Var} \Rx"


def test_a_macro_that_names_itself_comes_to_an_end():
    assert tex.expanded(r"\a", tex.macros(r"\newcommand{\a}{x\a}")).startswith("xx")


def test_what_is_numbered_follows_latex():
    assert maths.equation(r"\begin{equation} a \end{equation}").numbered
    assert not maths.equation(r"\begin{equation*} a \end{equation*}").numbered
    assert not maths.equation(r"\begin{equation} a \nonumber \end{equation}").numbered
    assert not maths.equation("a").numbered
    assert maths.equation(r"a \label{eq:a}").labels == ("eq:a",)


def test_rows_inside_other_environments_are_no_rows():
    read = maths.equation(r"\begin{align} a &= \begin{cases} 1 \\ 2 \end{cases} \label{a} \\ b \label{b} \end{align}")
    assert [row.labels for row in read.rows] == [("a",), ("b",)]
    assert r"\text{(1)}" in read.tex({0: "1"})
