"""``derive step`` and ``derive check``."""

import json
import sys

import click

from derive.commands.codes import USAGE, of_batch
from derive.commands.judging import Usage, judge_step


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
    try:
        sys.exit(judge_step(left, right, rel, declare, given, about, problem, seed, as_json))
    except Usage as error:
        raise click.UsageError(str(error)) from error


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
        click.echo(json.dumps(record))
    total = sum(tally.values())
    click.echo(f"{total} steps: " + ", ".join(f"{n} {verdict}" for verdict, n in sorted(tally.items())), err=True)
    for ident, error in trouble:
        click.echo(f"derive: internal error at step {ident}: {type(error).__name__}: {error}", err=True)
    return of_batch(tally, strict, trouble)
