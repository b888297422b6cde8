"""What signs and commands of TeX mathematics are called in English."""

from __future__ import annotations


def _named(table: str) -> dict[str, str]:
    """Commands and their words, from lines of ``command command = words; command = words``."""
    pairs = (part.split(" = ") for line in table.strip().splitlines() for part in line.strip(" ;").split("; "))
    return {name: words for names, words in pairs for name in names.split()}


_SMALL = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu"),
    *("xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
GREEK = {name: name for name in _SMALL}
GREEK |= {f"var{name}": name for name in _SMALL}
GREEK |= {name.capitalize(): f"capital {name}" for name in _SMALL}

SIGNS = _named("""
= = equals; + = plus; - − = minus; < = is less than; > = is greater than; * = times; / = over; | = bar;
! = factorial; ≤ = is at most; ≥ = is at least; % = percent; # = number
""")
SIGNS |= dict.fromkeys("~&$^_", "")
BIG = {
    "\\sum": ("the sum", "from", "to"),
    "\\prod": ("the product", "from", "to"),
    "\\int": ("the integral", "from", "to"),
    "\\iint": ("the double integral", "over", "to"),
    "\\oint": ("the contour integral", "over", "to"),
    "\\bigcup": ("the union", "from", "to"),
    "\\bigcap": ("the intersection", "from", "to"),
    "\\lim": ("the limit", "as", "to"),
    "\\max": ("the maximum", "over", "to"),
    "\\min": ("the minimum", "over", "to"),
    "\\sup": ("the supremum", "over", "to"),
    "\\inf": ("the infimum", "over", "to"),
}
"""Operators with limits: their name, the word before what stands below, and that before what stands above."""
POWERS = _named("""
2 = squared; 3 = cubed; T top transpose = transpose; star times = star; degrees = degrees; prime = prime;
dagger = dagger; plus = plus
""")
ACCENTS = _named("""
hat widehat = {} hat; bar overline = {} bar; tilde widetilde = {} tilde; dot = {} dot; ddot = {} double dot;
vec = vector {}; underline overbrace underbrace = {}; check = {} check; breve = {} breve; not = not {}
""")
FONTS = frozenset(
    {"mathbf", "mathrm", "mathit", "mathsf", "mathtt", "mathcal", "mathbb", "mathfrak", "mathscr", "boldsymbol"}
    | {"text", "textrm", "textit", "textbf", "operatorname", "bm", "pmb", "boxed", "mbox", "ensuremath"}
)
BLACKBOARD = _named("""
R = the real numbers; N = the natural numbers; Z = the integers; Q = the rational numbers;
C = the complex numbers
""")
IDLE = frozenset(
    {"left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"}
    | {"quad", "qquad", ",", ";", ":", "!", " ", ">", "displaystyle", "textstyle", "scriptstyle", "limits"}
    | {"nolimits", "hspace", "vspace", "phantom", "vphantom", "hphantom", "label", "color", "nonumber", "notag"}
    | {"\\", "hline", "thinspace", "negthinspace", "enspace", "mathstrut", "strut", "tag"}
)
"""Commands that print nothing."""
MATRICES = _named("""
matrix pmatrix bmatrix Bmatrix smallmatrix = matrix; vmatrix = determinant; Vmatrix = norm
""")
WORDS = _named("""
times cdot = times; ast star = star; div = divided by; pm = plus or minus; mp = minus or plus;
le leq leqslant = is at most; ge geq geqslant = is at least; lt = is less than; gt = is greater than;
ll = is much less than; gg = is much greater than; ne neq = is not equal to; approx simeq = is approximately;
sim = is distributed as; cong = is congruent to; equiv = is identical to; propto = is proportional to; in = in;
notin = not in; ni supset supseteq = contains; subset subseteq = is a subset of; cup = union;
cap = intersection; setminus backslash = without; emptyset varnothing = the empty set; forall = for all;
exists = there is; nexists = there is no; neg lnot = not; land wedge & = and; lor vee = or;
to rightarrow longrightarrow = to; leftarrow gets = from; mapsto = maps to; Rightarrow implies = implies;
Leftarrow = is implied by; Leftrightarrow iff = if and only if; leftrightarrow = to and from; uparrow = up;
downarrow = down; infty = infinity; partial = partial; nabla = nabla; prime = prime; circ degree = degrees;
dagger = dagger; top = top; bot = bottom; perp = is perpendicular to; parallel = is parallel to; mid = given;
vert lvert rvert = bar; Vert lVert rVert | = double bar; langle = angle bracket; rangle = end angle bracket;
lfloor = floor of; rfloor = end floor; lceil = ceiling of; rceil = end ceiling; lbrace { = {; rbrace } = };
lbrack = [; rbrack = ]; ldots cdots dots vdots ddots = and so on; sin = sine; cos = cosine; tan = tangent;
arcsin = arcsine; arccos = arccosine; arctan = arctangent; sinh = hyperbolic sine; cosh = hyperbolic cosine;
tanh = hyperbolic tangent; log = log; ln = natural log; exp = exp; det = determinant of; dim = dimension of;
arg = argument of; Pr = the probability of; gcd = greatest common divisor of; ker = kernel of; % = percent;
# = number; $ = dollars; ell = l; hbar = h bar; Re = real part of; Im = imaginary part of; aleph = aleph;
oplus = direct sum; otimes = tensor product; bullet = dot; colon = :; coloneqq triangleq = is defined as;
because = because; therefore = therefore; models = models; vdash = proves; angle = angle; triangle = triangle;
bmod mod = modulo
""")
WORDS |= {"_": "", "{": "{", "}": "}"}
