"""The labelled pairs keep the format of steps.jsonl.  Nothing is judged here: labels come from mathematics alone."""

import json
import re
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("pairs_*.jsonl"))
NEEDED = {"id", "topic", "from", "to", "rel", "symbols", "label", "mistake"}
OPTIONAL = {"given", "about"}
IDENTIFIER = re.compile(r"[a-z]{2}\d{2}[TF]")


def rows_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_there_are_pairs():
    assert FILES


def test_identifiers_are_unique_over_all_files():
    seen = [row["id"] for path in FILES for row in rows_of(path)]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_row_has_the_fields(path):
    for row in rows_of(path):
        assert NEEDED <= set(row) <= NEEDED | OPTIONAL, row["id"]
        assert IDENTIFIER.fullmatch(row["id"]), row["id"]
        assert all(isinstance(row[field], str) and row[field] for field in ("topic", "from", "to", "rel")), row["id"]
        assert row["symbols"] and all(isinstance(said, str) and said for said in row["symbols"].values()), row["id"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_labels_and_slips_agree(path):
    for row in rows_of(path):
        assert isinstance(row["label"], bool), row["id"]
        assert row["id"][-1] == ("T" if row["label"] else "F"), row["id"]
        # A true row names no slip, a false one always does.
        assert (row["mistake"] is None) == row["label"], row["id"]
        assert row["mistake"] is None or re.fullmatch(r"[a-z_]+", row["mistake"]), row["id"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_true_and_false_come_in_pairs_that_differ(path):
    rows = {row["id"]: row for row in rows_of(path)}
    for name, row in rows.items():
        twin = rows[name[:-1] + ("F" if row["label"] else "T")]
        assert twin["topic"] == row["topic"], name
        assert any(twin[field] != row[field] for field in ("from", "to", "rel", "symbols")), name
