"""What LaTeX's commands for signs stand for: accents, letters, symbols, Greek, as Unicode."""

from __future__ import annotations

from typing import Final

ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a",
    "k": "\u0328",
}  # fmt: skip

SYMBOLS: Final = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "pounds": "£", "euro": "€",
    "texteuro": "€", "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™",
    "dots": "…", "ldots": "…", "textellipsis": "…", "cdots": "⋯", "cdot": "·", "textperiodcentered": "·",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"', "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textdegree": "°", "degree": "°",
    "textbar": "|", "textless": "<", "textgreater": ">", "slash": "/", "guillemotleft": "«",
    "guillemotright": "»", "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª",
    "textordmasculine": "º", "textsection": "§", "times": "×", "texttimes": "×", "pm": "±", "textpm": "±",
    "div": "÷", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼",
    "equiv": "≡", "infty": "∞", "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔",
    "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "sqrt": "√", "circ": "°", "prime": "′",
    "ast": "∗", "in": "∈", "subset": "⊂", "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃", "ell": "ℓ",
    "sharp": "♯", "flat": "♭", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX",
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ",
    ",": "\u202f", ";": " ", ":": " ", ">": " ", "\\": " ", "newline": " ", "quad": " ", "qquad": " ",
    "space": " ", "nobreakspace": "\u00a0", "thinspace": "\u202f", "textvisiblespace": " ", "-": "", "/": "",
    "!": "", "@": "", "(": "", ")": "", "[": "", "]": "", "*": "", "|": "", "bibstring": "",
}  # fmt: skip

GREEK: Final = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "textmu": "μ",
    "textalpha": "α", "textbeta": "β", "textgamma": "γ",
}  # fmt: skip

DROPPED_WITH_ARGUMENT: Final = frozenset(
    {"noopsort", "nosort", "SortNoop", "hspace", "vspace", "label", "index", "footnote", "hphantom", "phantom",
     "color", "fontsize", "selectlanguage", "cite", "citep", "citet", "textcite", "parencite", "citeauthor"}
)  # fmt: skip
