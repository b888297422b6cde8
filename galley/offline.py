"""No network for verbs that need none: the compiler, Pandoc, git and all they run ask a proxy that is not there.

A theme's Typst may name a package that the compiler would fetch, and a citation style a parent that Pandoc would.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

NOWHERE = "http://127.0.0.1:0"
PROXIES = ("all_proxy", "https_proxy", "http_proxy", "ftp_proxy")
ASKING = frozenset({"cite", "deposit", "test"})
"""Verbs that may ask the network: the first two when told to, and tests, which are a project's own programs."""


@contextmanager
def offline(arguments: Sequence[str]) -> Iterator[None]:
    """Keep this process and those it starts from the network while a command line without need of it runs."""
    if not arguments or arguments[0] in ASKING or "--online" in arguments:
        yield
        return
    names = (*PROXIES, *(name.upper() for name in PROXIES))
    before = {name: os.environ.get(name) for name in (*names, "no_proxy", "NO_PROXY")}
    os.environ.update(dict.fromkeys(names, NOWHERE) | {"no_proxy": "", "NO_PROXY": ""})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
