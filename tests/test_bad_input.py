"""What no author means: each text gets a verdict and a sentence with its place, and a batch goes on after it.

No time is asserted: a row that is not bounded does not end, or ends the process that runs it.
"""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from derive.checking import check_step
from derive.checking.steps import check_steps
from derive.cli import run
from derive.commands.group import commands

DETERMINANT = r"\det\begin{pmatrix}" + r"\\".join("&".join(f"{row}_{k}" for k in range(7)) for row in "abcdfgh") + \
    r"\end{pmatrix}"
X, XY = {"x": "real scalar"}, {"x": "real scalar", "y": "real scalar"}
LETTERS = {f"{row}_{k}": "real scalar" for row in "abcdfgh" for k in range(7)}

# (left, right, declarations, column): not understood; the column is where reading stopped, 1 for a whole text
UNREADABLE = [
    (r"\frac{a}{b", "a", {}, 9), ("a)+(b", "a", {}, 2), ("x", r"\left(x", X, 8), (r"\foo{x}", "x", X, 1),
    ("x\0", "x", X, 2), ("x\ufffd", "x", X, 2), ("", "x", X, 1), ("x", "", X, 1),
    ("(" * 5000 + "x" + ")" * 5000, "x", X, 242),
    (r"\sqrt{" * 500 + "x" + "}" * 500, "x", X, 1447), ("9" * 5000, "1", {}, 1), ("x+" * 9999 + "x", "x", X, 12_001),
    ("x+" * 500_000 + "x", "x", X, 20_001), ("AB", "BA", {"A": "matrix 2 x 3", "B": "matrix 2 x 3"}, None),
    ("x/0", "x", X, None), (r"\log 0", "1", {}, None), ("cx", "x", {**X, "c": r"c = \frac{1}{0}"}, None),
    ("a", "x", {**X, "a": "a = b+1", "b": "b = a+1"}, None), ("a", "x", {**X, "a": "a = a+1"}, None),
]

# understood, and far beyond what is written out
BEYOND = [
    ("9^{9^{9^9}}", "1", {}), ("9^{9^{9^9}}", "9^{9^{9^9}}+1", {}), ("((9!)!)!", "1", {}), ("99999999!", "1", {}),
    (DETERMINANT, "1", LETTERS), (r"\sum_{i=1}^{10^9}x^i", "1", X), (r"\prod_{i=1}^{10^9}(x+i)", "1", X),
    (r"\sum_{i=1}^{40}\sum_{j=1}^{40}\sum_{k=1}^{40}x^{i+j+k}", "1", X), ("x^{10^9}", "x", X),
    ("(x+1)^{1000000000}", "x", X), ("(x+1)^{1000000000}", "(1+x)^{1000000000}", X),
    ("A", r"A^{\top}", {"A": "matrix 1000000 x 1000000"}), ("A^{1000000000}", "A", {"A": "matrix 3 x 3"}),
    ("ax", "x", {**X, "a": "a = 9^{9^9}"}), (r"\binom{x}{10^8}", "1", X),
]

# understood, large, and false
FALSE = [
    ("10^{100000}", "1", {}), (r"\binom{10^9}{5}", "1", {}), ("e^{10^9}", "1", {}), ("(2x+3)^{4000}", "1", X),
    (r"\sin(10^{300})", "1", {}), (r"e^{e^{e^{e^{x}}}}", "x", X),
]

# understood, large, and true
TRUE = [
    ("(" * 200 + "x" + ")" * 200, "x", X), ("(x+y)^{20000}", "(y+x)^{20000}", XY), ("x " * 2000, "x^{2000}", X),
]


def shortened(value):
    return value[:24] if isinstance(value, str) else ""


@pytest.mark.parametrize("left, right, symbols, column", UNREADABLE, ids=shortened)
def test_not_understood_with_its_place(left, right, symbols, column):
    verdict = check_step(left, right, symbols=symbols, seed=1)
    assert verdict.name == "unreadable"
    assert verdict.detail
    assert verdict.expected or column is not None
    assert column is None or verdict.column == column


@pytest.mark.parametrize("left, right, symbols", BEYOND, ids=shortened)
def test_beyond_every_budget_is_undecided(left, right, symbols):
    verdict = check_step(left, right, symbols=symbols, seed=1)
    assert verdict.name == "undecided"
    assert verdict.detail


@pytest.mark.parametrize("left, right, symbols", FALSE, ids=shortened)
def test_large_and_false(left, right, symbols):
    assert check_step(left, right, symbols=symbols, seed=1).name == "refuted"


@pytest.mark.parametrize("left, right, symbols", TRUE, ids=shortened)
def test_large_and_true(left, right, symbols):
    assert check_step(left, right, symbols=symbols, seed=1).name == "proved"


# -- lines of a batch -------------------------------------------------------------------------------------------------
GOOD = {"id": "good", "from": "x+x", "to": "2x", "symbols": X}
# (line, words of the sentence)
LINES = [
    ("{", "JSON"), ("not json", "JSON"), ("[1, 2]", "object"), ("null", "object"), ("17", "object"), ('"x"', "object"),
    ('{"from": "x"}', '"to"'), ('{"from": 1, "to": "x"}', '"from"'), ('{"from": null, "to": "x"}', '"from"'),
    ('{"from": "x", "to": "x", "symbols": []}', '"symbols"'),
    ('{"from": "x", "to": "x", "symbols": {"x": 1}}', '"symbols"'),
    ('{"from": "x", "to": "x", "given": "x"}', '"given"'), ('{"from": "x", "to": "x", "given": [1]}', '"given"'),
    ('{"from": "x", "to": "x", "rel": 1}', '"rel"'), ('{"from": "x", "to": "x", "about": {}}', '"about"'),
    ('{"from": "x", "to": "x", "id": []}', '"id"'), ("[" * 100_000, "JSON"),
    ('{"from": "' + "x+" * 200_000 + '"', "characters"), ('{"from": "x", "to": ' + "9" * 5000 + "}", "digits"),
    ('{"from": "x", "to": "y", "rel": "~~"}', "relation"),
    (json.dumps({**GOOD, "symbols": {"x": "purple elephant"}}), ""), (json.dumps({**GOOD, "from": "x\0"}), "left side"),
]


def test_a_batch_goes_on_after_every_bad_line():
    trouble = []
    lines = [text for line, _ in LINES for text in (line, "", json.dumps(GOOD))]
    records = list(check_steps(lines, 1, trouble))
    assert trouble == []
    assert len(records) == 2*len(LINES)
    assert {r["verdict"] for r in records[1::2]} == {"proved"}
    for record, (_, words) in zip(records[::2], LINES, strict=True):
        assert record["verdict"] in ("unreadable", "undecided")
        assert words in record["detail"]


def test_duplicate_ids_are_two_steps():
    assert [r["id"] for r in check_steps([json.dumps(GOOD)]*2, 1)] == ["good", "good"]


def test_a_file_of_bytes_that_are_no_text(tmp_path):
    path = tmp_path/"steps.jsonl"
    path.write_bytes(b"\xff\xfe\x00\n" + json.dumps(GOOD).encode() + b"\n\n\x00\n")
    result = CliRunner().invoke(commands, ["check", "--steps", str(path), "--seed", "1"])
    assert result.exit_code == 0
    verdicts = [json.loads(line)["verdict"] for line in result.stdout.splitlines()]
    assert verdicts == ["unreadable", "proved", "unreadable"]


# -- the command ------------------------------------------------------------------------------------------------------
# (arguments after ``step``, exit code, words of what is printed)
COMMANDS = [
    (["x+x", "2x"], 0, "proved"), (["x", "y"], 1, "refuted"), (["9^{9^{9^9}}", "1"], 3, "undecided"),
    ([r"\frac{x", "x"], 3, "column 6"), (["x"], 2, "RIGHT"), (["x", "y", "z"], 2, "unexpected"),
    (["--declare", "nonsense", "x", "y"], 2, "nonsense"), (["--seed", "x", "x", "y"], 2, "--seed"),
    (["--given", "x >", "x", "y"], 3, "given[0]"), (["--declare", ": scalar", "x", "y"], 2, "NAME"),
    (["--rel", "~~", "x", "y"], 3, "relation"),
    (["@/no/such/file", "x"], 2, "cannot read"), (["--problem", "no-such", "x", "y"], 2, "no problem"),
]


@pytest.mark.parametrize("args, code, words", COMMANDS, ids=lambda a: " ".join(a) if isinstance(a, list) else "")
def test_exit_codes(args, code, words, capsys):
    assert run(["step", *args]) == code
    printed = capsys.readouterr()
    assert words in printed.out + printed.err
    assert "Traceback" not in printed.err


def test_help_imports_neither_sympy_nor_numpy():
    script = ("import sys; from derive.cli import run; run(['--help']); "
              "print([m for m in ('sympy', 'numpy', 'flint', 'numba') if m in sys.modules], file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_scalar_step_imports_no_numpy():
    script = ("import sys; from derive.cli import run; print(run(['step', '(x+1)^2', 'x^2+2x+1']), "
              "run(['step', '(x+1)^2', 'x^2+2x+2']), "
              "[m for m in ('sympy', 'numpy', 'click', 'dataclasses') if m in sys.modules], file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "0 1 []"
