"""The source asks nothing of the system that another lacks: calls of POSIX guarded, encodings named, no locale."""

import ast
import sys
from pathlib import Path

import pytest

from galley.supervising import supervised

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "galley"
POSIX_MODULES = frozenset({"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"})
POSIX_NAMES = frozenset(
    {
        *("os.fork", "os.forkpty", "os.getuid", "os.geteuid", "os.getgid", "os.getpgid", "os.killpg", "os.mkfifo"),
        *("os.setsid", "os.setpgid", "os.setpgrp", "os.sysconf", "os.uname", "os.wait4", "os.wait3", "os.fchmod"),
        *("os.O_NOFOLLOW", "os.O_DIRECTORY", "os.O_NONBLOCK", "os.O_CLOEXEC", "os.WNOHANG", "os.sched_getaffinity"),
        *("os.nice", "os.chown", "os.lchown", "os.chroot", "os.getloadavg", "os.posix_spawn", "os.pidfd_open"),
        *("signal.SIGKILL", "signal.SIGHUP", "signal.SIGQUIT", "signal.SIGALRM", "signal.SIGCHLD", "signal.SIGUSR1"),
        *("signal.alarm", "signal.setitimer", "signal.pthread_sigmask", "signal.sigtimedwait", "time.tzset"),
    }
)
LINUX_ALONE = frozenset({"supervising.py"})
"""Rooms whose one entrance turns round where the system is not Linux: shown below."""
TEXT = {"read_text": 0, "write_text": 1}
"""Methods that open text, and how many arguments stand before the encoding."""


def asked(source: str) -> list[str]:
    """What a source asks of POSIX outside a ``try`` that expects not to find it, and text without its encoding."""
    tree = ast.parse(source)
    excused = {
        id(below)
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        and any("ImportError" in ast.unparse(one.type or ast.Constant("")) for one in node.handlers)
        for statement in node.body
        for below in ast.walk(statement)
    }
    return [f"{node.lineno}: {told}" for node in ast.walk(tree) if id(node) not in excused for told in faults(node)]


def faults(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [one.name for one in names if one.name.split(".")[0] in POSIX_MODULES | {"locale"}]
        case ast.ImportFrom(module=str(module)):
            named = [f"{module}.{one.name}" for one in node.names]
            return [one for one in named if module in POSIX_MODULES | {"locale"} or one in POSIX_NAMES]
        case ast.Attribute(value=ast.Name(id=room), attr=name) if f"{room}.{name}" in POSIX_NAMES:
            return [f"{room}.{name}"]
        case ast.Call() if opens_text(node):
            return [f"text without its encoding: {ast.unparse(node)[:60]}"]
    return []


def opens_text(call: ast.Call) -> bool:
    """Whether a call opens a file or a pipe as text and leaves its encoding to the locale."""
    words = {one.arg: one.value for one in call.keywords}
    if "encoding" in words or None in words:
        return False
    match call.func:
        case ast.Attribute(attr=name) if name in TEXT:
            return len(call.args) <= TEXT[name]
        case ast.Attribute(value=ast.Name(id="subprocess")):
            return any(name in words for name in ("text", "universal_newlines"))
        case ast.Name(id="open"):
            mode = words.get("mode", call.args[1] if len(call.args) > 1 else None)
            return not (isinstance(mode, ast.Constant) and "b" in mode.value)
        case ast.Attribute(attr="open", value=ast.Name(id=owner)) if owner in ("os", "tarfile", "webbrowser", "Image"):
            return False
        case ast.Attribute(attr="open") if not call.args or isinstance(call.args[0], ast.Constant):
            mode = call.args[0] if call.args else words.get("mode")
            return not (isinstance(mode, ast.Constant) and "b" in str(mode.value))
        case ast.Attribute(attr="fdopen"):
            return not (len(call.args) > 1 and isinstance(call.args[1], ast.Constant) and "b" in call.args[1].value)
    return False


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import os\nos.fork()", "2: os.fork"),
        ("from os import fork", "1: os.fork"),
        ("import resource", "1: resource"),
        ("from fcntl import flock", "1: fcntl.flock"),
        ("try:\n    import resource\nexcept ValueError: pass", "2: resource"),
        ("open('a')", "1: text without its encoding: open('a')"),
        ("open('a', 'w')", "1: text without its encoding: open('a', 'w')"),
        ("path.open('w')", "1: text without its encoding: path.open('w')"),
        ("path.read_text()", "1: text without its encoding: path.read_text()"),
        ("path.write_text('a')", "1: text without its encoding: path.write_text('a')"),
        ("subprocess.run(a, text=True)", "1: text without its encoding: subprocess.run(a, text=True)"),
    ],
)
def test_each_kind_of_fault_is_seen(source, told):
    assert asked(source) == [told]


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import resource\nexcept ImportError:\n    resource = None",
        "open('a', 'rb')",
        "path.open('rb')",
        "path.read_text('utf-8')",
        "path.write_text('a', 'utf-8')",
        "subprocess.run(a, text=True, encoding='utf-8')",
        "os.replace(a, b)",
    ],
)
def test_what_every_system_has_is_none(source):
    assert asked(source) == []


def test_no_room_asks_what_a_system_may_lack():
    rooms = [path for path in sorted(HOUSE.rglob("*.py")) if path.name not in LINUX_ALONE]
    found = [
        f"{path.relative_to(ROOT)}:{one}"
        for path in (*rooms, ROOT / "build.py")
        for one in asked(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_where_there_is_no_linux_nobody_is_split_in_two(monkeypatch, system):
    def never(*_: object) -> None:
        raise AssertionError("asked of a system that lacks it")

    monkeypatch.setattr(sys, "platform", system)
    for name in ("fork", "sysconf"):
        monkeypatch.setattr(f"os.{name}", never)
    monkeypatch.setattr("signal.pthread_sigmask", never)
    supervised("pdf")
