"""The registry of named rules.  A rule is a function from an evaluated expression to an expression, or an identity row.

The first line of a rule's docstring is its identity; it is what diagnostics and ``derive rules`` print.
"""

from collections.abc import Callable

import sympy as sp

from derive.lang.evaluation import evaluated, live
from derive.term.record import record, replace
from derive.term.relation import Relation

RULES: dict[str, "Rule"] = {}


@record(frozen=True)
class Rule:
    """A named rule: ``rule.rewrite(expr)`` follows it once; ``rule(a, b)`` is the same rule about a and b.

    relation   of an expression to what the rule makes of it
    statement  the identity
    needs      what it uses besides the declarations, in words ("differentiation under the integral")
    params     what the author names: the definition to unfold, the variable to solve for
    pattern    (left, right) of an identity row
    backwards  the rule of which this is the other direction (``fold`` of ``definition``); replay reads it that way
    """

    name: str
    relation: Relation
    statement: str
    function: Callable
    needs: tuple[str, ...] = ()
    params: tuple = ()
    pattern: tuple | None = None
    backwards: "Rule | None" = None

    def __call__(self, *params):
        return replace(self, params=tuple(sp.sympify(p) if not callable(p) else p for p in params))

    def rewrite(self, expr):
        """What the rule makes of an expression, as an evaluated tree."""
        with live():
            params = tuple(evaluated(p) if isinstance(p, sp.Basic) else p for p in self.params)
            return self.function(evaluated(expr), *params)

    def __str__(self):
        return self.name


def register(rule):
    if rule.name in RULES:
        raise ValueError(f"rule {rule.name!r} is defined twice")
    RULES[rule.name] = rule
    return rule


def rule(relation=Relation.EQ, needs=(), backwards=None):
    """Register a function as the rule of its name; a rule with parameters takes them after the expression."""
    def decorate(function):
        statement = (function.__doc__ or "").strip().splitlines()[0]
        return register(Rule(function.__name__, relation, statement, function, tuple(needs),
                             backwards=backwards))
    return decorate


def identity(name, left, right, statement=None):
    """Register an identity row; the assumptions of its symbols are its side conditions."""
    wild = {s: sp.Wild(s.name, properties=(lambda e, s=s: _fits(e, s),)) for s in left.free_symbols}
    pattern, result = left.xreplace(wild), right.xreplace(wild)
    text = statement or f"{left} = {right}"
    return register(Rule(name, Relation.EQ, text, lambda expr: expr.replace(pattern, result), pattern=(left, right)))


def _fits(expr, symbol):
    """True when ``expr`` provably has every property the metavariable assumes."""
    return all(getattr(expr, f"is_{fact}", None) for fact, holds in symbol.assumptions0.items() if holds)


def each(cls, rewrite):
    """A rewrite of one node lifted to every node of a class, inside out."""
    def everywhere(expr):
        if not expr.args:
            return expr
        args = [everywhere(a) for a in expr.args]
        node = expr.func(*args) if args != list(expr.args) else expr
        return rewrite(node) if isinstance(node, cls) else node
    return everywhere
