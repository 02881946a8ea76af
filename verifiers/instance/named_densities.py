"""Log-densities of named laws: draws from them, divergences and entropies as means of log-densities under a law.

A factor of the point alone (1/x! of a Poisson law, the binomial coefficient) stands apart: it cancels in a divergence
of two laws of one family.
"""

from derive.term import MINUS_ONE, ONE, TWO, ZERO, Term, add, div, mul, name, sub, term
from derive.term.families import FAMILIES
from verifiers.instance.expectation import expectation
from verifiers.instance.named import parameters
from verifiers.instance.outcomes import Slot, chance
from verifiers.verdict import CannotDecide, Reason


def _log(x):
    return term("log", x)


def _minus(x):
    return mul(MINUS_ONE, x)


def _choices(x, n):
    return sub(term("lgamma", add(n, ONE)), add(term("lgamma", add(x, ONE)), term("lgamma", add(sub(n, x), ONE))))


LOG_DENSITY = {
    "bernoulli": lambda x, p: add(mul(x, _log(p)), mul(sub(ONE, x), _log(sub(ONE, p)))),
    "binomial": lambda x, n, p: add(mul(x, _log(p)), mul(sub(n, x), _log(sub(ONE, p)))),
    "poisson": lambda x, rate: sub(mul(x, _log(rate)), rate),
    "exponential": lambda x, rate: sub(_log(rate), mul(rate, x)),
    "gamma": lambda x, a, rate: add(mul(a, _log(rate)), _minus(term("lgamma", a)), mul(sub(a, ONE), _log(x)),
                                    _minus(mul(rate, x))),
    "beta": lambda x, a, b: add(mul(sub(a, ONE), _log(x)), mul(sub(b, ONE), _log(sub(ONE, x))),
                                term("lgamma", add(a, b)), _minus(term("lgamma", a)), _minus(term("lgamma", b))),
    "uniform": lambda x, low, high: _minus(_log(sub(high, low))),
    "laplace": lambda x, m, b: sub(_minus(_log(mul(TWO, b))), div(term("abs", sub(x, m)), b)),
}
OF_THE_POINT = {"binomial": lambda x, n, p: _choices(x, n),
                "poisson": lambda x, rate: _minus(term("lgamma", add(x, ONE)))}


def drawn(evaluator, draw, env):
    """(value, key) of x in ``x ~ law``: a placeholder with exactly the moments of the law."""
    variable, law = draw.args
    if variable.head != "name":
        raise CannotDecide(Reason.NEEDS_LEMMA, "a draw of an entry")
    known = parameters(evaluator, law, env)
    if law.value in ("dirichlet", "categorical"):
        raise CannotDecide(Reason.NEEDS_LEMMA, f"a draw from a {law.value} law")
    record = chance(evaluator)
    start = variable.value + "~" + law.value
    same = next((n for n, m in record.named.items() if isinstance(n, str) and m == known and n.startswith(start)), None)
    latex = same or f"{start}{len(record.named) + 1}"
    record.named[latex] = known
    node = evaluator.graph.var(latex, FAMILIES[law.value].values)
    record.slots[node], record.space_of[node] = Slot(latex), (latex,)
    return node, (latex,)


def divergence(evaluator, p, q, env):
    """KL of two laws of one family: E_p[log p - log q]."""
    if p.value != q.value or p.value == "uniform" or p.value == "binomial" and p.args[0] is not q.args[0]:
        raise CannotDecide(Reason.NEEDS_LEMMA, "the divergence between laws of two families")
    return _mean(evaluator, p, lambda x: sub(_log_density(p, x), _log_density(q, x)), env)


def entropy(evaluator, p, env):
    """The entropy of a named law: -E[log p]."""
    alone = OF_THE_POINT.get(p.value, lambda x, *_: ZERO)
    return _mean(evaluator, p, lambda x: _minus(add(_log_density(p, x), alone(x, *p.args))), env)


def _log_density(law, x):
    if law.value not in LOG_DENSITY:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"no row of densities of a {law.value} law")
    return LOG_DENSITY[law.value](x, *law.args)


def _mean(evaluator, law, builds, env):
    x = name("x~")
    value, key = drawn(evaluator, Term("dist", (x, law)), env)
    return expectation(evaluator, evaluator.value(builds(x), (*env, (x.value, value))), {key})
