"""Markup that does not come out even is told at its place, and what only looks like it is not."""

import pytest

from galley.reading.wellformed import told
from galley.span import File


def found(text, *more):
    files = [File("a.md", text), *(File(f"{name}.md", one) for name, one in zip("bcd", more, strict=False))]
    return [f"{one.place} {one.code}" for one in told((file, 0) for file in files)]


FAULTS = {
    "```\ncode\n\nText.\n": ["a.md:1:1 unclosed-fence"],
    "~~~~ python\ncode\n~~~\n": ["a.md:1:1 unclosed-fence"],
    "- item\n\n  ```\n  code\n": ["a.md:3:3 unclosed-fence"],
    "> ```\n> code\n": ["a.md:1:3 unclosed-fence"],
    "::: {.note}\nText.\n": ["a.md:1:1 unclosed-div"],
    "::: outer\n\n::: inner\n\nText.\n\n:::\n": ["a.md:1:1 unclosed-div"],
    "Text.\n\n:::\n": ["a.md:3:1 unopened-div"],
    "Text <!-- and\n\nmore.\n": ["a.md:1:6 unclosed-comment"],
    "<!-- a --> b <!-- c\n": ["a.md:1:14 unclosed-comment"],
    "# One\n\n### Three\n": ["a.md:3:1 heading-jump"],
    "Text\n## Two\n": ["a.md:2:1 unread-heading"],
    "##Two\n": ["a.md:1:1 unread-heading"],
    "## {#id}\n\n## \n": ["a.md:3:1 empty-heading"],
    "We had `r nrow(d)` rivers.\n": ["a.md:1:8 unrun-code"],
    "```{r, echo=FALSE}\nplot(1)\n```\n\n~~~ {python}\n1\n~~~\n": ["a.md:1:1 unrun-code"],
    "See {{< var rivers >}}.\n": ["a.md:1:5 unrun-code"],
    "```{.r}\nplot(1)\n```\n\n```r\n1\n```\n\nIt was `r = .3`, and `{{< var >}}`.\n": [],
    "These:\n- a\n- b\n": ["a.md:2:1 unread-list"],
    "These:\n1. a\n2. b\n": ["a.md:2:1 unread-list"],
    "A[^1] and B.[^2]\n\n[^2]: Note.\n": ["a.md:1:2 undefined-note"],
    "Text.\n\n[^1]: Note.\n": ["a.md:3:1 unused-note"],
    "A.[^1]\n\n[^1]: Note.\n\n[^1]: Other.\n": ["a.md:5:1 repeated-note"],
    "A ^[note. B\n\nC]\n": ["a.md:1:3 unclosed-note"],
    "See [this][that].\n": ["a.md:1:5 undefined-link"],
    "As \\citep[see][p. 4]{doe2001} says.\n": [],
    "See [this].\n\n[this]: http://a.org\n[This]: http://b.org\n": ["a.md:4:2 repeated-link"],
    "See [this]() now.\n": ["a.md:1:5 empty-link"],
    "See [this](http://a.org now.\n": ["a.md:1:10 unclosed-link"],
    "As `this says.\n": ["a.md:1:4 unclosed-code"],
    "As ``this'' says.\n": ["a.md:1:4 unclosed-code"],
    "As **this says.\n": ["a.md:1:4 unclosed-emphasis"],
    "As [@doe2001 says.\n": ["a.md:1:4 unclosed-citation"],
    "As (@doe2001) says.\n": ["a.md:1:4 round-citation"],
    "(@good) One example\n\nAs (@good) shows.\n": [],
    "As [see @doe2001, @roe2002] says.\n": ["a.md:1:17 keys-without-semicolon"],
    "![A](a.png){#fig:a alt=“b”}\n": ["a.md:1:24 unread-attributes"],
    "![A](a.png){#fig:a\n": ["a.md:1:12 unread-attributes"],
    "![A](a.png) {#fig:a}\n": ["a.md:1:12 unread-attributes"],
    "| a | b |\n| 1 | 2 |\n": ["a.md:1:1 unread-table"],
    "Text\n| a | b |\n|---|---|\n| 1 | 2 |\n": ["a.md:2:1 unread-table"],
    "| a | b |\n|---|---|\n": ["a.md:1:1 empty-table"],
    "+---+---+\n| a | b |\n+---+---+\n| c | d  |\n+---+---+\n": ["a.md:4:1 broken-grid"],
    "+---+---+\n| a | b |\n": ["a.md:2:1 broken-grid"],
    "+---+---+\n| a | b |\n+--+----+\n": ["a.md:3:1 broken-grid"],
    "It is $a = b here.\n": ["a.md:1:7 unclosed-maths"],
    "It is $ a = b$ here.\n": ["a.md:1:7 unread-maths"],
    "It is $a = b $ here.\n": ["a.md:1:7 unread-maths"],
    "$$ a = b\n\nText.\n": ["a.md:1:1 unclosed-maths"],
    "$$ a =\n\nb $$\n": ["a.md:1:1 unclosed-maths"],
    "It is \\(a = b\\) here.\n": ["a.md:1:7 unread-maths"],
    "\\[a = b\\]\n": ["a.md:1:1 unread-maths"],
    "$$ $$\n": ["a.md:1:1 empty-maths"],
    "\\begin{align}\na\n\nText.\n": ["a.md:1:1 unclosed-environment"],
    "a\n\\end{align}\n": ["a.md:2:1 unclosed-environment"],
    "\\begin{a}\\begin{b}\\end{a}\n": ["a.md:1:10 unclosed-environment"],
    "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n": ["a.md:1:1 merge-conflict"],
    "Text.\n\n---\nlang: en\n---\n\nMore.\n": ["a.md:3:1 stray-yaml"],
    "A\u200bB.\n": ["a.md:1:2 stray-character"],
    "A\ufeffB.\n": ["a.md:1:2 stray-character"],
    "cafÃ© and â€œ\n": ["a.md:1:4 mojibake", "a.md:1:11 mojibake"],
    "<script>alert(1)</script>\n": ["a.md:1:1 raw-html"],
    "Some <b>bold words.\n": ["a.md:1:6 raw-html"],
    "Some <i>words\n\nand</i> more.\n": ["a.md:1:6 raw-html"],
    "H<sub>2</sub>O, <B class=x>bold</b>, `<i>`, $a<b>c$, <j> and <br>.\n": [],
}
SOUND = (
    "You need the [a](http://a.org)[^b]:\n\n[^b]: A package.\n",
    "  [^a]: One.\n\nUsed.[^a]\n",
    "```\n$ a = b\n[^1] ![x](\n:::\n<!--\n```\n",
    "````\n```\nshown\n```\n````\n",
    "~~~\n```\n~~~\n",
    "Inline ``` three ``` ticks, and ``a ` b``.\n",
    "A\n\n    ```\n    shown as code\n",
    "::: {.a}\n:::: {.b}\n::::\n:::\n",
    "::: note :::\nText.\n:::::::\n",
    "<!-- a\n\n``` b ``` [^9] $ -->\n\nText.\n",
    "`<!--` opens a comment and `:::` a division.\n",
    "Arrows --> are no comments.\n",
    "# One\n\n## Two\n\n### Three\n\n# One again\n\n## Two\n",
    "### Begins low\n\n#### Lower\n",
    "```\n# no\n### headings\n```\n",
    "#hashtag and so on, a long sentence.\n",
    "# One\n## Two\nText.\n",
    "Text\n- with a dash at the start of its line\n",
    "A year of\n2001. Then more.\n",
    "- a\n- b\n\n1. c\n2. d\n",
    "- a\n\n  b:\n- c\n- d\n",
    "Term\n: a\n: b\n",
    "A.[^1] B.[^long-name]\n\n[^1]: One\n    goes on.\n\n[^long-name]: Two.\n",
    "A^[note [with](http://a.org/(b)) and `code]`].\n",
    "[The method][] is [here][method] or [there][].\n\n# Method\n\n[the method]: http://a.org\n[there]: #x\n",
    "[@doe2001][^1] and [a][@b].\n\n[^1]: N.\n",
    "[a](http://a.org/x_(y)) and [b](<http://b.org/c d>).\n",
    "[a](http://a.org\n'Title') ends in the next line.\n",
    "It costs $5, and then $10; US$ 3 or $x.\n",
    "`$a = b` and \\$a = b.\n",
    "$$\na = b \\\\\nc = d\n$$ {#eq:a}\n",
    "It is $a_1 = \\$5$, $\\text{a $b$ c}$.\n",
    "\\begin{align}\n\\begin{a}\\end{a}\n\\end{align}\n",
    "`\\begin{align}` opens it.\n",
    "*p* < .05. **p < .01.\n",
    "| a | b** |\n|---|---|\n| 0.5** | c |\n",
    "**bold** and **`code`**, **$x$**, 2**3, a ** b.\n",
    "As \\*\\*stars and \\`ticks\\`.\n",
    "[see @a, p. 3; @b], [-@c], @d [p. 4], [Lee, -@e].\n",
    "(see [@a] or @b, p. 3) and (e.g., in @c and @d).\n",
    "See @fig:a (@tbl:b) and [@fig:a, @fig:b].\n",
    "Mail [me](mailto:a@b.org), \\[@a or e@mail.\n",
    "| a line of verse\n| and another\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Caption\n",
    "Table: Caption\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "# Heading\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "a | b\n--|--\n1 | 2\n",
    "+---+---+\n| a | b |\n+===+===+\n| ä | 中|\n+---+---+\n",
    "+---+---+\n| a     |\n+---+---+\n| b | c |\n+---+---+\n",
    "Text {#not an id} and {a}.\n",
    "# Title {#sec:a .b}\n\n[words]{.smallcaps}\n",
    '![A](a.png){#fig:a\nwidth=50% alt="b"}\n',
    "Rule:\n\n---\n\nText: more\n\n---\n",
    "A heading\n=========\n\nText.\n",
    "São Paulo, SÃO, Âge, naïve, 5 € — “all” right’s.\n",
    "สวัสดี\u200bครับ, می\u200cخواهم, 👩\u200d🔬.\n",
    "Word {--gone--}{++new++} {>>a note [with one<<}.\n",
    "",
    "\n\n",
)


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[:24])
def test_it_is_told_at_its_place(text):
    assert found(text) == FAULTS[text]


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[:24])
def test_it_is_told_in_the_midst_of_a_text_too(text):
    lines = {one.rpartition(":")[0].split(":")[1]: one for one in FAULTS[text]}
    shown = {one.split(" ")[1] for one in found(f"Before.\n\n{text}\n\nAfter it.\n")}
    assert {one.split(" ")[1] for one in lines.values()} <= shown


@pytest.mark.parametrize("text", SOUND, ids=lambda text: text[:24])
def test_what_only_looks_like_it_is_not_told(text):
    assert found(text) == []


def test_notes_and_divisions_reach_from_file_to_file():
    assert found("::: note\nA.[^1]\n", "B.\n:::\n\n[^1]: Note.\n") == []
    assert found("A.[^1]\n", "B.\n") == ["a.md:1:3 undefined-note"]


def test_of_many_odd_characters_some_are_told():
    shown = list(told([(File("a.md", "a\x07 " * 40), 0)]))
    assert len(shown) == 5
    assert "35 more" in shown[-1].message
