"""Office Math as Pandoc wrote it -> the same so that both Word and LibreOffice set it: LibreOffice reads signs
without an operand as faults and alignment marks as signs.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from galley.formats.wordxml import name

GROUPS = frozenset(map(name, ("m:oMath", "m:e", "m:num", "m:den", "m:sub", "m:sup", "m:lim", "m:deg", "m:fName")))
SIGNS = frozenset("=<>≤≥≠≈≡∼∽≃≅≪≫∝∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔↦×·⋅∗*/÷∘∙⊗⊕∧∨∩∪∖|∣∥&")
"""Signs that stand between two things; alone at the edge of a group LibreOffice prints a fault for what is missing."""
BARS = frozenset("|*&")
"""Signs that LibreOffice takes for words of its own wherever they stand alone."""
ALONE = SIGNS | frozenset("+-−±∓")
BRACES = {"⏟": "bot", "⏞": "top"}
PAIRS = {"(": ")", "[": "]", "{": "}"}
SCRIPTS = frozenset(map(name, ("m:sSup", "m:sSub", "m:sSubSup")))
ARRAY, RUN, TEXT = name("m:eqArr"), name("m:r"), name("m:t")


def settle(tree: ET.Element) -> None:
    """Every formula of this part, in place.

    Rows of an array of equations stand whole and in the middle: a mark to align them at would be printed by
    LibreOffice as "and". A sign without an operand is marked as literal, which changes nothing in Word.
    """
    for array in tree.iter(ARRAY):
        for row in array.findall(name("m:e")):
            for run in [run for run in row.findall(RUN) if _words(run) == "&"]:
                row.remove(run)
            if not len(row):
                array.remove(row)
    for matrix in tree.iter(name("m:m")):
        _even(matrix)
    for limit in (*tree.iter(name("m:limLow")), *tree.iter(name("m:limUpp"))):
        _braced(limit)
    for group in list(tree.iter()):
        if group.tag not in GROUPS:
            continue
        _brackets(group)
        parts = [part for part in group if not part.tag.endswith("Pr")]
        for part in parts:
            words = _words(part) if part.tag == RUN else ""
            edge = part is parts[0] or part is parts[-1]
            signs = ALONE if len(parts) == 1 else SIGNS
            if words and (words in BARS or (edge and set(words) <= signs)):
                _literal(part)


def _even(matrix: ET.Element) -> None:
    """Rows of a matrix that hold nothing are let go, and every row has as many cells as the longest."""
    rows = matrix.findall(name("m:mr"))
    for row in rows:
        if not any(len(cell) for cell in row):
            matrix.remove(row)
    rows = matrix.findall(name("m:mr"))
    longest = max(map(len, rows), default=0)
    for row in rows:
        row.extend([ET.Element(name("m:e")) for _ in range(longest - len(row))])


def _braced(limit: ET.Element) -> None:
    """A brace that stands under or over something, as a sign that grows with it."""
    words = "".join(_words(run) for run in limit.findall(f"{name('m:lim')}/{RUN}"))
    held = limit.find(name("m:e"))
    if words not in BRACES or held is None:
        return
    limit.clear()
    limit.tag = name("m:groupChr")
    properties = ET.SubElement(limit, name("m:groupChrPr"))
    below = BRACES[words] == "bot"
    for tag, value in (("m:chr", words), ("m:pos", BRACES[words]), ("m:vertJc", "top" if below else "bot")):
        ET.SubElement(properties, name(tag), {name("m:val"): value})
    limit.append(held)


def _brackets(group: ET.Element) -> None:
    """Brackets in pairs: where an index stands at the closing one, the pair is made one delimited expression, for
    that is what it belongs to; a bracket without its fellow is a literal sign.
    """
    waiting: list[ET.Element] = []
    for part in list(group):
        words = _words(part) if part.tag == RUN else _base(part)
        if part.tag == RUN and words in PAIRS:
            waiting.append(part)
        elif words in PAIRS.values():
            opening = waiting.pop() if waiting else None
            if opening is None:
                _literal(part if part.tag == RUN else part.find(f"{name('m:e')}/{RUN}"))
            elif PAIRS[_words(opening)] != words:
                _literal(opening)
                _literal(part if part.tag == RUN else part.find(f"{name('m:e')}/{RUN}"))
            elif part.tag != RUN:
                _delimit(group, opening, part)
    for opening in waiting:
        _literal(opening)


def _base(part: ET.Element) -> str:
    """What an index stands at, if that is a single run; else ""."""
    base = part.find(name("m:e")) if part.tag in SCRIPTS else None
    return _words(base[0]) if base is not None and len(base) == 1 and base[0].tag == RUN else ""


def _delimit(group: ET.Element, opening: ET.Element, script: ET.Element) -> None:
    """What stands between an opening bracket and the closing one within ``script`` becomes the script's base."""
    base = script.find(name("m:e"))
    if base is None:
        return
    parts = list(group)
    inner = parts[parts.index(opening) + 1 : parts.index(script)]
    delimited = ET.Element(name("m:d"))
    properties = ET.SubElement(delimited, name("m:dPr"))
    for tag, sign in (("m:begChr", _words(opening)), ("m:endChr", _words(base[0]))):
        ET.SubElement(properties, name(tag), {name("m:val"): sign})
    ET.SubElement(delimited, name("m:e")).extend(inner)
    for part in (opening, *inner):
        group.remove(part)
    base[:] = [delimited]


def _words(run: ET.Element) -> str:
    return "".join(text.text or "" for text in run.findall(TEXT))


def _literal(run: ET.Element | None) -> None:
    if run is None:
        return
    properties = run.find(name("m:rPr"))
    if properties is None:
        properties = ET.Element(name("m:rPr"))
        run.insert(0, properties)
    if properties.find(name("m:lit")) is None and properties.find(name("m:nor")) is None:
        properties.insert(0, ET.Element(name("m:lit")))
