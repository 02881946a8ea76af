"""True claims that mutants are made of: the collection's lines, labelled steps, goals, pairs, random identities."""

import json
from functools import cache
from pathlib import Path

from derive.reading import ReadError
from derive.reading.claims import read_claim
from identities import random_identity
from mutation import steps

DATA = Path(__file__).with_name("data")
GENERATED = 5200


def _read(row):
    try:
        return read_claim(row["from"], row["rel"], row["to"], dict(row.get("symbols") or {}),
                          list(row.get("given") or []), row.get("about"))
    except ReadError:
        return None


@cache
def rows(pattern):
    """The JSON rows of the data files of that name."""
    return [json.loads(line) for path in sorted(DATA.glob(pattern)) for line in path.read_text().splitlines() if line]


def labelled(pattern, label):
    """[(id, claim)] of the labelled steps that are true, or false."""
    return [(row["id"], _read(row)) for row in rows(pattern) if row["label"] is label]


def goals():
    """[(id, claim)] of the goals."""
    return [(f"{row['id']}#{k}", _read({**goal, "symbols": row["symbols"], "given": row.get("given")}))
            for row in rows("goals.jsonl") for k, goal in enumerate(row["goals"])]


def sources(generated=GENERATED):
    """[(group, id, claim)], in a fixed order; what cannot be read has no claim and is left out."""
    found = [("collection", f"{problem} {line}", claim) for problem, line, claim in steps()]
    found += [("steps", *row) for row in labelled("steps.jsonl", True)]
    found += [("pairs", *row) for row in labelled("pairs*.jsonl", True)]
    found += [("goals", *row) for row in goals()]
    for k in range(generated):
        kind, claim = random_identity(f"identity {k}")
        found.append((f"generated {kind}", str(k), claim))
    return [row for row in found if row[-1] is not None]
