"""``derive explain`` and ``derive doctor``."""

import sys

import click

from derive.commands.codes import FINE, USAGE

CODES = {
    "proved": "True on the whole declared domain, by an exact method.  The verdict names the method, what it needs "
              "(divisors that are not 0, arguments of logarithms that are positive) and one point of the domain.",
    "supported": "No counterexample in at least 64 stratified points, and not proved; the reason says why.",
    "conditional": "False as declared, and proved under a natural assumption that was not declared; the assumption and "
                   "a counterexample outside it are shown.",
    "refuted": "A counterexample, confirmed by exact or ball arithmetic wherever the claim has a closed form; both "
               "values and, where one edit mends the step, the likely slip are shown.",
    "undecided": "Understood and not decided; the reason is one of budget, needs_lemma, integral, limit, order, "
                 "size_bound, declaration, contradiction.",
    "unreadable": "Not understood; the place and what was expected there are shown.",
    "budget": "The work allowed for one step was used up.",
    "needs_lemma": "An exact method would need a lemma that the judges do not have.",
    "integral": "An integral that no exact row covers; it was evaluated with a tail bound.",
    "limit": "A limit that no row covers; it was followed along a sequence.",
    "order": "A relation of order (<=, positive definite) that no lemma or certificate covers.",
    "size_bound": "Judged at explicit sizes (listed) and not for every size.",
    "declaration": "A declared name is not fully understood; say it in other words (`derive explain declarations`).",
    "contradiction": "One judge proved what another refuted: a bug of the engine.  Please report the step.",
    "replay": "The rule written beside a line, applied to the line before, gives the line.  A lint on the author, "
              "never a verdict.",
    "needs": "What the proof of a step used and the declarations do not already say.",
}
OPTIONAL = {
    "sympy": ("core", "derives"), "numpy": ("core", "evaluates the float tape"), "flint": ("core", "exact judges"),
    "click": ("core", "the command line"), "numba": ("fast", "the compiled twin of the float tape"),
    "latex2sympy2": ("reader", "a second reader of scalar LaTeX"),
}
DISTRIBUTIONS = {"flint": "python-flint"}


@click.command(short_help="What a verdict, a reason or the language of declarations means.")
@click.argument("code", required=False)
def explain(code):
    """What a verdict or a reason means; ``derive explain declarations`` prints the language of declarations."""
    if code == "declarations":
        click.echo(declarations())
    elif code in CODES:
        click.echo(f"{code}: {CODES[code]}")
    elif code:
        from difflib import get_close_matches

        near = get_close_matches(code, [*CODES, "declarations"], 1)
        raise click.UsageError(f"nothing to explain under {code!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    else:
        click.echo("\n".join(f"{name:<14}{text}" for name, text in CODES.items()))
        click.echo(f"{'declarations':<14}The words that declarations may use.")


def declarations():
    """The language of declarations: every row of the vocabulary with what it sets and an example."""
    from derive.reading.vocabulary import rows

    lines = ["A declaration is a sequence of these phrases; every word is consumed or named as unread.",
             'A definition is written with its name: "\\beta_t = 1-\\alpha_t".']
    for part in dict.fromkeys(row[0] for row in rows()):
        lines += ["", f"{part}:"]
        for _, phrase, sets, example in (row for row in rows() if row[0] == part):
            lines.append(f"  {phrase:<44} {sets}" + (f"   (as in {example!r})" if example else ""))
    return "\n".join(lines)


@click.command(short_help="What is installed and what each optional part is for.")
def doctor():
    """What is installed.  Exit 0 where the core is complete, 2 where a part of it is missing."""
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec

    complete = True
    for module, (extra, purpose) in OPTIONAL.items():
        found = find_spec(module) is not None
        try:
            number = version(DISTRIBUTIONS.get(module, module)) if found else "-"
        except PackageNotFoundError:
            number = "?"
        complete = complete and (found or extra != "core")
        state = "ok" if found else "missing" if extra == "core" else f"pip install 'derive[{extra}]'"
        click.echo(f"{module:<14}{number:<12}{state:<10} {purpose}")
    click.echo(f"{'python':<14}{sys.version.split()[0]:<12}{'ok':<10}")
    sys.exit(FINE if complete else USAGE)
