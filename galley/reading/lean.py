"""Imports pybtex without ``importlib.metadata``, which costs more than all of pybtex and is needed only for plug-ins.

pybtex asks it for its own version and for entry points. While pybtex is imported a stand-in answers the first
from the name of pybtex's own folder, and puts the second off until a plug-in is really looked up.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

STAND_IN = "importlib.metadata"


def _entry_points(**wanted: Any) -> Any:
    from importlib.metadata import entry_points

    return entry_points(**wanted)


def _version(name: str) -> str:
    spec = find_spec(name)
    places = [Path(place).parent for place in (spec.submodule_search_locations or ())] if spec else []
    folders = sorted(folder.name for place in places for folder in place.glob(f"{name}-*.dist-info"))
    return folders[-1].removesuffix(".dist-info").split("-", 1)[1] if folders else "0"


def import_pybtex() -> None:
    """Import pybtex; where either it or ``importlib.metadata`` is there already, nothing is to be saved."""
    if STAND_IN in sys.modules or "pybtex" in sys.modules:
        return
    stand_in: Any = ModuleType(STAND_IN)
    stand_in.version, stand_in.entry_points = _version, _entry_points
    library: Any = importlib
    sys.modules[STAND_IN], library.metadata = stand_in, stand_in
    try:
        importlib.import_module("pybtex.plugin")
    finally:
        del sys.modules[STAND_IN], library.metadata
