"""Matrix factorisation: the vectors of one factor that fit the ratings best while the other factor is held."""

from sympy import Rational

from derive.derivation import EQ, prove
from derive.lang import (
    ArgMin,
    Grad,
    Norm,
    Sum,
    eye,
    gt,
    index,
    index_set,
    inverse,
    matrix,
    positive,
    sequence,
    size,
    vector,
    vectors,
)
from derive.rules.matrices import matrix_algebra, matrix_differential
from derive.rules.optimisation import stationarity
from derive.rules.sums import linearity_of_sum
from problems import problem, state

SHEET = "CMU 10-601, formula sheet, matrix factorisation"


@problem("cmu-mf-als", topics="matrix-factorisation least-squares recommender", source=SHEET,
         alias="alternating-least-squares")
def alternating_least_squares():
    """One sweep of alternating least squares.

    Ratings {r} are fitted by inner products of a vector {u} for each user and a vector {v} for each item, all of
    length {k}.  User i has rated the items in {Omega_i}, item j was rated by the users in {raters}; {lambda} is
    positive.  For one user, with the vectors of the items held, show that the gradient is {goal} and that {goal2}.
    The same with the ratings of the user in a vector {r_i} and the vectors of those items as the rows of {V_i}:
    {goal4}.  For one item, with the vectors of the users held: {goal6}.
    """
    k, m, i, j = size("k"), size("m"), index("i"), index("j")
    u, v = vectors("u", k, i), vectors("v", k, j)
    r, lam, I = sequence("r", i, j), positive("lambda"), eye(k)
    items, users = index_set("Omega_i"), index_set(r"\Omega^{j}")
    state(raters=users)
    V, ratings = matrix("V_i", m, k), vector("r_i", m)
    residual = r[i, j] - u[i].T@v[j]

    user = Rational(1, 2)*Sum(residual**2, (j, items)) + lam*Norm(u[i])**2
    item = Rational(1, 2)*Sum(residual**2, (i, users)) + lam*Norm(v[j])**2
    whole = Rational(1, 2)*Norm(ratings - V@u[i])**2 + lam*Norm(u[i])**2
    G = V.T@V + 2*lam*I
    return (
        *step(user, u[i], -Sum(residual*v[j], (j, items)) + 2*lam*u[i], linearity_of_sum,
              Sum(v[j]@v[j].T, (j, items)) + 2*lam*I, Sum(r[i, j]*v[j], (j, items)), lam),
        *step(whole, u[i], -V.T@(ratings - V@u[i]) + 2*lam*u[i], matrix_algebra, G, V.T@ratings, lam),
        *step(item, v[j], -Sum(residual*u[i], (i, users)) + 2*lam*v[j], linearity_of_sum,
              Sum(u[i]@u[i].T, (i, users)) + 2*lam*I, Sum(r[i, j]*u[i], (i, users)), lam),
    )


def step(loss, x, gradient, collected_by, A, b, lam):
    """The gradient A x - b of a loss, and the minimiser A^(-1) b."""
    return (
        prove(Grad(loss, x), EQ, A@x - b)
        .by(matrix_differential, gradient)
        .by(collected_by,        A@x - b)
        .qed(),
        prove(ArgMin(loss, x), EQ, inverse(A)@b)
        .by(stationarity,        inverse(A)@b, because=gt(lam, 0))
        .qed(),
    )
