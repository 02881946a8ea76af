"""Writes docs/error-rates.md from the results of the soundness and the seeds lane.

    python tests/benchmarks/error_rates.py --soundness s1.jsonl s2.jsonl --seeds t1.jsonl t2.jsonl
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from traps import FALSE, TRUE  # noqa: E402
from traps_arrays import FALSE as ARRAYS  # noqa: E402 - the tests' own modules are found by the line above

ACCEPTED = ("proved", "supported")
COLUMNS = ("refuted", "conditional", "undecided", "unreadable", "equivalent")
HEAD = """# Error rates

Every figure is measured by a lane of this tree; "0 in n" bounds the rate by 3/n (95 per cent).  Commands:

```sh
python tests/benchmarks/soundness.py --part 1/2 --out s1.jsonl      # and 2/2; resumable, deterministic by its seed
python tests/benchmarks/seeds.py --part 1/2 --out t1.jsonl          # and 2/2
python tests/benchmarks/error_rates.py --soundness s1.jsonl s2.jsonl --seeds t1.jsonl t2.jsonl
```
"""


def read(paths):
    """The rows of the files, each (group, id) once."""
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def grid(head, rows):
    cells = [head, ["---", *["---:"]*(len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(c) for c in row) + " |" for row in cells)


def bound(n):
    return f"{3/n:.1e}" if n else "-"


def counted(rows):
    """({group: Counter of outcomes}, {operator: Counter}) of the soundness lane."""
    groups, operators = defaultdict(Counter), defaultdict(Counter)
    for row in rows:
        for operator, outcomes in row["table"].items():
            groups[row["group"]].update(outcomes)
            operators[operator].update(outcomes)
    return groups, operators


def line(name, count):
    """One row: the mutants, their outcomes, those that were accepted and called false, those the oracle cannot say."""
    false = sum(n for k, n in count.items() if k.endswith("oracle false"))
    silent = sum(n for k, n in count.items() if k.endswith("oracle unknown"))
    wrong = count.total() - count["equivalent"]
    return [name, count.total(), *(count[c] for c in COLUMNS), false, silent,
            f"{100*(count['undecided'] + count['unreadable'])/max(1, wrong):.1f} %"]


def mutants(rows):
    groups, operators = counted(rows)
    total = sum(groups.values(), Counter())
    wrong = total.total() - total["equivalent"]
    dear = [r for r in rows if r["verdict"] in ACCEPTED and not r["table"]]
    used = [r for r in rows if r["table"]]
    head = ["mutants of", "all", *COLUMNS, "accepted, false", "accepted, oracle silent", "undecided"]
    false = sum(n for k, n in total.items() if k.endswith("oracle false"))
    refused = Counter(r["verdict"] for r in rows if r["group"].startswith("generated"))
    return f"""
## False proofs: wrong edits of true claims

{total.total()} mutants of {len(used)} true claims: single and double edits of a side, of a definition, of a given, of
a declaration.  An accepted mutant (proved or supported) is put to an oracle that shares no code with the judges: mpmath
at 50 digits in random worlds, finite tables for laws, from the mutant's own declarations.
{total["equivalent"]} are true after all ("equivalent"); of the other {wrong},
**{false} were accepted and are false**, bound {bound(wrong)}.
{len(dear)} claims that cost more than 100 ms each to judge were left out, and so were goals without a verdict.

{grid(head, [line(g, c) for g, c in sorted(groups.items())] + [line("**all**", total)])}

By the edit:

{grid(["edit", *head[1:]], [line(o.replace("_", " "), c) for o, c in sorted(operators.items())])}

Random true identities themselves, judged under one seed: {dict(sorted(refused.items()))}.
"""


def seeds(rows):
    table = defaultdict(Counter)
    for row in rows:
        key = row["claim"][0] + (" true" if row["label"] else " false")
        names = Counter(row["verdicts"])
        table[key].update(claims=1, verdicts=names.total(), same=row["same"],
                          against=sum(names[n] for n in ("refuted", "conditional")) if row["label"] else 0,
                          accepted=0 if row["label"] else sum(names[n] for n in ACCEPTED),
                          undecided=sum(names[n] for n in ("undecided", "unreadable")))
    total = sum(table.values(), Counter())
    judged = sum(c["verdicts"] for k, c in table.items() if k.endswith("true"))
    lines = [[k, c["claims"], c["verdicts"], c["against"], c["accepted"], f"{c['same']}/{c['claims']}",
              f"{100*c['undecided']/c['verdicts']:.1f} %"] for k, c in sorted(table.items())]
    return f"""
## False refutations, and the same verdict under every seed

True claims under 50 seeds, false ones under 30 (a goal without a verdict once).  {judged} verdicts on true claims, of
which **{total["against"]} refuted or conditional**, bound {bound(judged)}.

{grid(["claims", "number", "verdicts", "true, refuted or conditional", "false, accepted", "same under 30 seeds",
       "undecided"], lines)}
"""


def hostile():
    rows = {**FALSE, **ARRAYS}
    number = sum(map(len, rows.values()))
    return f"""
## The hostile set

{number} claims made to deceive ({", ".join(f"{k} {len(v)}" for k, v in rows.items())}) and {len(TRUE)} true ones beside
them stand in the tests; none of the false may be proved or supported and none of the true refuted or conditional
(tests/test_traps.py, one seed with every run and ten more in the slow lane, and tests/test_hostile.py).
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--soundness", type=Path, nargs="+", required=True)
    parser.add_argument("--seeds", type=Path, nargs="+", default=[])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "error-rates.md")
    options = parser.parse_args()
    text = HEAD + mutants(read(options.soundness)) + (seeds(read(options.seeds)) if options.seeds else "") + hostile()
    options.out.write_text(text)


if __name__ == "__main__":
    main()
