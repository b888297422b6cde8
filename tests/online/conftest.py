"""A server on this machine that stands for every host of the network and replays answers; no test goes farther."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest

from galley.online.asking import Web
from galley.online.transport import exchange

NOW = 1_700_000_000.0  # 2023-11-14T22:13:20Z


class Said(NamedTuple):
    """An answer to be replayed; ``fault``: "cut" breaks off, "hang" never comes, "mute" closes, "odd" is no HTTP."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    fault: str = ""


def data(value, kind="application/json", status=200):
    """An answer of JSON."""
    return Said(status, json.dumps(value).encode(), (("Content-Type", kind),))


def moved(where):
    """A redirect."""
    return Said(302, b"", (("Location", where),))


class Served:
    """The server: ``answers`` by "host/path", each one answer or a list of answers in turn; ``asked`` what came in."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.slept = []
        self.released = threading.Event()
        self.timeout = 5.0
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                served.reply(self)

            do_HEAD = do_GET

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def reply(self, handler):
        name = handler.headers["Host"] + handler.path
        self.asked.append(f"{handler.command} {name}")
        self.headers = dict(handler.headers)
        said = self.answers.get(f"{handler.command} {name}", self.answers.get(name, Said(404)))
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        handler.close_connection = True
        if said.fault == "hang":
            self.released.wait(30)
        if said.fault == "odd":
            handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        if said.fault in ("hang", "mute", "odd"):
            return
        handler.send_response(said.status)
        for key, value in said.headers:
            handler.send_header(key, value)
        if "content-length" not in (key.lower() for key, _ in said.headers):
            handler.send_header("Content-Length", str(len(said.body) + (100 if said.fault == "cut" else 0)))
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(said.body)

    def connect(self, host, _port):
        """A connection that says it talks to the host and talks to this server."""
        if host.endswith(".invalid"):
            raise socket.gaierror("no such host")
        server = self.server.server_address
        timeout = self.timeout

        class Local(http.client.HTTPConnection):
            def connect(self):
                self.sock = socket.create_connection(server, timeout)

        return Local(host, timeout=timeout)

    def web(self, *, keeps=False, clock=lambda: NOW):
        """The network, as the code under test sees it."""
        return Web(partial(exchange, connect=self.connect), self.slept.append, clock, keeps)

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def served(monkeypatch, tmp_path):
    monkeypatch.setenv("GALLEY_CACHE", str(tmp_path / "cache"))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    found = Served()
    yield found
    found.close()
