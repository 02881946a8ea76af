"""``derive list``, ``show``, ``solve``, ``rules``, ``errata``: the collection as it stands."""

import json
import sys
from pathlib import Path

import click

from derive.commands.registry import chosen, the_problem


@click.command("list", short_help="Problems of the collection.")
@click.argument("pattern", default="*")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def list_problems(pattern, as_json):
    """Problems whose id, row, slug or topic matches the shell pattern PATTERN."""
    for problem in chosen(pattern):
        if as_json:
            click.echo(json.dumps({"id": problem.id, "title": problem.title, "rows": list(problem.rows),
                                   "alias": problem.alias, "topics": list(problem.topics)}, ensure_ascii=False))
        else:
            click.echo(f"{problem.id:<24} {problem.title}")


@click.command(short_help="A problem and its derivation as text.")
@click.argument("ident", metavar="ID")
def show(ident):
    """The problem and its derivation as text, with the verdict of each line."""
    from derive.writing.build import sheet_of
    from derive.writing.plain import write_text

    click.echo(write_text(sheet_of(the_problem(ident))), nl=False)


@click.command(short_help="The answer sheet of one problem.")
@click.argument("ident", metavar="ID")
@click.option("-p", "values", multiple=True, metavar="NAME=VALUE", help="A number for a symbol.")
@click.option("--seed", type=int, help="Fix the random points.")
@click.option("--format", "fmt", type=click.Choice(["tex", "md", "text", "json"]), default="text", show_default=True)
@click.option("-o", "output", type=click.Path(dir_okay=False), help="Write to a file.")
def solve(ident, values, seed, fmt, output):
    """The derivation of a problem with its verdicts, at the given values of its symbols.

    Exit: 0, or 1 where a line is refuted at these values.
    """
    from derive.writing.build import sheet_of
    from derive.writing.files import write_whole
    from derive.writing.parameters import BadParameter, at_values

    problem = the_problem(ident)
    try:
        sheet = sheet_of(problem, seed, at_values(values))
    except BadParameter as error:
        raise click.UsageError(str(error)) from error
    text = _written(sheet, fmt)
    if output:
        try:
            write_whole(Path(output), text)
        except OSError as error:
            raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    else:
        click.echo(text, nl=False)
    sys.exit(any(line.verdict.name == "refuted" for line in sheet.lines))


def _written(sheet, fmt):
    from derive.writing.formats import WRITERS

    return WRITERS[fmt](sheet)


@click.command(short_help="The named rules.")
@click.argument("name", required=False)
def rules(name):
    """The named rules with their identities; with NAME, one rule and the problems that use it."""
    from derive.rules import RULES

    problems = chosen()
    if name is None:
        for rule in sorted(RULES.values(), key=str):
            click.echo(f"{rule.name:<28} {rule.statement}")
        return
    if name not in RULES:
        from difflib import get_close_matches

        near = get_close_matches(name, RULES, 3)
        raise click.UsageError(f"no rule {name!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))
    rule = RULES[name]
    click.echo(f"{rule.name}: {rule.statement}")
    for need in rule.needs:
        click.echo(f"needs {need}")
    users = [p.id for p in problems if any(line.rule.name == name for line in p.solution.lines)]
    click.echo(f"used by {', '.join(users) or 'no problem'}")


@click.command(short_help="Printed answers that are wrong.")
@click.argument("pattern", default="*")
def errata(pattern):
    """Printed answers that are wrong, each with the judge's counterexample."""
    from derive.diagnostics import facts
    from derive.writing.build import errata_of
    from derive.writing.markdown import formula

    count = 0
    for problem in chosen(pattern):
        for erratum in errata_of(problem):
            count += 1
            click.echo(f"{problem.id}: printed {formula(erratum.printed)}")
            click.echo("\n".join([f"  {erratum.verdict.name}", *facts(erratum.verdict)[:-1]]))
            if erratum.note:
                click.echo(f"  {erratum.note}")
    click.echo(f"{count} errata", err=True)
