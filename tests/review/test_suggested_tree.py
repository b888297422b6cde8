"""CriticMarkup as spans and divisions of the tree, citations and maths whole."""

import pytest

from galley import pandoc
from galley.reading.suggesting import Suggested
from galley.tree import each


def tree(text: str):
    suggested = Suggested()
    return suggested.tree(pandoc.Reading(suggested.text(text)).result()[1])


def sketch(content) -> str:
    """A tree as text: <+ +> round what is inserted, <- -> round what is deleted, <= => round what is commented on."""
    marks = {"insertion": "<+{}+>", "deletion": "<-{}->", "commented": "<={}=>", "comment-start": "<?{}?>"}
    out = []
    for node in content:
        kind, inner = node["t"], node.get("c")
        if kind in ("Span", "Div"):
            name = next((name for name in inner[0][1] if name in marks), "")
            out.append(marks.get(name, "{}").format(sketch(inner[1])))
        elif kind in ("Str",):
            out.append(inner)
        elif kind in ("Space", "SoftBreak"):
            out.append(" ")
        elif kind == "Cite":
            out.append("(" + " ".join(one["citationId"] for one in inner[0]) + ")")
        elif kind == "Math":
            out.append(f"${inner[1]}$")
        elif kind == "Code":
            out.append(f"`{inner[1]}`")
        elif kind in ("Para", "Plain", "Emph", "Note", "BlockQuote"):
            out.append(f"[{kind} {sketch(inner)}]")
        elif kind == "Header":
            out.append(f"[H{inner[0]} {sketch(inner[2])}]")
        elif kind == "BulletList":
            out.append("[" + "|".join(sketch(item) for item in inner) + "]")
        elif kind == "Table":
            rows = [row for body in inner[4] for row in body[3]]
            out.append("/".join("|".join(sketch(cell[4]) for cell in row[1]) for row in rows))
        elif kind == "Link":
            out.append(f"[Link {sketch(inner[1])}]")
    return "".join(out)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a {++b++} c", "[Para a <+b+> c]"),
        ("a {~~b~>c~~}d", "[Para a <-b-><+c+>d]"),
        ("*a {++b* c++}", "[Para [Emph a <+b+>]<+ c+>]"),
        ("{++All of it.++}", "<+[Para All of it.]+>"),
        ("{++# Head++}\n\nText", "<+[H1 Head]+>[Para Text]"),
        ("a {--b\n\nc--} d", "[Para a <-b->][Para <-c-> d]"),
        ("a\n\n{++\nb\n\n- c\n- d\n++}\n\ne", "[Para a]<+[Para b]+><+[[Plain c]|[Plain d]]+>[Para e]"),
        ("- a\n- {++b++}\n{--- c--}\n", "[[Plain a]|[Plain <+b+>]|[Plain <-c->]]"),
        ("[@a; {++@b++}]", "[Para <-(a)-><+(a b)+>]"),
        ("[@a{--; @b--}] x", "[Para <-(a b)-><+(a)+> x]"),
        ("see {++[@a]++}", "[Para see <+(a)+>]"),
        ("{~~@a~>@b~~} said", "[Para <-(a)-><+(b)+> said]"),
        ("{++$x$ and `c`++} b", "[Para <+$x$ and `c`+> b]"),
        ("`{++c++}` $x{++y++}$", "[Para `{++c++}` $x{++y++}$]"),
        ("[l {++k++}](http://x.y)", "[Para [Link l <+k+>]]"),
        ("a^[n {++m++}]", "[Para a[Note [Para n <+m+>]]]"),
        ("{==a==}{>>why<<} b{>>c<<}", "[Para <?why?><=a=> b<?c?>]"),
        ("|a|b|\n|-|-|\n|1|{~~2~>3~~}|\n{++|4|5|++}\n", "[Plain 1]|[Plain <-2-><+3+>]/[Plain <+4+>]|[Plain <+5+>]"),
        ("+---+\n| a {++b++} |\n+---+\n".replace("---", "-" * 11), "[Plain a <+b+>]"),
    ],
)
def test_marks_become_spans_and_divisions(text, wanted):
    assert sketch(tree(text)) == wanted


def test_who_and_when_stand_on_the_spans():
    spans = [node["c"][0] for node in each(tree("a {~~b~>c~~}{>>Jo 2026-01-02: why<<}"), frozenset({"Span"}))]
    known = {tuple(classes): dict(pairs) for _, classes, pairs in spans}
    assert known[("insertion",)] == known[("deletion",)] == {"author": "Jo", "date": "2026-01-02"}
    assert known[("comment-start",)]["id"] == known[("comment-end",)]["id"]


def test_a_suggested_title_is_printed_and_named_as_it_would_be(project):
    head = (
        project.article.read_text("utf-8")
        .replace("Short walks", '"{--Short--}{++Brief++} walks')
        .replace("ones", 'ones"')
    )
    project.write("Text.\n", head)
    document = project.settled()
    from galley.formats.metadata import title

    assert title(document) == "Brief walks and long ones"
