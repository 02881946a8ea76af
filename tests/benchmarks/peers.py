"""derive beside its peers on the same labelled steps, from LaTeX text to answer: one command.

    python tests/benchmarks/peers.py --to docs

makes an environment for the peers (``requirements-peers.txt``), starts every tool in a process of its own, warm, hands
them the steps one at a time in turn, and writes ``speed.json``, ``speed.md`` and the table of README.md.  A tool that
does not answer within the cap is ended and counts as undecided, with its time; so does one that cannot read the step.
Every round starts fresh processes, so that nothing is remembered of a step; the median of the rounds counts.
"""

import argparse
import json
import os
import platform
import selectors
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from peer_tables import TOOLS, page, readme

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OURS = {name for name in TOOLS if name.startswith("derive")}
STEPS = {"speed_steps.jsonl": None, "steps.jsonl": "textbook"}      # file -> the kind of its steps, where it names none
DEAR = 2.0                  # seconds; a step that took a tool so long is not given to it again


class Tool:
    """A worker process that answers one step at a time."""

    def __init__(self, name, python, cap):
        self.name, self.python, self.cap, self.process = name, python, cap, None

    def start(self):
        """A process whose imports are done."""
        self.stop()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)} if self.name in OURS else dict(os.environ)
        self.process = subprocess.Popen([self.python, str(HERE/"peer_worker.py"), self.name], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        if self._line(20*self.cap) is None:
            raise SystemExit(f"{self.name} does not start with {self.python}")

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _line(self, seconds):
        """The next answer, or None where there is none in time or the process has ended."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            line = self.process.stdout.readline() if selector.select(seconds) else ""
        return json.loads(line) if line else None

    def ask(self, step):
        """(answer, seconds, why, processor seconds) of one step; what does not answer is ended and started again."""
        if self.process is None:
            self.start()
        start = perf_counter()
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()
        found = self._line(self.cap)
        if found is None:
            seconds = perf_counter() - start
            self.start()
            why = "no answer in time" if seconds >= self.cap else "the process ended"
            return None, min(seconds, self.cap), why, min(seconds, self.cap)
        return found["answer"], found["seconds"], found["why"], found["cpu"]


def steps_of(limit=None):
    """Every labelled step, with its kind: scalar, indexed or textbook."""
    found = []
    for file, kind in STEPS.items():
        rows = [json.loads(line) for line in (HERE.parent/"data"/file).read_text(encoding="utf-8").splitlines()]
        found += [{"family": False, **row, "kind": row.get("kind") or kind} for row in rows[:limit]]
    return found


def environment(place):
    """The Python of the peers' environment, made where there is none."""
    python = place/"bin"/"python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(HERE/"requirements-peers.txt")],
                       check=True)
    return str(python)


def versions(python):
    """What is compared, as "name version" words."""
    frozen = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    wanted = ("math-verify", "latex2sympy2_extended", "numba", "numpy", "pycodemath", "sympy")
    return [line.replace("==", " ") for line in frozen.splitlines() if line.split("==")[0] in wanted]


def measure(tools, steps, rounds):
    """{step id: {tool: [answer, median seconds, why, median processor seconds]}}; the tools take each step in turn."""
    seen = {step["id"]: {tool.name: [] for tool in tools} for step in steps}
    for turn in range(rounds):
        for tool in tools:
            tool.start()
        for number, step in enumerate(steps):
            shift = (number + turn) % len(tools)
            for tool in tools[shift:] + tools[:shift]:
                before = seen[step["id"]][tool.name]
                if not before or before[0][1] < DEAR:
                    before.append(tool.ask(step))
            if number % 20 == 19:
                print(f"round {turn + 1} of {rounds}, {number + 1} of {len(steps)} steps", file=sys.stderr)
        for tool in tools:
            tool.stop()
    return {ident: {name: [asked[0][0], round(median(a[1] for a in asked), 6),
                           asked[0][2] if name in OURS or asked[0][0] is None else "",
                           round(median(a[3] for a in asked), 6)]
                    for name, asked in row.items()} for ident, row in seen.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--to", type=Path, help="folder for speed.json and speed.md; README.md beside it is updated")
    parser.add_argument("--venv", type=Path, default=ROOT/".venv-peers", help="the peers' environment")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cap", type=float, default=20.0, help="seconds a tool may take for one step")
    parser.add_argument("--limit", type=int, help="only so many steps of each file")
    parser.add_argument("--tools", help="names, separated by commas", default=",".join(TOOLS))
    asked = parser.parse_args()
    python = environment(asked.venv)
    tools = [Tool(name, sys.executable if name in OURS else python, asked.cap) for name in asked.tools.split(",")]
    steps = steps_of(asked.limit)
    rows = measure(tools, steps, asked.rounds)
    data = {"machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
            "versions": versions(python), "rounds": asked.rounds, "cap": asked.cap,
            "steps": [{"id": s["id"], "kind": s["kind"], "label": s["label"], **rows[s["id"]]} for s in steps]}
    print(page(data))
    if asked.to is not None:
        write(asked.to, data)


def write(folder, data):
    """speed.json, speed.md, and the table of the README beside the folder."""
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in data["steps"])
    head = json.dumps({**data, "steps": []}, ensure_ascii=False)
    (folder/"speed.json").write_text(head.replace('"steps": []', f'"steps": [\n{body}\n]') + "\n", encoding="utf-8")
    (folder/"speed.md").write_text(page(data), encoding="utf-8")
    path = folder.parent/"README.md"
    path.write_text(readme(path.read_text(encoding="utf-8"), data), encoding="utf-8")


if __name__ == "__main__":
    main()
