"""Time against size: no worse than quadratic where the claim itself is linear.  Ratios of times, never seconds."""

import json
from pathlib import Path

import pytest

from growth import FAMILIES, exponent, measured, page, timed

DOCS = Path(__file__).parents[2]/"docs"
STEEPEST = 2.3          # a quadratic one, and the noise of a machine that others use too


def test_the_exponent_is_the_slope_in_log_log():
    assert exponent([1, 2, 4], [3, 12, 48]) == pytest.approx(2)


def test_docs_show_what_was_measured():
    data = json.loads((DOCS/"growth.json").read_text(encoding="utf-8"))
    assert set(data) == set(FAMILIES)
    assert (DOCS/"growth.md").read_text(encoding="utf-8") == page(data)


@pytest.mark.parametrize("family", FAMILIES)
def test_small_members_are_proved(family):
    maker, sizes, _ = FAMILIES[family]
    assert [timed(maker(n), rounds=1)[0] for n in sizes[:2]] == ["proved", "proved"]


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_time_grows_no_faster_than_the_square_of_a_linear_claim(family):
    found = measured(family)
    assert set(found["verdicts"]) == {"proved"}
    assert found["exponent"] <= STEEPEST*found["text"], found
