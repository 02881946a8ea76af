"""The seeds lane: no true step is refuted under any of fifty seeds, and no verdict changes under the first thirty.

    python tests/benchmarks/seeds.py --part 1/2 --out seeds.jsonl

Every claim is one line of the results, appended when it is done; a claim that has its line is not judged again.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from sources import labelled, sources  # noqa: E402 - the tests' own modules are found by the line above
from verifiers.cases import Budget  # noqa: E402
from verifiers.judge import judge  # noqa: E402

SEEDS, SAME = 50, 30
PLAIN = Budget(edits=0)         # the likely slip and the readable witness are no part of a verdict
AGAINST = ("refuted", "conditional")


def claims():
    """[(group, id, label, claim)]: true claims of every kind but the generated, and the false steps and pairs."""
    found = [(group, name, True, claim) for group, name, claim in sources(0)]
    for group, pattern in (("steps", "steps.jsonl"), ("pairs", "pairs*.jsonl")):
        found += [(group, name, False, claim) for name, claim in labelled(pattern, False) if claim is not None]
    return found


def judged(claim, label):
    """The verdict's name under each seed; a claim of a goal that is not decided is judged once."""
    names = [judge(claim, 1, PLAIN).name]
    if label and names[0] in ("undecided", "unreadable"):
        return names
    return names + [judge(claim, seed, PLAIN).name for seed in range(2, (SEEDS if label else SAME) + 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="1/1", help="k/n: every n-th claim from the k-th")
    parser.add_argument("--out", type=Path, default=Path("seeds.jsonl"))
    parser.add_argument("--group", default="", help="claims of that group alone")
    options = parser.parse_args()
    part, parts = map(int, options.part.split("/"))
    known = {tuple(json.loads(line)["claim"]) for line in options.out.read_text().splitlines()} \
        if options.out.exists() else set()
    wrong = 0
    with options.out.open("a") as out:
        for group, name, label, claim in claims()[part - 1::parts]:
            if (group, name) in known or not group.startswith(options.group):
                continue
            names = judged(claim, label)
            row = {"claim": [group, name], "label": label, "verdicts": dict(Counter(names)),
                   "same": len(set(names[:SAME])) == 1}
            out.write(json.dumps(row) + "\n")
            out.flush()
            if not row["same"] or label and set(names) & set(AGAINST):
                wrong += 1
                print(group, name, label, row["verdicts"])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
