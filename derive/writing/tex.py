"""Sheets in LaTeX that compile on their own: article and amsmath, ASCII only."""

import unicodedata

from derive.printing import latex
from derive.term import LATEX
from derive.writing.layout import (
    MARKS,
    broken,
    counterexample,
    declared_prose,
    given_words,
    judged_words,
    needs_of,
    width,
)
from derive.writing.markdown import formula

LIMIT = 50      # letters of a formula beside its reason, or inside a paragraph
FITS = 30       # letters that fit beside a reason for certain; what is longer is measured by TeX and shrunk if need be
TEMPLATE = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[margin=24mm]{geometry}
\usepackage{amsmath,amssymb,graphicx}
\allowdisplaybreaks[1]
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
\newcommand{\why}[2]{\parbox[c]{.23\linewidth}{\raggedright\footnotesize #1\ $#2$}}
\newcommand{\fit}[1]{\sbox0{$\displaystyle #1$}%%
  \ifdim\wd0>.66\linewidth\resizebox{.66\linewidth}{!}{\usebox0}\else\usebox0\fi}
\newcommand{\wide}[1]{\sbox0{$\displaystyle #1$}%%
  \ifdim\wd0>.97\linewidth\resizebox{.97\linewidth}{!}{\usebox0}\else\usebox0\fi}
\begin{document}
\sloppy
%s
\end{document}
"""
ESCAPES = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
           "{": r"\{", "}": r"\}", "\\": r"\textbackslash{}"}
PUNCTUATION = {"\u2013": "--", "\u2014": "---", "\u2019": "'", "\u201c": "``", "\u201d": "''"}


def write_tex(sheet):
    """The sheet as a document."""
    return TEMPLATE % "\n\n".join(part for part in parts_of(sheet) if part)


def parts_of(sheet):
    """The paragraphs of a sheet: a collection joins those of several."""
    parts = [rf"\section*{{{text(sheet.ident)}: {text(sheet.title)}}}", text(sheet.statement), _declarations(sheet)]
    number = 1
    for chain in sheet.chains:
        parts += [rf"\textbf{{Claim.}} {inline(formula(chain.goal))}", _display(chain, number), _reasons(chain, number)]
        number += len(chain.lines)
    parts += [_erratum(erratum) for erratum in sheet.errata]
    rows = "" if sheet.rows == (sheet.ident,) else f"; rows: {', '.join(sheet.rows)}"
    return [*parts, rf"{{\footnotesize Source: {text(sheet.source + rows)}\par}}"]


def text(prose):
    """Prose with $...$ as LaTeX: special characters escaped outside the formulas, accents as ASCII."""
    pieces = prose.split("$")
    plain = ["".join(_letter(c) for c in piece) for piece in pieces[::2]]
    out = plain[0]
    for piece, after in zip(pieces[1::2], plain[1:], strict=True):
        mark = after[:1] if after[:1] in (".", ",", ";") and width(piece) > LIMIT else ""
        out += inline(piece, mark) + after.removeprefix(mark)
    return out


def inline(formula, mark=""):
    """A formula in the text, or displayed with the mark that follows it where it is too long for that."""
    return f"${formula}${mark}" if width(formula) <= LIMIT else rf"\[\wide{{{formula}}}{mark}\]"


def _letter(character):
    if character in ESCAPES:
        return ESCAPES[character]
    if ord(character) < 128:
        return character
    base = unicodedata.normalize("NFKD", character)
    return "".join(c for c in base if ord(c) < 128) or PUNCTUATION.get(character, "?")


def _declarations(sheet):
    lines = [r"\textbf{Here}", r"\begin{itemize}\setlength{\itemsep}{0pt}"]
    lines += [rf"\item {text(declared_prose(d, sheet.symbols))}" for d in sheet.symbols]
    lines += [rf"\item given ${latex(given, sheet.symbols)}$" for given in sheet.givens]
    return "\n".join([*lines, r"\end{itemize}"]) if len(lines) > 2 else ""


def _display(chain, first):
    rows, before = [], None
    for number, line in enumerate(chain.lines, first):
        claim = line.claim
        if claim.left is not before:
            rows += [f"& {fitted(piece)}" for piece in broken(latex(claim.left, claim.symbols), LIMIT)]
        head, *tail = broken(latex(claim.right, claim.symbols), LIMIT)
        rows.append(rf"&\quad {LATEX[claim.relation]} {fitted(head)}")
        rows += [rf"&\qquad {{}} {fitted(piece)}" for piece in tail]
        rows[-1] += rf" && \why{{({number}) {text(line.rule)}}}{{{MARKS[line.verdict.name]}}}"
        before = claim.right
    return "\n".join([r"\begin{flalign*}", "\n".join(rf"{row} \\" for row in rows).removesuffix(r" \\"),
                      r"\end{flalign*}"])


def fitted(piece):
    """A piece of a formula, shrunk to its column where it is too wide for it and has no sign to break at."""
    return piece if width(piece) <= FITS else rf"\fit{{{piece}}}"


def _reasons(chain, first):
    items = []
    for number, line in enumerate(chain.lines, first):
        needs = text(", ".join(needs_of(line)))
        items.append(rf"({number}) {text(line.rule)}: {text(judged_words(line.verdict))}"
                     + (f", needs {needs}" if needs else "") + ".")
    return "{\\footnotesize\n" + "\n".join(items) + "\n\\par}"


def _erratum(erratum):
    at = text(given_words(erratum.printed) + counterexample(erratum.verdict))
    return "\n".join(["% derive: expect refuted", rf"\textbf{{Erratum.}} Printed: {inline(formula(erratum.printed))}",
                      "% derive: end", f"Counterexample: {at}." + (f" {text(erratum.note)}" if erratum.note else "")])
