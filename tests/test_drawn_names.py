"""Random names of a declared law beside the law itself, and symmetric laws beside others of the same variable."""

import pytest

from derive.reading.claims import read_claim
from verifiers.judge import judge
from verifiers.verdict import Conditional, Proved, Refuted, Undecided

EVEN = "probability density on the real line, p(-t) = p(t)"
LAWS = {"p": EVEN, "q": "probability density on the real line"}
DRAWN = {"a": "random variable with density q", "q": "probability density on the real line", "c": "real scalar",
         r"\sigma": "positive scalar"}
SECOND = r"\mathbb{E}[a^2]=\sigma^2"

PROVED = [
    (r"\mathbb{E}[a^2]", r"\int t^2q(t)\,dt", DRAWN, []),
    (r"\mathbb{E}[(a-c)^2]", r"\int t^2q(t)\,dt-2c\mathbb{E}[a]+c^2", DRAWN, []),
    (r"\mathrm{Var}[a]", r"\int t^2q(t)\,dt-\left(\int tq(t)\,dt\right)^2", DRAWN, []),
    (r"\int tp(t)\,dt", "0", LAWS, []),
    (r"\int_{-\infty}^{0}t^2p(t)\,dt", r"\int_{0}^{\infty}t^2p(-t)\,dt", LAWS, []),
    (r"\int_{0}^{\infty}t^2p(-t)\,dt", r"\int_{0}^{\infty}t^2p(t)\,dt", LAWS, []),
    (r"\int_{0}^{\infty}p(t)\,dt", r"\frac{1}{2}", LAWS, []),
]
FALSE = [
    (r"\mathbb{E}[a^2]", r"\int tq(t)\,dt", DRAWN, []),
    (r"\mathbb{E}[a^2]", r"\left(\int tq(t)\,dt\right)^2", DRAWN, []),
    (r"\int tq(t)\,dt", "0", LAWS, []),
    (r"\int tq(t)\,dt+\int tp(t)\,dt", "0", LAWS, []),
    (r"\int tq(t)p(t)\,dt", "0", LAWS, []),
    (r"\int tp(-t)q(t)\,dt", "0", LAWS, []),
    (r"\int_{0}^{\infty}tp(t)\,dt", "0", LAWS, []),
]
# True by what is given of the name: the law is the same one, so no point speaks against it.
NOT_REFUTED = [
    (r"\int t^2q(t)\,dt", r"\sigma^2", DRAWN, [SECOND]),
    (r"\frac{1}{2}\int t^2q(t)\,dt", r"\frac{\sigma^2}{2}", DRAWN, [SECOND, r"\mathbb{E}[a]=0"]),
]


@pytest.mark.parametrize("rows, kinds", [(PROVED, Proved), (FALSE, (Refuted, Undecided))])
def test_a_name_and_its_law_are_one(rows, kinds):
    for left, right, symbols, given in rows:
        verdict = judge(read_claim(left, "=", right, symbols, given), seed=1)
        assert isinstance(verdict, kinds), (left, right, verdict)


@pytest.mark.parametrize("left, right, symbols, given", NOT_REFUTED)
def test_what_is_given_of_the_name_is_not_refuted_of_the_law(left, right, symbols, given):
    verdict = judge(read_claim(left, "=", right, symbols, given), seed=1)
    assert isinstance(verdict, (Proved, Undecided)) and not isinstance(verdict, Conditional), verdict
