"""Terms, declarations, relations and claims: the language that is printed, read and judged.  Standard library only."""

from derive.term.build import (
                               HALF,
                               IMPLIED,
                               INFINITY,
                               MINUS_ONE,
                               ONE,
                               PI,
                               TWO,
                               ZERO,
                               ZEROS,
                               add,
                               call,
                               deriv,
                               div,
                               index,
                               inv,
                               matrix,
                               mul,
                               name,
                               neg,
                               num,
                               pow_,
                               range_,
                               rel,
                               sqrt,
                               sub,
                               term,
)
from derive.term.claim import Claim, CyclicDefinition, decode_term, encode_term
from derive.term.core import Term
from derive.term.declaration import DOMAINS, KINDS, STRUCTURES, Declaration
from derive.term.heads import FUNCTIONS, HEADS
from derive.term.relation import LATEX, Relation
from derive.term.walk import alpha, bound_variables, free_names, heads_under, rebuild, replace, size, subterms

__all__ = ["DOMAINS", "FUNCTIONS", "HALF", "HEADS", "IMPLIED", "INFINITY", "KINDS", "LATEX", "MINUS_ONE", "ONE", "PI",
           "STRUCTURES", "TWO", "ZERO", "ZEROS", "Claim", "CyclicDefinition", "Declaration", "Relation", "Term", "add",
           "alpha", "bound_variables", "call", "decode_term", "deriv", "div", "encode_term", "free_names",
           "heads_under", "index", "inv", "matrix", "mul", "name", "neg", "num", "pow_", "range_", "rebuild", "rel",
           "replace", "size", "sqrt", "sub", "subterms", "term"]
