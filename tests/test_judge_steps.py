"""Labelled steps: no false one is proved or supported, no true one refuted or conditional, and most are decided."""

import json
from pathlib import Path

import pytest

from derive.reading.claims import read_claim
from derive.reading.errors import ReadError
from verifiers.cases import Budget
from verifiers.judge import judge

STEPS = [json.loads(line) for line in (Path(__file__).parent / "data" / "steps.jsonl").read_text().splitlines()]
QUIET = Budget(edits=0)         # verdicts only; slips have tests of their own
RIGHT = {True: ("proved", "supported"), False: ("refuted", "conditional")}
DECIDED_AT_LEAST = 85           # per cent


def verdict_of(step, seed):
    try:
        claim = read_claim(step["from"], step["rel"], step["to"], step["symbols"])
    except ReadError:
        return "unreadable"
    return judge(claim, seed, QUIET).name


@pytest.fixture(scope="module")
def verdicts():
    return {step["id"]: verdict_of(step, 11) for step in STEPS}


@pytest.mark.parametrize("step", STEPS, ids=[s["id"] for s in STEPS])
def test_no_verdict_is_false(step, verdicts):
    assert verdicts[step["id"]] not in RIGHT[not step["label"]]


def test_most_steps_are_decided(verdicts):
    decided = sum(verdicts[s["id"]] in RIGHT[s["label"]] for s in STEPS)
    assert decided * 100 >= DECIDED_AT_LEAST * len(STEPS), decided


@pytest.mark.parametrize("step", STEPS[::9], ids=[s["id"] for s in STEPS[::9]])
def test_the_seed_does_not_matter(step, verdicts):
    assert verdict_of(step, 12) == verdicts[step["id"]]
