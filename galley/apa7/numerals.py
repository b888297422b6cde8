"""Numbers as English words, so that "100 years" sorts under "one hundred"."""

from __future__ import annotations

from typing import Final

_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = (
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip


def spelt(number: int) -> str:
    """Spell a number from 0 to 999,999; 1984 and its like are read as years. Greater ones stay digits."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" {_SMALL[ones]}" if ones else "")
    if number < 1000 or (number < 10000 and number % 1000 == 0):
        size, word = (100, "hundred") if number < 1000 else (1000, "thousand")
        head, rest = divmod(number, size)
        return f"{_SMALL[head]} {word}" + (f" {spelt(rest)}" if rest else "")
    if 1100 <= number < 2000:
        head, rest = divmod(number, 100)
        return f"{spelt(head)} {spelt(rest) if rest else 'hundred'}"
    if number < 1_000_000:
        head, rest = divmod(number, 1000)
        return f"{spelt(head)} thousand" + (f" {spelt(rest)}" if rest else "")
    return str(number)
