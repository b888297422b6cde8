"""Which names a file may bear on every system: none that Windows keeps for its devices.

"aux.pdf" is the device as "aux" is, and capitals count for nothing.
"""

from __future__ import annotations

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{number}" for number in range(10)), *(f"lpt{number}" for number in range(10))}
)


def free(name: str) -> str:
    """The name, with an underscore after it where it is a device's."""
    return f"{name}_" if name.lower() in RESERVED else name
