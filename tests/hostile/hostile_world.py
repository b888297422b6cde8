"""A machine with secrets on it, and a stranger's files: canaries that must not be read, a server never asked."""

from __future__ import annotations

import contextlib
import io
import os
import re
import struct
import threading
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from galley.cli import main

SECRET = "CANARYb1d5f2aa"
"""What no output may hold: it stands in the files outside of the project and in the environment."""
OLD = 1_000_000_000
FRONT = "---\ntitle: A Title\nauthor: Ada Lovelace\ntheme: preprint\n---\n\n"
BODY = FRONT + "Some words to read (see below).\n\n"
BIB = "@book{smith2020,\n  author = {Smith, Ann},\n  title = {A book},\n  publisher = {Press},\n  year = {2020}\n}\n"
CSL = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id>
<updated>2020-01-01T00:00:00+00:00</updated></info><citation><layout prefix="(" suffix=")">
<text variable="title"/></layout></citation><bibliography><layout><text variable="title"/></layout></bibliography>
</style>
"""


def png(width: int = 37, height: int = 53, text: str = "") -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([120] * width) for _ in range(min(height, 4000)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    said = chunk(b"tEXt", b"Comment\0" + text.encode()) if text else b""
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + said + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


class Server:
    """A server on the loopback that notes who asks it."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SECRET.encode())

            do_POST = do_HEAD = do_PUT = do_CONNECT = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self.asked = asked
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@dataclass
class Outcome:
    """What a command printed and how it ended."""

    status: int
    printed: str


@dataclass
class World:
    """A folder with secrets beside a stranger's project."""

    root: Path
    server: Server
    outcomes: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.project = self.root / "project"
        self.outside = self.root / "outside"
        self.project.mkdir()
        self.outside.mkdir()
        self.canaries = {
            "canary.txt": f"{SECRET}\n".encode(),
            "canary.png": png(text=SECRET),
            "canary.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>'.encode(),
            "canary.csv": f"a,b\n{SECRET},2\n".encode(),
            "canary.bib": BIB.replace("A book", f"A book {SECRET}").encode(),
            "canary.csl": CSL.replace("</info>", f"</info><!-- {SECRET} -->").encode(),
            "canary.md": f"{FRONT}{SECRET}\n".encode(),
            "canary.yaml": f"title: {SECRET}\n".encode(),
            "canary.typ": f'#let secret = "{SECRET}"\n'.encode(),
            "canary.tex": f"{SECRET}\n".encode(),
            "theme.toml": f'[words]\nreferences = "{SECRET}"\n'.encode(),
        }
        for name, data in self.canaries.items():
            (self.outside / name).write_bytes(data)
        self.wake()

    def wake(self) -> None:
        """Make the canaries look as if nobody had read them for long."""
        for name in self.canaries:
            os.utime(self.outside / name, (OLD, OLD + 1))

    def read(self) -> list[str]:
        """The canaries that somebody has read, by the times of access that the file system keeps."""
        return [name for name in self.canaries if (self.outside / name).stat().st_atime != OLD]

    def filled(self, text: str) -> str:
        """A text with the canaries' folder and the server's address in it."""
        return text.replace("OUTSIDE", str(self.outside)).replace("SERVER", f"http://127.0.0.1:{self.server.port}")

    def put(self, files: Mapping[str, str | bytes], links: Mapping[str, str] | None = None) -> None:
        """Write the stranger's files and links."""
        for name, content in files.items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else self.filled(content).encode())
        for name, target in (links or {}).items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(self.filled(target))

    def run(self, *arguments: str) -> Outcome:
        """A command line, as it is typed in the project's folder."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                status = main(list(arguments))
            except SystemExit as stop:  # argparse
                status = int(stop.code or 0)
        done = Outcome(status, out.getvalue())
        self.outcomes.append(done)
        return done

    def endure(
        self, files: Mapping[str, str | bytes], links: Mapping[str, str], verbs: tuple[str, ...], told: str
    ) -> str:
        """An attack's files met by some command lines: nothing is harmed, and what must be told is; all that was
        printed."""
        self.put(files, links)
        for verb in verbs:
            self.run(*verb.split())
        self.unharmed()
        printed = "".join(outcome.printed for outcome in self.outcomes)
        assert told in printed, printed
        return printed

    def outputs(self) -> dict[str, bytes]:
        """Every file that was written, those inside packages and the text of PDFs too."""
        found: dict[str, bytes] = {}
        for path in self.project.rglob("*"):
            if path.is_file() and not path.is_symlink() and "output" in str(path.relative_to(self.project)):
                found |= unpacked(path.relative_to(self.project).as_posix(), path.read_bytes())
        return found

    def unharmed(self) -> None:
        """Nothing was read, asked, written or told that should not be."""
        assert self.server.asked == [], "the network was asked"
        assert self.read() == [], "a file outside of the project was read"
        there = {
            path.relative_to(self.outside).as_posix(): path.read_bytes()
            for path in self.outside.rglob("*")
            if path.is_file()
        }
        assert there == self.canaries, "something was written outside of the project"
        assert sorted(path.name for path in self.root.iterdir()) == ["cache", "outside", "project"]
        for outcome in self.outcomes:
            assert outcome.status in (0, 1, 2)
            assert "error[internal]" not in outcome.printed, outcome.printed
            assert "Traceback" not in outcome.printed
            assert SECRET not in outcome.printed
        for name, data in self.outputs().items():
            assert SECRET.encode() not in data, f"the secret is in {name}"


class _Deeds(HTMLParser):
    """What a web page would do by itself: a stranger's scripts, handlers, addresses that act, loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = tag
        if tag in ("iframe", "object", "embed", "base", "frame", "applet"):
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\0-\x20]", "", value or "").lower()
            leads = name in (
                "href",
                "xlink:href",
                "src",
                "srcset",
                "data",
                "poster",
                "action",
                "formaction",
                "background",
            )
            if name.startswith("on") or (leads and address.startswith(("javascript:", "vbscript:", "data:text"))):
                self.found.append(f"{tag} {name}={value}")
            loads = name in ("src", "srcset", "data", "poster", "action") or (name == "href" and tag == "link")
            if loads and address.startswith(("http:", "https:", "//", "file:")):
                self.found.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script" and "alert(" in data and "application" not in self.get_starttag_text().lower():  # type: ignore[union-attr]
            self.found.append(data)


def deeds(page: str) -> list[str]:
    """What a web page does that no page of ours does; a script of the theme's own is none."""
    reader = _Deeds()
    reader.feed(page)
    return reader.found


def unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """A file as it is, the parts of a package, the streams of a PDF, the data of data: addresses."""
    found = {name: data}
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                found |= unpacked(f"{name}!{part}", package.read(part))
    elif data.startswith(b"%PDF"):
        import pikepdf

        with contextlib.suppress(pikepdf.PasswordError), pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            found[f"{name}!text"] = b"\n".join(_read(one) for one in streams)
            found[f"{name}!info"] = repr(dict(pdf.docinfo)).encode()
    elif name.endswith(".html"):
        from base64 import b64decode

        for at, one in enumerate(re.findall(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)", data)):
            found |= unpacked(f"{name}!{at}", b64decode(one))
    return found


def _read(stream: object) -> bytes:
    import pikepdf

    try:
        return stream.read_bytes()  # type: ignore[attr-defined, no-any-return]
    except pikepdf.PdfError:
        return b""
