"""``deposit`` against a server of this machine that answers as Crossref's documentation says."""

from __future__ import annotations

import threading
import time
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from galley import deposit
from galley.cli import main
from galley.online import transport

BATCH = (
    b'<?xml version="1.0"?>\n<doi_batch version="5.4.0"><head><timestamp>20240630000000</timestamp></head></doi_batch>'
)
SUCCESS = (
    b"<html><head><title>SUCCESS</title></head><body><h2>SUCCESS</h2>"
    b"<p>Your batch submission was successfully received.</p></body></html>"
)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        form = BytesParser(policy=HTTP).parsebytes(head + body)
        for part in form.iter_parts():
            name = part.get_param("name", header="content-disposition")
            server.seen[name] = (part.get_filename(), part.get_payload(decode=True))
        server.paths.append(self.path)
        status, answer, wait = server.answer
        server.stopped.wait(wait)
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def crossref(monkeypatch, tmp_path):
    """The server, and a deposit on disk as ``file``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen, server.paths, server.answer, server.stopped = {}, [], (200, SUCCESS, 0), threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("GALLEY_CROSSREF", f"http://127.0.0.1:{server.server_port}/servlet/deposit")
    monkeypatch.setenv(deposit.LOGIN, "press@galley.example/role")
    monkeypatch.setenv(deposit.PASSWORD, "sÉcret")
    server.file = tmp_path / "njips-crossref.xml"
    server.file.write_bytes(BATCH)
    yield server
    server.stopped.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_deposit_is_posted_as_a_form_and_received(crossref, capsys):
    assert main(["deposit", str(crossref.file), "--test"]) == 0
    assert "received by Crossref's test system" in capsys.readouterr().out
    assert crossref.paths == ["/servlet/deposit"]
    assert crossref.seen["operation"] == (None, b"doMDUpload")
    assert crossref.seen["login_id"] == (None, b"press@galley.example/role")
    assert crossref.seen["login_passwd"] == (None, "sÉcret".encode())
    name, content = crossref.seen["fname"]
    assert name == "njips-crossref.xml"
    stamp = content.partition(b"<timestamp>")[2][:14]
    assert content == BATCH.replace(b"20240630000000", stamp), "nothing else in it is changed"
    assert stamp > b"20251231235959", "Crossref wants a stamp that grows"


@pytest.mark.parametrize(
    ("status", "answer", "code", "message"),
    [
        (401, b"", "deposit-refused", "does not know the login"),
        (403, b"<html>Forbidden</html>", "deposit-refused", "may not deposit for this prefix (403)"),
        (404, b"<p>no such\x00 page</p>", "deposit-refused", "answered 404: no such page"),
        (429, b"", "deposit-later", "could not take it now (429)"),
        (500, b"oops", "deposit-later", "could not take it now (500)"),
        (503, b"", "deposit-later", "could not take it now (503)"),
        (200, b"<h2>FAILURE</h2><p>not XML</p>", "deposit-refused", "refused the file: FAILURE not XML"),
        (200, b"Incorrect login or password", "deposit-refused", "refused the file: Incorrect login"),
        (200, b"<html>Welcome</html>", "deposit-unclear", "not with SUCCESS: Welcome"),
        (302, b"", "deposit-refused", "answered 302"),
    ],
)
def test_what_is_not_received_is_told_with_the_reason(crossref, capsys, status, answer, code, message):
    crossref.answer = (status, answer, 0)
    assert main(["deposit", str(crossref.file), "--live"]) == 1
    told = capsys.readouterr()
    assert f"[{code}]" in told.err
    assert message in told.err
    assert "sÉcret" not in told.err + told.out


def test_a_server_that_stays_silent_is_not_waited_for(crossref, capsys, monkeypatch):
    monkeypatch.setattr(deposit, "WAIT", 0.2)
    crossref.answer = (200, SUCCESS, 30)
    began = time.monotonic()
    assert main(["deposit", str(crossref.file), "--test"]) == 1
    assert time.monotonic() - began < 10
    assert "no answer from 127.0.0.1: timeout" in capsys.readouterr().err


def test_an_endless_answer_is_cut(crossref, capsys, monkeypatch):
    crossref.answer = (200, SUCCESS + b"x" * 200_000, 0)
    monkeypatch.setattr(transport, "LIMIT", 50_000)
    assert main(["deposit", str(crossref.file), "--test"]) == 0


def test_no_server_at_all(crossref, capsys, monkeypatch):
    monkeypatch.setenv("GALLEY_CROSSREF", "http://127.0.0.1:9/servlet/deposit")
    assert main(["deposit", str(crossref.file), "--test"]) == 1
    assert "[deposit-silent]" in capsys.readouterr().err


def test_nothing_is_sent_without_a_login(crossref, capsys, monkeypatch):
    monkeypatch.delenv(deposit.PASSWORD)
    assert main(["deposit", str(crossref.file), "--test"]) == 2
    assert "does not set CROSSREF_PASSWORD" in capsys.readouterr().err
    assert crossref.paths == []


def test_a_draft_is_not_registered(crossref, capsys):
    crossref.file.write_bytes(BATCH.replace(b"<doi_batch", b'<?galley-draft "Draft"?><doi_batch'))
    assert main(["deposit", str(crossref.file), "--live"]) == 1
    assert "[draft-deposit]" in capsys.readouterr().err
    assert crossref.paths == []
    assert main(["deposit", str(crossref.file), "--test"]) == 0


def test_one_that_names_nobody_to_answer_is_not_posted(crossref, capsys):
    crossref.file.write_bytes(BATCH.replace(b"</head>", b"<email_address>unknown@example.org</email_address></head>"))
    for system in ("--test", "--live"):
        assert main(["deposit", str(crossref.file), system]) == 1
        assert "[no-depositor]" in capsys.readouterr().err
    assert crossref.paths == []


@pytest.mark.parametrize("content", [b"", b"<article/>", b"%PDF-1.7"])
def test_only_deposits_are_posted(crossref, capsys, content):
    crossref.file.write_bytes(content)
    assert main(["deposit", str(crossref.file), "--test"]) == 1
    assert "this is no Crossref deposit" in capsys.readouterr().err
    assert main(["deposit", str(crossref.file) + ".not", "--test"]) == 2
    assert crossref.paths == []


def test_test_or_live_has_to_be_said(crossref, capsys):
    with pytest.raises(SystemExit):
        main(["deposit", str(crossref.file)])
    assert "--test" in capsys.readouterr().err


def test_the_endpoints_are_crossrefs():
    assert deposit.TEST == "https://test.crossref.org/servlet/deposit"
    assert deposit.LIVE == "https://doi.crossref.org/servlet/deposit"
    assert deposit.connection(deposit.LIVE, transport.guarded) is transport.guarded
    assert deposit.connection("http://example.org/", transport.guarded) is transport.guarded
