"""Characters that nobody meant to write: lost ones, invisible ones, and UTF-8 that was once read as Latin-1."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.span import File

ODD = pattern("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\u202d\u202e\ue000-\uf8ff\ufffd\ufffe\uffff]")
BROKEN = pattern(
    "[ÃÂ][\u0080-\u00bf]|[ÃÂ][€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|â€[\u0080-\u00bf™œžš˜“”¦¢]|Ð[\u0080-\u00bf]Ð|Ø[\u0080-\u00bf]Ø"
)
SIGNS = ("Ã", "Â", "â€", "Ð", "Ø")
NAMES = {
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
    "\u202d": "an override of the direction of writing",
    "\u202e": "an override of the direction of writing",
    "\ufffd": "the sign of a lost character",
}
UNSPACED = pattern("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer, in which a zero-width space says where a line may break."""
MOST = 5


def stray(file: File) -> Iterator[Diagnostic]:
    """``stray-character`` and ``mojibake``, a handful of each; a file that was not UTF-8 has been told of already."""
    text = file.text
    found = [at for at in ODD.finditer(text) if not _meant(text, at.start())]
    for one in found[:MOST]:
        message = f"there is {_named(one[0])} (U+{ord(one[0]):04X}) in the text"
        more = f" (and {len(found) - MOST} more)" if len(found) > MOST and one is found[MOST - 1] else ""
        hint = "type the letter that was lost" if one[0] == "\ufffd" else "delete it; it cannot be seen in most editors"
        yield Diagnostic(WARNING, "stray-character", file.span(*one.span()), message + more, hint)
    if text.isascii() or not any(sign in text for sign in SIGNS):
        return
    for one in list(BROKEN.finditer(text))[:MOST]:
        meant = _meaning(one[0])
        message = f"'{one[0]}' looks like a letter in UTF-8 that was read in another encoding"
        hint = f"most likely '{meant}' is meant" if meant else "open the original as UTF-8"
        yield Diagnostic(WARNING, "mojibake", file.span(*one.span()), message, hint)


def _named(char: str) -> str:
    if char in NAMES:
        return NAMES[char]
    return "a character of private use" if "\ue000" <= char <= "\uf8ff" else "a control character"


def _meant(text: str, at: int) -> bool:
    return text[at] == "\u200b" and bool(UNSPACED.search(text[max(0, at - 1) : at + 2]))


def _meaning(text: str) -> str:
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
    return meant if meant.isprintable() else ""
