"""Infinite sums and exact constants: what must be proved beside what must be refuted."""

import pytest

from derive.checking.step import judged
from verifiers.verdict import Conditional, Proved, Refuted, Undecided

S = {"R_t": "bounded real sequence", "c": "real scalar", r"\gamma": "scalar in (0,1)", "p": "scalar in (0,1)",
     "q": "scalar in (0,1)", "x": "real scalar", "s": "positive scalar", "n": "integer >= 1",
     "G_t": r"G_t = \sum_{k=0}^{\infty}\gamma^kR_{t+k+1}"}

TRUE = [
    (r"\sum_{k=0}^{\infty}\gamma^k(R_{t+k+1}+c)", r"\sum_{k=0}^{\infty}\gamma^kR_{t+k+1}+\frac{c}{1-\gamma}"),
    (r"\sum_{k=0}^{\infty}\gamma^kR_k", r"R_0+\gamma\sum_{k=0}^{\infty}\gamma^kR_{k+1}"),
    ("G_t", r"R_{t+1}+\gamma G_{t+1}"), (r"\sum_{k=1}^{\infty}p^kR_k", r"p\sum_{k=0}^{\infty}p^kR_{k+1}"),
    (r"\sum_{k=1}^{\infty}kp(1-p)^{k-1}", r"\frac{1}{p}"), (r"\sum_{k=0}^{\infty}(k+1)p^k", r"\frac{1}{(1-p)^2}"),
    (r"\sum_{k=0}^{\infty}k^3p^k", r"\frac{p(1+4p+p^2)}{(1-p)^4}"), (r"\sum_{k=n}^{\infty}p^k", r"\frac{p^n}{1-p}"),
    (r"\sum_{k=0}^{\infty}k^2\frac{s^ke^{-s}}{k!}", "s^2+s"), (r"\sum_{k=1}^{\infty}\frac{p^k}{k}", r"-\log(1-p)"),
    (r"\sum_{k=0}^{\infty}\binom{k+2}{2}p^k", r"\frac{1}{(1-p)^3}"),
    (r"\sum_{k=0}^{\infty}\frac{x^{2k}}{k!}", "e^{x^2}"),
    # constants, and circular functions at multiples of pi
    (r"\sin\frac{\pi}{6}", r"\frac{1}{2}"), (r"\cos\frac{\pi}{5}", r"\frac{1+\sqrt{5}}{4}"),
    (r"\Gamma\left(\frac{5}{2}\right)", r"\frac{3}{4}\sqrt{\pi}"), (r"\cos(n\pi)", "(-1)^n"), (r"\sin(n\pi)", "0"),
    (r"\sin\left(x+\frac{\pi}{4}\right)", r"\frac{\sin x+\cos x}{\sqrt{2}}"), (r"\arctan 1", r"\frac{\pi}{4}"),
    (r"\arctan s+\arctan\frac{1}{s}", r"\frac{\pi}{2}"), ("(-x)^{2n}", "x^{2n}"), ("(x^n)^2", "x^{2n}"),
]
FALSE = [
    (r"\sum_{k=0}^{\infty}\gamma^k(R_{t+k+1}+c)", r"\sum_{k=0}^{\infty}\gamma^kR_{t+k+1}+c"),
    (r"\sum_{k=0}^{\infty}\gamma^kR_k", r"R_0+\sum_{k=0}^{\infty}\gamma^kR_{k+1}"),
    ("G_t", r"R_t+\gamma G_{t+1}"), (r"\sum_{k=1}^{\infty}p^kR_k", r"p\sum_{k=0}^{\infty}p^kR_k"),
    (r"\sum_{k=0}^{\infty}p^kR_k", r"\sum_{k=0}^{\infty}q^kR_k"),
    (r"\frac{d}{dp}\sum_{k=0}^{\infty}p^kR_k", r"\sum_{k=1}^{\infty}p^{k-1}R_k"),
    (r"\sum_{k=1}^{\infty}kp(1-p)^{k-1}", r"\frac{1}{1-p}"), (r"\sum_{k=0}^{\infty}(k+1)p^k", r"\frac{1}{1-p}"),
    (r"\sum_{k=n}^{\infty}p^k", r"\frac{p^{n+1}}{1-p}"), (r"\sum_{k=0}^{\infty}k^2\frac{s^ke^{-s}}{k!}", "s^2"),
    (r"\sum_{k=1}^{\infty}\frac{p^k}{k}", r"\log(1-p)"), (r"\sum_{k=0}^{\infty}\frac{x^{2k}}{k!}", "e^{2x}"),
    (r"\sin\frac{\pi}{6}", r"\frac{\sqrt{3}}{2}"), (r"\cos\frac{\pi}{5}", r"\frac{1+\sqrt{3}}{4}"),
    (r"\Gamma\left(\frac{5}{2}\right)", r"\frac{3}{2}\sqrt{\pi}"), (r"\cos(n\pi)", "1"),
    (r"\sin\left(x+\frac{\pi}{4}\right)", r"\frac{\sin x-\cos x}{\sqrt{2}}"), (r"\arctan 1", r"\frac{\pi}{3}"),
    (r"\arctan x+\arctan\frac{1}{x}", r"\frac{\pi}{2}"), ("(-x)^{n}", "x^{n}"), ("(x^n)^2", "x^{n+2}"),
]


def verdict(left, right, symbols=None):
    return judged(left, right, "=", symbols or S, seed=1)[1]


@pytest.mark.parametrize("row", TRUE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_true_claims_are_proved(row):
    assert isinstance(verdict(*row), Proved), verdict(*row)


@pytest.mark.parametrize("row", FALSE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_false_claims_are_refuted(row):
    assert isinstance(verdict(*row), (Refuted, Conditional)), verdict(*row)


def test_a_sequence_that_is_not_bounded_has_no_sum():
    found = verdict(r"\sum_{k=0}^{\infty}\gamma^kR_k", r"R_0+\gamma\sum_{k=0}^{\infty}\gamma^kR_{k+1}",
                    {**S, "R_t": "real sequence"})
    assert isinstance(found, Undecided), found
