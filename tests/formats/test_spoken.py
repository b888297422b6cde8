"""Formulas read aloud."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galley.formats.spoken import spoken

READINGS = r"""
\frac{a}{b} | a over b
\frac{a + 1}{b} | fraction a plus 1 over b end fraction
\tfrac12 | 1 over 2
x_i^2 | x sub i squared
x_{i,j} | x sub i, j
10^{-3} | 10 to the power minus 3
e^{-x^2} + 1 | e to the power minus x squared, plus 1
\sum_{i=1}^{n} x_i | the sum from i equals 1 to n of x sub i
\int_0^\infty f(x)\,dx | the integral from 0 to infinity of f (x) d x
\lim_{x \to 0} x | the limit as x to 0 of x
\sqrt{x} \le \sqrt[3]{y + 1} | square root of x is at most cube root of y plus 1 end root
\hat\beta_1 \sim \mathcal{N}(\mu, \sigma^2) | beta hat sub 1 is distributed as N (mu, sigma squared)
f'(x) = \Gamma(x) | f prime (x) equals capital gamma (x)
p < .001 | p is less than .001
N = 1,083 | N equals 1,083
90^\circ | 90 degrees
\mathbf{X}^\top \mathrm{CO}_2 | X transpose CO sub 2
\binom{n}{k} \in \mathbb{N} | n choose k in the natural numbers
\left( \text{rain if wet} \right) | (rain if wet)
\begin{aligned} a &= b \\ c &= d \end{aligned} | a equals b; c equals d
\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix} | matrix with rows 1, 0; 0, 1; end matrix
\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases} | cases: 1, if x is greater than 0; 0, else; end cases
P(A | B) = |x| | P (A bar B) equals bar x bar
P(A|B) | P (A given B)
\unheard{x} | unheard x
"""


@pytest.mark.parametrize("row", READINGS.strip().splitlines())
def test_reading(row):
    tex, words = row.rsplit(" | ", 1)
    assert spoken(tex) == words


PIECES = [
    *"{}^_'&jz12+=(),.",
    "\\frac",
    "\\sqrt",
    "[",
    "]",
    "\\begin{cases}",
    "\\end{cases}",
    "\\\\",
    "\\left.",
    "\\sum",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_is_read_to_its_end(tex):
    words = spoken(tex)
    assert words or not tex
    assert "\\" not in words or words == tex
    for sign in "jz":
        assert tex.count(sign) <= words.count(sign), "nothing is left out"


def test_two_things_lowered_at_one_sign_are_both_read():
    assert spoken("x_a_b") == "x sub a b"
    assert "j" in spoken("'_j_")


def test_what_is_nested_too_deep_is_read_all_the_same():
    assert spoken("{" * 3000 + "x" + "}" * 3000) == "x"
    assert "x" in spoken(r"\frac{" * 3000 + "x")
