"""Nodes, numbers and conditions in the reader's notation: what a verdict shows of the graph.

A condition is said as a Term of the claim whose value the node is; else as a Term over the labels of its variables;
else in words that name the smallest Term of the claim it stands in.  No condition is left out.
"""

import re
from decimal import Decimal
from fractions import Fraction

from derive.term import FUNCTIONS, ZERO, Relation, Term, add, free_names, index, mul, name, num, pow_, rel, subterms
from verifiers.graph import ADD, FUN, INTEGER, MUL, NONNEGATIVE, NONZERO, NUM, POSITIVE, POW, VAR
from verifiers.graph import ZERO as ZERO_TAG
from verifiers.instance.value import Atom
from verifiers.verdict import Need

RELATIONS = {POSITIVE: Relation.GT, NONNEGATIVE: Relation.GE, NONZERO: Relation.NE, ZERO_TAG: Relation.EQ}
WORDS = {POSITIVE: "a number that the proof wants positive is positive",
         NONNEGATIVE: "a number that the proof wants nonnegative is not negative",
         NONZERO: "a number that the proof divides by is not 0", ZERO_TAG: "a number that the proof wants 0 is 0",
         INTEGER: "a number that the proof wants whole is whole"}
SIZE_CAP = 60           # nodes beyond which a condition is not written out
FLOATS = 300            # powers of ten beyond which a number is no float
EXACT, DIGITS = 8, 4    # characters up to which a fraction is shown as it is; digits of other numbers
MEMBER = re.compile(r"([^\[\]]+?)((?:\[[^\[\]]*\])+)")     # the label of a member or entry: x[2], A[1,2], v[@0][1]
BALL = re.compile(r"\[?(?P<middle>(?:[^\s\[\]+]|e\+)*)\s*(?:\+/-\s*(?P<radius>[^\s\]]+))?\]?")


# -- numbers and names ------------------------------------------------------------------------------------------------
def number(value, digits=DIGITS):
    """A value as text: an exact fraction where it is short, else a decimal of 4 digits."""
    if isinstance(value, int | Fraction):
        text = str(value)
        return text if len(text) <= EXACT else decimal(float(value), digits)
    return decimal(value if isinstance(value, Decimal) else float(value), digits)


def decimal(value, digits=DIGITS):
    """4 digits, with the power of ten as LaTeX has it."""
    head, _, power = f"{value:.{digits}g}".partition("e")
    return rf"{head} \cdot 10^{{{int(power)}}}" if power else head


def both(left, right):
    """Two different values as text of as few digits as tell them apart; each is a rational, or a ball "[m +/- r]"."""
    exact = [_exact(t) for t in (left, right)]
    for digits in (*range(DIGITS, 16), 30):
        words = [t if e is None else number(e, digits) for t, e in zip((left, right), exact, strict=True)]
        if words[0] != words[1]:
            return tuple(words)
    return left, right


def _exact(text):
    """The rational, or the middle of a ball, a Decimal where it is beyond the floats; None for words."""
    match = BALL.fullmatch(text)
    if match is None:
        return None
    try:
        middle = match["middle"] or "0"
        if "/" in middle:
            return Fraction(middle)
        value = Decimal(middle)
        if value and abs(value.adjusted()) > FLOATS:
            return value
        return Fraction(value) if match["radius"] is None else float(value)
    except (ValueError, ArithmeticError):
        return None


def spelled(base, subscripts):
    r"""A name with subscripts as LaTeX has it: x_1, A_{1,2}, \bar{\alpha}_{t,1}."""
    if not subscripts:
        return base
    own, braces = [str(s) for s in subscripts], base
    if "_" in base and not base.startswith(r"\operatorname"):
        braces, _, label = base.rpartition("_")
        own = [label.removeprefix("{").removesuffix("}"), *own]
    joined = ",".join(own)
    return f"{braces}_{joined}" if len(joined) == 1 else f"{braces}_{{{joined}}}"


# -- nodes as Terms ---------------------------------------------------------------------------------------------------
def node_term(graph, node, labels, said=name):
    """The node as a Term over the labels of its variables, or None where it is too long to be read.

    said  label -> Term, or None for a label that means nothing to the reader
    """
    below = graph.reachable((node,))
    if len(below) > SIZE_CAP:
        return None
    terms = {}
    for n in below:
        if graph.operation[n] == VAR:
            terms[n] = Term("pi") if graph.domain.get(n) == "pi" else said(labels.get(n, str(graph.operands[n])))
        else:
            terms[n] = _compound(graph, n, [terms[c] for c in graph.children(n)])
        if terms[n] is None:
            return None
    return terms[node]


def _compound(graph, n, arguments):
    """The Term of a node that is no variable, or None."""
    operation, operands = graph.operation[n], graph.operands[n]
    if operation == NUM:
        return _number(operands)
    if operation in (ADD, MUL):
        return (add if operation == ADD else mul)(*_constants_first(arguments))
    if operation == POW:
        return pow_(*arguments)
    if isinstance(operands[0], tuple):
        whole = not any(operands[0][2])
        return Term("call", (name(str(operands[0][1])), *arguments)) if whole else None
    return Term(operands[0], tuple(arguments)) if operation == FUN and operands[0] in FUNCTIONS else None


def _number(value):
    value = Fraction(value)
    return num(value) if value.denominator == 1 else mul(num(value.numerator), pow_(num(value.denominator), num(-1)))


def _constants_first(terms):
    return sorted(terms, key=lambda t: t.head != "num")


# -- conditions -------------------------------------------------------------------------------------------------------
def condition(view, tag, node, why):
    """The Need that the node is positive, nonzero ... in the author's symbols, else in words; never None."""
    term = _written(view, node) or node_term(view.graph, node, view.labels, _Labels(view))
    if term is not None and tag in RELATIONS and {n.value for n in _names(term)} <= _known(view):
        return Need(rel(RELATIONS[tag], term, ZERO), why)
    return Need(None, WORDS[tag], _around(view, node))


def _names(term):
    return [t for t in subterms(term) if t.head == "name"]


def _known(view):
    """Declared names, sizes and index letters of the claim."""
    claim = view.instance.coverage.evaluators[0].claim
    letters = {i for d in claim.symbols for i in d.indices}
    bound = {t.args[1].value for side in (claim.left, claim.right) for t in subterms(side)
             if t.head in ("sum", "prod") and t.args[1].head == "name"}
    return {d.name for d in claim.symbols} | letters | bound | set(view.plan.survey.sizes if view.plan.survey else ())


def _evaluated(view):
    """(Term, env, value) of everything met in building the instance, the shortest first."""
    met = [(t, env, v) for e in view.instance.coverage.evaluators for t, env, v in e.met() if isinstance(v, int)]
    return sorted(met, key=lambda m: sum(1 for _ in subterms(m[0])))


def _written(view, node):
    """The shortest Term of the claim, or of a definition in it, whose value is the node."""
    known = _known(view)
    for term, env, value in _evaluated(view):
        if value in _twins(view, node) and term.head != "num" and {n.value for n in _names(term)} <= known \
                and all(isinstance(v, Atom) or not isinstance(v, int) or view.graph.operation[v] == NUM
                        for n, v in env if isinstance(n, str) and n in free_names(term)):
            return term
    return None


def _twins(view, node):
    """The node and what it was before the givens were put in."""
    instance = view.instance
    before = (*instance.left_conditions, *instance.right_conditions)
    after = (*view.left_conditions, *view.right_conditions)
    return {node, *(b for (_, b), (_, a) in zip(before, after, strict=True) if a == node)}


def _around(view, node):
    """The smallest Term of the claim that depends on the node, or None."""
    graph, nodes = view.graph, _twins(view, node)
    claim = view.instance.coverage.evaluators[0].claim
    own = {t for side in (claim.left, claim.right) for t in subterms(side)}
    for term, _, value in _evaluated(view):
        if term in own and not nodes.isdisjoint(graph.reachable((value,))):
            return term
    return None


class _Labels:
    """Labels of variables as Terms of the author: x[@0] is x_i where only one atom is met.

    x[2] is x_2 where the author writes that member or the sizes are numbers: at other sizes it would be another one.
    """

    def __init__(self, view):
        self.claim, self.atoms = view.instance.coverage.evaluators[0].claim, set()
        sides = (self.claim.left, self.claim.right, *self.claim.givens)
        self.numbered = {(t.args[0], s) for side in sides for t in subterms(side) if t.head == "index"
                         for s in t.args[1:] if s.head == "num"}

    def __call__(self, label):
        match = MEMBER.fullmatch(label)
        if match is None:
            return name(label) if self.claim.symbol(label) is not None else None
        declared = self.claim.symbol(match[1])
        if declared is None:
            return None
        places = [p for p in re.split(r"[\[\],]+", match[2]) if p]
        subscripts = [self._place(p, k, declared) for k, p in enumerate(places)]
        if None in subscripts or len(self.atoms) > 1:
            return None
        members = index(name(match[1]), *subscripts[:len(declared.indices)]) if declared.indices else name(match[1])
        rest = subscripts[len(declared.indices):]
        return index(members, *rest) if rest else members

    def _place(self, place, k, declared):
        if place.isdigit():
            fixed = (name(declared.name), num(int(place))) in self.numbered or not declared.indices and \
                all(t.head == "num" for t in declared.shape)
            return num(int(place)) if fixed else None
        self.atoms.add(place)
        return name(declared.indices[k]) if place.startswith("@") and k < len(declared.indices) else None
