"""Citations that hold CSL-JSON: Zotero's, Mendeley Desktop's and Mendeley Cite's."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any, NamedTuple

from galley.patterns import pattern
from galley.typescript import FieldItem

TAGS = pattern(r"</?(?:i|b|u|sup|sub|span|sc)\b[^<>]*>", re.IGNORECASE)
CONTROL = pattern(r"[\x00-\x1f]")


class Cited(NamedTuple):
    """What a reference manager says of one citation: the works, how it set them; ``names`` are all that a work is
    known by, for the first is not the same in every field."""

    manager: str
    items: tuple[FieldItem, ...]
    names: tuple[tuple[str, ...], ...]
    shown: str = ""
    unread: str = ""


def zotero_or_mendeley(code: str) -> Cited | None:
    """A citation from the code of an ADDIN field; None where it holds no data that can be read."""
    start = code.find("{")
    data = json_value(code[start:]) if start >= 0 else None
    if not isinstance(data, dict):
        return None
    mendeley = data.get("mendeley")
    manager = "mendeley" if isinstance(mendeley, dict) or "ZOTERO" not in code[:start] else "zotero"
    told = mendeley if isinstance(mendeley, dict) else data.get("properties")
    told = told if isinstance(told, dict) else {}
    shown = ""
    for name in ("plainTextFormattedCitation", "plainCitation", "formattedCitation"):
        shown = shown or plain(told.get(name))
    return _cited(manager, data.get("citationItems"), shown)


def mendeley_cite(tag: str) -> Cited | None:
    """A citation from the tag of a content control, as Mendeley Cite for Word leaves it."""
    data = json_value(unpacked(tag.partition("_v3_")[2]))
    if not isinstance(data, dict):
        return None
    manual = data.get("manualOverride")
    shown = plain(manual.get("citeprocText")) if isinstance(manual, dict) else ""
    return _cited("mendeley", data.get("citationItems"), shown)


def unpacked(packed: str) -> str:
    """Base64 of either alphabet as text; "" where it is none."""
    letters = re.sub(r"[^A-Za-z0-9+/]", "", packed.replace("-", "+").replace("_", "/"))
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    try:
        raw = base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return ""
    return raw.decode("utf-8", "replace").replace("\0", "")


def plain(text: Any) -> str:
    """A manager's own setting as plain text: its RTF and HTML taken out."""
    if not isinstance(text, str):
        return ""
    if "{\\rtf" in text or "\\uc0" in text:
        text = re.sub(r"\\uc0\\u(\d{1,7})\s?\{\}", _letter, text)
        text = re.sub(r"\\[a-z]+-?\d*\s?|[{}]", "", text)
    words: str = TAGS.sub("", text)
    return words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _letter(found: re.Match[str]) -> str:
    number = int(found[1])
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def json_value(text: str) -> Any:
    """The JSON value that a text begins with, None where there is none."""
    text = text.lstrip()
    for tried in (text, CONTROL.sub(" ", text)):
        try:
            value = json.JSONDecoder(strict=False).raw_decode(tried)[0]
            return _sound(value) if "\\u" in tried else value
        except (ValueError, RecursionError):
            continue
    return None


def _sound(value: Any) -> Any:
    """The value without halves of letters and NULs, which its escapes can hold and no file of ours may."""
    written = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return json.loads(written.replace(b"\\u0000", b" "))


def _cited(manager: str, listed: Any, shown: str) -> Cited | None:
    items: list[FieldItem] = []
    names: list[tuple[str, ...]] = []
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, dict):
            continue
        csl = item.get("itemData", item.get("item"))
        csl = {k: v for k, v in csl.items() if isinstance(k, str)} if isinstance(csl, dict) else {}
        known = _names(item, csl, manager)
        if not known:
            continue
        author_out = item.get("suppress-author") in (True, 1, "1", "true")
        label, locator = _text(item.get("label")), _text(item.get("locator"))
        items.append(
            FieldItem(
                known[0],
                csl,
                _text(item.get("prefix")),
                _text(item.get("suffix")),
                locator,
                label if locator else "",
                author_out,
            )
        )
        names.append(known)
    return Cited(manager, tuple(items), tuple(names), shown) if items else None


def _names(item: dict[str, Any], csl: dict[str, Any], manager: str) -> tuple[str, ...]:
    """What a work is known by: its addresses in the library, else the id if it is more than a count, else its data."""
    uris = item.get("uris", item.get("uri"))
    uris = [uris] if isinstance(uris, str) else uris
    found = [uri for uri in uris if isinstance(uri, str) and uri] if isinstance(uris, list) else []
    if found:
        return tuple(dict.fromkeys(found))
    for one in (item.get("id"), csl.get("id")):
        text = _text(one)
        if text and not re.fullmatch(r"ITEM-\d+", text):
            return (f"{manager}:{text}",)
    return (by_data(csl),) if csl else ()


def by_data(csl: dict[str, Any]) -> str:
    """A name made of a work's own data, for managers that give none."""
    parts = [
        csl.get(name) for name in ("DOI", "type", "author", "issued", "title", "container-title", "volume", "page")
    ]
    return "data:" + json.dumps(parts, ensure_ascii=False, sort_keys=True)


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
