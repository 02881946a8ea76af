"""Expectations, variances, covariances and the Gaussian density of the oracle, over its finite sample space."""

import mpmath as mp

from oracle_values import Unknown, is_zero, times


class Laws:
    """The rules of probability for an evaluator of Terms."""

    def __init__(self, evaluate):
        self.evaluate = evaluate

    def rules(self):
        """{head: rule}."""
        return {"E": self.expectation, "Var": self.variance, "Cov": self.covariance,
                "normal_density": self.normal_density}

    def expectation(self, term, world, env, atom):
        return self.mean(_bodies(term)[0], world, env)

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
            return mp.exp(-(x - centre)**2/(2*spread))/mp.sqrt(2*mp.pi*spread)
        z = x - (centre if isinstance(centre, mp.matrix) else x*0)
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
