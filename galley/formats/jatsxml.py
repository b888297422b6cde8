"""XML as the JATS rooms build it: elements, mixed content, identifiers that XML allows, and the bytes of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, QName, register_namespace, tostring

XLINK = "http://www.w3.org/1999/xlink"
MML = "http://www.w3.org/1998/Math/MathML"
ALI = "http://www.niso.org/schemas/ali/1.0/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = f"{{{XLINK}}}href"
DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN" '
    '"JATS-journalpublishing1-3.dtd">'
)
UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML 1.0 forbids."""
LETTERS = "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff\uf900-\ufdcf"
STARTING = re.compile(f"[{LETTERS}]")
UNNAMED = re.compile(f"[^{LETTERS}0-9.\xb7\u0300-\u036f-]")
"""What may begin an identifier, and what no identifier may hold (XML 1.0, Name)."""
Content = str | Element | None

for prefix, space in (("xlink", XLINK), ("mml", MML), ("ali", ALI)):
    register_namespace(prefix, space)


def element(name: str, *content: Content | Iterable[Content], **pairs: str) -> Element:
    """An element with its content in order, texts and elements mixed; an attribute without a value is left out.

    Attributes are written with underscores for hyphens: ``ref_type="bibr"``.
    """
    made = Element(name, {key.replace("_", "-"): clean(value) for key, value in pairs.items() if value})
    return filled(made, content)


def filled(made: Element, content: Iterable[Content | Iterable[Content]]) -> Element:
    """The element with more content behind what it has."""
    for part in content:
        if part is None:
            continue
        if isinstance(part, str):
            _append(made, clean(part))
        elif isinstance(part, Element):
            made.append(part)
        else:
            filled(made, part)
    return made


def optional(name: str, text: str, **pairs: str) -> Element | None:
    """An element that holds a text, None where there is no text."""
    return element(name, text, **pairs) if text.strip() else None


def _append(made: Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text


def clean(text: str) -> str:
    """The text without the characters that XML forbids."""
    return UNPRINTED.sub("\ufffd", text)


def href(made: Element, address: str) -> Element:
    """The element with an xlink address."""
    made.set(QName(XLINK, "href").text, address)
    return made


def paragraphs(parts: Iterable[Element], *others: str) -> list[Element]:
    """The parts, those that may not stand beside paragraphs in one; ``others`` are names of what may as well."""
    return [one if one.tag == "p" or one.tag in others else element("p", one) for one in parts]


def linked(content: Content | Iterable[Content], address: str, title: str = "") -> Element:
    """A link out of the article. One whose words are an address says where it leads (JATS4R, accessibility)."""
    made = href(element("ext-link", content, ext_link_type="uri"), address)
    words = "".join(made.itertext()).strip()
    if not words or words == address or re.match(r"(?:https?|s?ftp)://", words):
        host = re.match(r"[a-z]+:(?://)?(?:www\.)?([^/?#]+)", address, re.IGNORECASE)
        made.set(QName(XLINK, "title").text, clean(title) or (host[1] if host else address))
    return made


def prose(made: Element) -> str:
    """The text in an element without its formulas."""
    if made.tag in ("inline-formula", "disp-formula"):
        return ""
    return "".join([made.text or "", *(part for one in made for part in (prose(one), one.tail or ""))])


class Identifiers:
    """Identifiers as XML wants them: each begins with a letter, and no two are alike."""

    def __init__(self, taken: Sequence[str] = ()) -> None:
        """Start with identifiers that are given out already."""
        self._known: dict[str, str] = {}
        self._taken = set(taken)

    def of(self, name: str, stem: str = "id") -> str:
        """The identifier for a name of the tree, the same each time."""
        if name not in self._known:
            safe = UNNAMED.sub("-", name)
            safe = safe if STARTING.match(safe) else f"{stem}-{safe}"
            unique, number = safe, 2
            while unique in self._taken:
                unique, number = f"{safe}-{number}", number + 1
            self._taken.add(unique)
            self._known[name] = unique
        return self._known[name]

    def same(self, names: Sequence[str], stem: str = "id") -> str:
        """One identifier for several names of the tree: a link to any of them leads to it."""
        made = self.of(names[0], stem)
        self._known.update(dict.fromkeys(names, made))
        return made


def document(root: Element, doctype: str = "") -> bytes:
    """The whole as UTF-8 with its declaration."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    return (head + tostring(root, encoding="unicode") + "\n").encode("utf-8")
