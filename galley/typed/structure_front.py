"""The title page of a typescript: its title, byline, affiliations, abstract and keywords."""

from __future__ import annotations

import re

from galley.patterns import pattern
from galley.typed.structure_signs import Sheet, all_bold, is_section, own_number
from galley.typescript import Paragraph

STYLES = (
    (pattern(r"(?:^|[\W_\d])sub-?title\b", re.IGNORECASE), "subtitle"),
    (pattern(r"(?:^|[\W_\d])(?:article|paper|manuscript)?[ _-]?title(?: ?\(?en\w*\)?)?$", re.IGNORECASE), "title"),
    (pattern(r"\bauth?ors?\b|author[ _-]?(?:names?|list|group)|(?:^|_)authornames", re.IGNORECASE), "author"),
    (pattern(r"aff?il+i?ation|author[ _-]?(?:address|info)|^addresses$", re.IGNORECASE), "affiliation"),
    (pattern(r"(?:^|[\W_\d])abstract(?:[ _-]?(?:text|body))?$", re.IGNORECASE), "abstract"),
    (pattern(r"key[ _-]?words?$", re.IGNORECASE), "keywords"),
)
LABELS = pattern(
    r"(?:full |short |manuscript |article )?title|authors?(?:(?: names?)?(?: and| &) affiliations?)?|affiliations?", 2
)
ABSTRACT = pattern(
    r"(?:structured |english )?(?:abstract|abstrakt|abstrait|zusammenfassung|kurzfassung|r[eé]sum[eé]|resumen|resumo"
    r"|riassunto|sammanfattning|sammendrag|samenvatting|streszczenie|özet?|аннотация|摘要|要旨|초록|ملخص|چکیده)(?!\w)",
    re.IGNORECASE,
)
KEYWORDS = pattern(
    r"\W*(?:key[ -]?words?|key ?terms|index terms|schl(?:ü|ue)sselw(?:ö|oe)rter|schlagw(?:ö|oe)rter"
    r"|stichw(?:ö|oe)rter"
    r"|mots?[ -]cl[ée]s?|palabras[ -]clave|palavras[ -]chave|parole chiave|trefwoorden|nyckelord|nøkkelord|emneord"
    r"|słowa kluczowe|anahtar (?:kelimeler|sözcükler)|ключевые слова|关键词|關鍵詞|キーワード"
    r"|کلیدی)\b\s*(?P<stop>[:.—–-]|\Z|\n)?",
    re.IGNORECASE,
)
PLACE = pattern(
    r"\b(?:univ\.|universit\w+|université|institut\w*|departa?ment\w*|dept\b|school of|college|faculty"
    r"|facult[éy]\w*|fakultät|centre?\b"
    r"|center for|hospital|clinic|academy|laborator\w+|lab\b|research group|gmbh|inc\.|ltd\b|llc|corporation|ministry"
    r"|foundation|division of|polytechnic|hochschule|museum|observatory|independent research\w*|affiliation)",
    re.IGNORECASE,
)
EMAIL = pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
CORRESPONDING = pattern(
    r"[\W\d]*(?:correspond|address (?:for )?correspond|e-?mails?\b|contact\b|orcid\b|tel\b|phone\b)", 2
)
SKIPPED = pattern(
    r"(?:running (?:head|title)|short title|word count|(?:original |research |review |brief "
    r"|short )?(?:article|paper|report)$"
    r"|manuscript|article type|draft|version|preprint|submitted|received|accepted|published|date\b|doi\b|issn"
    r"|vol\.|volume|©|https?:"
    r"|www\.|page \d|\d{1,2} \w+ \d{4}$|(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b)",
    re.IGNORECASE,
)
NAME = pattern(
    r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s+)*"
    r"(?:[^\W\d_a-z][\w’'.-]*|(?:van|von|de|del|della|den|der|di|da|dos|du|la|le|el|al|bin|ibn|ten|ter|y|e)\b)"
    r"(?:\s+(?:[^\W\d_a-z][\w’'.-]*|(?:van|von|de|del|della|den|der|di|da|dos|du|la|le|el|al|bin|ibn"
    r"|ten|ter|y|e)\b)){1,5}"
)
LABELLED = pattern(r"[\s\u00a0]*(?:\d{1,2}|[a-h]\b|[*†‡§¶#])[.)]?[\s\u00a0]*[A-ZÀ-Ž]")
"""The mark that an affiliation begins with."""
MARKS = pattern(r"[\d*†‡§¶#∗]+(?:\s*,\s*[\d*†‡§¶#∗]+)*|\b(?:Ph\.?D|M\.?D|M\.?Sc|M\.?A|B\.?A|Jr|Sr|MPH|PsyD)\b\.?,?")
PARTED = pattern(r"\s*(?:;|,\s*(?:and|&)\s|,|\s(?:and|&|und|et|y|e)\s|\n|·|•|\|)\s*")
LINES, PROSE, LONGEST = 30, 280, 3000
"""How many lines a title page may have, from how many characters on a paragraph is running text, and how long a
byline may be."""
STRUCTURED = pattern(
    r"\W*(?:background|objectives?|aims?|purpose|introduction|methods?|design|participants|results?|findings"
    r"|conclusions?"
    r"|discussion|significance|impact|limitations)\b\s*[:.—–]",
    re.IGNORECASE,
)


def front(sheet: Sheet) -> None:
    """Set the kinds of the paragraphs on the title page."""
    _by_style(sheet)
    _keywords(sheet)
    _abstract(sheet)
    zone = _zone(sheet)
    title = _title(sheet, zone)
    _byline(sheet, [at for at in zone if title is None or at > title])


def _by_style(sheet: Sheet) -> None:
    for at in sheet.filled[: 4 * LINES]:
        row = sheet.rows[at]
        if sheet.kinds[at] not in ("body", "list", "heading"):
            continue
        for style, kind in STYLES:
            if row.style and style.search(row.style):
                if kind == "keywords" and not KEYWORDS.match(sheet.texts[at]):
                    break  # a class of subjects, a date: what a template puts in the same style
                sheet.set(at, kind)
                break


def _keywords(sheet: Sheet) -> None:
    """A line that begins "Keywords:"; where the word stands alone, the line below it."""
    for at in sheet.filled[: 6 * LINES]:
        found = KEYWORDS.match(sheet.texts[at])
        if not found or sheet.kinds[at] in ("reference", "cell", "caption") or not (found["stop"] is not None):
            if sheet.kinds[at] in ("author", "affiliation", "keywords") and found:
                sheet.set(at, "keywords")
            continue
        sheet.set(at, "keywords")
        below = sheet.after(at)
        if found.end() >= len(sheet.texts[at]) and below is not None and len(sheet.texts[below]) < 400:
            sheet.set(below, "keywords")


def _abstract(sheet: Sheet) -> None:
    """What follows the heading "Abstract" up to the keywords or the next heading, or a paragraph that begins so."""
    for at in sheet.filled[: 4 * LINES]:
        text = sheet.texts[at]
        if sheet.kinds[at] not in ("body", "heading", "author", "abstract", "affiliation", "list"):
            continue
        found = ABSTRACT.match(text)
        if not found:
            continue
        rest = text[found.end() :].lstrip()
        if not rest.strip(" :.—–"):
            following = _following(sheet, at)
            if following:
                sheet.set(at, "heading", sheet.levels[at] or 1)
                for below in following:
                    sheet.set(below, "abstract")
        elif rest[0] in ":.—–-\n" and len(text) > 80:
            sheet.set(at, "abstract")


def _following(sheet: Sheet, at: int) -> list[int]:
    found: list[int] = []
    below = sheet.after(at)
    while below is not None and len(found) < 8:
        kind, text = sheet.kinds[below], sheet.texts[below]
        bold = len(text) < 100 and all_bold(sheet.rows[below])
        if kind not in ("body", "abstract", "list", "quote") or (is_section(text) and len(text) < 40) or bold:
            return found
        found.append(below)
        below = sheet.after(below)
    led = 1
    while led < len(found) and STRUCTURED.match(sheet.texts[found[led]]):
        led += 1
    return found[:led] if below is not None else found[:1]


def _zone(sheet: Sheet) -> list[int]:
    """The lines of the title page: up to the abstract, the keywords, the first section or the first running text."""
    zone: list[int] = []
    for at in sheet.filled[: 3 * LINES]:
        kind, text = sheet.kinds[at], sheet.texts[at]
        if sheet.rows[at].part != "body":
            continue
        row = sheet.rows[at]
        bold = zone and len(text) < 100 and all_bold(row) and not _is_byline(row) and not _is_place(text)
        heading = (kind == "heading" or bold) and zone and not _is_label(text)
        titled = any(sheet.kinds[one] in ("title", "heading") and not _is_label(sheet.texts[one]) for one in zone)
        if kind in ("abstract", "keywords", "reference", "caption", "contents") or (
            is_section(text) and len(text) < 40
        ):
            break
        if (heading and titled) or (len(text) > PROSE and not _is_byline(sheet.rows[at]) and not _is_place(text)):
            break
        zone.append(at)
        if len(zone) > LINES:
            break
    return zone


def _is_label(text: str) -> bool:
    return bool(LABELS.fullmatch(text.strip(" :.")))


def _title(sheet: Sheet, zone: list[int]) -> int | None:
    """The title: what has its style, else a heading on the first lines, else the first line that can be one."""
    titles = sheet.of("title")
    if titles:
        for more in titles[1:]:
            if more > titles[0] + 2:
                sheet.set(more, "body")
        return titles[0]
    lines = [at for at in zone if sheet.kinds[at] in ("body", "heading", "list")]
    first = next((at for at in lines[:6] if sheet.kinds[at] == "heading" and not _is_label(sheet.texts[at])), None)
    if first is None:
        bold = [at for at in lines[:6] if all_bold(sheet.rows[at]) and _can_be_title(sheet, at)]
        first = bold[0] if bold else next((at for at in lines[:8] if _can_be_title(sheet, at)), None)
    for at in zone:
        if _is_label(sheet.texts[at]):
            sheet.set(at, "label")
    if first is not None:
        sheet.set(first, "title")
    return first


def _can_be_title(sheet: Sheet, at: int) -> bool:
    text = sheet.texts[at]
    if _is_label(text) or SKIPPED.match(text) or EMAIL.search(text[:LONGEST]) or not 12 <= len(text) <= PROSE:
        return False
    return not text.endswith((".", ";", ",")) and not is_section(text) and len(text.split()) > 2 and not _is_place(text)


def _byline(sheet: Sheet, zone: list[int]) -> None:
    """Authors, then where they work, below the title."""
    named = any(sheet.kinds[at] == "author" for at in zone)
    for at in zone:
        row, text = sheet.rows[at], sheet.texts[at]
        if sheet.kinds[at] == "author" and _is_place(text) and not _is_byline(row):
            sheet.set(at, "affiliation")
        if sheet.kinds[at] not in ("body", "list", "affiliation", "heading"):
            continue
        if sheet.kinds[at] == "heading" and not (_is_byline(row) and all_bold(row)):
            continue
        if CORRESPONDING.match(text) or (EMAIL.search(text[:LONGEST]) and not _is_place(text)):
            sheet.set(at, "correspondence")
        elif sheet.kinds[at] == "affiliation":
            continue
        elif (LABELLED.match(text) and named and len(text) < PROSE) or (
            not SKIPPED.match(text) and _is_place(text) and len(text) < 2 * PROSE and not text.startswith("Author note")
        ):
            sheet.set(at, "affiliation")
        elif not SKIPPED.match(text) and _is_byline(row) and not (named and _after_place(sheet, at, zone)):
            sheet.set(at, "author")
            named = True


def _after_place(sheet: Sheet, at: int, zone: list[int]) -> bool:
    """Whether an affiliation stands directly before a line: then it is likelier a town than a name."""
    before = [one for one in zone if one < at]
    return bool(before) and sheet.kinds[before[-1]] == "affiliation"


def _is_place(text: str) -> bool:
    return bool(PLACE.search(text[:LONGEST]))


def _is_byline(row: Paragraph) -> bool:
    """Whether a line consists of people's names: most of its parts are two to six words in capitals."""
    text = "".join(run.text if not run.raised else " " for run in row.runs)
    if len(text) > LONGEST:
        return False
    text = EMAIL.sub(" ", MARKS.sub(" ", own_number(text)[1] if text[:1].isdigit() else text))
    parts = [part.strip(" .()*") for part in PARTED.split(text)]
    parts = [part for part in parts if len(part) > 1]
    names = [part for part in parts if len(part) < 60 and NAME.fullmatch(part)]
    return bool(names) and len(names) * 3 >= 2 * len(parts) and not _is_place(text)
