"""One tool in a process of its own: a step a line in, an answer and the seconds from LaTeX text to it out.

``python peer_worker.py TOOL`` reads JSON steps, answers "true", "false" or null (not decided) with the reason.  Imports
and compilations that serve every step are paid by the steps of WARM, which are not measured.

What a tool is given: the step as it stands; where it has no other way to read data x_1..x_N of symbolic length, the
step's "instance", the same step at N = 3.  Declared domains become assumptions of SymPy's symbols and ranges of the
sampled points; a counterexample of pycodemath, which takes no domains, counts only inside them.
"""

import json
import math
import re
import sys
import warnings
from time import perf_counter, process_time

POINTS, LEAST = 64, 8       # points of an evaluation, and how many must be finite
CLOSE = 1e-9                # relative and absolute difference two floats may have
WARM = [
    {"from": r"\frac{1}{1+e^{-t}}", "to": r"\frac{e^{t}}{1+e^{t}}", "rel": "=", "symbols": {"t": "real scalar"}},
    {"from": r"\frac{d}{dt}\ln(1+t^2)", "to": r"\frac{2t}{1+t^2}", "rel": "=", "symbols": {"t": "real scalar"}},
    {"from": r"\max(s,t)+|s|", "to": r"\max(t,s)-\min(s,-s)", "rel": "=",
     "symbols": {"s": "real scalar", "t": "real scalar"}},
    {"from": "|t|", "to": "t", "rel": "=", "symbols": {"t": "real scalar"}},
    {"from": r"\sqrt{s}\sin(t)", "to": r"s\tanh(t)", "rel": "=",
     "symbols": {"s": "positive scalar", "t": "real scalar"}},
    {"from": r"\sum_{i=1}^{N}(t_i+1)", "to": r"\sum_{i=1}^{N}t_i+N", "rel": "=",
     "symbols": {"t_i": "real sequence, i = 1..N", "N": "integer >= 1"}, "family": True,
     "instance": ["t_1+1+t_2+1+t_3+1", "t_1+t_2+t_3+3"]},
    {"from": r"\operatorname{tr}(AB)", "to": r"\operatorname{tr}(BA)", "rel": "=",
     "symbols": {"A": "matrix n x n", "B": "matrix n x n"}},
    {"from": r"\mathbb{E}[X+c]", "to": r"\mathbb{E}[X]+c", "rel": "=",
     "symbols": {"X": "random variable", "c": "real scalar"}},
]


class NotRead(ValueError):
    """The tool does not understand the step."""


class Trouble:
    """What a tool raised on a step it cannot handle: anything at all, bare Exceptions of its reader among them."""

    text = ""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self.text = f"{kind.__name__}: {error}"
        return kind is not None and issubclass(kind, Exception)


# -- derive -----------------------------------------------------------------------------------------------------------

TRUE, FALSE = ("proved", "supported"), ("refuted", "conditional")


def answer_of(verdict):
    answer = "true" if verdict.name in TRUE else "false" if verdict.name in FALSE else None
    return answer, verdict.name


def with_diagnosis(step):
    """Verdict, counterexample, missing assumption and likely slip."""
    from derive.checking import check_step

    return answer_of(check_step(step["from"], step["to"], step["rel"], step["symbols"], step.get("given") or (),
                                step.get("about")))


def without_diagnosis(step):
    """Verdict and counterexample alone, which is more than a peer says."""
    from derive.reading import ReadError
    from derive.reading.claims import read_claim
    from derive.term.record import replace
    from verifiers.cases import DEFAULT
    from verifiers.judge import judge

    try:
        claim = read_claim(step["from"], step["rel"], step["to"], step["symbols"], list(step.get("given") or ()),
                           step.get("about"))
    except ReadError as error:
        return None, f"unreadable: {error}"
    return answer_of(judge(claim, budget=replace(DEFAULT, edits=0, mends=0)))


# -- what the peers read ----------------------------------------------------------------------------------------------

DOMAINS = [     # a word of a declaration, SymPy's assumptions for it, a place for a random number u of [0, 1), a test
    (r"\(0,1\)|\[0,1\]", {"positive": True}, lambda u: 0.02 + 0.96*u, lambda v: 0 < v < 1),
    (r"integer", {"integer": True, "positive": True}, lambda u: 1 + int(6*u), lambda v: v > 0 and v == int(v)),
    (r"positive|nonnegative", {"positive": True}, lambda u: math.exp(4*u - 2), lambda v: v > 0),
    (r"nonzero", {"real": True, "nonzero": True}, lambda u: 6*u - 3, lambda v: v != 0),
    (r"", {"real": True}, lambda u: 6*u - 3, lambda v: True),
]


def domain_of(symbols, letter):
    """The row of DOMAINS for a symbol as a reader spells it: mu, x_1, \\sigma_{0}."""
    plain = {re.sub(r"[\\{}]", "", name): words for name, words in symbols.items()}
    letter = re.sub(r"[\\{}]", "", letter)
    base = letter.split("_")[0]
    words = plain.get(letter) or next((w for n, w in plain.items() if n.split("_")[0] == base), "")
    return next(row for row in DOMAINS if re.search(row[0], words))


def texts(step, sums):
    """The two sides for a tool: the instance where it needs one.  sums: whether it can sum to a symbolic bound."""
    if "instance" in step and (step["family"] or not sums):
        return step["instance"]
    return step["from"], step["to"]


def expressions(step, sums):
    """Both sides as SymPy expressions over symbols with the declared assumptions, by latex2sympy2_extended.

    Of the readers that SymPy users have it is the one that reads most and, with SymPy's own antlr reader, which takes
    a(b+c) for a call and min for an unknown function, the fastest; SymPy's lark reader needs several times as long.
    """
    import sympy
    from latex2sympy2_extended import latex2sympy
    from latex2sympy2_extended.latex2sympy2 import ConversionConfig

    config = ConversionConfig(interpret_as_mixed_fractions=False, lowercase_symbols=False)
    sides = [latex2sympy(text, conversion_config=config) for text in texts(step, sums)]
    if step.get("rel", "=") != "=" or not all(isinstance(side, sympy.Expr) for side in sides):
        raise NotRead("no pair of expressions to compare")
    names = sorted(set().union(*(side.free_symbols for side in sides)), key=str)
    known = {s: sympy.Symbol(s.name, **domain_of(step["symbols"], s.name)[1]) for s in names}
    return [side.xreplace(known) for side in sides]


# -- the peers --------------------------------------------------------------------------------------------------------

def simplified(step):
    """SymPy: simplify(left - right) == 0, after the sums and derivatives in it are done."""
    import sympy

    left, right = expressions(step, sums=True)
    return ("true" if sympy.simplify((left - right).doit()) == 0 else "false"), "simplify"


def same_answer(step):
    """Math-Verify, a checker of final answers: is the right side the answer that the left side is?"""
    from math_verify import parse, verify
    from sympy import Basic, MatrixBase

    sides = [parse(f"${text}$") for text in texts(step, sums=True)]
    if step.get("rel", "=") != "=" or not all(side and isinstance(side[0], (Basic, MatrixBase)) for side in sides):
        raise NotRead("no pair of expressions to compare")
    return ("true" if verify(sides[0], sides[1], raise_on_error=True) else "false"), "verify"


def compiled(step, modules):
    """(the pair as one Python function, its arguments' values at the points)."""
    from random import Random

    import sympy

    sides = [side.doit() for side in expressions(step, sums=False)]
    names = sorted(set().union(*(side.free_symbols for side in sides)), key=str)
    rng = Random(0)
    values = [[float(domain_of(step["symbols"], s.name)[2](rng.random())) for _ in range(POINTS)] for s in names]
    return sympy.lambdify(names, sides, modules), values


def agree(left, right):
    """The answer from two arrays of values: where both are finite they must be close."""
    import numpy

    left, right = (numpy.broadcast_to(numpy.asarray(side, dtype=float), POINTS) for side in (left, right))
    finite = numpy.isfinite(left) & numpy.isfinite(right)
    if finite.sum() < LEAST:
        return None, "few finite values"
    return ("true" if numpy.allclose(left[finite], right[finite], CLOSE, CLOSE) else "false"), f"{finite.sum()} points"


def sampled(step):
    """lambdify to NumPy, evaluated at 64 points of the declared domains."""
    import numpy

    function, values = compiled(step, None)
    return agree(*function(*(numpy.array(column) for column in values)))


def jitted(step):
    """A function for the step, compiled by Numba, at the same 64 points."""
    import numba

    function, values = compiled(step, "math")
    native = numba.njit(function)
    return agree(*zip(*(native(*point) for point in (zip(*values, strict=True) if values else [()]*POINTS)),
                      strict=True))


def checked(step):
    """pycodemath's check_equal on the plain text of both sides."""
    from pycodemath.core.errors import PycodemathError
    from pycodemath.verify import check_equal
    from sympy import sympify

    sides = [str(side.doit()) for side in expressions(step, sums=False)]
    try:
        verdict = check_equal(*sides)
    except PycodemathError as error:
        raise NotRead(str(error)) from error
    if verdict.verified:
        return "true", verdict.detail
    inside = verdict.refuted and all(domain_of(step["symbols"], n)[3](sympify(v))
                                     for n, v in verdict.counterexample.items())
    return ("false" if inside else None), verdict.detail


TOOLS = {"derive": without_diagnosis, "derive with diagnosis": with_diagnosis, "Math-Verify": same_answer,
         "SymPy simplify": simplified, "lambdify and NumPy": sampled, "numba.njit": jitted, "pycodemath": checked}


def timed(tool, step):
    """{"answer", "why", "seconds" of wall time, "cpu" seconds} of one step."""
    answer, why, trouble = None, "", Trouble()
    start, busy = perf_counter(), process_time()
    with trouble:
        answer, why = TOOLS[tool](step)
    seconds, cpu = perf_counter() - start, process_time() - busy
    why = (trouble.text or why).splitlines() or [""]
    return {"answer": answer, "why": why[0][:120], "seconds": seconds, "cpu": cpu}


def main():
    warnings.simplefilter("ignore")
    tool, out = sys.argv[1], sys.stdout
    sys.stdout = sys.stderr             # what a tool prints is no answer
    for step in WARM:
        timed(tool, step)
    print(json.dumps("ready"), file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(timed(tool, json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
