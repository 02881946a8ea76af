"""Supervised learning: one-dimensional linear regression by least squares."""

from derive.derivation import EQ, IFF, LE, prove
from derive.lang import And, Deriv, Sum, define, eq, function, gt, index, real, sequence, size
from derive.rules.algebra import algebra, cancel, definition, expand, fold, substitution
from derive.rules.calculus import chain_rule, differentiate, leibniz
from derive.rules.inequalities import add_nonnegative
from derive.rules.optimisation import linear_solve
from derive.rules.sums import factor_out, linearity_of_sum
from problems import problem, state

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-2.1", topics="regression gradient", source=PRINCE.format("2.1"))
def least_squares_gradient():
    """Gradient of the least squares loss.

    For data {x} and {y} and parameters {phi_0} and {phi_1} the loss is {L.definition}.  Show that {goals}.
    """
    I, i = size("I"), index("i")
    x, y = sequence("x y", (i, 1, I))
    phi0, phi1 = real("phi_0 phi_1")
    L = define("L", Sum((phi0 + phi1*x[i] - y[i])**2, (i, 1, I)))
    residual = phi0 + phi1*x[i] - y[i]

    return (
        prove(Deriv(L, phi0), EQ, 2*Sum(residual, (i, 1, I)))
        .by(definition(L), Deriv(Sum(residual**2, (i, 1, I)), phi0))
        .by(leibniz,       Sum(Deriv(residual**2, phi0), (i, 1, I)))
        .by(chain_rule,    Sum(2*residual*Deriv(residual, phi0), (i, 1, I)))
        .by(differentiate, Sum(2*residual, (i, 1, I)))
        .by(factor_out,    2*Sum(residual, (i, 1, I)))
        .qed(),
        prove(Deriv(L, phi1), EQ, 2*Sum(x[i]*residual, (i, 1, I)))
        .by(definition(L), Deriv(Sum(residual**2, (i, 1, I)), phi1))
        .by(leibniz,       Sum(Deriv(residual**2, phi1), (i, 1, I)))
        .by(chain_rule,    Sum(2*residual*Deriv(residual, phi1), (i, 1, I)))
        .by(differentiate, Sum(2*residual*x[i], (i, 1, I)))
        .by(factor_out,    2*Sum(x[i]*residual, (i, 1, I)))
        .qed(),
    )


@problem("udl-2.2", topics="regression least-squares", source=PRINCE.format("2.2"), alias="least-squares-line")
def least_squares_line():
    """The line of least squares in closed form.

    For data {x} and {y} with means {mean_x.definition} and {mean_y.definition}, the {x} not all equal, and parameters
    {phi_0} and {phi_1} the loss is {L.definition}.  Show that its derivatives vanish at one point alone: {goal}.  With
    {slope.definition} and {offset.definition}, show that the residuals of this line obey {goal2} and {goal3}, and that
    no line has a smaller loss: {goal4}.
    """
    I, i = size("I"), index("i")
    x, y = sequence("x y", (i, 1, I))
    phi0, phi1 = real("phi_0 phi_1")
    over = (i, 1, I)
    L = function("L", (phi0, phi1), Sum((phi0 + phi1*x[i] - y[i])**2, over))
    mx, my = define(r"\bar{x}", 1/I*Sum(x[i], over)), define(r"\bar{y}", 1/I*Sum(y[i], over))
    spread, both = Sum((x[i] - mx)**2, over), Sum((x[i] - mx)*(y[i] - my), over)
    best1 = define(r"\hat{\phi}_1", both/spread)
    best0 = define(r"\hat{\phi}_0", my - best1*mx)
    state(mean_x=mx, mean_y=my, slope=best1, offset=best0)
    return (_stationary(L, (phi0, phi1), (x, y), (mx, my), (spread, both), over),
            *_normal_equations((best0, best1), (x, y), (mx, my), (spread, both), over),
            _least(L, (phi0, phi1), (best0, best1), (x, y), gt(spread, 0), over))


def _stationary(L, phi, data, means, moments, over):
    """The derivatives are 0 exactly at the line of least squares."""
    (phi0, phi1), (mx, my), (spread, both), (i, _, I) = phi, means, moments, over
    x, y = (s[i] for s in data)
    residual = phi0 + phi1*x - y
    line = eq(phi0, my - phi1*mx)
    return (
        prove(And(eq(Deriv(L, phi0), 0), eq(Deriv(L, phi1), 0)), IFF, And(eq(phi1, both/spread), line),
              given=gt(spread, 0))
        .by(definition(L), And(eq(Deriv(Sum(residual**2, over), phi0), 0), eq(Deriv(Sum(residual**2, over), phi1), 0)))
        .by(differentiate, And(eq(Sum(2*residual, over), 0), eq(Sum(2*residual*x, over), 0)))
        .by(linearity_of_sum, And(eq(2*I*phi0 + 2*phi1*Sum(x, over) - 2*Sum(y, over), 0),
                                  eq(Sum(2*residual*x, over), 0)))
        .by(linear_solve(phi0), And(eq(phi0, 1/I*Sum(y, over) - phi1*(1/I*Sum(x, over))),
                                    eq(Sum(2*residual*x, over), 0)), because=gt(I, 0))
        .by(fold(mx, my),  And(line, eq(Sum(2*residual*x, over), 0)))
        .by(substitution(phi0, my - phi1*mx), And(line, eq(Sum(2*(my - phi1*mx + phi1*x - y)*x, over), 0)))
        .by(linearity_of_sum, And(line, eq(2*phi1*Sum((x - mx)*x, over) - 2*Sum(x*(y - my), over), 0)))
        .by(definition(mx, my), And(line, eq(2*phi1*spread - 2*both, 0)))
        .by(linear_solve(phi1), And(eq(phi1, both/spread), line), because=gt(spread, 0))
        .qed()
    )


def _normal_equations(best, data, means, moments, over):
    """The residuals of the line of least squares sum to 0, also with the inputs as weights."""
    (best0, best1), (mx, my), (spread, both), (i, _, I) = best, means, moments, over
    x, y = (s[i] for s in data)
    residual, put = best0 + best1*x - y, my - best1*mx + best1*x - y
    return (
        prove(Sum(residual, over), EQ, 0, given=gt(spread, 0))
        .by(definition(best0), Sum(put, over))
        .by(linearity_of_sum,  I*my - I*best1*mx + best1*Sum(x, over) - Sum(y, over))
        .by(definition(mx, my), Sum(y, over) - best1*Sum(x, over) + best1*Sum(x, over) - Sum(y, over))
        .by(algebra,           0)
        .qed(),
        prove(Sum(residual*x, over), EQ, 0, given=gt(spread, 0))
        .by(definition(best0), Sum(put*x, over))
        .by(linearity_of_sum,  best1*Sum((x - mx)*x, over) - Sum(x*(y - my), over))
        .by(definition(mx, my), best1*spread - both)
        .by(definition(best1), both/spread*spread - both)
        .by(cancel,            0)
        .qed(),
    )


def _least(L, phi, best, data, varied, over):
    """Any other line has a loss that is larger by a sum of squares."""
    (phi0, phi1), (best0, best1), (i, _, _) = phi, best, over
    x, y = (s[i] for s in data)
    residual, change = best0 + best1*x - y, phi0 - best0 + (phi1 - best1)*x
    losses = Sum(residual**2, over) + Sum(change**2, over)
    first, second = 2*(phi0 - best0)*Sum(residual, over), 2*(phi1 - best1)*Sum(residual*x, over)
    return (
        prove(L(best0, best1), LE, L(phi0, phi1), given=varied, about=(phi0, phi1))
        .by(add_nonnegative(Sum(change**2, over)), L(best0, best1) + Sum(change**2, over))
        .by(definition(L),    losses)
        .by(substitution(Sum(residual, over), 0), losses + first, because="the residuals sum to 0")
        .by(substitution(Sum(residual*x, over), 0), losses + first + second, because="also weighted by the inputs")
        .by(linearity_of_sum, Sum((residual + change)**2, over))
        .by(expand,           Sum((phi0 + phi1*x - y)**2, over))
        .by(definition(L),    L(phi0, phi1))
        .qed()
    )
