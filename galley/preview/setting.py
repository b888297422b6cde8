"""One article set again and again, all kept that is unchanged: its web page, its PDF and what is to be said of it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from galley import pandoc, press
from galley.patterns import pattern
from galley.preview.memory import MARK, Memory
from galley.report import Diagnostic, Fault

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

UNREADABLE = frozenset({"bad-yaml", "not-utf8", "unreadable-file", "too-large"})
"""With these the text is not what its author meant to write: the page before is better."""
EMBEDDED = pattern(r'(?<=src=")data:(image/[\w+.-]+);base64,([A-Za-z0-9+/=]+)(?=")')
POLICY = pattern(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
ALLOWED = pattern(r"script-src ([^;\"]+)")
SCRIPT = pattern(r"<script>([\s\S]*?)</script>")


class Page(NamedTuple):
    """A web page: what stands before the blocks of its text, these with their fingerprints, and what stands after."""

    before: str = ""
    blocks: tuple[tuple[str, str], ...] = ()
    after: str = ""
    policy: str = ""

    def text(self) -> str:
        """The page as one text, with the marks by which a part of it can be put in place of another."""
        return f"{MARK}\n".join((self.before, *(text for _, text in self.blocks), self.after))


class Picture(NamedTuple):
    """A picture of the project as the page shows it."""

    kind: str
    data: bytes


class Setter:
    """Sets one project; ``read`` first, then ``page``, ``pdf`` and ``findings`` of what was read.

    While it reads, ``echo`` is told of a block of the page that is already known to be another: its number, its
    fingerprint and its text.
    """

    def __init__(self, path: Path, theme: str = "") -> None:
        """``theme`` is one named on the command line."""
        self.path, self._named = path, theme
        self.pictures: dict[str, Picture] = {}
        self._memory = Memory()
        self.echo: Callable[[int, str, str], None] | None = None
        self._document: Document | None = None
        self._theme: Theme | None = None
        self.refresh()

    def close(self) -> None:
        """Let the helpers go."""
        self._memory.close()

    def refresh(self) -> None:
        """Fonts or other things that the compiler of PDF holds may have changed."""
        from galley.formats.pdfkept import Kept

        self._kept = Kept()

    def read(self, *, whole: bool = False) -> None:
        """Read the project as it is now, with ``whole`` in one go; Fault where nothing can be made of it."""
        self._memory.turn()
        self._memory.whole = whole
        self._memory.echo = self.echo and self._echoed
        with pandoc.helped(self._memory):
            document = press.settled(self.path, self._named)
            theme = press.themed(document, self._named)
            if theme == self._theme:
                theme = self._theme  # whose templates are loaded
        if any(one.code in UNREADABLE for one in document.faults):
            raise Fault(document.faults)
        self._document, self._theme = document, theme

    def sure(self, stopped: Callable[[], bool]) -> bool:
        """Whether a reading in one go would give the same as the last one; ``stopped`` ends the question."""
        if self._document and self._theme and (self._document.meta.csl or self._theme.tokens.get("csl")):
            return False  # such styles may look at the numbers of notes, which only the whole can tell
        return self._memory.sure(stopped)

    def page(self) -> Page:
        """The web page, its pictures by addresses of their own."""
        from galley.formats import html

        document, theme = self._given()
        with pandoc.helped(self._memory):
            text = html.write(press.citing_itself(document, theme), theme).decode()
        found: dict[str, Picture] = {}
        text = EMBEDDED.sub(lambda match: self._put(match[1], match[2], found), text)
        self.pictures = {**dict(list(self.pictures.items())[-100:]), **found}
        scripts = _scripts(text)
        policy = f"default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src {scripts}"
        before, *rest = POLICY.sub("", text).split(f"{MARK}\n")
        blocks = ((_mark(block), block) for block in rest[:-1])
        return Page(before, tuple(blocks), "".join(rest[-1:]), policy)

    def pdf(self) -> bytes:
        """The pages, as ``pdf`` would write them but for the errors that it refuses; Fault where Typst does."""
        document, theme = self._given()
        with pandoc.helped(self._memory):
            return self._kept.write(document, theme)

    def findings(self) -> tuple[Diagnostic, ...]:
        """What the checks say."""
        return press.checked(*self._given())

    def titled(self) -> str:
        """The article's title in plain words."""
        return self._document.meta.title if self._document else ""

    def _echoed(self, at: int, text: str) -> None:
        if self.echo:
            self.echo(at, _mark(text), text)

    def _given(self) -> tuple[Document, Theme]:
        if self._document is None or self._theme is None:
            raise Fault(())
        return self._document, self._theme

    def _put(self, kind: str, data: str, found: dict[str, Picture]) -> str:
        name = sha256(data.encode()).hexdigest()[:24]
        found[name] = self.pictures.get(name) or Picture(kind, b64decode(data))
        return f"picture/{name}"


def _scripts(text: str) -> str:
    """The scripts that a page's own policy lets run; where its theme states none, all that are in it."""
    said = POLICY.search(text)
    allowed = ALLOWED.search(said[0]) if said else None
    return allowed[1] if allowed else " ".join(f"'{_hash(one)}'" for one in SCRIPT.findall(text)) or "'none'"


def _mark(block: str) -> str:
    return f"{crc32(block.encode()):08x}"


def _hash(script: str) -> str:
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()


def change(old: Page, new: Page) -> Mapping[str, object]:
    """What a browser that shows the old page needs for the new one: blocks to put in place of others, or word that
    more than its text has changed."""
    if (old.before, old.after) != (new.before, new.after):
        return {"whole": True}
    was, now = [mark for mark, _ in old.blocks], [mark for mark, _ in new.blocks]
    first = 0
    while first < min(len(was), len(now)) and was[first] == now[first]:
        first += 1
    last = 0
    while last < min(len(was), len(now)) - first and was[-1 - last] == now[-1 - last]:
        last += 1
    blocks = new.blocks[first : len(now) - last]
    return {"from": first, "drop": len(was) - first - last, "blocks": blocks} if blocks or len(was) != len(now) else {}
