"""A changed part of a Word file as XML again, with the prefixes it had: Pandoc knows elements by their prefixes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

NAMESPACE = re.compile(rb'xmlns:([A-Za-z_][\w.-]*)\s*=\s*["\']([^"\']*)["\']')
XML = "http://www.w3.org/XML/1998/namespace"
USUAL = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    XML: "xml",
}


def written(root: Element, raw: bytes) -> bytes:
    """The tree as UTF-8; ``raw`` is the part as it was, for its prefixes."""
    prefixes = _prefixes(raw)
    names: dict[str, str] = {}
    body: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:  # a stack and no recursion: the depth of a tree is the author's
        one = waiting.pop()
        if isinstance(one, str):
            body.append(one)
            continue
        tag = _name(one.tag, prefixes, names)
        attributes = "".join(f' {_name(k, prefixes, names)}="{_escaped(v, True)}"' for k, v in one.items())
        tail = _escaped(one.tail) if one.tail else ""
        if len(one) or one.text:
            body.append(f"<{tag}{attributes}>{_escaped(one.text or '')}")
            waiting.append(f"</{tag}>{tail}")
            waiting.extend(reversed(one))
        else:
            body.append(f"<{tag}{attributes}/>{tail}")
    declared = "".join(f' xmlns:{prefix}="{_escaped(uri, True)}"' for uri, prefix in prefixes.items() if uri != XML)
    first = body[0]
    end = len(first.partition(" ")[0].partition(">")[0].partition("/")[0])
    body[0] = f"{first[:end]}{declared}{first[end:]}"
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + "".join(body)).encode("utf-8", "replace")


def _prefixes(raw: bytes) -> dict[str, str]:
    """A prefix for each namespace, no prefix twice."""
    found = dict(USUAL)
    for prefix, uri in NAMESPACE.findall(raw):
        name, place = prefix.decode(), uri.decode("utf-8", "replace").replace("&amp;", "&")
        if place not in found and name not in found.values() and not name.startswith("ns"):
            found[place] = name
    return found


def _name(tag: str, prefixes: dict[str, str], names: dict[str, str]) -> str:
    """A name with its prefix; a namespace that has none gets one."""
    if tag not in names:
        if tag.startswith("{"):
            uri, _, local = tag[1:].partition("}")
            prefix = prefixes.setdefault(uri, f"ns{len(prefixes)}")
            names[tag] = f"{prefix}:{local}"
        else:
            names[tag] = tag
    return names[tag]


def _escaped(text: str, quoted: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") if quoted else text
