"""A Crossref deposit -> Crossref's answer: a file posted as the documentation asks for, within bounds of time and size.

Crossref takes a form of several parts (operation, login_id, login_passwd, fname) and answers at once with a page that
says whether the file was received; what became of it follows by e-mail.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from galley.online.transport import WAIT, Answer, Connect, Request, exchange
from galley.report import ERROR, WARNING, Diagnostic

LIVE = "https://doi.crossref.org/servlet/deposit"
TEST = "https://test.crossref.org/servlet/deposit"
LOGIN, PASSWORD = "CROSSREF_LOGIN", "CROSSREF_PASSWORD"
OPERATION = "doMDUpload"
REFUSED = re.compile(r"\bFAILURE\b|\bfailed\b|\bincorrect\b|\bunauthori[sz]ed\b|not authori[sz]ed", re.IGNORECASE)
TIME = re.compile(rb"<timestamp>\d+</timestamp>")
SAID = 300
"""Characters of an answer that are told."""


class Deposit(NamedTuple):
    """What is posted, where to, and as whom; ``login`` is a user's or a role's name, or "user/role"."""

    endpoint: str
    name: str
    content: bytes
    login: str
    password: str


def post(deposit: Deposit, connect: Connect) -> tuple[Diagnostic, ...]:
    """Post it and say what came of it; () where Crossref has taken it."""
    body, kind = form(deposit)
    headers = (("Content-Type", kind), ("User-Agent", "galley"), ("Accept", "text/html, text/plain"))
    return judged(exchange(Request(deposit.endpoint, "POST", headers, body), connect), deposit)


def timed(content: bytes, now: datetime) -> bytes:
    """The deposit with the time at which it is posted: Crossref takes a later one in an earlier one's place, never the
    other way round, so the stamp has to grow."""
    stamp = now.strftime("%Y%m%d%H%M%S").encode()
    return TIME.sub(b"<timestamp>%s</timestamp>" % stamp, content, count=1)


def form(deposit: Deposit) -> tuple[bytes, str]:
    """The form as bytes, and its media type with the boundary, which is made from what it holds."""
    mark = f"galley-{sha256(deposit.content).hexdigest()[:32]}"
    fields = (("operation", OPERATION), ("login_id", deposit.login), ("login_passwd", deposit.password))
    rows = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
    name = re.sub(r'[\r\n"\\]', "_", deposit.name)
    file = f'--{mark}\r\nContent-Disposition: form-data; name="fname"; filename="{name}"\r\n'
    head = "".join(rows) + file + "Content-Type: application/xml\r\n\r\n"
    return head.encode() + deposit.content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def judged(answer: Answer, deposit: Deposit) -> tuple[Diagnostic, ...]:
    """What an answer means, as the documentation has it: 200 and SUCCESS, 401, 403, 5xx, or no answer at all."""
    host, said = urlsplit(deposit.endpoint).hostname or "", words(answer)
    if not answer.status:
        hint = "nothing is known to have been received; try again later"
        return (_wrong("deposit-silent", host, f"no answer from {host}: {answer.trouble}", hint),)
    if answer.status in (401, 403):
        message = f"{host} does not know the login, or it may not deposit for this prefix ({answer.status})"
        return (
            _wrong("deposit-refused", host, message, f"look at {LOGIN} and {PASSWORD}; the role is part of the login"),
        )
    if answer.status >= 500 or answer.status == 429:
        message = f"{host} could not take it now ({answer.status})"
        return (_wrong("deposit-later", host, message, "try again later; nothing was received"),)
    if answer.status != 200:
        return (_wrong("deposit-refused", host, f"{host} answered {answer.status}: {said}", ""),)
    if REFUSED.search(said):  # a wrong login, too, is answered with 200
        return (_wrong("deposit-refused", host, f"{host} refused the file: {said}", ""),)
    if not re.search(r"\bSUCCESS\b|successfully received|batch submission was successful", said, re.IGNORECASE):
        message = f"{host} answered 200, but not with SUCCESS: {said or 'nothing'}"
        return (Diagnostic(WARNING, "deposit-unclear", host, message, "look into the submission queue there"),)
    return ()


def words(answer: Answer) -> str:
    """An answer's words without markup, cut."""
    text = re.sub(r"<[^>]{0,2000}>", " ", answer.body[:20_000].decode("utf-8", "replace"))
    return re.sub(r"\s+", " ", "".join(char if char.isprintable() else " " for char in text)).strip()[:SAID]


def _wrong(code: str, host: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(ERROR, code, host, message, hint)


def plain(host: str, port: int) -> http.client.HTTPConnection:
    """A connection without encryption, to this machine alone: for a test server."""
    return http.client.HTTPConnection(host, port, timeout=WAIT)


def connection(endpoint: str, otherwise: Connect) -> Connect:
    """How to reach an endpoint: one on this machine as it is, any other as guarded as all we ask."""
    parts = urlsplit(endpoint)
    local: Callable[[str, int], http.client.HTTPConnection] = plain
    return local if parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1") else otherwise
