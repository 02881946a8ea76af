"""The group of commands; each is imported when called, so that ``derive --help`` imports none of them."""

import importlib

import click

from derive.commands.codes import INTERRUPTED, USAGE

COMMANDS = {
    "list": ("collection:list_problems", "Problems of the collection whose id, row, slug or topic matches PATTERN."),
    "show": ("collection:show", "A problem and its derivation as text."),
    "solve": ("collection:solve", "The answer sheet of one problem."),
    "step": ("step:step", "Judge one step LEFT = RIGHT."),
    "check": ("step:check", "Judge a file of steps, one JSON object a line."),
    "verify": ("verify:verify", "Judge every step of the collection, and run it on the NumPy and Numba tapes."),
    "export": ("export:export", "Derive, judge and write the sheets of the collection."),
    "coverage": ("coverage:coverage", "Which rows of the source inventory are derived."),
    "rules": ("collection:rules", "The named rules and the identities they use."),
    "errata": ("collection:errata", "Printed answers that are wrong, each with its counterexample."),
    "explain": ("explain:explain", "What a verdict, a reason or the language of declarations means."),
    "doctor": ("explain:doctor", "What is installed and what each optional part is for."),
}


class Commands(click.Group):
    """A group whose commands are imported when called."""

    def list_commands(self, ctx):
        return list(COMMANDS)

    def get_command(self, ctx, name):
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        return getattr(importlib.import_module(f"derive.commands.{module}"), attribute)

    def resolve_command(self, ctx, args):
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            raise click.UsageError(f"no command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else ""), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx, formatter):
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="derive", message="%(prog)s %(version)s")
def commands():
    """Mathematics you can trust line by line: derive it, judge it, print it."""


def run_group(args):
    """The exit code of the command that ``args`` name."""
    try:
        return commands.main(args, prog_name="derive", standalone_mode=False) or 0
    except click.Abort:
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return USAGE
