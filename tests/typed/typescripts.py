"""Small typescripts made of paragraphs, for the tests of citing and linking."""

from __future__ import annotations

from collections.abc import Sequence

from galley.span import File
from galley.typed.citing import cited
from galley.typed.linking import linked
from galley.typed.listing import listed
from galley.typescript import Field, Paragraph, Resolved, Run, Typescript

LIST = (
    "Brown, J. (2016). One. Press.",
    "Brown, T. (2016). Two. Press.",
    "Freud, S. (1961). The ego. Norton. (Original work published 1923)",
    "González, M., Łąka, P., & Żak, R. (2018). Trees. Press.",
    "Lee, A. (2015a). Alpha. Press.",
    "Lee, A. (2015b). Beta. Press.",
    "Müller, K. (2011). Statistical power for all. Press.",
    "Smith, J., & Jones, K. (2020). Joint work. Press.",
    "U.S. Department of Veterans Affairs. (2017). Report. Press.",
    "Understanding sensory memory: A primer. (2018). Press.",
    "van der Berg, A. (2012). Hills. Press.",
    "World Health Organization. (2019). Health. Press.",
    "Zhou, P. (n.d.). Undated. Press.",
)

Said = str | Paragraph


def typescript(paragraphs: Sequence[Said], entries: Sequence[str], fields: Sequence[Field] = ()) -> Typescript:
    """A typescript of body paragraphs and a reference list; words between asterisks are no more than words."""
    rows: list[Paragraph] = []
    for one in paragraphs:
        rows.append(one if isinstance(one, Paragraph) else Paragraph(len(rows), (Run(one),)))
    rows.extend(Paragraph(len(rows) + n, (Run(entry),), kind="reference") for n, entry in enumerate(entries))
    return Typescript(File("paper.docx", "\n".join(row.text for row in rows)), tuple(rows), fields=tuple(fields))


def resolved(text: Said | Sequence[Said], entries: Sequence[str] = LIST, fields: Sequence[Field] = ()) -> Resolved:
    """Find and link what stands in a paragraph, or in several."""
    script = typescript([text] if isinstance(text, str | Paragraph) else text, entries, fields)
    rows = listed(script)
    return linked(script, cited(script, rows), rows)
