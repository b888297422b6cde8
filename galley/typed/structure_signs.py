"""A sheet of paragraphs whose kinds are being found out, and the signs by which the rooms beside this one tell them."""

from __future__ import annotations

from collections.abc import Sequence

from galley.patterns import pattern
from galley.typescript import Paragraph

NUMBER = pattern(
    r"\s*(?:(?P<deep>\d{1,2}(?:\.\d{1,2}){0,4})(?P<dot>[.)])?|(?P<roman>[IVX]{1,5})[.)]"
    r"|(?P<letter>[A-H])[.)])[ \t\u00a0]+"
)
SECTIONS = pattern(
    r"(?:general |theoretical |materials? and |participants and |data and |results and |findings and |discussion and "
    r"|summary and |conclusions? and |limitations and )?"
    r"(?:introduction|background|theor(?:y|ies)|theoretical (?:background|framework)|literature review|related work"
    r"|(?:the )?(?:present|current) (?:study|research|investigation)|aims?|objectives?|hypothes[ei]s"
    r"|research questions?"
    r"|methods?|methodology|materials?|measures?|instruments?|participants|procedures?|design|data analysis"
    r"|(?:statistical|data) analys[ei]s|analys[ei]s|results?|findings|discussion|conclusions?|concluding remarks"
    r"|limitations?|implications?|future (?:research|directions|work)|summary|abstract|study \d|experiment \d"
    r"|acknowledge?ments?|funding|conflicts? of interests?|competing interests?|declarations?(?: of .{3,40})?"
    r"|disclosure(?: statement)?|data availability(?: statement)?|author contributions?|author notes?"
    r"|ethics(?: statement)?"
    r"|ethical (?:approval|standards|considerations)|supplement(?:ary|al) (?:materials?|information)"
    r"|supporting information"
    r"|appendi(?:x|ces)(?: [A-Z0-9])?|references|notes|einleitung|methoden?|ergebnisse|diskussion|fazit|danksagung"
    r"|zusammenfassung|introducción|métodos?|resultados|discusión|conclusion(?:es)?|agradecimientos|méthodes?"
    r"|résultats"
    r"|introdução|métodos|discussão|conclusão)",
    2,
)


class Sheet:
    """The paragraphs of a typescript with the kind and level that each has so far."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        """Begin with what the file itself says."""
        self.rows = paragraphs
        self.texts = [" ".join(row.text.split(" ")).strip() for row in paragraphs]
        self.kinds = [row.kind for row in paragraphs]
        self.levels = [row.level for row in paragraphs]
        self.filled = [at for at, text in enumerate(self.texts) if text and paragraphs[at].part in ("body", "cell")]
        self._place = {at: n for n, at in enumerate(self.filled)}
        self.numbered = sum(1 for at in self.filled if len(self.texts[at]) < 100 and own_number(self.texts[at])[0])

    def set(self, at: int, kind: str, level: int = 0) -> None:
        """Say what a paragraph is."""
        self.kinds[at], self.levels[at] = kind, level

    def of(self, kind: str) -> list[int]:
        """The paragraphs of a kind, in order."""
        return [at for at, one in enumerate(self.kinds) if one == kind]

    def after(self, at: int) -> int | None:
        """The next paragraph that has any words."""
        n = self._place.get(at)
        return self.filled[n + 1] if n is not None and n + 1 < len(self.filled) else None

    def before(self, at: int) -> int | None:
        """The last paragraph before that has any words."""
        n = self._place.get(at)
        return self.filled[n - 1] if n else None

    def listed(self, at: int) -> bool:
        """Whether a paragraph belongs to the reference list."""
        return self.kinds[at] == "reference"


def own_number(text: str) -> tuple[int, str]:
    """How deep the number is that was typed before a heading ("2.1 Sample" is 2 deep), 0 for none, and the words."""
    found = NUMBER.match(text)
    if not found:
        return 0, text
    rest = text[found.end() :]
    if found["deep"]:
        depth = found["deep"].count(".") + 1
        return (depth, rest) if rest[:1].isalpha() and (depth > 1 or found["dot"] or rest[:1].isupper()) else (0, text)
    return (1 if found["roman"] else 2, rest) if rest[:1].isupper() else (0, text)


def is_section(text: str) -> bool:
    """Whether a line is the usual name of a section."""
    return len(text) < 70 and bool(SECTIONS.fullmatch(own_number(text)[1].strip(" :.\t\u00a0")))


def all_bold(row: Paragraph) -> bool:
    """Whether all its letters are bold."""
    runs = [run for run in row.runs if any(char.isalnum() for char in run.text) and not run.raised]
    return bool(runs) and all(run.bold for run in runs)


def all_italic(row: Paragraph) -> bool:
    """Whether all its letters are italic."""
    runs = [run for run in row.runs if any(char.isalpha() for char in run.text)]
    return bool(runs) and all(run.italic for run in runs)


def all_caps(text: str) -> bool:
    """Whether it is set in capitals: no small letter, and more than an abbreviation."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and all(not char.islower() for char in letters) and any(char.isupper() for char in letters)
