"""Sheets in Markdown, in the flavour that GitHub renders: mathematics in ``math`` fences and in $`...`$."""

import re

from derive.printing import latex
from derive.term import LATEX
from derive.writing.layout import MARKS, broken, counterexample, declared_prose, given_words, judged_words, needs_of

LIMIT = 70      # letters of a formula in one row


def write_markdown(sheet):
    """The sheet as text."""
    parts = [f"# {sheet.ident}: {sheet.title}", prose(sheet.statement), _declarations(sheet)]
    number = 1
    for chain in sheet.chains:
        parts += [_goal(chain), _display(chain, number), _table(chain, number)]
        number += len(chain.lines)
    parts += [_erratum(erratum) for erratum in sheet.errata]
    parts.append(f"Source: {sheet.source}" + ("" if sheet.rows == (sheet.ident,) else
                                              f"; rows: {', '.join(sheet.rows)}"))
    return "\n\n".join(part for part in parts if part) + "\n"


def prose(text):
    """Prose whose $...$ become GitHub's $`...`$, in which backslashes survive."""
    return re.sub(r"\$([^$]+)\$", r"$`\1`$", text)


def _declarations(sheet):
    lines = ["**Here**", ""] + [f"- {prose(declared_prose(d, sheet.symbols))}" for d in sheet.symbols]
    lines += [f"- given $`{latex(given, sheet.symbols)}`$" for given in sheet.givens]
    return "\n".join(lines)


def _goal(chain):
    return f"**Claim.** $`{formula(chain.goal)}`$"


def formula(claim):
    """left relation right as LaTeX."""
    left, right = (latex(side, claim.symbols) for side in (claim.left, claim.right))
    return f"{left} {LATEX[claim.relation]} {right}"


def _display(chain, first):
    rows, before = [], None
    for number, line in enumerate(chain.lines, first):
        claim = line.claim
        if claim.left is not before:
            rows += [f"& {piece}" for piece in broken(latex(claim.left, claim.symbols), LIMIT)]
        head, *tail = broken(latex(claim.right, claim.symbols), LIMIT)
        rows.append(rf"&\quad {LATEX[claim.relation]} {head}")
        rows += [rf"&\qquad {{}} {piece}" for piece in tail]
        rows[-1] += rf" && \text{{({number}) {line.rule}}}\ {MARKS[line.verdict.name]}"
        before = claim.right
    return "\n".join(["```math", r"\begin{aligned}", *(rf"{row} \\" for row in rows), r"\end{aligned}", "```"])


def _table(chain, first):
    rows = ["| line | rule | verdict | needs |", "|---|---|---|---|"]
    for number, line in enumerate(chain.lines, first):
        # a bar inside a table cell would end the cell
        needs = prose(", ".join(needs_of(line))).replace("|", r"\vert ")
        rows.append(f"| {number} | {line.rule} | {judged_words(line.verdict)} | {needs} |")
    return "\n".join(rows)


def _erratum(erratum):
    at = prose(given_words(erratum.printed) + counterexample(erratum.verdict))
    return "\n".join(["<!-- derive: expect refuted -->", f"**Erratum.** Printed: $`{formula(erratum.printed)}`$",
                      f"Counterexample: {at}." + (f" {prose(erratum.note)}" if erratum.note else ""),
                      "<!-- derive: end -->"])
