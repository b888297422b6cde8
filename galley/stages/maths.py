"""An equation's TeX as authors write it -> TeX that the converter can set, its labels and tags taken out.

What is numbered follows LaTeX: an environment without a star is, a bare ``$$`` only where it has a label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from galley.patterns import pattern

ENVIRONMENT = pattern(
    r"\s*\\begin\s*\{(?P<name>equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math|subequations)"
    r"(?P<star>\*?)\}(?P<body>.*)\\end\s*\{(?P=name)(?P=star)\}\s*",
    re.DOTALL,
)
LABEL = pattern(r"\\label\s*\{([^{}]*)\}|\(\\?#([\w:.-]+)\)")
HEAD = pattern(r"(?:\s|\\label\s*\{[^{}]*\})+")
"""The labels of a group of equations, which stand before the first of them."""
TAG = pattern(r"\\tag\s*\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
SILENT = pattern(r"\\(?:nonumber|notag)(?![A-Za-z])")
ROWS = {"align": "aligned", "flalign": "aligned", "alignat": "alignedat", "gather": "gathered", "multline": "gathered"}
EDGE = pattern(r"\\(begin|end)\s*\{[^{}]*\}|\\\\(?:\s*\[[^\[\]]*\])?|\\.|[{}&]", re.DOTALL)
SWITCHES = {"bf": "boldsymbol", "rm": "mathrm", "it": "mathit", "sf": "mathsf", "tt": "mathtt", "cal": "mathcal"}
SAME = {"bm": "boldsymbol", "mbox": "text", "hbox": "text", "textnormal": "text", "mathds": "mathbb"}
SAME |= {"textup": "text", "mathbbm": "mathbb", "dotsc": "ldots", "dotso": "ldots"}
"""Commands the converter does not know, and those that mean the same."""
IDLE = pattern(
    r"\\(?:xspace|allowbreak|scriptsize|footnotesize|small|normalsize|large|noindent|nobreak|displaylimits|vspace"
    r"|centering|require)(?![A-Za-z])(?:\*?\{[^{}]*\})?"
)


PLAIN_MATRIX = pattern(r"\\(p?matrix|cases)\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
CR = pattern(r"\\cr(?![A-Za-z])\s*(?=(\\end\b)?)")
OVER = pattern(r"\{\s*((?:[^{}]|\{[^{}]*\})*?)\s*\\over(?![A-Za-z])\s*((?:[^{}]|\{[^{}]*\})*?)\s*\}")
FRACTION = pattern(r"\\(?:nicefrac|sfrac)\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
"""What plain TeX and nicefrac write, with what they hold."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an equation: its TeX, the labels it bears, the tag the author gave it, whether it may be numbered."""

    tex: str
    labels: tuple[str, ...] = ()
    tag: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """A display equation read: the environment its lines are set in ("" for none), and the lines.

    ``numbered`` says whether it bears a number as it stands, before anything outside it gave it a label.
    """

    frame: str
    rows: tuple[Row, ...]
    numbered: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label in it, in order."""
        return tuple(label for row in self.rows for label in row.labels)

    @property
    def tag(self) -> str:
        """The first number the author gave by hand, or ""."""
        return next((row.tag for row in self.rows if row.tag), "")

    @property
    def by_rows(self) -> bool:
        """Whether its lines bear numbers of their own: two of them have a label or a tag."""
        return sum(bool(row.labels or row.tag) for row in self.rows) > 1

    def tex(self, numbers: Mapping[int, str] | None = None) -> str:
        """The TeX to set; lines whose place is in ``numbers`` end in their number."""
        lines = []
        for at, row in enumerate(self.rows):
            number = (numbers or {}).get(at)
            gap = r" && \qquad " if self.frame.startswith("aligned") else r" \qquad "
            lines.append(self._spaced(row.tex.rstrip()) + (rf"{gap}\text{{({number})}}" if number else ""))
        body = " \\\\\n".join(lines)
        if not self.frame:
            return body
        name = self.frame.split("{")[0]
        return f"\\begin{{{name}}}{self.frame[len(name) :]}\n{body}\n\\end{{{name}}}"

    def _spaced(self, line: str) -> str:
        """A line of several equations side by side with room between them, as align gives it in LaTeX."""
        points = _points(line) if self.frame == "aligned" and line.count("&") > 1 else []
        for at in reversed(points[1::2]):
            line = f"{line[:at].rstrip()} \\quad {line[at:]}"
        return line


def is_environment(tex: str) -> bool:
    """Whether a piece of raw TeX is an equation and nothing else."""
    return ENVIRONMENT.fullmatch(tex) is not None


def equation(tex: str) -> Equation:
    """A display equation's TeX, in an environment or bare, read."""
    found = ENVIRONMENT.fullmatch(tex)
    if not found:
        return _read(tex, "", False)
    name, body = found["name"], found["body"]
    if name == "subequations":
        head = HEAD.match(body)
        inner = equation(body[head.end() :] if head else body)
        first, *rest = inner.rows
        whole = replace(first, labels=(*_row(head[0] if head else "").labels, *first.labels))
        return replace(inner, rows=(whole, *rest))
    numbered = not found["star"] and name not in ("displaymath", "math")
    if name == "eqnarray":
        return _read(body, "array{rcl}", numbered)
    if name == "alignat":
        count = re.match(r"\s*\{\d+\}", body)
        return _read(
            body[count.end() if count else 0 :], "alignedat" + (count[0].strip() if count else "{2}"), numbered
        )
    return _read(body, ROWS.get(name, ""), numbered)


def _read(body: str, frame: str, numbered: bool) -> Equation:
    lines, aligned = _lines(body)
    if not frame and (aligned or len(lines) > 1):
        frame = "aligned" if aligned else "gathered"
    rows = tuple(_row(line) for line in lines)
    if len(rows) > 1 and not rows[-1].tex.strip() and not rows[-1].labels:
        rows = rows[:-1]
    spoken = any(not row.silent or row.labels for row in rows)
    given = any(row.labels or row.tag for row in rows)
    return Equation(frame, rows, (numbered and spoken) or given)


def _row(line: str) -> Row:
    labels = tuple(found[1] or found[2] for found in LABEL.finditer(line))
    tag = TAG.search(line)
    silent = SILENT.search(line) is not None
    bare = SILENT.sub("", TAG.sub("", LABEL.sub("", line)))
    return Row(mended(re.sub(r"\n\s*\n", "\n", bare)).strip(), labels, tag[1].strip("$ ") if tag else "", silent)


def _lines(body: str) -> tuple[list[str], bool]:
    """The lines of an equation, parted at each ``\\\\`` outside groups, and whether there is a bare ``&``."""
    lines, start, depth, aligned = [], 0, 0, False
    for mark in EDGE.finditer(body):
        text = mark[0]
        if text == "{" or mark[1] == "begin":
            depth += 1
        elif text == "}" or mark[1] == "end":
            depth -= 1
        elif depth <= 0 and text == "&":
            aligned = True
        elif depth <= 0 and text.startswith("\\\\"):
            lines.append(body[start : mark.start()])
            start = mark.end()
    return [*lines, body[start:]], aligned


def _points(line: str) -> list[int]:
    """Where a line has a bare ``&`` outside groups."""
    found, depth = [], 0
    for mark in EDGE.finditer(line):
        depth += (mark[0] == "{" or mark[1] == "begin") - (mark[0] == "}" or mark[1] == "end")
        if mark[0] == "&" and depth == 0:
            found.append(mark.start())
    return found


def mended(tex: str) -> str:
    """The TeX with what the converter does not know said in words that it knows."""
    tex = _of_plain_tex(tex)
    tex = re.sub(r"\\(" + "|".join(SAME) + r")(?![A-Za-z])", lambda found: "\\" + SAME[found[1]], tex)
    tex = re.sub(r"\\(?:textcolor\s*\{[^{}]*\}\s*(?=\{)|color\s*\{[^{}]*\})", "", tex)
    tex = IDLE.sub("", tex)
    switch = re.compile(r"\{\s*\\(" + "|".join(SWITCHES) + r")(?![A-Za-z])\s*((?:[^{}]|\{[^{}]*\})*)\}")
    tex = switch.sub(lambda found: rf"\{SWITCHES[found[1]]}{{{found[2]}}}", tex)
    return re.sub(r"\\(" + "|".join(SWITCHES) + r")(?![A-Za-z])\s*", lambda f: "\\" + SWITCHES[f[1]] + " ", tex)


def _of_plain_tex(tex: str) -> str:
    """The TeX with what plain TeX and small packages say said as LaTeX does: ends of rows, matrices, fractions."""
    tex = PLAIN_MATRIX.sub(lambda m: rf"\begin{{{m[1]}}}{m[2]}\end{{{m[1]}}}", tex) if "\\cr" in tex else tex
    tex = CR.sub(lambda found: "" if found[1] else r"\\ ", tex)
    tex = OVER.sub(r"\\frac{\1}{\2}", tex)
    tex = FRACTION.sub(r"{}^{\1}/_{\2}", tex)
    tex = re.sub(r"\\eqno\s*\(?([^()\s]+)\)?\s*\Z", r"\\tag{\1}", tex)
    tex = re.sub(r"\\prescript\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"{}^{\1}_{\2}", tex)
    tex = re.sub(r"(?:\^\s*)?\\degree(?![A-Za-z])|\^\s*\{\s*\\degree\s*\}", r"^{\\circ}", tex)
    tex = re.sub(r"\\(?:AA|angstrom)(?![A-Za-z])", r"\\text{Å}", tex)
    return tex.replace("{dcases}", "{cases}").replace("{rcases}", "{cases}")


def inline(tex: str) -> str:
    """Maths in a line, mended; a backslash written twice, as in strings of R, is one: a line has no second row."""
    if "\\begin" not in tex and "\\substack" not in tex:
        tex = re.sub(r"\\\\(?=[A-Za-z])", r"\\", tex)
    return mended(SILENT.sub("", LABEL.sub("", tex)))
