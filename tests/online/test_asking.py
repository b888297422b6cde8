"""How the network is asked: patiently, within bounds, never where it must not; what goes wrong is told in words."""

import gzip
import socket

import pytest

from galley import keeping
from galley.online import guarding, transport
from galley.online.transport import Request, exchange

from .conftest import NOW, Said, data, moved

PAGE = "https://api.example.org/x"
NAME = "api.example.org/x"


def test_an_answer_comes_with_its_body_and_we_say_who_we_are(served, monkeypatch):
    monkeypatch.setenv("GALLEY_CONTACT", "editor@example.org")
    served.answers[NAME] = data({"a": 1})
    answer = served.web().get(PAGE, "application/json")
    assert (answer.status, answer.body, answer.cut, answer.trouble) == (200, b'{"a": 1}', False, "")
    assert served.headers["Accept"] == "application/json"
    assert served.headers["User-Agent"].startswith("Galley/")
    assert "mailto:editor@example.org" in served.headers["User-Agent"]


def test_a_busy_service_is_waited_for_as_long_as_it_asks(served):
    busy = Said(429, b"", (("Retry-After", "7"),))
    served.answers[NAME] = [busy, Said(503), data({})]
    assert served.web().get(PAGE).status == 200
    assert served.slept == [7.0, 2.0]


def test_retry_after_may_be_a_date(served):
    served.answers[NAME] = [Said(503, b"", (("Retry-After", "Tue, 14 Nov 2023 22:13:25 GMT"),)), data({})]
    assert served.web().get(PAGE).status == 200
    assert served.slept == [5.0]


def test_a_service_that_asks_for_too_long_a_wait_is_left_and_not_asked_again(served):
    served.answers[NAME] = Said(429, b"", (("Retry-After", "3600"),))
    web = served.web()
    assert web.get(PAGE).trouble == "answers 429"
    assert web.get("https://api.example.org/other").trouble == "answers 429"
    assert (served.slept, len(served.asked)) == ([], 1)


def test_an_error_of_the_server_is_tried_three_times_and_spoils_one_question_only(served):
    served.answers[NAME] = Said(500)
    served.answers["api.example.org/y"] = data({})
    web = served.web()
    assert web.get(PAGE).trouble == "answers 500"
    assert (len(served.asked), served.slept) == (3, [1.0, 2.0])
    assert web.get("https://api.example.org/y").status == 200


def test_a_silent_server_is_a_timeout_and_not_asked_again(served):
    served.timeout = 0.05
    served.answers[NAME] = Said(fault="hang")
    web = served.web()
    assert web.get(PAGE).trouble == "timeout"
    assert len(served.asked) == 3
    assert web.get(PAGE).trouble == "timeout"
    assert len(served.asked) == 3


def test_a_body_that_trickles_is_a_timeout(served):
    served.answers[NAME] = Said(200, b"x" * 100)
    ticks = iter(range(0, 10_000, 100))
    answer = exchange(Request(PAGE), served.connect, lambda: float(next(ticks)))
    assert (answer.status, answer.trouble) == (0, "timeout")


@pytest.mark.parametrize("fault", ["cut", "mute"])
def test_an_answer_that_breaks_off_is_none(served, fault):
    served.answers[NAME] = Said(200, b'{"a": ', fault=fault)
    assert served.web().get(PAGE).trouble == "the answer broke off"


def test_a_huge_body_is_cut(served, monkeypatch):
    monkeypatch.setattr(transport, "LIMIT", 200_000)
    served.answers[NAME] = Said(200, b"x" * 900_000)
    answer = served.web().get(PAGE)
    assert (answer.cut, len(answer.body)) == (True, 200_000)


def test_a_packed_body_is_unpacked_within_the_limit(served, monkeypatch):
    monkeypatch.setattr(transport, "LIMIT", 200_000)
    packed = (("Content-Encoding", "gzip"),)
    served.answers[NAME] = [
        Said(200, gzip.compress(b"words"), packed),
        Said(200, gzip.compress(b"0" * 9_000_000), packed),
    ]
    web = served.web()
    assert web.get(PAGE).body == b"words"
    bomb = web.get(PAGE)
    assert (bomb.cut, len(bomb.body)) == (True, 200_000)


def test_redirects_are_followed_but_not_in_circles(served):
    served.answers |= {"doi.org/10.1/a": moved("https://agency.example.org/b"), "agency.example.org/b": data({"ok": 1})}
    answer = served.web().get("https://doi.org/10.1/a")
    assert (answer.status, answer.address) == (200, "https://agency.example.org/b")
    served.answers[NAME] = moved("/x")
    assert served.web().get(PAGE).trouble == "too many redirects"
    assert len(served.asked) < 20


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("http://api.example.org/y", "is not https"),
        ("https://127.0.0.1/admin", "is not public"),
        ("https://[::1]/", "is not public"),
        ("https://[::ffff:10.0.0.1]/", "is not public"),
        ("https://[64:ff9b::a00:1]/", "is not public"),
        ("https://169.254.169.254/latest/meta-data", "is not public"),
        ("https://localhost/", "is not public"),
        ("https://printer.local/", "is not public"),
        ("https://intranet/", "is not public"),
        ("https://me:secret@example.org/", "holds a name or password"),
        ("https://example.org:8443/", "names the port 8443"),
        ("file:///etc/passwd", "is not https"),
        ("https://[::1", "is no address"),
    ],
)
def test_no_redirect_leads_inside(served, where, why):
    served.answers[NAME] = moved(where)
    assert served.web().get(PAGE).trouble == f"refused: the address {why}"
    assert len(served.asked) == 1


def test_a_name_that_stands_for_an_address_inside_is_not_connected_to(monkeypatch):
    def lookup(*_args, **_options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443)),
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 443))]  # fmt: skip

    def connect(*_args, **_options):
        raise AssertionError("it was connected to")

    monkeypatch.setattr(guarding.socket, "getaddrinfo", lookup)
    monkeypatch.setattr(transport.socket, "create_connection", connect)
    monkeypatch.setenv("no_proxy", "*")
    assert exchange(Request(PAGE)).trouble == "refused: the address is not public"


def test_the_address_that_was_looked_at_is_the_one_connected_to(monkeypatch):
    asked = []

    def connect(address, *_args, **_options):
        asked.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(guarding.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.216.34", 443))])
    monkeypatch.setattr(transport.socket, "create_connection", connect)
    monkeypatch.setenv("no_proxy", "*")
    assert exchange(Request(PAGE)).trouble == "connection refused"
    assert asked == [("93.184.216.34", 443)]


def test_a_proxy_is_asked_where_the_environment_names_one(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.org:8080")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    connection = transport.guarded("api.example.org", 443)
    assert (connection.host, connection.port) == ("proxy.example.org", 8080)


def test_an_unknown_host_and_nonsense_are_troubles_not_tracebacks(served):
    assert served.web().get("https://nowhere.invalid/").trouble == "unknown host"
    served.answers[NAME] = Said(fault="odd")
    assert served.web().get(PAGE).trouble == "the answer is no HTTP"


def test_letters_that_a_request_cannot_hold_are_quoted(served):
    served.answers["api.example.org/a%20%C3%A9?q=%C3%BC"] = data({})
    assert served.web().get("https://api.example.org/a é?q=ü#part").status == 200


def test_answers_are_kept_for_a_day(served):
    served.answers[NAME] = data({"a": 1})
    hours = [NOW]
    web = served.web(keeps=True, clock=lambda: hours[0])
    first, second = web.get(PAGE), web.get(PAGE)
    assert (first.body, second.body, len(served.asked)) == (second.body, b'{"a": 1}', 1)
    hours[0] += 90_000
    assert web.get(PAGE).status == 200
    assert len(served.asked) == 2


def test_faults_are_not_kept_and_off_keeps_nothing(served, monkeypatch):
    served.answers[NAME] = [Said(404), data({"a": 1})]
    web = served.web(keeps=True)
    assert [web.get(PAGE).status, web.get(PAGE).status] == [404, 200]
    monkeypatch.setenv("GALLEY_CACHE", "off")
    assert [web.get(PAGE).status, web.get(PAGE).status, len(served.asked)] == [200, 200, 4]


def test_arxiv_is_given_the_pause_it_asks_for(served):
    served.answers["export.arxiv.org/a"] = data({})
    web = served.web()
    for _ in range(3):
        web.get("https://export.arxiv.org/a")
    assert served.slept == [3.0, 6.0]  # the clock of this test stands still


def test_answers_lie_in_a_folder_of_their_own_and_both_are_tidied(served, tmp_path):
    for number in range(9):
        keeping.keep(f"page {number}", number, "online", 5)
        keeping.keep(f"own {number}", number, most=5)
    assert keeping.recall("own 8") == keeping.recall("page 8", "online") == 8
    assert keeping.recall("own 8", "online") is None
    assert len(list((tmp_path / "cache").glob("*.json"))) <= 6
    assert len(list((tmp_path / "cache" / "online").glob("*.json"))) <= 6
