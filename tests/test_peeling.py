"""Products up to an index: proved for every t where one factor stands for all, else never beyond the sizes tried."""

import pytest

from derive.reading.claims import read_claim
from verifiers.judge import judge

BETA = {r"\beta_s": r"real sequence with 0 < \beta_s < 1, s = 1..T", "t": "integer >= 2"}
KEPT = {**BETA, r"\alpha_t": r"\alpha_t = \prod_{s=1}^{t}(1-\beta_s)"}
HALVED = {**BETA, r"\alpha_t": r"\alpha_t = \prod_{s=1}^{t}(1-\frac{1}{2}\beta_s)"}
GROWN = {**BETA, r"\alpha_t": r"\alpha_t = \prod_{s=1}^{t}(1+\beta_s)"}
SCALES = {r"c_s": r"positive real scalars, s = 1..T", "t": "integer >= 2",
          r"\alpha_t": r"\alpha_t = \prod_{s=1}^{t}c_s"}

PROVED = [
    (r"\alpha_t", "=", r"(1-\beta_t)\alpha_{t-1}", KEPT),
    (r"\frac{(1-\alpha_{t-1})(1-\beta_t)+\beta_t}{1-\alpha_t}", "=", "1", KEPT),
    (r"\sqrt{\left(1-\alpha_{t-1}\right)^2}", "=", r"1-\alpha_{t-1}", KEPT),
    (r"\frac{\prod_{s=1}^{t}(1-\beta_s)}{\prod_{s=1}^{t-1}(1-\beta_s)}", "=", r"1-\beta_t", KEPT),
    (r"\alpha_{t-1}", "<", "1", KEPT),
    (r"\log\alpha_t", "=", r"\log\alpha_{t-1}+\log c_t", SCALES),
]
# each holds at t = 2 and fails at t = 3
ONLY_AT_TWO = [
    (r"\alpha_{t-1}", "=", r"\alpha_1", KEPT),
    (r"\alpha_{t-1}", "=", r"1-\beta_{t-1}", KEPT),
    (r"\alpha_{t-1}", "=", r"1-\beta_1", KEPT),
    (r"\alpha_t", "=", r"(1-\beta_t)\prod_{s=1}^{1}(1-\beta_s)", KEPT),
    (r"\prod_{s=1}^{t-1}(1-\beta_s)+\prod_{s=1}^{t-1}\beta_s", "=", "1", KEPT),
    (r"\prod_{s=1}^{t-1}(1-\beta_s)^s", "=", r"\alpha_{t-1}", KEPT),
    (r"\prod_{s=1}^{t-1}\alpha_s", "=", r"\alpha_{t-1}", KEPT),
    (r"\sum_{s=1}^{t-1}\beta_s", "=", r"1-\alpha_{t-1}", KEPT),
    (r"\sqrt{\left(\alpha_{t-1}-\frac{1}{4}\right)^2}", "=", r"\alpha_{t-1}-\frac{1}{4}", HALVED),
    (r"\alpha_{t-1}", ">", r"\frac{1}{2}", HALVED),
    (r"\sqrt{\left(2-\alpha_{t-1}\right)^2}", "=", r"2-\alpha_{t-1}", GROWN),
    (r"\prod_{s=1}^{t-1}c_t", "=", "c_t", SCALES),
]


def verdict(left, relation, right, symbols):
    return judge(read_claim(left, relation, right, symbols, [], None), seed=3).name


@pytest.mark.parametrize("case", PROVED, ids=lambda c: f"{c[0]}{c[1]}{c[2]}")
def test_one_factor_stands_for_all(case):
    assert verdict(*case) == "proved"


@pytest.mark.parametrize("case", ONLY_AT_TWO, ids=lambda c: f"{c[0]}{c[1]}{c[2]}")
def test_what_holds_at_two_only_is_not_proved(case):
    assert verdict(*case) in ("refuted", "undecided")
