"""``derive step`` and ``derive check``."""

import json
import sys
from pathlib import Path
from time import perf_counter_ns

import click

from derive.commands.codes import USAGE, of_batch, of_verdict


@click.command(context_settings={"ignore_unknown_options": True},
               short_help="Judge one step LEFT = RIGHT.")
@click.argument("left")
@click.argument("right")
@click.option("--rel", default="=", show_default=True, help="Relation, as LaTeX or ASCII.")
@click.option("--declare", multiple=True, metavar='"NAME: WORDS"',
              help='A declaration, "A: symmetric matrix n x n", or a definition, "L = ...".')
@click.option("--given", multiple=True, metavar="RELATION", help="A relation that holds.")
@click.option("--about", help="Variable of proportional-to; regime of a limit.")
@click.option("--problem", help="Take the declarations and givens of this problem.")
@click.option("--seed", type=int, help="Fix the random points.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
def step(left, right, rel, declare, given, about, problem, seed, as_json):
    """Judge one step LEFT = RIGHT, both LaTeX.  @FILE or - reads a side.

    Lower-case letters that no --declare names are taken for real scalars.

    Exit: 0 proved or supported, 1 refuted or conditional, 3 undecided or unreadable.
    """
    from derive.checking.step import judged

    symbols, givens = _of_problem(problem) if problem else ({}, [])
    symbols |= dict(map(declaration, declare))
    left, right = side(left), side(right)
    start = perf_counter_ns()
    claim, verdict = judged(left, right, rel, symbols, [*givens, *given], about, seed, plain=True)
    if as_json:
        from derive.checking.record import record_of

        click.echo(json.dumps(record_of(verdict, None, (perf_counter_ns() - start)//1000/1000), ensure_ascii=False))
    else:
        from derive.diagnostics import of_step

        click.echo(of_step(left, rel, right, verdict))
        if assumed := [d.name for d in claim.symbols if d.name not in symbols] if claim else []:
            click.echo(f"  = taken for real scalars: {', '.join(assumed)}")
    sys.exit(of_verdict(verdict))


def side(text):
    """The text of a side: itself, the content of @FILE, or standard input for "-"."""
    if text == "-":
        return sys.stdin.read().strip()
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {text[1:]}: {error}") from error


def declaration(text):
    """(name, words) of "A: symmetric matrix n x n" or of a definition "\\beta_t = 1-\\alpha_t"."""
    colon, equals = text.find(":"), text.find("=")
    if colon >= 0 and (equals < 0 or colon < equals):
        return text[:colon].strip(), text[colon + 1:].strip()
    if equals > 0:
        return text[:equals].strip(), text.strip()
    raise click.UsageError(f'--declare {text!r} is neither "NAME: WORDS" nor "NAME = DEFINITION"')


def _of_problem(ident):
    from derive.commands.registry import the_problem
    from derive.printing import latex
    from derive.writing.layout import declared

    claims = [derivation.claim() for derivation in the_problem(ident).solution.derivations]
    symbols = {d.name: d for claim in claims for d in claim.symbols}
    givens = [latex(given, claim.symbols) for claim in claims for given in claim.givens]
    return dict(declared(d, tuple(symbols.values())) for d in symbols.values()), list(dict.fromkeys(givens))


@click.command(short_help="Judge a file of steps, one JSON object a line.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--steps", metavar="FILE.jsonl|-", help="Steps, one JSON object a line.")
@click.option("--strict", is_flag=True, help="Exit 1 on conditional, 3 on undecided or unreadable steps.")
@click.option("--seed", type=int, help="Fix the random points.")
def check(files, steps, strict, seed):
    """Judge steps: one object {"id", "from", "to", "rel", "symbols", "given"} a line in, one verdict a line out."""
    if files or not steps:
        click.echo("derive check FILE: documents are not read yet; derive check --steps FILE.jsonl judges steps"
                   if files else "derive check needs --steps FILE.jsonl or --steps -", err=True)
        sys.exit(USAGE)
    if steps == "-":
        sys.exit(_batch(sys.stdin, strict, seed))
    try:
        with open(steps, encoding="utf-8", errors="replace") as lines:
            code = _batch(lines, strict, seed)
    except OSError as error:
        raise click.UsageError(f"cannot read {steps}: {error.strerror}") from error
    sys.exit(code)


def _batch(lines, strict, seed):
    from derive.checking.steps import check_steps

    tally, trouble = {}, []
    for record in check_steps(lines, seed, trouble):
        tally[record["verdict"]] = tally.get(record["verdict"], 0) + 1
        click.echo(json.dumps(record, ensure_ascii=False))
    total = sum(tally.values())
    click.echo(f"{total} steps: " + ", ".join(f"{n} {verdict}" for verdict, n in sorted(tally.items())), err=True)
    for ident, error in trouble:
        click.echo(f"derive: internal error at step {ident}: {type(error).__name__}: {error}", err=True)
    return of_batch(tally, strict, trouble)
