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
    for group in tree.iter():
        if group.tag not in GROUPS:
            continue
        parts = [part for part in group if not part.tag.endswith("Pr")]
        for part in parts:
            words = _words(part) if part.tag == RUN else ""
            edge = part is parts[0] or part is parts[-1]
            if words and (words in BARS or (edge and set(words) <= SIGNS)):
                _literal(part)


def _words(run: ET.Element) -> str:
    return "".join(text.text or "" for text in run.findall(TEXT))


def _literal(run: ET.Element) -> None:
    properties = run.find(name("m:rPr"))
    if properties is None:
        properties = ET.Element(name("m:rPr"))
        run.insert(0, properties)
    if properties.find(name("m:lit")) is None and properties.find(name("m:nor")) is None:
        properties.insert(0, ET.Element(name("m:lit")))
