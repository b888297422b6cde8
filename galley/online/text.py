"""Words of a service -> the value of a field: markup to LaTeX, signs escaped, capitals of names kept."""

from __future__ import annotations

import html
import re
from unicodedata import normalize

LONGEST = 2_000
"""Characters that a value may have; a title is never longer."""
TAG = re.compile(r"</?([A-Za-z][\w:-]{0,30})[^<>]{0,300}>")
COMMANDS = {"i": "emph", "em": "emph", "sub": "textsubscript", "sup": "textsuperscript", "scp": "textsc"}
DROPPED = re.compile(r"<(mml:annotation|annotation|script|style)\b[^<>]*>.{0,2000}?</\1>", re.DOTALL | re.IGNORECASE)
SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "~": r"{\textasciitilde}",
           "^": r"{\textasciicircum}", "\\": r"{\textbackslash}", "{": "", "}": ""}  # fmt: skip
SMALL = frozenset(
    """about above across after against along among around before behind below beneath beside between beyond despite
    down during except from inside into like near onto outside over past since than that through throughout till
    toward towards under until upon versus when where whether while with within without your their""".split()  # noqa: SIM905
)
"""Longer words that title case may leave in small letters."""
WORD = re.compile(r"[^\W\d_][\w'’-]*")


def plain(value: object) -> str:
    """A service's string without markup, entities resolved, on one line; "" for what is no string."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    text = TAG.sub("", DROPPED.sub("", str(value)[: 5 * LONGEST]))
    return _line(html.unescape(html.unescape(text)))


def field(value: object) -> str:
    """A service's string as a field without italics or the like: its signs escaped for LaTeX."""
    return "".join(SPECIAL.get(sign, sign) for sign in plain(value))


def title(value: object, language: str = "en") -> str:
    """A title as a field: italics, sub- and superscripts kept, capitals braced where it is in sentence case.

    APA sets titles in sentence case (§6.17), which would lower the capital of a name; where most words of the title
    have none, those that do are names. In title case nothing tells them, and in other languages nothing is lowered.
    """
    if not isinstance(value, str):
        return ""
    text = DROPPED.sub("", value[: 5 * LONGEST])
    parts: list[str] = []
    open_: list[str] = []
    at = 0
    for found in TAG.finditer(text):
        parts.append(_escaped(text[at : found.start()]))
        at = found.end()
        name = found[1].lower().removeprefix("jats:")
        name = {"italic": "i"}.get(name, name)
        if name not in COMMANDS:
            continue
        if not found[0].startswith("</"):
            parts.append(f"\\{COMMANDS[name]}{{")
            open_.append(name)
        elif open_ and open_[-1] == name:
            parts.append("}")
            open_.pop()
    parts.append(_escaped(text[at:]))
    whole = _line("".join(parts) + "}" * len(open_))
    return _braced(_lowered(whole)) if language[:2] in ("en", "") else whole


def _escaped(text: str) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in html.unescape(html.unescape(text)))


def _line(text: str) -> str:
    """The text on one line, its signs composed, without what no eye sees."""
    text = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(normalize("NFC", text).split())[:LONGEST].strip()


def is_shouted(text: str) -> bool:
    """Whether a title of several words is all in capitals."""
    words = [word for word in WORD.findall(plain(text)) if len(word) > 3]
    return len(words) > 2 and all(word.isupper() for word in words)


def _lowered(text: str) -> str:
    if not is_shouted(text) or "\\" in text:
        return text
    return text[:1] + text[1:].lower()


def _braced(text: str) -> str:
    """The title with braces round words that have a capital for its own sake, if it is in sentence case."""
    if not is_sentence(text):
        return text
    out, at = [], 0
    for found in _capitals(text):
        out += [text[at : found.start()], "{", found[0], "}"]
        at = found.end()
    return "".join(out) + text[at:]


def is_sentence(text: str) -> bool:
    """Whether a title is in sentence case: a third of its longer words, and not prepositions alone, have no capital."""
    long = [word for word in _words(text)[1:] if len(word[0]) > 3 and word[0].lower() not in SMALL]
    return sum(word[0][0].islower() for word in long) * 3 >= max(1, len(long))


def has_title_case(text: str) -> bool:
    """Whether a title has capitals that may be names' or the title case's, and nothing tells which."""
    return bool(_capitals(text)) and not is_sentence(text) and not is_shouted(text)


def _words(text: str) -> list[re.Match[str]]:
    return [found for found in WORD.finditer(text) if text[found.start() - 1 : found.start()] != "\\"]


def _capitals(text: str) -> list[re.Match[str]]:
    """The words of a title with a capital, but for the first of it and of a part after a colon or the like.

    Acronyms and words with capitals inside are left out, for the engine keeps theirs.
    """
    return [
        found
        for found in _words(text)[1:]
        if found[0][0].isupper()
        and found[0][1:] == found[0][1:].lower()
        and not text[: found.start()].rstrip(" “‘\"'({").endswith((*":.?!—–",))
    ]


def bare(text: str) -> str:
    """A text without case, accents, LaTeX and signs, its words parted by one space: for comparing."""
    text = re.sub(r"\\(?:url|href)\s*\{[^{}]*\}", " ", text)
    for command, letters in (("ss", "ss"), ("ae", "ae"), ("AE", "ae"), ("oe", "oe"), ("OE", "oe"), ("o", "o"),
                             ("O", "o"), ("l", "l"), ("L", "l"), ("i", "i"), ("j", "j"), ("aa", "a"), ("AA", "a"),
                             ("dh", "d"), ("th", "th")):  # fmt: skip
        text = re.sub(rf"\\{command}(?![A-Za-z])(?:\{{\}}|\s)?", letters, text)
    text = re.sub(r"\\[cvuHkrdbt](?=\s*[{\\]|\s+\w)\s*", "", text)  # an accent; its letter follows
    text = re.sub(r"\\[A-Za-z]+\s*|\\[^A-Za-z]|[{}$]", "", TAG.sub("", text))
    text = normalize("NFKD", html.unescape(text)).casefold()
    text = text.translate({0xF8: "o", 0x142: "l", 0xE6: "ae", 0x153: "oe", 0xF0: "d", 0xFE: "th", 0x131: "i"})
    text = "".join(sign for sign in text if not "\u0300" <= sign <= "\u036f")
    return " ".join(re.sub(r"[^\w]+|_", " ", re.sub(r"['’ʼ`]", "", text)).split())
