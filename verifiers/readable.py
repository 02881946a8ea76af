"""Nodes, points and conditions in the reader's notation: what a verdict shows of the graph."""

from fractions import Fraction

from derive.term import FUNCTIONS, ZERO, Relation, Term, add, mul, name, num, pow_, rel
from verifiers.graph import ADD, FUN, INTEGER, MUL, NONNEGATIVE, NONZERO, NUM, POSITIVE, POW, VAR
from verifiers.graph import ZERO as ZERO_TAG

RELATIONS = {POSITIVE: Relation.GT, NONNEGATIVE: Relation.GE, NONZERO: Relation.NE, ZERO_TAG: Relation.EQ}
SIZE_CAP = 60           # nodes beyond which a condition is not written out


def node_term(graph, node, labels):
    """The node as a Term over the labels of its variables, or None where it is too long to be read."""
    below = graph.reachable((node,))
    if len(below) > SIZE_CAP:
        return None
    terms = {}
    for n in below:
        operation, operands = graph.operation[n], graph.operands[n]
        arguments = [terms[c] for c in graph.children(n)]
        if operation == NUM:
            terms[n] = _number(operands)
        elif operation == VAR:
            terms[n] = Term("pi") if graph.domain.get(n) == "pi" else name(labels.get(n, str(operands)))
        elif operation in (ADD, MUL):
            terms[n] = (add if operation == ADD else mul)(*_constants_first(arguments))
        elif operation == POW:
            terms[n] = pow_(*arguments)
        elif isinstance(operands[0], tuple):
            terms[n] = Term("call", (name(str(operands[0][1])), *arguments))
        elif operation == FUN and operands[0] in FUNCTIONS:
            terms[n] = Term(operands[0], tuple(arguments))
        else:
            return None
    return terms[node]


def _number(value):
    value = Fraction(value)
    return num(value) if value.denominator == 1 else mul(num(value.numerator), pow_(num(value.denominator), num(-1)))


def _constants_first(terms):
    return sorted(terms, key=lambda t: t.head != "num")


def condition(graph, tag, node, labels):
    """The condition as a relation Term, or None where it cannot be written."""
    term = node_term(graph, node, labels)
    if term is None or tag == INTEGER:
        return None
    return rel(RELATIONS[tag], term, ZERO)


def number(value):
    """A value as text: an exact fraction where it is short, else 6 digits."""
    if isinstance(value, Fraction):
        text = str(value)
        return text if len(text) <= 12 else f"{float(value):.6g}"
    return f"{float(value):.6g}"


def point_text(graph, point, labels, plan=None):
    """The point as (name, value) pairs of text, sizes first."""
    sizes = tuple((k, str(n)) for k, (mode, n) in sorted((plan or {}).items())
                  if mode == "concrete" and not k.startswith("#"))
    rows = [(labels.get(v, str(graph.operands[v])), number(x)) for v, x in point.items()]
    return sizes + tuple(rows)
