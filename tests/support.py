"""For tests: the verdict on an equation, and a sheet read back from its text alone, nothing from the problem."""

import re

from derive.checking.step import judged

MATH = re.compile(r"\$`([^`]*)`\$|\$([^$]*)\$")


def verdict(left, right, symbols=None, given=()):
    """The verdict on left = right under declarations in words, with a fixed seed."""
    return judged(left, right, "=", symbols, list(given), seed=1)[1]


def read_markdown(text):
    """(symbols, givens, lines) of a Markdown sheet: words by name, LaTeX relations, (left, relation, right) triples."""
    symbols, givens = {}, []
    for item in re.findall(r"^- (.*)$", text, re.MULTILINE):
        _declare(item, symbols, givens)
    lines = [line for block in re.findall(r"\\begin\{aligned\}\n(.*?)\n\\end\{aligned\}", text, re.DOTALL)
             for line in read_display(block)]
    return symbols, givens, lines


def read_tex(text):
    """(symbols, givens, lines) of a LaTeX sheet."""
    symbols, givens = {}, []
    for item in re.findall(r"^\\item (.*)$", text, re.MULTILINE):
        _declare(_plain(item), symbols, givens)
    lines = [line for block in re.findall(r"\\begin\{flalign\*\}\n(.*?)\n\\end\{flalign\*\}", text, re.DOTALL)
             for line in read_display(block)]
    return symbols, givens, lines


def _plain(item):
    """A LaTeX item with the prose between its formulas as it was before characters were escaped."""
    item = re.sub(r"\\\[\\wide\{(.*?)\}([.,;]?)\\\]", r"$\1$\2", item)
    pieces = item.split("$")
    for k in range(0, len(pieces), 2):
        pieces[k] = re.sub(r"\\([_&%#{}])", r"\1", pieces[k]).replace(r"\textasciicircum{}", "^")
    return "$".join(pieces)


def _declare(item, symbols, givens):
    first = MATH.match(item.removeprefix("given "))
    formula = first.group(1) or first.group(2)
    if item.startswith("given "):
        givens.append(formula)
    elif item.removeprefix(first.group(0)).startswith(": "):
        words = item.removeprefix(first.group(0)).removeprefix(": ")
        symbols[formula] = MATH.sub(lambda m: m.group(1) or m.group(2), words)
    else:
        symbols[formula.partition(" = ")[0]] = MATH.sub(lambda m: m.group(1) or m.group(2), item)


def read_display(block):
    """The lines of one aligned display as (left, relation, right); a row that only starts with "& " is a left side."""
    lines, left, relation, right = [], "", None, ""
    for row in block.splitlines():
        row = re.sub(r"\\fit\{(.*)\}$", r"\1", row.removesuffix(r" \\").partition(" && ")[0])
        if row.startswith(r"&\qquad {} "):
            right += " " + row.removeprefix(r"&\qquad {} ")
        elif row.startswith(r"&\quad "):
            if relation is not None:
                lines.append((left, relation, right))
                left = right
            relation, _, right = row.removeprefix(r"&\quad ").partition(" ")
        else:
            piece = row.removeprefix("& ")
            if relation is not None:
                lines.append((left, relation, right))
                left, relation, right = piece, None, ""
            else:
                left = f"{left} {piece}".strip()
    return [*lines, (left, relation, right)]
