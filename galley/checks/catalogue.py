"""The catalogue of checks: the id of each, its codes, what it finds and why, with a bad and a good example.

``page()`` is docs/checks.md. Codes that are not here (of files that cannot be read, of pages that cannot be set)
have no id: their messages say all there is to say.
"""

from __future__ import annotations

from typing import NamedTuple


class Check(NamedTuple):
    """One check: ``codes`` are those of its findings, in typed and in keyed manuscripts."""

    id: str
    name: str
    codes: tuple[str, ...]
    finds: str
    why: str
    bad: str
    good: str


CATALOGUE: tuple[Check, ...] = (
    Check(
        "C01", "cited and not listed", ("unresolved-citation",),
        "A work is cited that the reference list, or the bibliography, does not hold.",
        "The reader is sent to a reference that is not there (APA 7 §8.4).",
        "(Okafor, 2020), and the list has no Okafor", "the entry is added, or the citation taken out",
    ),
    Check(
        "C02", "listed and never cited", ("uncited-entry",),
        "An entry that nothing in the text cites.",
        "The list holds the works that are cited and no others (APA 7 §8.4); often a citation was lost in editing.",
        "an entry Rivera (2018), and no citation of it", "(Rivera, 2018) where it is used",
    ),
    Check(
        "C03", "author spelt in two ways", ("author-spelling",),
        "A name whose letters, accents or spaces differ between text and list.",
        "One of the two is wrong, and databases link only the right one. A name is never changed unasked.",
        "(Gonzales, 2019) and González, M. (2019)", "(González, 2019)",
    ),
    Check(
        "C04", "years differ", ("year-differs",),
        "Text and list give different years for what must be one work.",
        "The reader cannot tell whether another work is meant.",
        "(Liu, 2017) and Liu, Y. (2018)", "(Liu, 2018)",
    ),
    Check(
        "C05", "authors differ", ("authors-differ",),
        "A citation names an author too many or too few, or in another order than the list.",
        "Such a citation points to a work that is not there (APA 7 §8.17).",
        "(Siddiqui, 2021) and Siddiqui, U., & Ibrahim, A. (2021)", "(Siddiqui & Ibrahim, 2021)",
    ),
    Check(
        "C06", "et al.", ("et-al",),
        "Et al. for one or two authors, three or more written out, a stop missing or a comma too many.",
        "From three authors on, a citation names the first and et al.; two are always named (APA 7 §8.17).",
        "(Roggio et al., 2023) for two authors", "(Roggio & Weiss, 2023)",
    ),
    Check(
        "C07", "& and and", ("ampersand",),
        "An ampersand between names in the sentence, or the word in brackets.",
        "In brackets names are joined by &, in the sentence by and (APA 7 §8.17).",
        "Roggio & Weiss (2023) report", "Roggio and Weiss (2023) report",
    ),
    Check(
        "C08", "form of a citation", ("citation-form",),
        "The comma before the year is missing, or a space, or initials stand that nobody needs.",
        "Author-date citations have one form (APA 7 §8.11).",
        "(Stewart,2005), (Stewart 2005)", "(Stewart, 2005)",
    ),
    Check(
        "C09", "order in brackets", ("citation-order", "citation-separator"),
        "Works in one pair of brackets out of order, or not parted by semicolons.",
        "They stand in the order of the list (APA 7 §8.12).",
        "(Weiss, 2020; Adams, 2021)", "(Adams, 2021; Weiss, 2020)",
    ),
    Check(
        "C10", "year letters", ("year-letter",),
        "Works of the same authors and year without letters, or with letters that do not fit.",
        "Without them a citation may mean either (APA 7 §8.19).",
        "(Roggio, 2023), and the list has two of that year", "(Roggio, 2023a)",
    ),
    Check(
        "C11", "initials needed", ("initials-needed",),
        "First authors of one surname, cited without the initials that tell them apart.",
        "Two people would be taken for one (APA 7 §8.20).",
        "(Kelley, 2020), with K. Kelley and T. L. Kelley in the list", "(K. Kelley, 2020)",
    ),
    Check(
        "C12", "quotation without a place", ("quotation-locator",),
        "Four or more quoted words whose citation gives no page, paragraph or time.",
        "A reader must be able to find the words (APA 7 §8.13). Titles, terms and scare quotes are left alone.",
        "“tightly bonded and unlikely to dissipate” (Roggio, 2023)",
        "“tightly bonded and unlikely to dissipate” (Roggio, 2023, para. 4)",
    ),
    Check(
        "C13", "title in the author's place", ("title-citation",),
        "A title that stands for an author without italics or quotation marks, or that is cut in mid-phrase.",
        "It must be seen that it is a title (APA 7 §8.14).",
        "(Thirteenth Report of the Analytical Support, 2022)", "(*Thirteenth Report*, 2022)",
    ),
    Check(
        "C14", "abbreviation of a group", ("undefined-group",),
        "A group cited by an abbreviation that nothing before explains.",
        "The list has the full name; the reader looks for the abbreviation in vain (APA 7 §8.21).",
        "(APA, 2020) as the first citation", "(American Psychological Association [APA], 2020)",
    ),
    Check(
        "C15", "order of the list", ("list-order",),
        "An entry out of the alphabet. Where ways of ordering differ (particles, umlauts, words), nothing is said.",
        "The reader looks where the alphabet says (APA 7 §9.44).",
        "Weiss, C. before Roggio, B.", "Roggio, B. before Weiss, C.",
    ),
    Check(
        "C16", "listed twice", ("duplicate-entry", "duplicate-key"),
        "One work twice in the list, or one DOI for two works.",
        "Citations of one work are scattered over two entries; or one entry has the DOI of another.",
        "Fink, D. (1997a) and Fink, D. (1997b) with one title", "one entry",
    ),
    Check(
        "C17", "part of an entry missing", ("missing-part", "unread-entry", "missing-field"),
        "An entry without year, title, or anything that says where it came out.",
        "Nobody can find the work (APA 7 §9.4).",
        "Canty, A. (2021). boot: Bootstrap functions.", "with publisher, site or DOI",
    ),
    Check(
        "C18", "form of a DOI", ("doi-form", "odd-doi"),
        "A DOI with http://, dx., doi: or no address, twice the address, or a stop behind it.",
        "A DOI has one form that leads somewhere (APA 7 §9.35).",
        "http://dx.doi.org/10.1000/182.", "https://doi.org/10.1000/182",
    ),
    Check(
        "C19", "date against address", ("date-against-url",),
        "The date of an entry is not the one in its address; a swap of day and month is named.",
        "Newspapers and blogs put the date of a page into its address.",
        "(2021, June 6) and /2021/9/6/", "(2021, September 6), once the page says so",
    ),
    Check(
        "C20", "publisher against address", ("host-against-publisher",),
        "A dated page of one site is said to have come out with another.",
        "Such sites publish under their own name; often a periodical of the same house was named.",
        "*Texas National Security Review* at warontherocks.com", "*War on the Rocks*",
    ),
    Check(
        "C21", "case of titles", ("title-case", "proper-noun-lowered", "title-all-braced"),
        "Titles in title case in the reference list.",
        "The list has them in sentence case (APA 7 §6.17). In keyed manuscripts the engine sees to it.",
        "The Question of Succession", "The question of succession",
    ),
    Check(
        "C22", "italics of an entry", ("italics",),
        "Italics on the wrong part for the type of work, or on none.",
        "Italics say what stands alone: the book or report, or the periodical with its volume (APA 7 §6.22).",
        "*An article's title*. A Journal, 3(2)", "An article's title. *A Journal*, *3*(2)",
    ),
    Check(
        "C23", "names of an entry", ("author-list", "names-cut-short", "group-name-unbraced", "odd-names"),
        "And for &, no comma before it, et al. in the list, glued or bare initials, more than twenty names.",
        "Names in the list have one form (APA 7 §9.8).",
        "Roggio, B.J. and Weiss, C.", "Roggio, B. J., & Weiss, C.",
    ),
    Check(
        "C24", "figures and tables",
        ("unmentioned-figure", "unmentioned-table", "unmentioned-listing", "unknown-callout", "unknown-label",
         "callout-order", "repeated-number", "repeated-label"),
        "A figure or table that no text mentions, one mentioned that is not there, first mentions out of order.",
        "The reader must know when to look, and find what is named (APA 7 §7.5).",
        "Table 3 and no word of it", "as Table 3 shows",
    ),
    Check(
        "C25", "abbreviations",
        ("abbreviation-unused", "abbreviation-twice", "abbreviation-late", "abbreviation-undefined"),
        "An abbreviation explained and never used, explained twice, used before it is explained, or never explained.",
        "It is explained once, at its first use, and only if it is used (APA 7 §6.24-6.25).",
        "the Global War on Terror (GWOT), and no GWOT after it", "the Global War on Terror",
    ),
    Check(
        "C26", "one manner", ("mixed-quotes", "spelling-variants"),
        "Straight and curly quotation marks in one text; one word in two spellings.",
        "Mixed marks and spellings look like two hands (APA 7 §6.11).",
        "behavior ... behaviour", "behavior throughout",
    ),
    Check(
        "C27", "links", ("link-target",),
        "A link that shows one address and leads to another, or to what no reader can open.",
        "The printed words and the link disagree.",
        "example.org that leads to file:///C:/", "example.org that leads to https://example.org",
    ),
    Check(
        "C28", "DOIs looked up",
        ("doi-unknown", "doi-differs", "retracted", "of-concern", "corrected", "newer-version", "link-dead",
         "not-confirmed"),
        "With --online: a DOI that does not exist, one of another work, a work that was retracted.",
        "Only the registries know.",
        "https://doi.org/10.1000/nothing", "the DOI of the work",
    ),
    Check(
        "C29", "left to do", ("leftover-mark", "tracked-changes", "comments", "highlighted"),
        "TODO, ??, XX, [?], (CITE), citation needed; tracked changes, comments, highlighted words.",
        "They would be printed, or something is still to be decided.",
        "a rise of XX percent (CITE)", "a rise of 12 percent (Liu, 2018)",
    ),
    Check(
        "C30", "statements and byline", ("statement-byline",),
        "Statements that speak of the authors where there is one, or of the author where there are several.",
        "They are often copied from another paper.",
        "The authors declare no conflict of interest, in a paper of one author", "The author declares ...",
    ),
    Check(
        "C31", "broken paragraph", ("broken-paragraph",),
        "A sentence that goes on in the next paragraph.",
        "A page's end was pasted along with the text.",
        "include Salahuddin, / Azzam and others.", "one paragraph",
    ),
    Check(
        "C32", "typed among keys", ("typed-citation",),
        "A citation typed by hand in a manuscript that cites by keys.",
        "It is not linked, not listed, and not checked against the bibliography.",
        "(Roggio, 2023)", "[@roggio2023]",
    ),
    Check(
        "C33", "waivers", ("bad-waiver", "needless-waiver"),
        "A waiver without a reason, of an unknown check, or one that meets nothing.",
        "Waivers are a record; what is no longer needed hides what comes later.",
        "waive: {C12: ''}", "waive: [{check: C12, text: tightly bonded, reason: web page without paragraphs}]",
    ),
)  # fmt: skip

IDS: dict[str, str] = {code: check.id for check in CATALOGUE for code in check.codes}
"""The id of each code."""


def page() -> str:
    """The catalogue as a Markdown page."""
    rows = [HEAD]
    for check in CATALOGUE:
        codes = ", ".join(f"`{code}`" for code in check.codes)
        rows.append(f"## {check.id} {check.name}\n\n{codes}\n\n{check.finds} {check.why}\n")
        rows.append(f"- not: {check.bad}\n- but: {check.good}\n")
    return "\n".join(rows)


HEAD = """# The checks

`python build.py check` reads a manuscript, typed or keyed, and tells what is amiss. What is in order is not shown.
Each finding has a code, a place, what was seen, what to do, and a query that can be sent to the author as it stands.
Errors are what makes a citation unresolvable or the list unreliable; all else is a warning. No name and no year is
ever changed unasked. Where a list is plainly not in the manner of APA, or is numbered, its form is not judged.

Findings of one habit (every citation with *and* for &) are one finding, with the number and places of the rest.

## Waivers

What is meant so can be waived on record. In the front matter:

```yaml
waive:
  - {check: C12, text: tightly bonded, reason: a web page without paragraphs}
  - {check: date-against-url, key: liptak2022, reason: the page shows the day in Kabul}
```

or in the bibliography, `waive = {C19: the page shows the day in Kabul}`; for a Word file the same list stands in
a file beside it, `paper.waive.yaml`. `check` is an id or a code, `text` words at the place or in the message, `key` the
entry concerned. The reason is required. Findings that are waived are counted, not shown; a waiver without a reason
waives nothing and, like one that meets nothing, is a warning itself.
"""
