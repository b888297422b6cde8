"""A marked Document -> the article's web page with ``<ins>`` and ``<del>`` in it: read as the new text, as the old or
as both, stepped through change by change; readable without any script.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from galley.formats import html
from galley.formats.marks import ANY, CLOSE, GONE, OPEN, SIGN, Ledger, Mark, bare, number_of, sided
from galley.formats.markup import signed

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
POLICY = re.compile(r"script-src '([^']*)'")
WORDS = {
    "insertion": "inserted",
    "deletion": "deleted",
    "moved-from": "moved away",
    "moved-to": "moved here",
    "reformatted": "set otherwise",
}
STYLE = """
ins, del, .reformatted { border-radius: 2px; }
ins { text-decoration: underline 2px; text-underline-offset: 2px; color: #14532d; background: #e7f5ea; }
del { text-decoration: line-through 1.5px; color: #8a1c1c; background: #fbeaea; }
ins.moved { text-decoration-style: double; color: #1e3a8a; background: #e8eefb; }
del.moved { text-decoration-style: double; color: #1e3a8a; background: #eef1f8; }
.reformatted { text-decoration: underline dotted 2px; background: #fdf6df; }
ins img, ins math { outline: 2px solid #14532d; outline-offset: 2px; }
del img, del math { outline: 2px dashed #8a1c1c; outline-offset: 2px; opacity: .75; }
ins:has(img)::before { content: "new"; } del:has(img)::before { content: "old"; }
:is(p, figure, li, td, th, dd, h1, h2, h3, h4, h5, h6):has(> ins, > del, > .reformatted)
  { box-shadow: -1rem 0 0 -.85rem #7a5c00; }
.changed-here { outline: 3px solid #b45309; outline-offset: 2px; }
.redline-bar { position: sticky; top: 0; z-index: 9; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem;
  align-items: center; padding: .4rem 1rem; font: 14px/1.4 sans-serif; background: #fffdf5; color: #222;
  border-bottom: 1px solid #7a5c00; }
.redline-bar button { font: inherit; padding: .1rem .6rem; }
body:has(#view-new:checked) del, body:has(#view-old:checked) ins { display: none; }
body:has(#view-new:checked) :is(ins, .reformatted), body:has(#view-old:checked) :is(del, .reformatted)
  { text-decoration: none; color: inherit; background: none; }
body:has(#view-new:checked) :is(li, tr, p):has(> del:only-child),
body:has(#view-old:checked) :is(li, tr, p):has(> ins:only-child) { display: none; }
body:not(:has(#view-both:checked)) :is(p, figure, li, td, th, dd, h1, h2, h3, h4) { box-shadow: none; }
@media (prefers-color-scheme: dark) {
  ins { color: #a7e3b8; background: #12301d; } del { color: #f3b0b0; background: #3a1616; }
  ins.moved, del.moved { color: #b9cbfa; background: #1b2440; } .redline-bar { background: #221f14; color: #eee; }
}
@media print { .redline-bar { display: none; } }
"""
SCRIPT = """
(function () {
  var all = Array.prototype.slice.call(document.querySelectorAll("ins[data-change], del[data-change], .reformatted"));
  var at = -1, count = document.getElementById("redline-count");
  function show(step) {
    var seen = all.filter(function (one) { return one.offsetParent !== null; });
    if (!seen.length) return;
    if (at >= 0 && all[at]) all[at].classList.remove("changed-here");
    var place = seen.indexOf(all[at]);
    place = (place + step + seen.length) % seen.length;
    if (at < 0 && step < 0) place = seen.length - 1;
    at = all.indexOf(seen[place]);
    all[at].classList.add("changed-here");
    all[at].scrollIntoView({ block: "center" });
    count.textContent = (place + 1) + " / " + seen.length;
  }
  document.getElementById("redline-next").addEventListener("click", function () { show(1); });
  document.getElementById("redline-previous").addEventListener("click", function () { show(-1); });
  document.getElementById("redline-steps").hidden = false;
})();
"""
BAR = """<form class="redline-bar" aria-label="Changes">
<strong>Changes: {said}</strong>
<span role="radiogroup" aria-label="Which text to read">
<label><input type="radio" name="view" id="view-both" checked> both</label>
<label><input type="radio" name="view" id="view-new"> new</label>
<label><input type="radio" name="view" id="view-old"> old</label></span>
<span id="redline-steps" hidden><button type="button" id="redline-previous">previous</button>
<button type="button" id="redline-next">next</button> <span id="redline-count" aria-live="polite"></span></span>
</form>
"""


def write(document: Document, theme: Theme, said: str) -> bytes:
    """The page as UTF-8; ``said`` names the two revisions."""
    ledger = Ledger()
    page = html.write(signed(document, ledger), theme).decode("utf-8")
    head, body_tag, body = page.partition("<body")
    head = sided(re.sub(r"\\u(fd[de][0-9a-f])", lambda found: chr(int(found[1], 16)), head), ledger)
    hashed = "sha256-" + b64encode(sha256(SCRIPT.encode()).digest()).decode("ascii")
    head = POLICY.sub(lambda found: f"script-src '{found[1]}' '{hashed}'", head, count=1)
    head = head.replace("</head>", f"<style>{STYLE}</style>\n</head>")
    opening, closing, rest = body.partition(">")
    nav, place, main = tagged(rest, ledger).partition("<main")
    bar = BAR.format(said=escape(said))
    script = f"<script>{SCRIPT}</script>\n"
    whole = f"{head}{body_tag}{opening}{closing}\n{bar}{nav}{place}{main}"
    return whole.replace("</body>", f"{script}</body>").encode("utf-8")


def tagged(text: str, ledger: Ledger) -> str:
    """HTML with signs -> with tags; in attributes, where none may stand, the new text."""
    text = TAG.sub(lambda found: sided(found[0], ledger) if ANY.search(found[0]) else found[0], text)
    out: list[str] = []
    stack: list[int] = []
    seen: set[int] = set()
    at = 0
    for found in SIGN.finditer(text):
        out.append(text[at : found.start()])
        at = found.end()
        if found[0] == CLOSE:
            out.append(f"</{_name(ledger[stack.pop()])}>" if stack else "")
        elif found[1] == OPEN:
            stack.append(number_of(found))
            out.append(_opened(stack[-1], ledger[stack[-1]], first=stack[-1] not in seen))
            seen.add(stack[-1])
        else:
            mark = ledger[number_of(found)]
            out.append(_opened(-1, mark, first=False) + f"¶</{_name(mark)}>" if not _whole(out) else "")
    return bare("".join([*out, text[at:]]))


def _whole(out: list[str]) -> bool:
    """Whether the paragraph is marked as a whole, which says that its end is too."""
    return next((part for part in reversed(out) if part), "") in ("</ins>", "</del>")


def _name(mark: Mark) -> str:
    return "span" if mark.kind == "reformatted" else "del" if mark.kind in GONE else "ins"


def _opened(number: int, mark: Mark, *, first: bool) -> str:
    kind = "moved" if mark.kind.startswith("moved") else "reformatted" if mark.kind == "reformatted" else ""
    told = [WORDS[mark.kind]]
    told += [f"({mark.said['name']})"] if mark.said.get("name") else []
    told += ["by the bibliography"] if mark.said.get("reason") == "bibliography" else []
    told += [f"was {mark.said.get('was') or 'plain'}"] if mark.kind == "reformatted" else []
    told += [f"{mark.said['author']}"] if mark.said.get("author") else []
    attributes = [f'class="{kind}"'] if kind else []
    attributes += [f'title="{escape(", ".join(told))}"']
    attributes += [f'data-change="{number}"'] if number >= 0 else []
    date = mark.said.get("date", "")
    attributes += [f'datetime="{escape(date)}"'] if date and _name(mark) != "span" else []
    return f"<{_name(mark)} {' '.join(attributes)}>"
