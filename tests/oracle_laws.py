"""Expectations, variances, covariances and the Gaussian density of the oracle, over its finite sample space."""

import mpmath as mp

from derive.term import free_names
from oracle_tables import LAWS, divergence
from oracle_values import Undefined, Unknown, is_zero, times


class Laws:
    """The rules of probability for an evaluator of Terms."""

    def __init__(self, evaluate):
        self.evaluate = evaluate

    def rules(self):
        """{head: rule}."""
        return {"E": self.expectation, "Var": self.variance, "Cov": self.covariance,
                "normal_density": self.normal_density, "given": self.given, "KL": self.divergence,
                "entropy": self.entropy}

    def expectation(self, term, world, env, atom):
        if len(term.args) > 1:
            return _sum(times(w, self.evaluate(term.args[0], world, inner, atom))
                        for inner, w in self.draws(term.args[1:], world, env))
        body = term.args[0]
        return self.conditional(body, world, env, atom) if body.head == "given" else self.mean(body, world, env)

    def draws(self, laws, world, env):
        """(env, weight) of every outcome of x ~ p, z ~ q ... bound in turn."""
        if not laws:
            yield env, mp.mpf(1)
            return
        first, *rest = laws
        if first.head != "dist":
            raise Unknown("a law")
        variable, law = first.args
        for x, w in self.outcomes_of(law, variable, world, env):
            for inner, v in self.draws(rest, world, {**env, variable.value: x}):
                yield inner, w*v

    def outcomes_of(self, law, variable, world, env):
        tables = world.tables
        if law.head == "call":
            d = tables.laws(law.args[0].value)
            if not d:
                raise Unknown("a law")
            values = [(x, self.evaluate(law, world, {**env, variable.value: x}))
                      for x in tables.support(d[0].shape)]
            return [(x, v*tables.weight(d[0], k)) for k, (x, v) in enumerate(values)]
        if law.head == "name" and law.value in env or law.head == "normal" and set(env) & free_names(law):
            raise Unknown("a law under a bound name")
        return tables.points_of(law, variable)

    def conditional(self, body, world, env, atom):
        """E[a | b] at one outcome: the mean over the outcomes that b does not tell from it."""
        inner, condition = body.args
        if condition.head in ("rel", "and", "or"):
            raise Unknown("an event")
        known = [self.evaluate(condition, world, env, k) for k in range(len(world.weights))]
        alike = [k for k, value in enumerate(known) if value == known[atom]]
        total = mp.fsum(world.weights[k] for k in alike)
        return _sum(self.evaluate(inner, world, env, k)*(world.weights[k]/total) for k in alike)

    def given(self, term, world, env, atom):
        raise Unknown("a condition alone")

    def divergence(self, term, world, env, atom):
        return divergence(world.tables, *term.args)

    def entropy(self, term, world, env, atom):
        if term.args[0].head != "name" or world.declared[term.args[0].value].kind not in LAWS:
            raise Unknown("entropy")
        return -mp.fsum(p*mp.log(p/world.tables.weight(world.declared[term.args[0].value], k))
                        for k, (_, p) in enumerate(world.tables.points_of(term.args[0], None)))

    def variance(self, term, world, env, atom):
        return self.covariance_of(*_bodies(term)*2, world, env)

    def covariance(self, term, world, env, atom):
        bodies = _bodies(term)
        return self.covariance_of(bodies[0], bodies[-1], world, env)

    def mean(self, body, world, env):
        """The mean over the atoms of the sample space."""
        return _sum(self.evaluate(body, world, env, k)*weight for k, weight in enumerate(world.weights))

    def covariance_of(self, one, other, world, env):
        means = self.mean(one, world, env), self.mean(other, world, env)
        values = []
        for k, weight in enumerate(world.weights):
            a, b = (self.evaluate(t, world, env, k) - m for t, m in zip((one, other), means, strict=True))
            values.append(times(a, b.T if isinstance(b, mp.matrix) else b)*weight)
        return _sum(values)

    def normal_density(self, term, world, env, atom):
        x, centre, spread = (self.evaluate(a, world, env, atom) for a in term.args)
        if not isinstance(x, mp.matrix):
            if spread <= 0:
                raise Undefined("a variance that is not positive")
            return mp.exp(-(x - centre)**2/(2*spread))/mp.sqrt(2*mp.pi*spread)
        if not isinstance(spread, mp.matrix):       # a number stands for that multiple of the identity
            spread = spread*mp.eye(x.rows)
        try:
            mp.cholesky(spread)
        except (ValueError, ZeroDivisionError):
            raise Undefined("a covariance that is not positive definite") from None
        if not isinstance(centre, mp.matrix):       # of a vector of one entry; 0 is an array of any shape
            centre = mp.matrix([[centre]]) if x.rows == 1 or not is_zero(centre) else x*0
        z = x - centre
        form = (z.T*mp.lu_solve(spread, z))[0, 0]
        return mp.exp(-form/2)/mp.sqrt((2*mp.pi)**x.rows*mp.det(spread))


def _bodies(term):
    """What the mean is taken of; laws and conditions of their own are not known here."""
    if any(a.head in ("dist", "given") for a in term.args):
        raise Unknown(f"{term.head} with a law")
    return term.args


def _sum(values):
    total = mp.mpf(0)
    for value in values:
        total = value if is_zero(total) else total + value
    return total
