"""The verb ``preview``: finds a port, opens the browser, serves and watches until it is stopped."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.report import fault

if TYPE_CHECKING:
    from socket import socket
    from types import FrameType

    from galley.preview.serving import Server

NEEDED = ("starlette", "uvicorn", "watchfiles", "pypdfium2")


def verbs(parser: Any) -> None:
    """Add the verb to the command line's sub-parsers."""
    text = "show the article in a browser, web page and PDF pages, and follow every save"
    verb = parser.add_parser("preview", help=text, description=text[0].upper() + text[1:] + ".")
    verb.add_argument("project", metavar="PROJECT", nargs="?", type=Path, help="the project (default: this folder)")
    verb.add_argument("--theme", metavar="NAME", default="", help="a theme other than the front matter's")
    verb.add_argument("--port", metavar="NUMBER", type=int, default=0, help="the port (default: any that is free)")
    verb.add_argument("--no-open", action="store_true", help="print the address and open no browser")
    verb.set_defaults(run=_preview)


def _preview(options: argparse.Namespace, home: Path | None) -> int:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        hint = "install what it needs with: pip install 'galley-press[preview]'"
        raise fault("no-preview", "", f"the preview needs {', '.join(missing)}", hint, status=2)
    from galley.reading.files import locate

    path: Path = options.project or (home if home and not Path("manuscript").is_dir() else Path())
    locate(path)  # where there is no manuscript it is told before anything is served
    import asyncio

    from galley.preview.desk import Desk
    from galley.preview.serving import Server

    with _listening(options.port) as place:
        server = Server(lambda tell: Desk(path, options.theme, tell), place.getsockname()[1])
        server.desk.start()
        print(f"{server.address}\n    the preview follows every save; Ctrl-C ends it", flush=True)
        try:
            with suppress(KeyboardInterrupt):  # which is how a preview ends
                asyncio.run(serve(server, place, browse=not options.no_open))
        finally:
            server.desk.stop()
    return 0


def _listening(port: int) -> socket:
    """A socket on this machine's loopback, which no other machine can reach."""
    from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket

    place = socket(AF_INET, SOCK_STREAM)
    place.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        place.bind(("127.0.0.1", port))
        place.listen()  # so that whoever is told the address may ask at once
    except (OSError, OverflowError) as error:
        place.close()
        hint = "leave --port away to take any that is free"
        raise fault("no-port", "", f"the port {port} cannot be taken", hint, status=2) from error
    return place


async def serve(server: Server, place: socket, *, browse: bool) -> None:
    """Serve and watch the server's project until the process is told to stop."""
    import asyncio

    import uvicorn

    from galley.preview.watching import changes

    loop = asyncio.get_running_loop()

    class Site(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """Let go of the pages that listen, too."""
            loop.call_soon_threadsafe(server.close)
            super().handle_exit(sig, frame)

    async def follow() -> None:
        try:
            async for files in changes(server.desk.setter.path):
                server.desk.changed([file.name for file in files])
        except (OSError, RuntimeError) as error:  # such as a system that watches no more files
            print(f"the preview cannot follow the project any more: {error}", file=sys.stderr)

    site = Site(uvicorn.Config(server.app, log_level="error", lifespan="off", timeout_graceful_shutdown=2))
    watching = asyncio.create_task(follow())
    if browse:
        import webbrowser

        loop.run_in_executor(None, webbrowser.open, server.address)
    try:
        await site.serve([place])
    finally:
        watching.cancel()
