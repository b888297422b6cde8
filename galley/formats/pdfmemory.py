"""How much memory the Typst compiler keeps of what it has freed: with long articles that is what is left to save."""

from __future__ import annotations

import sys

LONG = 400_000
"""Characters of manuscript from which it is worth while: some 150 pages."""
ARENAS_AT_MOST = -8
"""M_ARENA_MAX, as malloc.h of the GNU C library has it."""


def spared(length: int) -> None:
    """From a length of the manuscript on, let no thread from now on have a heap of its own: the compiler's threads
    would each keep one, which is a tenth of what a book takes."""
    if length < LONG or not sys.platform.startswith("linux"):
        return
    import ctypes

    limit = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries than GNU's have one heap, or none of it
    if limit:
        limit(ARENAS_AT_MOST, 1)


def given_back() -> None:
    """Let the system have what was freed in pieces: who sets article after article would else grow, slowly."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # GNU's library alone has it
    if trim:
        trim(0)
