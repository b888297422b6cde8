"""Nobody but our own page, or a reader who was given its address, is answered; and nothing but what the page shows."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest


def ask(preview, path="", method="GET", **headers):
    address = urlsplit(preview.address)
    connection = HTTPConnection("127.0.0.1", address.port, timeout=60)
    try:
        connection.request(method, path if path.startswith("/") else address.path + path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def settled(preview):
    """Wait until the article has been set once."""
    address = urlsplit(preview.address)
    connection = HTTPConnection("127.0.0.1", address.port, timeout=60)
    connection.request("GET", f"{address.path}events")
    stream = connection.getresponse()
    while True:
        line = stream.readline()
        if line.startswith(b"data: ") and json.loads(line[6:])["type"] == "findings":
            connection.close()
            return


def test_our_own_page_is_answered(preview):
    status, page, headers = ask(preview)
    assert status == 200
    assert b'src="own/page.js"' in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["", "article", "events", "article.pdf", "page/1"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_foreign_page_is_refused(preview, path, headers):
    assert ask(preview, path, **headers)[0] == 403


@pytest.mark.parametrize(
    "path", ["/", "/article", "/events", "/x/article", "/favicon.ico", "/article.md", "/references.bib"]
)
def test_without_the_secret_part_there_is_nothing(preview, path):
    status, answer, _ = ask(preview, path)
    assert (status, answer) == (404, b"Not Found") or status == 404


@pytest.mark.parametrize(
    "path",
    [
        *(
            "article.md",
            "references.bib",
            "own/",
            "own/verbs.py",
            "own/..%2fverbs.py",
            "picture/",
            "picture/article.md",
        ),
        *("picture/..%2f..%2farticle.md", "page/0", "page/99", "page/x", "../"),
    ],
)
def test_there_are_no_files_to_be_had(preview, path):
    settled(preview)
    assert ask(preview, path)[0] == 404


def test_nothing_can_be_sent(preview):
    assert ask(preview, "article", "POST")[0] == 405


def test_a_page_that_looks_the_same_is_not_sent_again(preview):
    settled(preview)
    status, picture, headers = ask(preview, "page/1?width=300")
    assert (status, picture[:4], headers["Content-Type"]) == (200, b"\x89PNG", "image/png")
    assert ask(preview, f"page/1?width=300&known={headers['Galley-Page']}")[0] == 204
    assert ask(preview, "article.pdf")[1].startswith(b"%PDF")
