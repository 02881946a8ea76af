"""Finding problems by id, row, slug or topic, and the progress bar of runs over them."""

import sys

import click


def chosen(pattern="*"):
    """The problems that match a shell pattern over ids, rows, slugs and topics, in natural order."""
    from problems import find_problems

    found = find_problems(pattern)
    if not found:
        raise click.UsageError(f"no problem matches {pattern!r}")
    return found


def the_problem(ident):
    """The problem of an id, a row id or a slug."""
    from problems import UnknownProblem, find_problem

    try:
        return find_problem(ident)
    except UnknownProblem as error:
        raise click.UsageError(str(error)) from error


def progress(items, label):
    """The items behind a progress bar on standard error, shown on a terminal only."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty(),
                             item_show_func=lambda item: str(item) if item is not None else "")
