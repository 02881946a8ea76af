"""Speed beside a named peer, both in one run; ratios only, printed with ``pytest -s``."""

import os
import subprocess
import sys
from time import perf_counter

import pytest

pytestmark = pytest.mark.slow       # on demand: pytest -s -m slow tests/benchmarks

ROUNDS = 15
BARE = ["-c", "pass"]
PROOF = ["-m", "derive", "step", "(a+b)^2", "a^2+2ab+b^2"]
REFUTATION = ["-m", "derive", "step", "(a+b)^2", "a^2+b^2"]
# (SymPy text, LaTeX) of both sides: the peer parses and simplifies what we read and judge
SYMBOLS = {letter: "real scalar" for letter in "abx"}
SIDES = [
    (("(a+b)**3", "a**3+3*a**2*b+3*a*b**2+b**3"), ("(a+b)^3", "a^3+3a^2b+3ab^2+b^3")),
    (("exp(x)/(1+exp(x))", "1/(1+exp(-x))"), (r"\frac{e^{x}}{1+e^{x}}", r"\frac{1}{1+e^{-x}}")),
    (("log(1+exp(x))-log(1+exp(-x))", "x"), (r"\log(1+e^{x})-\log(1+e^{-x})", "x")),
    (("(exp(x)-exp(-x))**2/4+1", "(exp(x)+exp(-x))**2/4"),
     (r"\frac{(e^{x}-e^{-x})^2}{4}+1", r"\frac{(e^{x}+e^{-x})^2}{4}")),
]


def wall(args, environment):
    start = perf_counter()
    subprocess.run([sys.executable, *args], capture_output=True, check=False, env=environment)
    return perf_counter() - start


def best(cache, *commands):
    """The shortest wall time of each command, the commands taken in turn so that a busy machine hits all alike.

    Modules are compiled as an installation leaves them: once, into ``cache``.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(cache)
    rounds = [[wall(c, environment) for c in commands] for _ in range(ROUNDS + 1)][1:]
    return [min(times) for times in zip(*rounds, strict=True)]


def test_cold_step_beside_bare_python_and_beside_importing_sympy(tmp_path):
    bare, proof, refutation, sympy = best(tmp_path, BARE, PROOF, REFUTATION, ["-c", "import sympy"])
    print(f"\nbare python 1, proof {proof/bare:.1f}, refutation {refutation/bare:.1f}, import sympy {sympy/bare:.1f}"
          f"  (bare {bare*1000:.0f} ms, proof {proof*1000:.0f} ms, refutation {refutation*1000:.0f} ms)")
    assert proof < sympy, "a cold proof is faster than importing SymPy"
    assert refutation < sympy


def ours(sides):
    from derive.checking import check_step

    return check_step(*sides, "=", SYMBOLS).name


def peer(sides):
    from sympy import simplify
    from sympy.parsing.sympy_parser import parse_expr

    return simplify(parse_expr(sides[0]) - parse_expr(sides[1]))


def warm(function, argument):
    """The shortest time of one call, after one call that pays for imports."""
    function(argument)
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        function(argument)
        times.append(perf_counter() - start)
    return min(times)


def test_warm_steps_beside_sympy_parse_and_simplify():
    we = they = 0
    for sympy_sides, latex_sides in SIDES:
        assert ours(latex_sides) == "proved"
        mine, theirs = warm(ours, latex_sides), warm(peer, sympy_sides)
        print(f"\nwarm step {mine*1000:.2f} ms, parse and simplify {theirs*1000:.2f} ms: {latex_sides[0]}")
        we, they = we + mine, they + theirs
    print(f"all of them: {they/we:.1f} times faster than SymPy")
    assert we < they


def cube_of_a_sum(a, b):
    return (a + b)**3 - (a**3 + 3*a**2*b + 3*a*b**2 + b**3)


def test_a_new_expression_on_the_compiled_tape_beside_compiling_it_alone():
    numba, numpy = pytest.importorskip("numba"), pytest.importorskip("numpy")
    from derive.reading.claims import read_claim
    from verifiers.judge import float_check

    claims = [read_claim(*sides, SYMBOLS, []) for sides in (("a+b", "=", "b+a"), (SIDES[0][1][0], "=", SIDES[0][1][1]))]
    float_check(claims[0], "numba")         # the kernel of the tape is compiled once, for every expression
    times = []
    for run in (lambda: float_check(claims[1], "numba"), lambda: float_check(claims[1], "numpy"),
                lambda: numba.njit(cube_of_a_sum)(numpy.ones(64), numpy.ones(64))):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    print(f"\nnew expression: compiled tape 1, NumPy tape {times[1]/times[0]:.1f}, njit alone {times[2]/times[0]:.0f}")
    assert times[0] < times[2]
