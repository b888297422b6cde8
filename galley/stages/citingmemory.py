"""What the engine of citations remembers of names, titles and places, let go: for a process that sets article after
article, for what one cites is seldom cited in the next.
"""

from __future__ import annotations

import sys


def forget() -> None:
    """Empty the engine's caches; what comes of a list of references is the same, and the next one takes a little
    longer."""
    for name, module in [*sys.modules.items()]:
        if name.startswith("galley.apa7"):
            for one in [*vars(module).values()]:
                clear = getattr(one, "cache_clear", None)
                if callable(clear):
                    clear()
