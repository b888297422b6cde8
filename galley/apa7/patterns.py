"""Regular expressions that are compiled when they are first used: most are never needed for a given bibliography."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class _Lazy:
    """A pattern that becomes a compiled one, method by method, as it is asked for them."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


if TYPE_CHECKING:

    def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
        """A pattern as ``re.compile`` gives it, compiled at its first use."""
else:

    def pattern(source: str, flags: int = 0) -> _Lazy:
        """A pattern as ``re.compile`` gives it, compiled at its first use."""
        return _Lazy(source, int(flags))
