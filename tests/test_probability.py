"""Expectations, variances, densities and integrals in an instance: identities beside false twins, judged exactly.

Every row is (symbols, givens, left, true right, false right).  The identities are textbook facts: the true side must be
an identity of the scalar graph, the false side must differ in ball arithmetic at an exact point of the domain.
"""

from random import Random

import pytest

from derive.reading.claims import read_claim
from verifiers.instance.build import build
from verifiers.instance.plan import plans
from verifiers.rings.balls import compare
from verifiers.rings.domain import Signs
from verifiers.rings.points import UnknownFunctions, draw
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide

X = {"X": "random variable with finite variance"}
XY = {"X": "random variable", "Y": "random variable"}
APART = {"X": "random variable", "Y": "random variable, independent of X"}
ABC = {"a": "real scalar", "b": "real scalar", "c": "real scalar"}
NORMAL = {"X": r"Gaussian random scalar, mean \mu, variance \sigma^2", r"\mu": "real scalar",
          r"\sigma": "positive scalar"}
MEASURED = {"X": r"random scalar, mean \mu, variance \sigma^2", r"\mu": "real scalar", r"\sigma": "positive scalar"}
IID = {"x_i": r"i.i.d. random variables, mean \mu, variance \sigma^2, i = 1..N", "N": "integer >= 2",
       r"\mu": "real scalar", r"\sigma": "positive scalar"}
NOISE = {r"\epsilon_i": r"independent Gaussian random scalars, mean 0, variance \sigma^2, i = 1..I",
         "I": "integer >= 1", r"\sigma": "positive scalar", "x_i": "real sequence, i = 1..I", "w": "real scalar"}
AFFINE = {r"\mathbf{z}": r"random vector d, mean \boldsymbol{\mu}, covariance \boldsymbol{\Sigma}",
          r"\mathbf{A}": "matrix D x d", r"\mathbf{b}": "vector D", r"\boldsymbol{\mu}": "vector d",
          r"\boldsymbol{\Sigma}": "positive semidefinite matrix d x d"}
SCALARS = {r"\mu": "real scalar", r"\sigma": "positive scalar", "m": "real scalar", "s": "positive scalar"}

EXPECTATIONS = {
    "variance": (X, [], r"\operatorname{Var}[X]", r"\mathbb{E}[X^2]-\mathbb{E}[X]^2", r"\mathbb{E}[X^2]"),
    "covariance": (XY, [], r"\operatorname{Cov}[X,Y]", r"\mathbb{E}[XY]-\mathbb{E}[X]\mathbb{E}[Y]",
                   r"\mathbb{E}[XY]+\mathbb{E}[X]\mathbb{E}[Y]"),
    "affine": (X | ABC, [], r"\operatorname{Cov}[X,aX+b]", r"a\operatorname{Var}[X]", r"a^2\operatorname{Var}[X]"),
    "sum": (XY, [], r"\operatorname{Var}[X+Y]", r"\operatorname{Var}[X]+\operatorname{Var}[Y]+2\operatorname{Cov}[X,Y]",
            r"\operatorname{Var}[X]+\operatorname{Var}[Y]"),
    "independent": (APART, [], r"\operatorname{Var}[X-Y]", r"\operatorname{Var}[X]+\operatorname{Var}[Y]",
                    r"\operatorname{Var}[X]-\operatorname{Var}[Y]"),
    "product": (APART, [], r"\mathbb{E}[X^2Y]", r"\mathbb{E}[X^2]\mathbb{E}[Y]", r"\mathbb{E}[X]^2\mathbb{E}[Y]"),
    "tower": (XY, [], r"\mathbb{E}[\mathbb{E}[X|Y]]", r"\mathbb{E}[X]", r"\mathbb{E}[Y]"),
    "taking out": (XY, [], r"\mathbb{E}[Y\mathbb{E}[X|Y]]", r"\mathbb{E}[XY]", r"\mathbb{E}[X]\mathbb{E}[Y]"),
    "total variance": (XY, [], r"\operatorname{Var}[X]",
                       r"\mathbb{E}[\operatorname{Var}[X|Y]]+\operatorname{Var}[\mathbb{E}[X|Y]]",
                       r"\mathbb{E}[\operatorname{Var}[X|Y]]"),
    "bias": (X | ABC, [], r"\mathbb{E}[(X-c)^2]", r"\operatorname{Var}[X]+(\mathbb{E}[X]-c)^2",
             r"\operatorname{Var}[X]+\mathbb{E}[X]-c"),
    "declared moments": (MEASURED, [], r"\mathbb{E}[X^2]", r"\mu^2+\sigma^2", r"\mu^2+\sigma"),
    "given moments": (X | {"s": "positive scalar"}, [r"\mathbb{E}[X]=0", r"\mathbb{E}[X^2]=s"],
                      r"\operatorname{Var}[3X]", "9s", "3s"),
    "third moment": (MEASURED, [], r"\mathbb{E}[(X-\mu)^3]", r"\mathbb{E}[X^3]-3\mu\sigma^2-\mu^3", "0"),
    "fourth Gaussian": (NORMAL, [], r"\mathbb{E}[(X-\mu)^4]", r"3\sigma^4", r"\sigma^4"),
    "Gaussian mgf": (NORMAL | ABC, [], r"\mathbb{E}[\exp(aX)]", r"\exp\left(a\mu+\frac{a^2\sigma^2}{2}\right)",
                     r"\exp\left(a\mu+a^2\sigma^2\right)"),
    "mean of iid": (IID, [], r"\mathbb{E}\left[\left(\frac{1}{N}\sum_{i=1}^{N}x_i\right)^2\right]",
                    r"\mu^2+\frac{\sigma^2}{N}", r"\mu^2+\sigma^2"),
    "noise": (NOISE, [], r"\mathbb{E}\left[\sum_{i=1}^{I}w(x_i+\epsilon_i)^2\right]",
              r"w\sum_{i=1}^{I}x_i^2+Iw\sigma^2", r"w\sum_{i=1}^{I}x_i^2+w\sigma^2"),
    "affine vector": (AFFINE, [], r"\operatorname{Cov}[\mathbf{A}\mathbf{z}+\mathbf{b}]",
                      r"\mathbf{A}\boldsymbol{\Sigma}\mathbf{A}^{T}", r"2\mathbf{A}\boldsymbol{\Sigma}\mathbf{A}^{T}"),
    "affine mean": (AFFINE, [], r"\mathbb{E}[\mathbf{A}\mathbf{z}+\mathbf{b}]",
                    r"\mathbf{A}\boldsymbol{\mu}+\mathbf{b}", r"\mathbf{A}\boldsymbol{\mu}-\mathbf{b}"),
    "mixed vector": ({"t": "random scalar in (0,1)", r"\mathbf{v}": "vector d", r"\mathbf{w}": "vector d"}, [],
                     r"\operatorname{Cov}[t\mathbf{v}+(1-t)\mathbf{w}]",
                     r"\operatorname{Var}[t](\mathbf{v}-\mathbf{w})(\mathbf{v}-\mathbf{w})^{T}",
                     r"\operatorname{Var}[t](\mathbf{v}+\mathbf{w})(\mathbf{v}+\mathbf{w})^{T}"),
    "symmetric law": ({"a": "random variable with density p", "p": "probability density on the real line, p(-t) = p(t)",
                       r"\sigma": "positive scalar"}, [r"\mathbb{E}[a]=0", r"\mathbb{E}[a^2]=\sigma^2"],
                      r"\mathbb{E}[\max(0,a)^2]", r"\frac{\sigma^2}{2}", r"\sigma^2"),
    "Gaussian half": ({"a": r"Gaussian random scalar, mean 0, variance v", "v": "positive scalar"}, [],
                      r"\mathbb{E}[\max(0,a)^2]", r"\frac{v}{2}", "v"),
    "Gaussian length": ({"X": "standard normal random variable"}, [], r"\mathbb{E}[|X|]", r"\sqrt{\frac{2}{\pi}}",
                        r"\sqrt{\frac{1}{\pi}}"),
    "drawn": (SCALARS, [], r"\mathbb{E}_{x\sim\mathcal{N}(\mu,\sigma^2)}[x^2]", r"\mu^2+\sigma^2", r"\sigma^2"),
    "quadratic form": (AFFINE, [], r"\mathbb{E}[\mathbf{z}^{T}\mathbf{z}]",
                       r"\operatorname{tr}[\boldsymbol{\Sigma}]+\boldsymbol{\mu}^{T}\boldsymbol{\mu}",
                       r"\operatorname{tr}[\boldsymbol{\Sigma}]"),
    "uncorrelated": (XY, [r"\operatorname{Cov}[X,Y]=0"], r"\operatorname{Var}[X+Y]",
                     r"\operatorname{Var}[X]+\operatorname{Var}[Y]", r"\operatorname{Var}[X]-\operatorname{Var}[Y]"),
    "common part": ({"h_t": r"random variables, t = 1..T, with \operatorname{Var}[h_t]=v and "
                            r"\operatorname{Cov}[h_s,h_t]=c for s \ne t", "v": "positive scalar", "c": "real scalar",
                     "T": "integer >= 2"}, [], r"\operatorname{Var}[\sum_{t=1}^{T}h_t]", "Tv+T(T-1)c", "Tv"),
    "length": ({r"\mathbf{x}": "standard normal random vector d", "d": "integer >= 1"}, [],
               r"\mathbb{E}[\|\mathbf{x}\|^2]", "d", "2d"),
    "Gaussian divergence": (SCALARS, [], r"D_{KL}(\mathcal{N}(\mu,\sigma^2)\|\mathcal{N}(m,s^2))",
                            r"\log\frac{s}{\sigma}+\frac{\sigma^2+(\mu-m)^2}{2s^2}-\frac{1}{2}",
                            r"\log\frac{s}{\sigma}+\frac{\sigma^2+(\mu-m)^2}{2s^2}"),
}

P = {"p": "probability mass function on a finite set"}
PQ = {"p": "positive probability mass function on a finite set",
      "q": "positive probability mass function on the same set", "f": "real function"}
DENSITIES = {r"p(\mathbf{x})": "positive probability density function on R^D",
             r"q(\mathbf{x})": "positive probability density function on R^D"}
LATENT = {r"q(\mathbf{z}|\mathbf{x})": r"positive probability density function of \mathbf{z} for each \mathbf{x}",
          r"Pr(\mathbf{z})": "positive probability density function on R^D",
          r"Pr(\mathbf{x}|\mathbf{z})": r"positive probability density function of \mathbf{x} for each \mathbf{z}",
          r"Pr(\mathbf{x})": r"Pr(\mathbf{x}) = \int Pr(\mathbf{x}|\mathbf{z})Pr(\mathbf{z})d\mathbf{z}",
          r"Pr(\mathbf{z}|\mathbf{x})": r"Pr(\mathbf{z}|\mathbf{x}) = \frac{Pr(\mathbf{x}|\mathbf{z})Pr(\mathbf{z})}"
                                        r"{Pr(\mathbf{x})}"}
BOUND = (r"\int q(\mathbf{z}|\mathbf{x})\log\frac{Pr(\mathbf{x}|\mathbf{z})Pr(\mathbf{z})}"
         r"{q(\mathbf{z}|\mathbf{x})}d\mathbf{z}")
SMOOTH = {r"p(\mathbf{x}|\theta)": r"positive probability density function on R^D, differentiable in \theta",
          r"\theta": "real scalar"}
HALVES = (r"-\int p(\mathbf{x})\log\frac{p(\mathbf{x})}{p(\mathbf{x})+q(\mathbf{x})}d\mathbf{x}"
          r"-\int q(\mathbf{x})\log\frac{q(\mathbf{x})}{p(\mathbf{x})+q(\mathbf{x})}d\mathbf{x}")
SHANNON = (r"\frac{1}{2}\int p(\mathbf{x})\log\frac{2p(\mathbf{x})}{p(\mathbf{x})+q(\mathbf{x})}d\mathbf{x}"
           r"+\frac{1}{2}\int q(\mathbf{x})\log\frac{2q(\mathbf{x})}{p(\mathbf{x})+q(\mathbf{x})}d\mathbf{x}")

LAWS = {
    "total mass": (DENSITIES, [], r"\int (3p(\mathbf{x})+q(\mathbf{x}))d\mathbf{x}", "4", "3"),
    "Jensen-Shannon": (DENSITIES, [], SHANNON, rf"\log 2-\frac{{1}}{{2}}\left({HALVES}\right)",
                       rf"\log 2-\left({HALVES}\right)"),
    "equal laws": (DENSITIES, [r"p(\mathbf{x})=q(\mathbf{x})"], HALVES, r"2\log 2", r"\log 2"),
    "importance": (PQ, [], r"\mathbb{E}_{x\sim p}\left[\frac{q(x)}{p(x)}f(x)\right]", r"\mathbb{E}_{x\sim q}[f(x)]",
                   r"\mathbb{E}_{x\sim p}[f(x)]"),
    "overlap": (PQ, [], r"\sum_x p(x)-\sum_x\min\left(q(x),p(x)\right)", r"\sum_x\max\left(0,p(x)-q(x)\right)",
                r"\sum_x\left|p(x)-q(x)\right|"),
    "variance of a draw": (PQ, [], r"\operatorname{Var}_{x\sim q}[f(x)]",
                           r"\mathbb{E}_{x\sim q}[f(x)^2]-\mathbb{E}_{x\sim q}[f(x)]^2",
                           r"\mathbb{E}_{x\sim q}[f(x)^2]"),
    "evidence": (LATENT, [], r"\log Pr(\mathbf{x})",
                 BOUND + r"+D_{KL}(q(\mathbf{z}|\mathbf{x})\|Pr(\mathbf{z}|\mathbf{x}))",
                 BOUND + r"-D_{KL}(q(\mathbf{z}|\mathbf{x})\|Pr(\mathbf{z}|\mathbf{x}))"),
    "score": (SMOOTH, [],
              r"\int p(\mathbf{x}|\theta)\frac{\partial}{\partial\theta}\log p(\mathbf{x}|\theta)d\mathbf{x}",
              "0", r"\int p(\mathbf{x}|\theta)\frac{\partial}{\partial\theta}p(\mathbf{x}|\theta)d\mathbf{x}"),
    "half of an even density": ({"p": "probability density on the real line, p(-t) = p(t)"}, [],
                                r"\int_{0}^{\infty}t^2p(t)\,dt", r"\frac{1}{2}\int_{-\infty}^{\infty}t^2p(t)\,dt",
                                r"\int_{-\infty}^{\infty}t^2p(t)\,dt"),
}

BELL = r"\frac{1}{\sqrt{2\pi %s^2}}\exp\left(-\frac{%s^2}{2%s^2}\right)"
TWO_BELLS = {"a": "positive scalar", "b": "positive scalar", "z": "real scalar", r"\lambda": "scalar in (0,1)"}
BESSEL = {r"\operatorname{Bessel}_0": r"\operatorname{Bessel}_0(\kappa) = "
                                     r"\frac{1}{2\pi}\int_{-\pi}^{\pi}\exp(\kappa\cos t)\,dt",
          r"\kappa": "positive scalar", r"\mu": "real scalar"}

INTEGRALS = {
    "bell": (TWO_BELLS, [], rf"\int_{{-\infty}}^{{\infty}}{BELL % ('a', 's', 'a')}ds", "1", "2"),
    "mixture": (TWO_BELLS, [], rf"\int_{{-\infty}}^{{\infty}}\left(\lambda{BELL % ('a', '(s-z)', 'a')}"
                               rf"+(1-\lambda){BELL % ('b', 's', 'b')}\right)ds", "1", r"\lambda"),
    "convolution": (TWO_BELLS, [],
                    rf"\int_{{-\infty}}^{{\infty}}{BELL % ('a', 's', 'a')}{BELL % ('b', '(z-s)', 'b')}ds",
                    r"\frac{1}{\sqrt{2\pi(a^2+b^2)}}\exp\left(-\frac{z^2}{2(a^2+b^2)}\right)",
                    r"\frac{1}{\sqrt{2\pi(a+b)^2}}\exp\left(-\frac{z^2}{2(a+b)^2}\right)"),
    "error function": (TWO_BELLS, [], r"\int_{-a}^{a}\frac{1}{\sqrt{2\pi}}e^{-s^2/2}ds",
                       r"\operatorname{erf}\left(\frac{a}{\sqrt{2}}\right)", r"\operatorname{erf}(a)"),
    "lognormal": (TWO_BELLS, [],
                  r"\int_{0}^{\infty}\frac{1}{s\sqrt{2\pi a^2}}\exp\left(-\frac{(\log(s)-z)^2}{2a^2}\right)ds",
                  "1", "a"),
    "gamma": (TWO_BELLS, [], r"\int_{0}^{\infty}s^3\exp(-as)ds", r"\frac{6}{a^4}", r"\frac{6}{a^3}"),
    "root": (TWO_BELLS, [], r"\int_{0}^{a}\frac{1}{2\sqrt{s}}ds", r"\sqrt{a}", "a"),
    "von Mises": (BESSEL, [],
                  r"\int_{-\pi}^{\pi}\frac{\exp(\kappa\cos(y-\mu))}{2\pi\operatorname{Bessel}_0(\kappa)}\,dy",
                  "1", r"\kappa"),
}
TABLE = EXPECTATIONS | LAWS | INTEGRALS


def instances(symbols, givens, left, right):
    claim = read_claim(left, "=", right, symbols, givens)
    for plan in plans(claim):
        try:
            yield build(claim, plan)
        except CannotDecide:
            continue


def proves(instance):
    """A proof modulo random primes whose conditions hold in the declared domain or define a side."""
    given = (*instance.left_conditions, *instance.constraints)
    found = identity(instance.graph, instance.pairs, Random(11), given=given)
    signs = Signs(instance.graph, (*given, *instance.right_conditions))
    return found.status == "proved" and all(signs.implies(*c) for c in found.conditions)


def differs(instance):
    """An exact point at which ball arithmetic tells the sides apart."""
    graph, unknown = instance.graph, UnknownFunctions(Random(5))
    variables = graph.variables([n for pair in instance.pairs for n in pair])
    return any(compare(graph, pair, point, unknown=unknown).outcome == "differ"
               for point in draw(graph, variables, Random(7), 96) for pair in instance.pairs)


@pytest.mark.parametrize("row", TABLE)
def test_true_rows_are_identities(row):
    symbols, givens, left, right, _ = TABLE[row]
    first = next(instances(symbols, givens, left, right))
    assert proves(first)
    assert not differs(first)


@pytest.mark.parametrize("row", TABLE)
def test_false_rows_differ(row):
    symbols, givens, left, _, wrong = TABLE[row]
    found = next(i for i in instances(symbols, givens, left, wrong) if "concrete" in str(i.plan) or not i.plan)
    assert found.enforced
    assert not proves(found)
    assert differs(found)


def test_the_trace_of_an_identity_covariance_is_no_number_for_every_length():
    symbols = {r"\mathbf{x}": "standard normal random vector d"}
    claim = read_claim(r"\mathbb{E}[\|\mathbf{x}\|^2]", "=", "3", symbols, [])
    made = build(claim, {"d": ("concrete", 3)})
    assert proves(made)
    assert made.covers is not None


@pytest.mark.parametrize("row, general", (("affine vector", True), ("mixed vector", True), ("Jensen-Shannon", True),
                                          ("evidence", True), ("total variance", True), ("noise", True),
                                          ("Gaussian divergence", True)))
def test_what_an_instance_covers(row, general):
    symbols, givens, left, right, _ = TABLE[row]
    assert (next(instances(symbols, givens, left, right)).covers is None) == general


def test_an_integral_within_an_integral_is_judged_on_a_grid():
    symbols = {"p(x,y)": "probability mass function on a finite set", "p(x)": r"p(x) = \sum_{y}p(x,y)"}
    claim = read_claim(r"\sum_{x}p(x)\log p(x)", "=", r"\sum_{x}\sum_{y}p(x,y)\log p(x)", symbols, [])
    made = build(claim, {})
    assert proves(made)
    assert made.covers is not None
