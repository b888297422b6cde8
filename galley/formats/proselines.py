"""What stands in a line of running text: Pandoc's inlines -> words, italics between asterisks where they are marked,
formulas as signs on the line, notes taken out and numbered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from galley.document import Node
from galley.formats.linear import linear, lowered, raised
from galley.pandoc import QUOTES, plain

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\u2060": "", "\u00ad": ""})
ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


@dataclass
class Lines:
    """Turns inlines into text; gathers the notes, which come last. ``blocks`` sets blocks in a line."""

    marked: bool
    blocks: Callable[[Iterable[Node]], str] = plain
    notes: list[str] = field(default_factory=list)

    def words(self, text: str) -> str:
        """Words with what Markdown would take for a mark escaped."""
        text = text.translate(SPACES)
        return text.replace("\\", "\\\\").replace("*", "\\*") if self.marked else text

    def broken(self, lines: Iterable[str]) -> str:
        """Several lines in one paragraph, the breaks between them kept by readers of Markdown."""
        return ("  \n" if self.marked else "\n").join(lines)

    def line(self, nodes: Iterable[Node], italic: bool = False) -> str:
        """Inlines as text; line breaks in it stand round equations that have lines of their own."""
        return "".join(self.inline(node, italic) for node in nodes)

    def inline(self, node: Node, italic: bool) -> str:
        """One inline as text."""
        kind, content = node["t"], node.get("c")
        match kind:
            case "Str":
                return self.words(content)  # type: ignore[arg-type]  # what a node of this kind holds
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Emph":
                inner = self.line(content or (), True)
                return f"*{inner}*" if self.marked and inner.strip() and not italic else inner
            case "Quoted":
                marks = QUOTES[content[0]["t"]]  # type: ignore[index]  # what a node of this kind holds
                return marks[0] + self.line(content[1], italic) + marks[1]  # type: ignore[index]
            case "Code":
                return self.words(content[1])  # type: ignore[index]  # what a node of this kind holds
            case "Math":
                return self.formula(content)
            case "Superscript" | "Subscript":
                inner = self.line(content or (), italic)
                return (raised if kind == "Superscript" else lowered)(inner) or inner
            case "Note":
                self.notes.append("")
                number = len(self.notes)
                self.notes[number - 1] = self.blocks(content or ())
                return f"[{number}]"
            case "RawInline":
                return ""
            case "Span" if "equation" in content[0][1]:  # type: ignore[index]  # what a node of this kind holds
                return self.equation(content)
            case "Link" | "Image" | "Span" | "Cite":
                return self.line(content[1], italic)  # type: ignore[index]  # what a node of this kind holds
            case _:
                return self.line(content, italic) if isinstance(content, list) else ""

    def formula(self, content: Any, number: str = "") -> str:
        """A formula as signs on a line, else as TeX, in Markdown between dollars; a display on lines of its own."""
        display, tex = content[0]["t"] == "DisplayMath", " ".join(content[1].split())
        text = linear(content[1])
        if text is not None:
            text = self.words(text if display else text.replace("\n", "; "))
        elif self.marked:
            text = f"$${tex}$$" if display else f"${tex}$"
        else:
            text = tex
        return f"\n{text}{number}\n" if display else text

    def equation(self, content: Any) -> str:
        """A numbered equation with its number after it; where rows have numbers these are in the formula."""
        (_, _, pairs), inner = content
        number = dict(pairs).get("number", "")
        said = f" ({self.words(number)})" if number else ""
        return "".join(
            self.formula(node["c"], said) if node["t"] == "Math" else self.inline(node, False) for node in inner
        )


def letters(attributes: Sequence[Any], items: Sequence[Any]) -> Iterator[str]:
    """The marks of a list's items, "1. ", "b) ", "(iv) ", as its author began it."""
    first, style, delimiter = attributes[0], attributes[1]["t"], attributes[2]["t"]
    opening, closing = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}.get(delimiter, ("", "."))
    for number in range(first, first + len(items)):
        yield f"{opening}{_numeral(number, style)}{closing} "


def _numeral(number: int, style: str) -> str:
    if style in ("LowerRoman", "UpperRoman") and 0 < number < 40:
        text, rest = "", number
        for sign, value in ROMAN:
            text, rest = text + sign * (rest // value), rest % value
    elif style in ("LowerAlpha", "UpperAlpha") and 0 < number <= 26:
        text = chr(ord("a") + number - 1)
    else:
        return str(number)
    return text.upper() if style.startswith("Upper") else text
