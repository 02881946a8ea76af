"""Generic tests over the registry of problems: adding a problem needs no test code."""

import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from derive.checking.inventory import rows
from derive.derivation import Derivation
from derive.printing import latex
from derive.reading import read
from derive.reading.claims import read_claim
from derive.term import alpha
from derive.term.record import replace
from derive.writing.build import sheet_of
from derive.writing.judged import judge_derivation
from derive.writing.markdown import write_markdown
from derive.writing.tex import write_tex
from problems import find_problems
from support import read_markdown, read_tex

ROOT = Path(__file__).parents[1]
PROBLEMS = find_problems()
SEED = 1
SUPPORTED_AT_MOST = 20      # per cent of the steps

every_problem = pytest.mark.parametrize("problem", PROBLEMS, ids=str)


@cache
def judged(problem):
    return [line for derivation in problem.solution.derivations
            for line in judge_derivation(derivation, SEED, replay=True)]


@cache
def sheet(problem):
    return sheet_of(problem, SEED)


@every_problem
def test_every_line_replays_and_is_proved(problem):
    for line in judged(problem):
        if line.line is None:
            continue
        where = f"line {line.line.line} [{line.rule}]"
        assert not line.strayed, f"{where}: the rule writes {line.strayed}"
        assert line.listed, f"{where}: {line.verdict}"


@every_problem
def test_goal_holds_without_the_derivation(problem):
    for line in judged(problem):
        if line.line is None:
            assert line.verdict.name in ("proved", "supported", "undecided"), line.verdict


def test_few_steps_are_only_supported():
    tally = Counter(line.verdict.name for p in PROBLEMS for line in judged(p) if line.line is not None)
    print(f"\n{dict(tally)}")
    assert tally["supported"]*100 <= SUPPORTED_AT_MOST*tally.total()


@every_problem
def test_every_line_prints_and_reads_back(problem):
    assert [line.lost for line in judged(problem) if line.lost] == []


@every_problem
def test_statement_slots_read_back(problem):
    """Every formula of the statement is a Term that was printed."""
    for derivation in problem.solution.derivations:
        claim = derivation.claim()
        for side in (claim.left, claim.right):
            assert read(latex(side, claim.symbols), claim.symbols) is side
    assert "{" not in problem.solution.statement(lambda term, symbols: "x")


@every_problem
def test_has_statement_and_source(problem):
    assert problem.title.endswith(".") and problem.source
    assert problem.solution.statement(latex).strip()
    known = {row.ident for row in rows()}
    assert set(problem.rows) <= known


@every_problem
def test_derivation_has_intermediate_lines(problem):
    """An answer in one jump is no derivation, except for rows that are one line by themselves."""
    derivations = problem.solution.derivations
    assert all(isinstance(d, Derivation) and d.closed for d in derivations)
    short = {row.ident for row in rows() if row.one_line}
    assert any(len(d.lines) > 1 for d in derivations) or set(problem.rows) <= short


@every_problem
@pytest.mark.parametrize("write, read_back", [(write_markdown, read_markdown), (write_tex, read_tex)],
                         ids=["md", "tex"])
def test_sheet_reads_back_from_the_sheet_alone(problem, write, read_back):
    symbols, givens, lines = read_back(write(sheet(problem)))
    expected = [line.claim for line in sheet(problem).lines]
    assert len(lines) == len(expected)
    for (left, relation, right), claim in zip(lines, expected, strict=True):
        again = read_claim(left, relation, right, symbols, givens)
        assert (again.left, again.relation, again.right) == (claim.left, claim.relation, claim.right)
        for declared in claim.symbols:
            said = [d for d in again.symbols if d.name == declared.name]
            assert any(same_meaning(declared, d) for d in said), f"{declared} was read as {said}"


def same_meaning(a, b):
    """Two declarations of one name that say the same, whatever the words; entries range over their array.

    The entries of a defined array are said by the name of the entries alone, and the shape and the sign of a defined
    function by its definition.
    """
    if a.definition is not None and a.formals:
        a, b = (replace(d, shape=(), domain="real") for d in (a, b))
    plain = [replace(d, text="", ranges=() if d.entries_of else d.ranges,
                     entries=None if d.definition is not None else d.entries,
                     definition=None if d.definition is None else alpha(d.definition)) for d in (a, b)]
    return plain[0] == plain[1]


@every_problem
def test_errata_are_refuted(problem):
    for erratum in sheet(problem).errata:
        assert erratum.verdict.name == "refuted", erratum.verdict
        assert erratum.verdict.witness or erratum.verdict.left, "a counterexample, or two different constants"


def test_output_is_what_export_writes():
    run = subprocess.run([sys.executable, "-m", "derive", "export", "--check", "-o", ROOT/"output"],
                         capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
