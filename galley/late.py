"""Library modules that others import at their own start and that our trips hardly ever use: loaded at first use.

``dataclasses`` imports ``inspect`` for classes without a docstring, pybtex ``textwrap`` for its ``repr``; the two and
what they bring along cost a tenth of a short article's time. (``importlib.util.LazyLoader`` does not serve: up to
Python 3.11 a second ``import`` is use enough for it.)
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class Late(ModuleType):
    """Stands for a module until something in it is asked for; then it holds what that module holds."""

    def __getattr__(self, name: str) -> Any:
        """What is not here yet, from the module itself."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = import_module(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def put_off(*names: str) -> None:
    """Let modules that nobody has imported yet be imported when something in them is asked for."""
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = Late(name)
