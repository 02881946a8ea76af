"""Markov chains and decision processes, recursions, geometric series."""

import sympy as sp

from derive.lang.arrays import Matrix
from derive.lang.binders import Sum
from derive.lang.evaluation import evaluated
from derive.lang.names import Call
from derive.lang.sets import Range
from derive.rules.registry import each, rule


@rule()
def bellman_expectation(expr):
    """V(s) = r(s) + gamma sum_s' P(s' | s) V(s'), for the value V of a Markov chain."""
    return evaluated(_outermost(expr))


def _outermost(node):
    if isinstance(node, Call) and isinstance(node.function.facts.reward, Matrix):
        return _bellman(node)
    return node.func(*map(_outermost, node.args)) if node.args else node


def _bellman(node):
    facts, state = node.function.facts, node.arguments[0]
    if state.name not in facts.states:
        return node
    row, labels = facts.states.index(state.name), [_state(name) for name in facts.states]
    later = sp.Add(*(facts.transition.at(row, k)*node.function(s) for k, s in enumerate(labels)))
    return facts.reward.at(row) + facts.discount*later


def _state(name):
    from derive.lang.names import current_scope
    return current_scope().symbols[name]


@rule()
def geometric_series(expr):
    """sum_{k=0}^infinity q^k = 1/(1 - q), for |q| < 1."""
    def write(node):
        if not (isinstance(node.domain, Range) and node.domain.args == (0, sp.oo)):
            return node
        ratio = evaluated(node.body.xreplace({node.variable: node.variable + 1})/node.body)
        ratio = sp.powsimp(sp.expand(ratio))
        return node if ratio.has(node.variable) else node.body.xreplace({node.variable: sp.Integer(0)})/(1 - ratio)
    return evaluated(each(Sum, write)(expr))


@rule(needs=("the claim one step earlier",))
def induction(expr, earlier, value):
    """x_(t-1) = its claimed value, where the claim for t - 1 is the hypothesis of the induction."""
    return evaluated(evaluated(expr).xreplace({earlier: value}))


@rule(needs=("gamma P(s | s) < 1",))
def bellman_fixed_point(expr, value):
    """V(s) = (r(s) + gamma sum_{s' != s} P(s' | s) V(s'))/(1 - gamma P(s | s)), for gamma P(s | s) < 1."""
    right = sp.expand(_bellman(value))
    again = right.coeff(value)
    return evaluated(evaluated(expr).xreplace({value: sp.factor(right - again*value)/(1 - again)}))
