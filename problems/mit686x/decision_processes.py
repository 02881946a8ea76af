"""A Markov chain with three states: Bellman equations, values, and one action value."""

from sympy import oo

from derive.derivation import EQ, IFF, prove
from derive.lang import Matrix, Sum, chain, closed_unit, eq, function, index, lt, states, unit
from derive.rules.algebra import algebra, definition, substitution
from derive.rules.decision import bellman_expectation, bellman_fixed_point, geometric_series
from derive.rules.optimisation import linear_solve
from problems import problem, state

COURSE = "MIT 6.86x, notebook, Markov decision processes"


def assumed_chain():
    """The chain x -> y_1 -> y_2 of the course, its discount, probability and states."""
    gamma, p = unit("gamma"), closed_unit("p")
    x, y1, y2 = states("x y_1 y_2")
    V = chain("V^{*}", transition=Matrix([[0, 1, 0], [0, p, 1 - p], [0, 0, 1]]), reward=Matrix([[0], [1], [0]]),
              discount=gamma, states=(x, y1, y2))
    return gamma, p, x, y1, y2, V


@problem("mit686x-bellman", ["mit686x-bellman-eq", "mit686x-bellman-y2", "mit686x-bellman-y1"],
         topics="bellman markov-chain", source=COURSE, alias="three-state-chain")
def three_state_chain():
    r"""Values of a Markov chain that leaves a rewarding state with probability 1 - p.

    Assumed, since the figure of the transitions is missing: {x} goes to {y_1} with probability one, {y_1} stays with
    probability {p} and else goes to {y_2}, where the chain remains.  The reward is one in {y_1} and zero elsewhere,
    the discount is {gamma}.  Show that {goals}.
    """
    gamma, p, x, y1, y2, V = assumed_chain()
    k = index("k")
    later = p*V(y1) + (1 - p)*V(y2)
    return (
        prove(V(y1), EQ, 1 + gamma*later)
        .by(bellman_expectation,      1 + gamma*later)
        .qed("mit686x-bellman-eq"),
        prove(V(y2), EQ, gamma*V(y2))
        .by(bellman_expectation,      gamma*V(y2))
        .qed("mit686x-bellman-y2"),
        prove(eq(V(y2), gamma*V(y2)), IFF, eq(V(y2), 0))
        .by(linear_solve(V(y2)),      eq(V(y2), 0), because=lt(gamma, 1))
        .qed("mit686x-bellman-y2"),
        prove(V(y2), EQ, 0)
        .by(bellman_fixed_point(V(y2)), 0, because=lt(gamma, 1))
        .qed("mit686x-bellman-y2"),
        prove(V(y1), EQ, 1/(1 - gamma*p))
        .by(bellman_fixed_point(V(y1)), (1 + gamma*(1 - p)*V(y2))/(1 - gamma*p), because=lt(gamma*p, 1))
        .by(substitution(V(y2), 0),   (1 + gamma*(1 - p)*0)/(1 - gamma*p), because="the value of the absorbing state")
        .by(algebra,                  1/(1 - gamma*p))
        .qed("mit686x-bellman-y1"),
        prove(V(y1), EQ, Sum((gamma*p)**k, (k, 0, oo)))
        .by(bellman_fixed_point(V(y1)), (1 + gamma*(1 - p)*V(y2))/(1 - gamma*p), because=lt(gamma*p, 1))
        .by(substitution(V(y2), 0),   1/(1 - gamma*p), because="the value of the absorbing state")
        .by(geometric_series,         Sum((gamma*p)**k, (k, 0, oo)), because=lt(gamma*p, 1))
        .qed("mit686x-bellman-y1"),
    )


@problem("mit686x-q-x", topics="bellman markov-chain", source=COURSE, alias="action-value")
def action_value():
    """The value of the one action in the first state of the chain.

    Assumed, since the figure of the transitions is missing: {x} goes to {y_1} with probability one, {y_1} stays with
    probability {p} and else goes to {y_2}, where the chain remains.  The reward is one in {y_1} and zero elsewhere,
    the discount is {gamma}; with the one action {a}, {action_value} is {value}.  Show that {goals}.
    """
    gamma, p, x, y1, y2, V = assumed_chain()
    s, a = states("s a")
    Q = function("Q^{*}", (s, a), V(s))
    state(action_value=Q(s, a), value=V(s))
    return (
        prove(Q(x, a), EQ, gamma*V(y1))
        .by(definition(Q),            V(x))
        .by(bellman_expectation,      gamma*V(y1))
        .qed(),
        prove(Q(x, a), EQ, gamma/(1 - gamma*p))
        .by(definition(Q),            V(x))
        .by(bellman_expectation,      gamma*V(y1))
        .by(substitution(V(y1), 1/(1 - gamma*p)), gamma/(1 - gamma*p), because="the value of y_1")
        .qed(),
    )
