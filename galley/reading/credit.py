"""Who did what: the roles of authors in the CRediT taxonomy (ANSI/NISO Z39.104-2022) as a statement."""

from __future__ import annotations

import re

from galley.document import Node
from galley.frontmatter import FrontMatter
from galley.tree import inlines, para

ROLES = (
    *("conceptualization", "data curation", "formal analysis", "funding acquisition", "investigation"),
    *("methodology", "project administration", "resources", "software", "supervision", "validation"),
    *("visualization", "writing – original draft", "writing – review & editing"),
)
"""The fourteen contributor roles."""


def contributions(meta: FrontMatter) -> tuple[Node, ...]:
    """A paragraph that names each author and their roles; nothing where nobody has one."""
    if not any(author.roles for author in meta.authors):
        return ()
    content: list[Node] = []
    for author in meta.authors:
        roles = [role(one) for one in author.roles if one.strip()]
        if roles:
            content += [{"t": "Space"}] if content else []
            content += inlines(f"{author.name}: {_listed(roles)}.")
    return (para(content),)


def role(written: str) -> str:
    """A role as the taxonomy has it, from its name or the end of its address, however that is written."""
    bare = _bare(written.rstrip("/").rpartition("/")[2] if "://" in written else written)
    return next((known for known in ROLES if bare == _bare(known)), written.strip())


def _bare(text: str) -> str:
    """Letters only, in the American spelling; "Writing - Original Draft Preparation" is that without the last word."""
    text = re.sub(r"\band\b|\bpreparation\b", "", text.lower().replace("-", " ")).replace("isation", "ization")
    return re.sub(r"[^a-z]", "", text)


def _listed(words: list[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + ", and " + words[-1]
