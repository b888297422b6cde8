"""Where the reference list is: by its heading in any of several languages, by its field or style, or by its looks."""

from __future__ import annotations

import re

from galley.patterns import pattern
from galley.typed.structure_signs import Sheet, all_bold, own_number

HEADING = pattern(
    r"(?:(?:list of |selected |cited |main |key |further |article |paper |supplement\w* |appendix |additional )?"
    r"(?:references?|bibliograph(?:y|ies)|literature|sources|works|readings?)"
    r"(?: (?:lists?|cited|used|section|consulted|and notes|notes|and sources|and further reading))?"
    r"|notes and references|literatur(?:verzeichnis|angaben|liste|hinweise)?|quellen(?:verzeichnis|angaben)?"
    r"|bibliogra(?:f|ph)ie|bibliograf[ií]a|r[eé]f[eé]rences(?: bibliographiques)?|ouvrages cit[eé]s"
    r"|sources et r[eé]f[eé]rences"
    r"|referencias(?: bibliogr[aá]ficas)?|obras citadas|fuentes|riferimenti(?: bibliografici)?|opere citate"
    r"|refer[eê]ncias(?: bibliogr[aá]ficas)?|literatuur(?:lijst)?|referenties|bronnen|referens(?:er|lista)"
    r"|referanser|referencer|litteratur(?:liste|lista|förteckning|fortegnelse)?|käll(?:or|förteckning)|kirjallisuus"
    r"|lähteet|literatura(?: cytowana| citada)?|piśmiennictwo|bibliografia|irodalom(?:jegyzék)?|viited"
    r"|kasutatud kirjandus"
    r"|seznam (?:použité )?literatury|zoznam literatúry|referințe|reference|kaynak(?:lar|ça)|daftar pustaka|rujukan"
    r"|tài liệu tham khảo|(?:список )?(?:использованн\w+ )?литератур[аы]|библиография|бібліографія|βιβλιογραφία"
    r"|参考文献|引用文献|文献|參考文獻|참고문헌|المراجع|מקורות|ביבליוגרפיה|منابع)",
    re.IGNORECASE,
)
YEAR = pattern(r"(?<![\d-])(?:1[5-9]\d\d|20\d\d)[a-z]?(?!\d)|\bn\.\s?d\.|\bin press\b|\bforthcoming\b|\bs\.\s?d\.")
DATED = pattern(r"\((?:ca?\. ?)?(?:1[4-9]\d\d|20\d\d|n\.\s?d\.|in press|forthcoming)[^()]{0,40}\)\s*[.,:]")
AUTHOR = pattern(
    r"(?:[\W\d]{0,6})(?:(?:van|von|de|del|della|den|der|di|da|dos|du|la|le|el|al|ten|ter|zu|af|d[’'])[ -]?){0,3}"
    r"[^\W\d_][\w’'`´.-]*(?: [^\W\d_][\w’'`´.-]*){0,3},\s*(?:[^\W\d_a-z]\.?[ -]?){1,4}(?=[.,;:&(\s]|$)"
)
VANCOUVER = pattern(r"(?:[\W\d]{0,6})[A-ZÀ-Ž][\w’'-]+(?: [A-ZÀ-Ž][\w’'-]+)? [A-ZÀ-Ž]{1,3}(?=[,.;:]|\s*\()")
COUNTED = pattern(r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)\t])\s*\S")
SOURCE = pattern(
    r"https?://|doi\b|\b10\.\d{4,9}/|\d+\s*\(\d+[^)]{0,12}\)|\bpp?\.\s?\d|\b\d{1,4}\s?[-–]\s?\d{1,4}\b"
    r"|\b(?:University|Press|Publish\w+|Springer|Wiley|Elsevier|Sage|Routledge|Verlag|Journal|Retrieved)\b",
    re.IGNORECASE,
)
ENDS = pattern(
    r"(?:appendi|supplement|supporting info|online material|figure|fig\.|table|tab\.|end ?notes?\b"
    r"|footnotes?\b|notes\b"
    r"|anhang|annexe?|author|acknowledg|about the|biograph|correspond|funding|conflict|competing|declar|data avail"
    r"|ethic|disclosure|caption|list of (?:fig|tab)|orcid|license|licence|copyright|received\b|publisher)",
    re.IGNORECASE,
)
WHOLE = pattern(r"(?:[.)\]/”\"]|https?://\S+|10\.\d{4,9}/\S+)\s*\Z")
"""How an entry ends that is not broken off."""
BETWEEN = frozenset({"body", "list", "quote", "cell", "reference", "note"})
"""Kinds that an entry may have before it is known to be one."""
FEW = 3


def listed_references(sheet: Sheet) -> None:
    """Set the paragraphs of every reference list to "reference"."""
    known = {at for at in sheet.filled if sheet.kinds[at] == "reference"}
    by_heading = False
    for at in sheet.filled:
        if is_list_heading(sheet.texts[at]) and sheet.rows[at].part in ("body", "cell"):
            entries = _below(sheet, at)
            if entries:
                by_heading = True
                sheet.set(at, "heading", sheet.levels[at] or 1)
                known.update(entries)
    if not known and not by_heading:
        known.update(_by_looks(sheet))
    for at in known:
        if not is_list_heading(sheet.texts[at]):
            sheet.set(at, "reference")
        else:
            sheet.set(at, "heading", sheet.levels[at] or 1)


def is_list_heading(text: str) -> bool:
    """Whether a line is the heading of a reference list."""
    return len(text) < 60 and bool(HEADING.fullmatch(own_number(text)[1].strip(" :.*_\t\u00a0")))


def likeness(text: str) -> int:
    """How much a paragraph looks like a reference, from 0 to 5; 3 is enough."""
    if len(text) < 20 or len(text) > 3000:
        return 0
    head = text[:400]
    points = 1 if YEAR.search(text[:1500]) else 0
    points += 1 if AUTHOR.match(head) or VANCOUVER.match(head) else 0
    points += 1 if DATED.search(head, 3) else 0
    points += 1 if COUNTED.match(head) else 0
    return points + (1 if SOURCE.search(text[:3000]) else 0)


def _below(sheet: Sheet, heading: int) -> list[int]:
    """The entries under a heading; none where what follows is no list."""
    found: list[int] = []
    at = sheet.after(heading)
    while at is not None and not _over(sheet, at, found):
        if sheet.kinds[at] in BETWEEN and not (sheet.kinds[at] == "body" and _divides(sheet, at)):
            found.append(at)
        at = sheet.after(at)
    likely = [at for at in found if likeness(sheet.texts[at]) >= 2]
    if not likely or (len(likely) * 4 < len(found) and not _in_cells(sheet, found)):
        return []
    while found and likeness(sheet.texts[found[-1]]) < 2 and not _rest(sheet, found[-1]):
        found.pop()
    return found


def _in_cells(sheet: Sheet, found: list[int]) -> bool:
    return sum(sheet.kinds[at] == "cell" for at in found) * 2 > len(found)


def _rest(sheet: Sheet, at: int) -> bool:
    """Whether a last paragraph may be the end of an entry that was broken, not the beginning of something else."""
    text = sheet.texts[at]
    before = sheet.before(at)
    broken = before is not None and not WHOLE.search(sheet.texts[before]) and likeness(sheet.texts[before]) >= 2
    return bool(re.match(r"https?://|doi|www\.|10\.\d|[a-z]", text)) or (broken and len(text) < 200)


def _over(sheet: Sheet, at: int, found: list[int]) -> bool:
    """Whether the list is over before a paragraph: another part of the paper begins, or none like an entry follows."""
    kind, text = sheet.kinds[at], sheet.texts[at]
    if kind in ("caption", "title", "abstract", "contents", "maths", "code"):
        return True
    if is_list_heading(text):
        return True
    ahead = _ahead(sheet, at)
    if kind == "heading" or (all_bold(sheet.rows[at]) and len(text) < 100 and likeness(text) < 3):
        return bool(ENDS.match(own_number(text)[1])) or sum(likeness(one) >= 3 for one in ahead) < min(
            2, len(ahead) or 1
        )
    if likeness(text) >= 2:
        return False
    if ENDS.match(text) and len(text) < 120 and not YEAR.search(text):
        return True
    if kind == "cell":
        return bool(found) and sheet.kinds[found[-1]] != "cell" and not any(likeness(one) >= 2 for one in ahead[:4])
    return not any(likeness(one) >= 2 for one in ahead[:FEW]) and not (found and _rest(sheet, at))


def _ahead(sheet: Sheet, at: int, count: int = 5) -> list[str]:
    """The texts of the next paragraphs."""
    found: list[str] = []
    below = sheet.after(at)
    while below is not None and len(found) < count:
        found.append(sheet.texts[below])
        below = sheet.after(below)
    return found


def _divides(sheet: Sheet, at: int) -> bool:
    """Whether a line parts the list ("Primary sources", "A") and is no entry itself."""
    text = sheet.texts[at]
    return len(text) < 60 and not any(char.isdigit() for char in text) and all_bold(sheet.rows[at])


def _by_looks(sheet: Sheet) -> list[int]:
    """The longest run of paragraphs that look like entries, after a third of the text; fewer than three: none."""
    rows = [at for at in sheet.filled if sheet.kinds[at] in BETWEEN and sheet.rows[at].part == "body"]
    rows = rows[len(rows) // 3 :]
    best: list[int] = []
    run: list[int] = []
    strange = 0
    for at in rows:
        if likeness(sheet.texts[at]) >= 3:
            run.append(at)
            strange = 0
        elif run and strange < 1 and len(sheet.texts[at]) < 300 and sheet.kinds[at] != "heading":
            run.append(at)
            strange += 1
        else:
            best, run, strange = max(best, _trimmed(sheet, run), key=len), [], 0
    best = max(best, _trimmed(sheet, run), key=len)
    return best if len(best) >= FEW else []


def _trimmed(sheet: Sheet, run: list[int]) -> list[int]:
    while run and likeness(sheet.texts[run[-1]]) < 3:
        run = run[:-1]
    return run
