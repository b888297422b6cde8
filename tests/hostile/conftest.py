"""The stranger's world for the tests of attacks: canaries outside of the project, a secret in the environment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_world import SECRET, Server, World


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def world(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> World:
    """Secrets, a project that is empty yet, and an environment that leads every wanderer to our server."""
    server.asked.clear()
    made = World(tmp_path, server)
    monkeypatch.chdir(made.project)
    monkeypatch.setenv("CANARY", SECRET)
    monkeypatch.setenv("GALLEY_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{server.port}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "")
    return made
