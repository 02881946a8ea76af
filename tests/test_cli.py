"""The command line from outside: exit codes, streams, hostile input, what a cold start imports."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parent/"data"


def derive(*args, text=None, timeout=60, **environment):
    """A finished ``python -m derive`` with its exit status and both streams."""
    return subprocess.run([sys.executable, "-m", "derive", *args], input=text, capture_output=True, text=True,
                          timeout=timeout, check=False, env={**os.environ, **environment})


STEPS = [
    (["-x", "x-2x"], 0, "proved"),
    (["a+b", "b+a"], 0, "proved"),
    (["--declare", "x: positive scalar", r"\log x^2", r"2\log x"], 0, "proved"),
    (["--declare", r"\sigma: positive scalar", "--declare", "L = \\sigma^2+1", "L-1", r"\sigma^2"], 0, "proved"),
    (["(a+b)^2", "a^2+b^2"], 1, "refuted"),
    (["--rel", r"\le", "x^2", "-1"], 1, "refuted"),
    ([r"\sqrt{x^2}", "x"], 1, ""),
    ([r"\frac{x}{", "x"], 3, "unreadable"),
    ([r"\frobnicate x", "x"], 3, "unreadable"),
]


@pytest.mark.parametrize("args, status, verdict", STEPS, ids=lambda v: " ".join(v) if isinstance(v, list) else None)
def test_step_says_and_exits(args, status, verdict):
    run = derive("step", *args)
    assert run.returncode == status, run.stdout + run.stderr
    assert run.stdout.startswith(verdict)
    assert "Traceback" not in run.stderr


def test_step_json_has_the_keys_of_a_batch():
    record = json.loads(derive("step", "--json", "(a+b)^2", "a^2+b^2").stdout)
    assert list(record) == ["v", "id", "verdict", "by", "detail", "needs", "witness", "conditions", "mistake", "ms"]
    assert record["verdict"] == "refuted" and set(record["witness"]) == {"a", "b"}


def test_sides_come_from_a_file_and_from_standard_input(tmp_path):
    (tmp_path/"left.tex").write_text("x+x\n", encoding="utf-8")
    assert derive("step", f"@{tmp_path/'left.tex'}", "-", text="2x").returncode == 0
    assert derive("step", f"@{tmp_path/'missing.tex'}", "x").returncode == 2


USAGE = [["step", "x"], ["nonsense"], ["step", "--declare", "positive", "x", "x"], ["check"], ["check", "paper.tex"],
         ["check", "--steps", "missing.jsonl"], ["show", "no-such-problem"], ["explain", "no-such-word"]]


@pytest.mark.parametrize("args", USAGE, ids=" ".join)
def test_usage_errors_exit_with_2_and_a_sentence(args):
    run = derive(*args)
    assert run.returncode == 2 and run.stderr.strip() and "Traceback" not in run.stderr


HOSTILE = {
    "unbalanced": r"\left( x + \frac{1}{2}",
    "unknown command": r"\zzz{x}",
    "shape clash": r"A + \mathbf{x}",
    "division by zero": r"\frac{1}{0}",
    "tower": "9^{9^{9^9}}",
    "parentheses": "("*200 + "x" + ")"*200,
    "deep parentheses": "("*5000 + "x" + ")"*5000,
    "determinant": r"\det\begin{pmatrix}" + r"\\".join("&".join(f"a_{{{i}{j}}}" for j in range(7)) for i in range(7))
                   + r"\end{pmatrix}",
    "megabyte": "x+"*500_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_answered_quickly(name):
    symbols = {"A": "matrix n x n", r"\mathbf{x}": "vector n", "x": "real scalar"}
    symbols |= {f"a_{{{i}{j}}}": "real scalar" for i in range(7) for j in range(7)} if name == "determinant" else {}
    line = json.dumps({"id": 1, "from": HOSTILE[name], "to": "x", "rel": "=", "symbols": symbols})
    after = '{"id": 2, "from": "x+x", "to": "2x", "rel": "=", "symbols": {"x": "real scalar"}}'
    run = derive("check", "--steps", "-", text=f"{line}\n{after}\n", timeout=20)
    first, second = map(json.loads, run.stdout.splitlines())
    assert first["ms"] < 2000, first
    wanted = ("proved",) if "parentheses" in name else ("unreadable", "undecided", "refuted", "conditional")
    assert first["verdict"] in wanted or name == "deep parentheses" and first["verdict"] == "unreadable", first
    assert first["detail"] or first["witness"]
    assert second["verdict"] == "proved" and "Traceback" not in run.stderr
    assert run.returncode in (0, 1)


BAD_LINES = ["{", "[]", '"text"', "{}", '{"from": 1, "to": "x"}', '{"from": "x", "to": "x", "symbols": []}',
             '{"from": "x", "to": "x", "given": "x>0"}', '{"from": "x", "to": "x", "rel": "~~"}',
             '{"id": [], "from": "x", "to": "x"}', "["*100_000, "\x00\x01"]


def test_bad_lines_never_stop_a_batch():
    good = '{"id": "good", "from": "a+a", "to": "2a", "rel": "=", "symbols": {"a": "real scalar"}}'
    run = derive("check", "--steps", "-", text="\n".join(BAD_LINES + [good]) + "\n")
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(records) == len(BAD_LINES) + 1
    assert {r["verdict"] for r in records[:-1]} == {"unreadable"} and all(r["detail"] for r in records)
    assert records[-1]["id"] == "good" and records[-1]["verdict"] == "proved"
    assert run.returncode == 0 and derive("check", "--strict", "--steps", "-", text="{\n").returncode == 3


def imported(code):
    """The modules that a fresh interpreter holds after running code."""
    run = subprocess.run([sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True,
                         text=True, check=True)
    return {name.partition(".")[0] for name in run.stdout.split()}


COLD = {
    "--help": "import derive.cli; derive.cli.run(['--help'])",
    "a provable step": "from derive.checking import check_step\n"
                       "assert check_step('x+x', '2x', '=', {'x': 'real scalar'}).name == 'proved'",
}


@pytest.mark.parametrize("what", COLD)
def test_a_cold_start_imports_neither_sympy_nor_numpy(what):
    assert not imported(COLD[what]) & {"sympy", "numpy", "numba", "latex2sympy2", "problems"}


def test_root_is_lazy_and_names_its_parts():
    assert imported("import derive; derive.__all__") & {"sympy", "numpy", "click"} == set()


def test_interrupt_exits_with_130():
    code = "import derive.cli\ndef stop(args): raise KeyboardInterrupt\n" \
           "derive.cli._dispatch = stop\nderive.cli.main(['list'])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 130


def test_a_bug_of_ours_exits_with_70():
    code = "import derive.cli\ndef broken(args): return {}['missing']\n" \
           "derive.cli._dispatch = broken\nderive.cli.main(['list'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 70 and "internal error" in run.stderr and "Traceback" not in run.stderr
