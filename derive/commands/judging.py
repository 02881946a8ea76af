"""Judging one step from the command line, without click: importing it takes longer than many a proof."""

import sys
from time import perf_counter_ns

from derive.checking.step import TAKEN, judged
from derive.commands.codes import of_verdict

VALUED = ("--rel", "--declare", "--given", "--about", "--problem", "--seed")
MANY = ("--declare", "--given")


class Usage(ValueError):
    """A command line that says nothing sensible: the sentence says why."""


def quick(args):
    """The exit code of ``derive step ARGS``, or None where click has to see them (help, mistakes)."""
    options, sides, rest = {name: [] for name in MANY}, [], iter(args)
    for text in rest:
        if text in VALUED:
            value = next(rest, None)
            if value is None:
                return None
            if text in MANY:
                options[text].append(value)
            else:
                options[text] = value
        elif text == "--json":
            options[text] = True
        elif text in ("-h", "--") or text.startswith("--"):
            return None
        else:
            sides.append(text)
    seed = options.get("--seed")
    if len(sides) != 2 or seed is not None and not seed.lstrip("-").isdigit():
        return None
    try:
        return judge_step(*sides, options.get("--rel", "="), options["--declare"], options["--given"],
                          options.get("--about"), options.get("--problem"), None if seed is None else int(seed),
                          options.get("--json", False))
    except Usage:
        return None


def judge_step(left, right, rel, declare, given, about, problem, seed, as_json):
    """Judge a step, print the verdict, and return the exit code.  Raises Usage."""
    symbols, givens = of_problem(problem) if problem else ({}, [])
    symbols |= dict(map(declaration, declare))
    left, right = side(left), side(right)
    start = perf_counter_ns()
    claim, verdict = judged(left, right, rel, symbols, [*givens, *given], about, seed, plain=True)
    spent = (perf_counter_ns() - start)//1000/1000
    if as_json:
        import json

        from derive.checking.record import record_of

        print(json.dumps(record_of(verdict, None, spent, claim.symbols if claim else ())))
        return of_verdict(verdict)
    from derive.diagnostics import of_step

    print(of_step(left, rel, right, verdict, claim.symbols if claim else ()))
    taken = [d.name for d in claim.symbols if d.text == TAKEN] if claim else []
    if taken:
        print(f"  = taken for real scalars: {', '.join(taken)}")
    return of_verdict(verdict)


def side(text):
    """The text of a side: itself, the content of @FILE, or standard input for "-"."""
    if text == "-":
        return sys.stdin.read().strip()
    if not text.startswith("@"):
        return text
    try:
        with open(text[1:], encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Usage(f"cannot read {text[1:]}: {error}") from error


def declaration(text):
    """(name, words) of "A: symmetric matrix n x n" or of a definition "\\beta_t = 1-\\alpha_t"."""
    colon, equals = text.find(":"), text.find("=")
    if colon > 0 and (equals < 0 or colon < equals):
        return text[:colon].strip(), text[colon + 1:].strip()
    if equals > 0:
        return text[:equals].strip(), text.strip()
    raise Usage(f'--declare {text!r} is neither "NAME: WORDS" nor "NAME = DEFINITION"')


def of_problem(ident):
    """({name: words}, [given relations]) of a problem of the collection."""
    from derive.printing import latex
    from derive.writing.layout import declared
    from problems import UnknownProblem, find_problem

    try:
        problem = find_problem(ident)
    except UnknownProblem as error:
        raise Usage(str(error)) from error
    claims = [derivation.claim() for derivation in problem.solution.derivations]
    symbols = tuple({d.name: d for claim in claims for d in claim.symbols}.values())
    givens = [latex(given, claim.symbols) for claim in claims for given in claim.givens]
    return dict(declared(d, symbols) for d in symbols), list(dict.fromkeys(givens))
