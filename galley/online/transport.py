"""One question to one host: a request sent and its answer read, within bounds of time and size; no second try."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from galley.online.guarding import public_addresses

WAIT = 10.0
"""Seconds without a sign of life after which a host counts as silent."""
WHOLE = 30.0
"""Seconds that one answer may take from first to last."""
LIMIT = 4_000_000
"""Bytes that are read of an answer's body."""
CHUNK = 65_536


class Request(NamedTuple):
    """What is asked: HEAD, GET or POST of an address, with the headers to send, and with POST a body."""

    address: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class Answer(NamedTuple):
    """What came back: header names in lower case, ``body`` unpacked, ``cut`` where it was longer than the limit.

    Where nothing came, ``status`` is 0 and ``trouble`` says why in a few words: "timeout", "unknown host",
    "refused: ...", or what the system said.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    cut: bool = False
    trouble: str = ""


Connect = Callable[[str, int], http.client.HTTPConnection]
"""Makes the connection to a host and port; what tests put in the place of ``guarded``."""


class _Vetted(http.client.HTTPSConnection):
    """A connection to an address that was looked up and found public, with the certificate checked for the name."""

    def connect(self) -> None:
        context = ssl.create_default_context()
        error: OSError | None = None
        for number in public_addresses(self.host, self.port):
            try:
                plain = socket.create_connection((number, self.port), self.timeout)
            except OSError as wrong:
                error = wrong
                continue
            try:
                self.sock = context.wrap_socket(plain, server_hostname=self.host)
            except OSError:
                plain.close()
                raise
            return
        raise error or OSError("no address")


def guarded(host: str, port: int) -> http.client.HTTPConnection:
    """The connection of real use: to public addresses, or through the proxy that HTTPS_PROXY names."""
    from urllib.request import getproxies, proxy_bypass

    proxy = "" if proxy_bypass(host) else getproxies().get("https", "")
    if not proxy:
        return _Vetted(host, port, timeout=WAIT)
    parts = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    through = http.client.HTTPSConnection(parts.hostname or "", parts.port or 3128, timeout=WAIT)
    through.set_tunnel(host, port)
    return through


def exchange(request: Request, connect: Connect = guarded, clock: Callable[[], float] = time.monotonic) -> Answer:
    """Send a request and read its answer; never raises for what a network or a server can do."""
    parts = urlsplit(request.address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = connect(parts.hostname or "", parts.port or 443)
    except OSError as error:
        return _nothing(request, error)
    try:
        connection.request(request.method, target, request.body or None, dict(request.headers))
        return _read(request, connection.getresponse(), clock)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _nothing(request, error)
    finally:
        connection.close()


def _read(request: Request, response: http.client.HTTPResponse, clock: Callable[[], float]) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    until = clock() + WHOLE
    parts: list[bytes] = []
    size = 0
    while size <= LIMIT and (part := response.read1(CHUNK)):
        parts.append(part)
        size += len(part)
        if clock() > until:
            return Answer(request.address, 0, {}, trouble="timeout")
    told = headers.get("content-length", "")
    if request.method == "GET" and size <= LIMIT and told.isdigit() and size < int(told):
        return Answer(request.address, 0, {}, trouble="the answer broke off")
    body, more = _unpacked(b"".join(parts), headers.get("content-encoding", ""))
    return Answer(request.address, response.status, headers, body[:LIMIT], more or len(body) > LIMIT)


def _unpacked(body: bytes, encoding: str) -> tuple[bytes, bool]:
    """The body as it was before it was packed, though none was asked to pack it; whether some is left out."""
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return body, False
    try:
        packed = zlib.decompressobj(47)
        return packed.decompress(body, LIMIT), bool(packed.unconsumed_tail)
    except zlib.error:
        return b"", False


def _nothing(request: Request, error: Exception) -> Answer:
    if isinstance(error, TimeoutError):
        why = "timeout"
    elif isinstance(error, socket.gaierror):
        why = "unknown host"
    elif isinstance(error, PermissionError) and error.errno is None:  # ours; the system's own has a number
        why = "refused: the address is not public"
    elif isinstance(error, ssl.SSLError):
        why = "no trusted certificate" if isinstance(error, ssl.SSLCertVerificationError) else "no secure connection"
    elif isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
        why = "the answer broke off"
    elif isinstance(error, OSError):
        why = (error.strerror or "no connection").lower()
    else:
        why = "the answer is no HTTP"
    return Answer(request.address, 0, {}, trouble=why)
