"""The preview's server: on loopback only, for whoever knows its secret address, and nothing but what the page shows.

A page of the web at large that makes a browser ask here is refused: by the name of the host (DNS rebinding), by the
origin, by what the browser says of who asks, and for want of the random part of the address.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from galley.preview.desk import Desk, Event

HERE = Path(__file__).parent
OWN = "default-src 'none'; " + "; ".join(f"{kind}-src 'self'" for kind in ("script", "style", "connect", "frame"))
OWN += "; img-src 'self' blob: data:"
PICTURES = "default-src 'none'; style-src 'unsafe-inline'"
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
KINDS = {"page.css": "text/css", "page.js": "text/javascript", "morph.js": "text/javascript"}
BEAT = 15
"""Seconds after which an idle stream says that it is still there."""


class Guard:
    """Lets only those requests through that come from our own page, or from a reader who was given its address."""

    def __init__(self, app: Any, hosts: frozenset[str]) -> None:
        """``hosts`` are the names and ports by which we are called."""
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Refuse, or pass on."""
        if scope["type"] == "http" and (why := self._refusal(scope)):
            await PlainTextResponse(why, 403, HEADERS)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Any) -> str:
        said = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if said.get("host", "") not in self._hosts:
            return "not by this name"
        if "origin" in said and said["origin"] not in {f"http://{host}" for host in self._hosts}:
            return "not for other pages"
        if said.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "not for other pages"
        return ""


class Server:
    """The desk's work as a site: ``app`` serves it, ``tell`` hands an event to every page that listens."""

    def __init__(self, desk: Callable[[Callable[[Event], None]], Desk], port: int) -> None:
        """``desk`` makes the desk, given whom to tell."""
        self.token = token_urlsafe(18)
        self.address = f"http://127.0.0.1:{port}/{self.token}/"
        self._listening: set[asyncio.Queue[Event | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.desk = desk(self._told)
        site = {
            "": self._shell,
            "article": self._article,
            "article.pdf": self._pdf,
            "events": self._events,
            "page/{number:int}": self._page,
            "picture/{name}": self._picture,
            "own/{name}": self._asset,
        }
        routes = [Route(f"/{self.token}/{path}", answer, methods=["GET"]) for path, answer in site.items()]
        hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.app = Guard(Starlette(routes=routes), hosts)

    def close(self) -> None:
        """End the streams."""
        for queue in self._listening:
            queue.put_nowait(None)

    def _told(self, event: Event) -> None:
        """From the desk's thread: into every queue, and wait until it is there, for the compiler would hold it up."""
        if self._loop is None or self._loop.is_closed():
            return

        async def hand_on() -> None:
            for queue in self._listening:
                queue.put_nowait(event)
            await asyncio.sleep(0)  # let the streams take it

        try:
            asyncio.run_coroutine_threadsafe(hand_on(), self._loop).result(1)
        except (RuntimeError, TimeoutError):
            return  # the loop is ending, or busy

    # -- what is served ------------------------------------------------------------------------------

    async def _shell(self, _: Request) -> Response:
        self._loop = asyncio.get_running_loop()
        return _answer((HERE / "page.html").read_bytes(), "text/html", {"Content-Security-Policy": OWN})

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        return _answer((HERE / name).read_bytes(), KINDS[name]) if name in KINDS else _nothing()

    async def _article(self, _: Request) -> Response:
        page, version = self.desk.shown
        policy = page.policy or "default-src 'none'"
        more = {"Content-Security-Policy": f"{policy}; frame-ancestors 'self'"}
        return _answer(f"{page.text()}<!--galley-version {version}-->".encode(), "text/html", more)

    async def _pdf(self, _: Request) -> Response:
        return _answer(self.desk.sheets.pdf, "application/pdf") if self.desk.sheets.pdf else _nothing()

    async def _page(self, request: Request) -> Response:
        width = request.query_params.get("width", "")
        number = request.path_params["number"]
        sheets = self.desk.sheets
        drawn = await asyncio.to_thread(sheets.page, number, int(width) if width.isdecimal() else 800)
        if drawn is None:
            return _nothing()
        if request.query_params.get("known") == drawn.name:
            return Response(status_code=204, headers=HEADERS)
        return _answer(drawn.png, "image/png", {"Galley-Page": drawn.name})

    async def _picture(self, request: Request) -> Response:
        picture = self.desk.setter.pictures.get(request.path_params["name"])
        if picture is None:
            return _nothing()
        return _answer(picture.data, picture.kind, {"Content-Security-Policy": PICTURES})

    async def _events(self, _: Request) -> Response:
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listening.add(queue)
        return StreamingResponse(self._stream(queue), media_type="text/event-stream", headers=HEADERS)

    async def _stream(self, queue: asyncio.Queue[Event | None]) -> AsyncIterator[bytes]:
        try:
            told = self.desk.told
            for name in ("article", "pages", "findings"):
                if name in told:  # where things stand: a page that lost us may have missed what came between
                    yield _line({**told[name], **({"whole": True} if name == "article" else {})})
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), BEAT)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if event is None:
                    return
                yield _line(event)
        finally:
            self._listening.discard(queue)


def _line(event: Event) -> bytes:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _answer(content: bytes, kind: str, more: dict[str, str] | None = None) -> Response:
    return Response(content, media_type=kind, headers={**HEADERS, **(more or {})})


def _nothing() -> Response:
    return PlainTextResponse("there is nothing here", 404, HEADERS)
