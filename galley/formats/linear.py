"""A formula's TeX -> the same on a line of plain text: "x̂ = (a + b)/2", "∑_(i=1)^n xᵢ²" as letters and signs.

For running text, where neither TeX nor MathML is at home. What has no such form is left to the caller as TeX.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from galley.patterns import pattern

TOKEN = pattern(r"\\[A-Za-z]+\*?|\\.|\s+|\d+|.", re.DOTALL)


def _paired(table: str) -> dict[str, str]:
    """Commands and their signs, from words ``command=sign``, where commands of one sign are parted by commas."""
    pairs = (word.rsplit(":", 1) for word in table.split())
    return {name: sign for names, sign in pairs for name in names.split(",")}


RELATIONS = _paired("""
le,leq,leqslant:≤ ge,geq,geqslant:≥ lt:< gt:> ll:≪ gg:≫ ne,neq:≠ approx:≈ simeq:≃ sim:∼ cong:≅ equiv:≡ propto:∝
in:∈ notin:∉ ni:∋ subset:⊂ subseteq:⊆ supset:⊃ supseteq:⊇ to,rightarrow,longrightarrow:→ leftarrow,gets:←
mapsto,longmapsto:↦ Rightarrow,implies:⇒ Leftarrow:⇐ Leftrightarrow,iff:⇔ leftrightarrow:↔ perp:⊥ parallel:∥ mid:|
coloneqq:≔ models:⊨ vdash:⊢ times:× cdot:· div:÷ pm:± mp:∓ ast:∗ star:⋆ cup:∪ cap:∩ setminus:∖ land,wedge:∧
lor,vee:∨ oplus:⊕ otimes:⊗ circ:∘
""")
"""Signs between two things, which stand between blanks."""
PLAIN = _paired("""
infty:∞ partial:∂ nabla:∇ prime:′ emptyset,varnothing:∅ forall:∀ exists:∃ nexists:∄ neg,lnot:¬ ell:ℓ hbar:ℏ aleph:ℵ
Re:ℜ Im:ℑ top:⊤ bot:⊥ dagger:† degree:° bullet:• angle:∠ triangle:△ therefore:∴ because:∵ uparrow:↑ downarrow:↓
ldots,dots,dotsc,dotso:… cdots,dotsb:⋯ vdots:⋮ ddots:⋱ langle:⟨ rangle:⟩ lfloor:⌊ rfloor:⌋ lceil:⌈ rceil:⌉
vert,lvert,rvert:| Vert,lVert,rVert,|:‖ lbrace,{:{ rbrace,}:} lbrack:[ rbrack:] backslash:\\ %:% #:# $:$ &:& _:_
varepsilon:ε vartheta:ϑ varphi:φ varrho:ϱ varsigma:ς varpi:ϖ colon:\u003a
""")
BIG = _paired("sum:∑ prod:∏ int:∫ iint:∬ iiint:∭ oint:∮ bigcup:⋃ bigcap:⋂ bigoplus:⨁ bigotimes:⨂ bigvee:⋁ bigwedge:⋀")
NAMES = frozenset(
    {"sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log", "ln", "lg"}
    | {"exp", "det", "dim", "arg", "Pr", "gcd", "ker", "lim", "max", "min", "sup", "inf", "limsup", "liminf"}
    | {"argmax", "argmin", "bmod", "mod"}
)
WORDED = frozenset({"text", "textrm", "textit", "textbf", "mbox", "hbox"})
FONTS = frozenset(
    {"mathrm", "mathit", "mathbf", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "boldsymbol", "bm", "pmb"}
    | {"operatorname", "operatorname*", "ensuremath", "boxed", "underbrace", "overbrace", "underline"}
)
ACCENTS = _paired("hat,widehat:\u0302 bar,overline:\u0304 tilde,widetilde:\u0303 dot:\u0307 ddot:\u0308 vec:\u20d7")
IDLE = frozenset(
    {"left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"}
    | {"Biggl", "Biggr", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "mathstrut", "strut", "!"}
)
BLANKS = frozenset({"quad", "qquad", "enspace", "thinspace", ",", ";", ":", ">", " ", "\n"})
FENCES = {"pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|")}
FENCES |= {"Vmatrix": ("‖", "‖"), "cases": ("{", "")} | dict.fromkeys(("matrix", "smallmatrix", "array"), ("(", ")"))
STACKS = frozenset({"aligned", "alignedat", "gathered", "split", "align", "gather"})
RAISED = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
DEPTH = 30
"""How deep groups may stand in one another."""


class Unset(ValueError):
    """A piece of TeX that has no form on a line of text."""


def linear(tex: str) -> str | None:
    """The formula as text, its rows parted by line breaks; None where something in it has no such form."""
    reader = _Reader(TOKEN.findall(tex))
    try:
        text = reader.run(())
    except Unset:
        return None
    if reader.peek():
        return None
    return "\n".join(line for line in (_tidy(row) for row in text.split("\n")) if line)


def raised(text: str) -> str | None:
    """Digits and signs as superscripts, "⁻³"; None where a letter of it has none."""
    return _moved(text, RAISED)


def lowered(text: str) -> str | None:
    """Digits and signs as subscripts; None where a letter of it has none."""
    return _moved(text, LOWERED)


def _moved(text: str, table: dict[int, int]) -> str | None:
    return text.translate(table) if text and all(ord(sign) in table for sign in text) else None


def _tidy(row: str) -> str:
    row = re.sub(r"\s*([=<>])\s*", r" \1 ", row)
    row = re.sub(r"\s+([,;)\]⌉⌋⟩]|\.(?!\d))", r"\1", re.sub(r"\s+", " ", row))
    return re.sub(r"([(\[⌈⌊⟨])\s+", r"\1", row).strip()


def _enclosed(text: str) -> str:
    """The text in parentheses, unless it is one thing as it stands."""
    return text if re.fullmatch(r"[\w.]+\W?|\([^()]*\)", text) else f"({text})"


class _Reader:
    """Signs, and how far they are read."""

    def __init__(self, signs: Sequence[str]) -> None:
        self.signs = signs
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.signs[self.at] if self.at < len(self.signs) else ""

    def next(self) -> str:
        sign = self.peek()
        if not sign:
            raise Unset
        self.at += 1
        return sign

    def run(self, ends: tuple[str, ...]) -> str:
        """What stands before one of some signs or a closing brace, which is left."""
        out: list[str] = []
        while self.peek() and self.peek() not in ("}", r"\end", *ends):
            out.append(self.piece())
        return "".join(out)

    def blank(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def argument(self) -> str:
        """A group, or the one sign that stands for it, without blanks at its ends."""
        self.blank()
        if self.peek() != "{":
            sign = self.peek()
            if len(sign) > 1 and sign.isdigit():  # of digits without braces TeX takes one
                self.signs = [*self.signs[: self.at], sign[0], sign[1:], *self.signs[self.at + 1 :]]
            return self.piece().strip()
        self.depth += 1
        if self.depth > DEPTH:
            raise Unset
        self.next()
        inner = self.run(())
        if self.next() != "}":
            raise Unset
        self.depth -= 1
        return inner.strip(" ") if self.signs[self.at - 2].strip() else inner

    def piece(self) -> str:
        sign = self.next()
        if sign in ("^", "_"):
            return self.script(sign)
        if sign == "{":
            self.at -= 1
            return self.argument()
        if sign.startswith("\\"):
            return self.command(sign[1:])
        if sign == "&":
            return " "
        return " " if sign.isspace() else {"-": "−", "'": "′", "~": " ", "$": ""}.get(sign, sign)

    def script(self, mark: str) -> str:
        text = re.sub(r"\s*([^\w\s,])\s*", r"\1", self.argument())
        if mark == "^" and text in ("∘", "′", "∗", "⊤", "†", "*"):
            return "°" if text == "∘" else text
        moved = raised(text) if mark == "^" else lowered(text)
        return moved or mark + _enclosed(text)

    def command(self, name: str) -> str:
        if name[:1].isalpha() and name not in BIG and name not in NAMES:
            self.blank()
        if name in IDLE:
            if name in ("left", "right") and self.peek() == ".":
                self.next()
            return ""
        if name in BLANKS:
            return " "
        if name == "\\":
            return "\n" if self.depth == 0 else "; "
        if name in RELATIONS:
            return f" {RELATIONS[name]} "
        found = PLAIN.get(name) or BIG.get(name) or _greek(name)
        return found or self.worded(name)

    def worded(self, name: str) -> str:
        """A command that is a word, takes a group, or begins an environment."""
        if name in NAMES:
            return f"{name} " if self.peek().strip() not in ("", "_", "^", "(", "{", r"\left") else name
        if name in WORDED:
            return self.text()
        if name in FONTS:
            return self.argument()
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return f"{_enclosed(self.argument())}/{_enclosed(self.argument())}"
        if name in ("binom", "dbinom", "tbinom"):
            return f"({self.argument()} over {self.argument()})"
        if name == "sqrt":
            return self.root()
        if name == "mathbb":
            return "".join(map(_blackboard, self.argument()))
        if name in ACCENTS:
            inner = self.argument()
            return inner + ACCENTS[name] if len(inner) == 1 else f"{_enclosed(inner)}{ACCENTS[name]}"
        if name == "begin":
            return self.environment()
        raise Unset

    def text(self) -> str:
        """Words among the signs, blanks and all."""
        if self.peek() != "{":
            return self.argument()
        self.next()
        inner = self.run(())
        self.next()
        return inner.replace("−", "-").replace("′", "’")

    def root(self) -> str:
        degree = ""
        if self.peek() == "[":
            self.next()
            degree = self.run(("]",))
            self.next()
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        return (sign or f"{raised(degree) or degree}√") + _enclosed(self.argument())

    def environment(self) -> str:
        """Rows of an environment: of aligned equations on lines of their own, of a matrix one after the other."""
        name = self.argument().rstrip("*")
        if name in ("array", "alignedat"):
            self.argument()
        if name not in STACKS and name not in FENCES:
            raise Unset
        deep, self.depth = self.depth, self.depth + (name not in STACKS)
        rows, cells = [[""]], ("&", "\\\\")
        while self.peek() and self.peek() != r"\end":
            rows[-1][-1] += self.run(cells)
            mark = self.peek()
            if mark in cells:
                self.next()
                rows.append([""]) if mark == "\\\\" else rows[-1].append("")
            elif mark == "}":
                raise Unset
        self.next()
        self.argument()
        self.depth = deep
        if name in STACKS:
            return ("\n" if deep == 0 else "; ").join(" ".join(row) for row in rows)
        opening, closing = FENCES[name]
        inner = "; ".join(", ".join(_tidy(cell) for cell in row) for row in rows if any(map(str.strip, row)))
        return f"{opening}{inner}{closing}"


def _greek(name: str) -> str:
    """A Greek letter by the name TeX gives it, "" where it is none."""
    size = "CAPITAL" if name[:1].isupper() else "SMALL"
    called = {"LAMBDA": "LAMDA"}.get(name.upper(), name.upper())
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {called}")
    except KeyError:
        return ""


def _blackboard(letter: str) -> str:
    for prefix in ("DOUBLE-STRUCK CAPITAL", "MATHEMATICAL DOUBLE-STRUCK CAPITAL"):
        try:
            return unicodedata.lookup(f"{prefix} {letter}")
        except KeyError:
            continue
    raise Unset
