"""Which changes on disk are changes of the article: all in the project but what is made from it, and the themes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from galley.theme import shelves

LEFT_OUT = frozenset({"output", "node_modules", "venv", "__pycache__"})
STEP, GROUPED = 5, 20
"""Milliseconds without a change after which those before are told of, and the most that they are kept back."""


def folder(path: Path) -> Path:
    """The folder of a project that is named by its folder or by its manuscript."""
    return (path.parent if path.is_file() else path).resolve()


def matters(path: Path, root: Path) -> bool:
    """Whether a change of a file is to be followed: not of outputs, hidden files and the scratch files of editors."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-2:]
    hidden = any(part.startswith(".") or part in LEFT_OUT for part in parts)
    scratch = path.name.endswith(("~", ".swp", ".tmp")) or (path.name.startswith("#") and path.name.endswith("#"))
    return not hidden and not scratch


async def changes(path: Path) -> AsyncIterator[list[Path]]:
    """The files that have changed, after each save; ends when it is cancelled."""
    root = folder(path)
    while True:
        inner = sorted(one for one in root.iterdir() if one.is_dir() and matters(one, root))
        themes = [shelf for shelf in shelves(root) if shelf.is_dir() and not shelf.is_relative_to(root)]
        async for batch in _merged(root, [*inner, *themes]):
            found = sorted({Path(name) for _, name in batch})
            wanted = [one for one in found if matters(one, root)]
            if wanted:
                yield wanted
            if any(one.parent == root and (one.is_dir() or one in inner) for one in wanted):
                break  # a folder has come or gone: watch anew


async def _merged(root: Path, folders: list[Path]) -> AsyncIterator[set[tuple[object, str]]]:
    """Changes right in the root, and anywhere in some folders."""
    import asyncio

    from watchfiles import awatch

    queue: asyncio.Queue[set[tuple[object, str]]] = asyncio.Queue()

    async def follow(paths: list[Path], recursive: bool) -> None:
        told = awatch(*paths, debounce=GROUPED, step=STEP, recursive=recursive, watch_filter=None)
        async for batch in told:
            await queue.put({*batch})

    tasks = [asyncio.create_task(follow([root], False))]
    if folders:
        tasks.append(asyncio.create_task(follow(folders, True)))
    try:
        while True:
            yield await queue.get()
    finally:
        for task in tasks:
            task.cancel()
