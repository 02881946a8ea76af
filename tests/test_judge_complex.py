"""Complex numbers, where they are declared: claims that must be proved beside those that must not."""

import pytest

from derive.checking.step import judged
from support import verdict
from verifiers.verdict import Conditional, Proved, Refuted, Undecided

C = {"z": "complex number", "w": "complex number", "i": "imaginary unit", "x": "real scalar", "y": "real scalar",
     "t": "real scalar", "n": "integer >= 1"}
SIGNAL = {"x_k": "real sequence, k = 1..N", "N": "integer >= 1", "u": "real scalar", "i": "imaginary unit",
          "X": r"X = \sum_{k=1}^{N}x_ke^{-iuk}"}
NO_UNIT = {"x": "real scalar", "y": "real scalar"}

TRUE = [
    (r"(x+iy)(x-iy)", "x^2+y^2", C), ("i^2", "-1", C), (r"\frac{1}{i}", "-i", C),
    (r"e^{it}", r"\cos t+i\sin t", C), (r"\cos t", r"\frac{e^{it}+e^{-it}}{2}", C),
    (r"\sin t", r"\frac{e^{it}-e^{-it}}{2i}", C), (r"e^{x+iy}", r"e^x(\cos y+i\sin y)", C),
    (r"\left|z\right|^2", r"z\bar{z}", C), (r"\left|zw\right|", r"\left|z\right|\left|w\right|", C),
    (r"\overline{zw}", r"\bar{z}\bar{w}", C), (r"\operatorname{Re}(z)", r"\frac{z+\bar{z}}{2}", C),
    (r"\operatorname{Im}(z)", r"\frac{z-\bar{z}}{2i}", C), (r"\frac{1}{z}", r"\frac{\bar{z}}{\left|z\right|^2}", C),
    (r"\left|z+w\right|^2", r"\left|z\right|^2+\left|w\right|^2+2\operatorname{Re}(z\bar{w})", C),
    (r"(\cos t+i\sin t)^n", r"\cos(nt)+i\sin(nt)", C), (r"\frac{d}{dx}e^{ix}", "ie^{ix}", C),
    (r"\left|e^{it}\right|", "1", C), (r"\cos(ix)", r"\cosh x", C), (r"\sin(ix)", r"i\sinh x", C),
    (r"\cos t+i\sin t-2i\sin t", r"\cos t-i\sin t", C), ("(x+iy)^2", "x^2-y^2+2ixy", NO_UNIT),
    (r"\operatorname{Re}(X)", r"\sum_{k=1}^{N}x_k\cos(uk)", SIGNAL),
]
FALSE = [
    (r"(x+iy)(x-iy)", "x^2-y^2", C), ("i^2", "1", C), (r"\frac{1}{i}", "i", C),
    (r"e^{it}", r"\cos t-i\sin t", C), (r"\sin t", r"\frac{e^{it}-e^{-it}}{2}", C), (r"e^{x+iy}", r"e^x\cos y", C),
    (r"\left|z\right|^2", r"z^2", C), (r"\left|z+w\right|", r"\left|z\right|+\left|w\right|", C),
    (r"\overline{zw}", r"z\bar{w}", C), (r"\operatorname{Im}(z)", r"\frac{z-\bar{z}}{2}", C),
    (r"\frac{1}{z}", r"\bar{z}", C), (r"\frac{d}{dx}e^{ix}", "e^{ix}", C), ("z", r"\bar{z}", C),
    (r"\cos t+i\sin t-2i\sin t", r"\cos t+i\sin t", C), ("(x+iy)^2", "x^2+y^2+2ixy", NO_UNIT),
    (r"\operatorname{Im}(X)", r"\sum_{k=1}^{N}x_k\sin(uk)", SIGNAL),
]
UNDECIDED = [
    (r"\overline{xy}", r"\bar{x}\bar{y}", NO_UNIT),         # a bar may be a mean
    (r"z^{1/2}z^{1/2}", "z", C), (r"z", r"\left|z\right|e^{i\log z}", C),
]


@pytest.mark.parametrize("row", TRUE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_true_claims_are_proved(row):
    assert isinstance(verdict(*row), Proved), verdict(*row)


@pytest.mark.parametrize("row", FALSE, ids=lambda r: f"{r[0]} = {r[1]}")
def test_false_claims_are_refuted(row):
    assert isinstance(verdict(*row), (Refuted, Conditional)), verdict(*row)


@pytest.mark.parametrize("row", UNDECIDED, ids=lambda r: f"{r[0]} = {r[1]}")
def test_what_has_no_one_meaning_is_undecided(row):
    assert isinstance(verdict(*row), Undecided), verdict(*row)


def test_an_index_called_i_is_no_imaginary_unit():
    index = {"x_i": "real sequence, i = 1..N", "N": "integer >= 1"}
    assert not isinstance(verdict("ix_i", "x_i", index), Proved)
    assert isinstance(verdict(r"\sum_{i=1}^{N}i^2x_i", r"-\sum_{i=1}^{N}x_i", index), Refuted)


def test_complex_numbers_have_no_order():
    assert isinstance(judged("z", "0", ">", C, seed=1)[1], Undecided)
    assert isinstance(judged(r"\left|z\right|", "0", r"\ge", C, seed=1)[1], Proved)
