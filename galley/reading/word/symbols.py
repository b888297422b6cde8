"""Signs that a Word file names by the place they have in a font: the Symbol font's, and the usual Wingdings."""

from __future__ import annotations

SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
"""From 0x20 on, as Adobe's Symbol encoding has them."""
UPPER = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
"""From 0xA0 on."""
WINGDINGS = {0x6C: "●", 0x6E: "■", 0xA7: "▪", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓"}


def symbol(font: str, code: str) -> str:
    """The sign at a place of a font, the place in hexadecimal; "" where the code is none."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    place = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    if font.lower() == "symbol":
        if 0x20 <= place < 0x20 + len(SYMBOL):
            return SYMBOL[place - 0x20]
        if 0xA0 <= place < 0xA0 + len(UPPER):
            return UPPER[place - 0xA0]
    if font.lower().startswith("wingdings") and place in WINGDINGS:
        return WINGDINGS[place]
    if number < 0x20 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return ""
    return chr(number)
