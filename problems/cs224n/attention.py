"""Attention: what a single head can compute, and how noise in the keys reaches its output."""

from derive.derivation import EQ, prove
from derive.lang import Cov, E, Var, define, random, size, vector
from derive.rules.algebra import definition, expand
from derive.rules.expectation import covariance_definition, linearity, variance_definition
from derive.rules.matrices import matrix_algebra, transpose_product
from problems import problem

ASSIGNMENT = "Stanford CS224N, assignment 5, problem {}"


@problem("cs224n-a5-1c-ii-var", topics="attention covariance", source=ASSIGNMENT.format("1c"))
def attention_output_variance():
    """Covariance of the output of a head that mixes two values at random.

    For vectors {v_a} and {v_b} and a random weight {t} let {c.definition}.  Show that {goals}.
    """
    d = size("d")
    va, vb = vector("v_a v_b", d)
    t = random("t", domain="unit")
    c = define("c", t*va + (1 - t)*vb)
    gap = va - vb

    return (
        prove(Cov(c), EQ, Var(t)*gap@gap.T)
        .by(definition(c),         Cov(t*va + (1 - t)*vb))
        .by(matrix_algebra,        Cov(vb + t*gap))
        .by(covariance_definition, E((vb + t*gap - E(vb + t*gap))@(vb + t*gap - E(vb + t*gap)).T))
        .by(linearity,             E((t - E(t))*gap@((t - E(t))*gap).T))
        .by(transpose_product,     E((t - E(t))**2*gap@gap.T))
        .by(linearity,             E((t - E(t))**2)*gap@gap.T)
        .by(variance_definition,   Var(t)*gap@gap.T)
        .qed(),
        prove(Var(1 - t), EQ, Var(t))
        .by(variance_definition,   E((1 - t - E(1 - t))**2))
        .by(linearity,             E((1 - t - (1 - E(t)))**2))
        .by(expand,                E((t - E(t))**2))
        .by(variance_definition,   Var(t))
        .qed(),
    )
