"""The soundness lane: a hundred thousand wrong edits of true claims, no judge may accept one that is false.

    python tests/benchmarks/soundness.py --part 1/2 --out results.jsonl

Every source is one line of the results, appended when it is done; a source that has its line is not tried again.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from lane import tried  # noqa: E402 - the tests' own modules are found by the line above
from sources import GENERATED, sources  # noqa: E402

SEED = 1


def done(path):
    """{(group, id)} of the sources that have their line."""
    if not path.exists():
        return set()
    return {(row["group"], row["id"]) for row in map(json.loads, path.read_text().splitlines())}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="1/1", help="k/n: every n-th source from the k-th")
    parser.add_argument("--out", type=Path, default=Path("soundness.jsonl"))
    parser.add_argument("--generated", type=int, default=GENERATED, help="random identities")
    parser.add_argument("--group", default="", help="sources of that group alone")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


def main():
    options = arguments()
    part, parts = map(int, options.part.split("/"))
    known, total, finds = done(options.out), Counter(), 0
    with options.out.open("a") as out:
        for group, name, claim in sources(options.generated)[part - 1::parts]:
            if (group, name) in known or not group.startswith(options.group):
                continue
            record = tried(group, name, claim, options.seed)
            out.write(json.dumps(record) + "\n")
            out.flush()
            for row in record["table"].values():
                total.update(row)
            finds += len(record["finds"])
            for find in record["finds"]:
                print(group, name, find["operator"], find["verdict"], find["by"], find["oracle"], find["claim"])
    print(f"{total.total()} mutants: {dict(total)}")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
