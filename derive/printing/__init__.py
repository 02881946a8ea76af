"""Terms as LaTeX and as plain text."""

from derive.depth import deep
from derive.printing.plain import plain
from derive.printing.printer import Printer
from derive.spelling import Names
from derive.term import LATEX

__all__ = ["claim_latex", "latex", "text"]


def latex(term, symbols=()):
    """The term as LaTeX under declarations (Declarations, or a ``Names`` of them); reading it gives the term back."""
    with deep():
        return Printer(symbols if isinstance(symbols, Names) else Names(symbols)).show(term)


def claim_latex(claim):
    """The two sides of a claim with its relation between them."""
    names = Names(claim.symbols)
    left, right = latex(claim.left, names), latex(claim.right, names)
    relation = LATEX[claim.relation]
    return left + relation + (" " if relation[-1].isalpha() and right[0].isalpha() else "") + right


def text(term, symbols=()):
    """The term for a terminal."""
    return plain(latex(term, symbols))
