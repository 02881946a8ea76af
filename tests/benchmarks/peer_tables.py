"""The tables of a comparison with the peers: answers, times and throughput, out of what peers.py measured."""

import re
from math import exp, log
from statistics import median

TOOLS = {           # tool -> how it is used
    "derive": "verdict and counterexample",
    "derive with diagnosis": "and missing assumption and likely slip",
    "Math-Verify": "a checker of final answers: parse both sides, verify",
    "SymPy simplify": "latex2sympy2_extended, then simplify(left - right) == 0",
    "lambdify and NumPy": "the same reader, 64 points of the declared domains",
    "numba.njit": "the same reader, one compiled function a step, the same points",
    "pycodemath": "the same reader, check_equal on the plain text",
}
KINDS = {"scalar": "scalar steps", "indexed": "indexed steps", "textbook": "textbook steps"}
INTRODUCTION = """\
One interleaved run, {rounds} rounds, medians; {machine}; {tools}. Time is wall time from LaTeX text to answer, in warm
processes; a step may take {cap:.0f} s. Every step counts: a tool that cannot read a step, fails or takes too long has
not decided it, with its time counted. The last column is the geometric mean, step by step, of the tool's time over that
of derive without diagnosis.
"""
MEANS = """\
Declared domains become assumptions of SymPy's symbols and ranges of the points; a counterexample of pycodemath, which
takes no domains, counts only inside them. Data x_1..x_N of symbolic length, which no peer reads, are given to the peers
at N = 3, where derive judges every N. Textbook steps (`tests/data/steps.jsonl`) are given as they stand: matrices,
expectations, definitions in words; most peers fail on those within the time of reading them.
"""
BEGIN, END = "<!-- peers: written by tests/benchmarks/peers.py -->", "<!-- peers end -->"


def table(head, rows):
    lines = [head, ["---"]*len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def tools_of(data):
    return [name for name in TOOLS if name in data["steps"][0]]


def counted(steps, tool, label):
    """(answered as the label says, answered the other way, undecided) of the steps with that label."""
    answers = [step[tool][0] for step in steps if step["label"] is label]
    right = answers.count("true" if label else "false")
    none = answers.count(None)
    return right, len(answers) - right - none, none


def geometric_mean(values):
    values = list(values)
    return exp(sum(log(v) for v in values)/len(values)) if values else None


def ratio(steps, tool):
    """How many times derive's time a tool takes, as the geometric mean over the steps."""
    return geometric_mean(step[tool][1]/step["derive"][1] for step in steps)


def figure(value):
    """Two digits of a ratio, as text."""
    return "" if value is None else f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def milliseconds(seconds):
    """Two digits where there are less, else whole milliseconds."""
    return f"{1000*seconds:.1f}" if seconds < 0.01 else f"{1000*seconds:.0f}"


def summary(data, steps=None):
    """One row a tool: what it says of true and of false steps, its times, and their ratio to derive's."""
    steps = data["steps"] if steps is None else steps
    rows = []
    for tool in tools_of(data):
        true, false = counted(steps, tool, True), counted(steps, tool, False)
        times = [step[tool][1] for step in steps]
        rows.append([tool, f"{true[0] + false[0]} of {len(steps)}", true[1], false[1], true[2] + false[2],
                     milliseconds(median(times)), milliseconds(max(times)), figure(ratio(steps, tool))])
    return table(["tool", "right", "true steps rejected", "false steps accepted", "undecided", "median ms",
                  "longest ms", "times derive's time"], rows)


def throughput(data):
    """True scalar steps in a second of processor time, without and with diagnosis; false ones, and all steps."""
    rows = []
    for tool in (t for t in tools_of(data) if t.startswith("derive")):
        true = [s[tool][3] for s in data["steps"] if s["kind"] == "scalar" and s["label"]]
        false = [s[tool][3] for s in data["steps"] if s["kind"] == "scalar" and not s["label"]]
        every = [s[tool][3] for s in data["steps"]]
        rows.append([tool, *(f"{len(t)/sum(t):.0f}" for t in (true, false, every) if t)])
    return table(["steps a second of one core", "true scalar", "false scalar", "all"], rows)


def decided_ratios(data):
    """Ratios over the steps that a tool decides."""
    rows = []
    for tool in tools_of(data):
        steps = [step for step in data["steps"] if step[tool][0] is not None]
        rows.append([tool, len(steps), figure(ratio(steps, tool))])
    return table(["tool", "steps it decides", "times derive's time on them"], rows)


def page(data):
    """The whole of speed.md."""
    proved = sum(step["derive"][2] == "proved" for step in data["steps"] if step["label"])
    true = sum(step["label"] for step in data["steps"])
    parts = ["# derive beside its peers\n", INTRODUCTION.format(**data, tools=", ".join(data["versions"])),
             "\n".join(f"- {name}: {use}" for name, use in TOOLS.items()) + "\n", MEANS,
             f"Of {true} true steps derive proves {proved}; its other right answers on them are \"supported\".\n",
             "## All steps\n", summary(data)]
    for kind, title in KINDS.items():
        steps = [step for step in data["steps"] if step["kind"] == kind]
        if steps:
            parts += [f"## {len(steps)} {title}\n", summary(data, steps)]
    return "\n".join([*parts, "## Where a tool decides\n", decided_ratios(data), "## Throughput\n", throughput(data)])


def readme(text, data):
    """README.md with the tables of this run between its two marks; a text without marks stays as it is."""
    body = f"{BEGIN}\n{summary(data)}\n{throughput(data)}{END}"
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: body, text, flags=re.S)
