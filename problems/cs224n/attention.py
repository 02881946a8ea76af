"""Attention: what a single head can compute, and how noise in the keys reaches its output."""

from derive.derivation import EQ, IFF, prove
from derive.lang import (
    Cov,
    E,
    Sum,
    Var,
    Zeros,
    define,
    eq,
    index,
    ne,
    nonzero,
    random,
    real,
    sequence,
    size,
    vector,
    vectors,
)
from derive.rules.algebra import definition, expand, fold, substitution
from derive.rules.expectation import covariance_definition, linearity, variance_definition
from derive.rules.matrices import matrix_algebra, transpose_product
from derive.rules.optimisation import divide_by, linear_solve
from derive.rules.sums import linearity_of_sum, orthogonality
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


@problem("cs224n-a5-1b-i-coef", topics="attention projection", source=ASSIGNMENT.format("1b"),
         alias="coefficients-of-a-projection")
def coefficients_of_a_projection():
    """The coefficients with which a sum of outer products keeps a vector.

    The nonzero vectors {a} are orthogonal to one another, {v_a.definition} with nonzero {c}, and {M.definition}.
    Show that {goals}: these are the coefficients for which the matrix returns the vector.
    """
    m, d, i, j = size("m"), size("d"), index("i"), index("j")
    over = (i, 1, m)
    a = vectors("a", d, over, structure="nonzero orthogonal_family")
    lam, c = sequence("lambda", over), sequence("c", over, domain="nonzero")
    M = define("M", Sum(lam[i]*a[i]@a[i].T, over))
    va = define("v_a", Sum(c[i]*a[i], over))
    return (
        prove(M@va, EQ, Sum(lam[i]*c[i]*(a[i].T@a[i])*a[i], over))
        .by(definition(M, va), Sum(lam[i]*a[i]@a[i].T, over)@Sum(c[j]*a[j], (j, 1, m)))
        .by(linearity_of_sum,  Sum(Sum(lam[i]*c[j]*(a[i].T@a[j])*a[i], (j, 1, m)), over))
        .by(orthogonality,     Sum(lam[i]*c[i]*(a[i].T@a[i])*a[i], over))
        .qed(),
        prove(eq(lam[i]*c[i]*a[i].T@a[i], c[i]), IFF, eq(lam[i], 1/(a[i].T@a[i])))
        .by(divide_by(c[i]),   eq(lam[i]*a[i].T@a[i], 1), because=ne(c[i], 0))
        .by(linear_solve(lam[i]), eq(lam[i], 1/(a[i].T@a[i])), because="a_i is not zero")
        .qed(),
    )


@problem("cs224n-a5-1b-i-M", topics="attention projection", source=ASSIGNMENT.format("1b"),
         alias="reading-out-a-subspace")
def reading_out_a_subspace():
    """A matrix that reads one of two values out of their sum.

    The nonzero vectors {a} are orthogonal to one another and to all {b}; {v_a.definition}, {v_b.definition} and
    {M.definition}.  Show that {goals}.
    """
    m, d, p, i, j, k = size("m"), size("d"), size("p"), index("i"), index("j"), index("k")
    over = (i, 1, m)
    a = vectors("a", d, over, structure="nonzero orthogonal_family")
    b = vectors("b", d, (j, 1, p), structure="nonzero")
    c, e = sequence("c", over), sequence("e", (j, 1, p))
    M = define("M", Sum(a[i]@a[i].T/(a[i].T@a[i]), over))
    va, vb = define("v_a", Sum(c[i]*a[i], over)), define("v_b", Sum(e[j]*b[j], (j, 1, p)))
    apart = eq(a[i].T@b[j], 0)
    projection = Sum(a[i]@a[i].T/(a[i].T@a[i]), over)
    return (
        prove(M@va, EQ, va, given=apart)
        .by(definition(M, va), projection@Sum(c[k]*a[k], (k, 1, m)))
        .by(linearity_of_sum,  Sum(Sum(c[k]*(a[i].T@a[k])*a[i]/(a[i].T@a[i]), (k, 1, m)), over))
        .by(orthogonality,     Sum(c[i]*a[i], over))
        .by(fold(va),          va)
        .qed(),
        prove(M@vb, EQ, Zeros(), given=apart)
        .by(definition(M, vb), projection@Sum(e[j]*b[j], (j, 1, p)))
        .by(linearity_of_sum,  Sum(Sum(e[j]*(a[i].T@b[j])*a[i]/(a[i].T@a[i]), (j, 1, p)), over))
        .by(orthogonality(a, b), Zeros())
        .qed(),
        prove(M@(va + vb), EQ, va, given=apart)
        .by(matrix_algebra,    M@va + M@vb)
        .by(substitution(M@va, va), va + M@vb)
        .by(substitution(M@vb, Zeros(d)), va)
        .qed(),
    )


@problem("cs224n-a5-1b-ii-ratio", topics="attention", source=ASSIGNMENT.format("1b"), alias="balanced-query")
def balanced_query():
    """The query that weighs two values alike.

    For orthogonal nonzero keys {k_a} and {k_b} and a query made of them with coefficients {C_1} and {C_2}, the scores
    are equal just when {goal}.
    """
    d = size("d", low=2)
    ka, kb = vector("k_a k_b", d, structure="nonzero")
    C1, C2 = real("C_1"), nonzero("C_2")
    aa, bb = ka.T@ka, kb.T@kb
    return (
        prove(eq((ka - kb).T@(C1*ka + C2*kb), 0), IFF, eq(C1/C2, bb/aa), given=eq(ka.T@kb, 0))
        .by(matrix_algebra,    eq(C1*aa + C2*ka.T@kb - C1*kb.T@ka - C2*bb, 0))
        .by(substitution(ka.T@kb, 0), eq(C1*aa - C2*bb, 0), because="the keys are orthogonal")
        .by(linear_solve(C1),  eq(C1, C2*bb/aa), because="k_a is not zero")
        .by(divide_by(C2),     eq(C1/C2, bb/aa), because=ne(C2, 0))
        .qed()
    )
