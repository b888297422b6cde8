"""The TeX commands we know in running text: those that wrap words, stand for a sign, refer, cite, or only lay out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from galley import pandoc
from galley.document import Node
from galley.stages.tex import Command

Words = Callable[[str], list[Node]]
Wrapper = Callable[[Command, Words], list[Node]]

REFERRING = {"ref": "ref", "autoref": "name", "cref": "name", "Cref": "name", "eqref": "eqref", "pageref": "page"}
REFERRING |= {
    "vref": "name",
    "Vref": "name",
    "nameref": "title",
    "subref": "ref",
    "labelcref": "ref",
    "autopageref": "page",
}
"""Commands that refer to a label, and what they print: the number, its word too, the number in parentheses."""
CITING = dict.fromkeys(("cite", "citep", "parencite", "autocite", "footcite", "citealp", "citealt"), "NormalCitation")
CITING |= dict.fromkeys(("Citep", "Parencite", "Autocite", "smartcite", "supercite", "citenum"), "NormalCitation")
CITING |= dict.fromkeys(("citet", "textcite", "Citet", "Textcite", "citeauthor", "Citeauthor"), "AuthorInText")
CITING |= dict.fromkeys(("citeyear", "citeyearpar", "citedate"), "SuppressAuthor")


def _node(kind: str) -> Wrapper:
    return lambda piece, words: [{"t": kind, "c": words(piece.arguments[-1])}]


def _last(piece: Command, words: Words) -> list[Node]:
    return words(piece.arguments[-1])


def _code(piece: Command, words: Words) -> list[Node]:
    """Typewriter words are code; those with more in them than a name keep what is in them."""
    source = piece.arguments[-1]
    plain = source.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("\\#", "#").replace("\\$", "$")
    if "\\" in plain or "$" in plain.replace("\\$", ""):
        return words(source)
    return [{"t": "Code", "c": [pandoc.attr(), plain.replace("~", " ")]}]


def _note(piece: Command, words: Words) -> list[Node]:
    return [{"t": "Note", "c": [pandoc.para(words(piece.arguments[-1]))]}]


def _url(piece: Command, _: Words) -> list[Node]:
    address = piece.arguments[0].replace("\\_", "_").replace("\\%", "%").replace("\\#", "#").replace("\\&", "&").strip()
    return [_link(address, [{"t": "Str", "c": address}], ["uri"])]


def _href(piece: Command, words: Words) -> list[Node]:
    address = piece.arguments[0].replace("\\_", "_").replace("\\%", "%").replace("\\#", "#").replace("\\&", "&").strip()
    return [_link(address, words(piece.arguments[-1]), [])]


def _link(address: str, words: list[Node], classes: list[str]) -> Node:
    return {"t": "Link", "c": [pandoc.attr("", classes), words, [address, ""]]}


def _quoted(piece: Command, words: Words) -> list[Node]:
    return [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, words(piece.arguments[-1])]}]


def _maths(piece: Command, _: Words) -> list[Node]:
    return [{"t": "Math", "c": [{"t": "InlineMath"}, piece.arguments[-1]]}]


WRAPPERS: Mapping[str, Wrapper] = {
    **dict.fromkeys(("textbf", "textmd", "pmb"), _node("Strong")),
    **dict.fromkeys(("emph", "textit", "textsl", "em"), _node("Emph")),
    **dict.fromkeys(("textsc", "scshape"), _node("SmallCaps")),
    **dict.fromkeys(("underline", "uline", "ul"), _node("Underline")),
    **dict.fromkeys(("sout", "st", "xout"), _node("Strikeout")),
    "textsuperscript": _node("Superscript"),
    "textsubscript": _node("Subscript"),
    **dict.fromkeys(("texttt", "code", "pkg", "verb", "lstinline", "path", "proglang", "fct", "class"), _code),
    **dict.fromkeys(("footnote", "footnotetext", "thanks", "endnote"), _note),
    **dict.fromkeys(("url", "nolinkurl"), _url),
    "href": _href,
    **dict.fromkeys(("enquote", "textquote"), _quoted),
    "ensuremath": _maths,
    **dict.fromkeys(
        ("textcolor", "colorbox", "fcolorbox", "hl", "mbox", "hbox", "fbox", "makebox", "framebox", "raisebox"), _last
    ),
    **dict.fromkeys(("text", "textrm", "textsf", "textnormal", "textup", "parbox", "resizebox", "scalebox"), _last),
    **dict.fromkeys(("added", "replaced", "highlight", "acl", "ac", "gls", "textquotedbl", "hypertarget"), _last),
    **dict.fromkeys(("rotatebox", "foreignlanguage", "textlatin", "uppercase", "lowercase", "protect"), _last),
    **dict.fromkeys(
        ("small", "footnotesize", "scriptsize", "tiny", "normalsize", "large", "Large", "centering"), _last
    ),
    **dict.fromkeys(("singlespacing", "doublespacing", "centerline", "leftline", "rightline"), _last),
}


def _sign(text: str) -> Callable[[], list[Node]]:
    return lambda: [{"t": "Str", "c": text}]


def _break() -> list[Node]:
    return [{"t": "LineBreak"}]


SIGNS = {"ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "LaTeX": "LaTeX"}
SIGNS |= {
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "LaTeXe": "LaTeX2ε",
    "copyright": "©",
    "textcopyright": "©",
    "S": "§",
    "P": "¶",
}
SIGNS |= {
    "textregistered": "®",
    "texttrademark": "™",
    "textdegree": "°",
    "degree": "°",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
}
SIGNS |= {"o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "oe": "œ", "OE": "Œ", "l": "ł", "L": "Ł", "i": "ı", "dag": "†"}
SIGNS |= {
    "ddag": "‡",
    "pounds": "£",
    "euro": "€",
    "texteuro": "€",
    "EUR": "€",
    "textbackslash": "\\",
    "textasciitilde": "~",
}
SIGNS |= {"textasciicircum": "^", "textbar": "|", "textless": "<", "textgreater": ">", "textbullet": "•", "textmu": "µ"}
SIGNS |= {"textquotesingle": "'", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "slash": "/"}
SIGNS |= {"textquotedblright": "”", "lbrace": "{", "rbrace": "}", "textunderscore": "_", "textperthousand": "‰"}
SIGNS |= {
    "textonehalf": "½",
    "texttimes": "×",
    "textpm": "±",
    "checkmark": "✓",
    "textsection": "§",
    "nobreakspace": "\u00a0",
}
SIGNS |= {"&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", ",": "\u202f", " ": " ", "@": ""}
SIGNS |= {"-": "\u00ad", "/": "", "!": "", ";": " ", ":": " ", "\n": " ", "qquad": "\u2003\u2003", "enspace": " "}
SYMBOLS: Mapping[str, Callable[[], list[Node]]] = {name: _sign(text) for name, text in SIGNS.items()} | {
    "\\": _break,
    "newline": _break,
}
"""Commands that print a sign; what stands in groups after them is printed behind it."""

UNPRINTED = frozenset(("todo", "marginpar", "marginnote", "reviewcomment", "deleted", "hidden"))
"""Remarks to co-authors."""
IDLE = frozenset(  # as words, for a list of one name a line would fill pages
    """addcontentsline addlinespace addtocounter addtolength afterpage allowbreak arraystretch balance baselineskip
    begingroup beginsupplement bf bfseries bgroup bibliography bibliographystyle bigskip boldmath bottomrule
    captionsetup centerfloat centering cleardoublepage cleardoublepages clearpage clubpenalty cmidrule color
    columnwidth DeclareMathOperator def definecolor dotfill doublespace doublespaced doublespacing egroup eject
    em endgroup FloatBarrier floatplacement flushbottom flushend flushleft flushright fontsize footnotesize
    fussy glsresetall graphicspath hfill hline hphantom hrule hrulefill hskip hspace huge Huge hypersetup
    ignorespaces indent index interfootnotelinepenalty it itshape landscape large LARGE Large leavevmode
    leftskip let linebreak linenumbers linespread linewidth listoffigures listoftables looseness makeatletter
    makeatother maketitle mdseries medskip midrule minsizebox newblock newcommand newcounter newenvironment
    newif newlength newpage newtheorem noalign nocite noindent nolinebreak nolinenumbers nopagebreak normalfont
    normalsize numberwithin onecolumn onehalfspace onehalfspacing pagebreak pagenumbering pagestyle par
    parindent parskip penalty phantom phantomsection printbibliography protect providecommand quad raggedbottom
    raggedleft raggedright refstepcounter relax renewcommand renewenvironment rightskip rm rmfamily rule sc
    scriptsize selectfont setcounter setlength setstretch sf sffamily singlespace singlespaced singlespacing sl
    sloppy small smallskip spacing stepcounter strut suppressfloats tab tabcolsep tableofcontents textheight
    textwidth theoremstyle thispagestyle tiny toprule tt ttfamily twocolumn unboldmath unskip upshape urlstyle
    usepackage vfill vphantom vskip vspace widowpenalty
    """.split()  # noqa: SIM905 - words are read best as words
)
"""Commands that only lay out or set up; they print nothing, nor do their arguments."""

MATHS = frozenset(
    """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau
    upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega times pm mp cdot div leq
    geq le ge neq ne approx sim simeq equiv propto infty partial nabla in notin subset supset cup cap rightarrow
    leftarrow Rightarrow Leftarrow leftrightarrow to mapsto uparrow downarrow forall exists neg land lor sum prod int
    sqrt frac mathbb mathcal mathbf mathrm mathit hat bar tilde vec overline underbrace left right circ ast star bullet
    ll gg perp parallel angle prime ell hbar Re Im aleph emptyset varnothing setminus oplus otimes log exp ln min max
    boldsymbol bm operatorname binom dot ddot langle rangle lfloor rfloor lceil rceil mathsf textmu dagger""".split()  # noqa: SIM905
)


def ismaths(name: str) -> bool:
    """Whether a command belongs to mathematics, so that an author who wrote it in plain text forgot the dollars."""
    return name in MATHS


def plain_words(content: Any) -> bool:
    """Whether there is anything to read in a list of nodes."""
    return bool(pandoc.plain(content)) or any(node["t"] in ("Image", "Math", "Note") for node in pandoc.each(content))
