"""The tables of the peers' comparison: what they count, and that docs and README show the figures measured."""

import json
from pathlib import Path

import pytest

from peer_tables import counted, geometric_mean, page, ratio, readme, throughput

ROOT = Path(__file__).parents[2]
MEASURED = ROOT/"docs"/"speed.json"


def step(label, derive, peer):
    """A measured step; derive and peer are (answer, seconds)."""
    return {"id": "s", "kind": "scalar", "label": label, "derive": [*derive, "", derive[1]],
            "Math-Verify": [*peer, "", peer[1]]}


STEPS = [step(True, ("true", 0.001), ("true", 0.01)), step(True, ("true", 0.003), ("false", 0.012)),
         step(False, ("false", 0.002), ("true", 0.08)), step(False, (None, 0.002), (None, 0.002))]


def test_answers_are_counted_by_label():
    assert counted(STEPS, "Math-Verify", True) == (1, 1, 0)
    assert counted(STEPS, "Math-Verify", False) == (0, 1, 1)
    assert counted(STEPS, "derive", False) == (1, 0, 1)


def test_ratios_are_geometric_means_over_every_step():
    # 10 * 4 * 40 * 1 = 1600, whose fourth root is 40^(1/2)
    assert ratio(STEPS, "Math-Verify") == pytest.approx(40**0.5)
    assert geometric_mean([]) is None


def test_throughput_is_steps_over_their_whole_time():
    data = {"steps": STEPS}
    assert "| derive | 500 | 500 | 500 |" in throughput(data)


def test_docs_and_readme_show_what_was_measured():
    data = json.loads(MEASURED.read_text(encoding="utf-8"))
    assert (ROOT/"docs"/"speed.md").read_text(encoding="utf-8") == page(data)
    text = (ROOT/"README.md").read_text(encoding="utf-8")
    assert readme(text, data) == text
    assert "| Math-Verify |" in text
