"""Named laws: how they are spelled, what their parameters are, where their values lie.

A law is the Term ``law`` with the family for its value and the parameters as arguments, in the order of this table.
The normal law has a head of its own, with mean and covariance.
"""

from derive.term.build import ONE, div
from derive.term.record import record


@record(frozen=True)
class Family:
    """One named law.

    spellings   how it is written, the first in print
    parameters  (role, domain) of each; a role is a word that authors give the parameter, several joined by ``|``
    values      the domain of its values
    inverses    role -> position of the parameter it is the reciprocal of: the scale beside a rate
    letters     the letters by which a parametrisation is told where no word tells it; None where there is one only
    """

    spellings: tuple
    parameters: tuple
    values: str = "real"
    inverses: tuple = ()
    letters: tuple | None = None


_P, _RATE = ("parameter|probability|success probability|mean", "closed_unit"), ("rate", "positive")

FAMILIES = {
    "normal": Family(("Normal", "N", "Gaussian", "Norm"), (("mean|location", "real"), ("variance", "nonnegative"))),
    "bernoulli": Family(("Bernoulli", "Bern", "Ber"), (_P,), "binary"),
    "binomial": Family(("Binomial", "Bin", "Binom"), (("trials", "count"), _P), "nonnegative"),
    "poisson": Family(("Poisson", "Pois", "Poi", "Po"), (("parameter|rate|mean|intensity", "positive"),),
                      "nonnegative"),
    "exponential": Family(("Exponential", "Exp", "Expon"), (_RATE,), "positive", (("scale|mean", 0),),
                          ((r"\lambda",), (r"\mu",), (r"\nu",), (r"\kappa",), ("1",))),
    "gamma": Family(("Gamma", "Ga"), (("shape", "positive"), _RATE), "positive", (("scale", 1),),
                    ((r"\alpha", r"\beta"), ("a", "b"))),
    "beta": Family(("Beta",), (("shape", "positive"), ("shape", "positive")), "unit"),
    "uniform": Family(("Uniform", "Unif", "U"), (("low", "real"), ("high", "real"))),
    "laplace": Family(("Laplace", "Lap"), (("location|mean", "real"), ("scale", "positive"))),
    "dirichlet": Family(("Dirichlet", "Dir"), (("parameters|concentration", "vector"),), "unit"),
    "categorical": Family(("Categorical", "Cat"), (("probabilities|parameters", "vector"),)),
    "chi2": Family((r"\chi^{2}", "chi-squared", "chi-square"), (("degrees", "positive"),), "positive"),
}
_BY_SPELLING = {s: f for f, row in FAMILIES.items() for s in row.spellings} | {
    w: f for f, w in (("chi2", "chi2"),)} | {row.spellings[0].lower(): f for f, row in FAMILIES.items()}


def family_of(spelling):
    """The family a word or letter names, or None."""
    return _BY_SPELLING.get(spelling.strip())


def roles(family):
    """{word: (position, whether the parameter is the reciprocal of what is said)}; a word of two parameters is none."""
    row, out = FAMILIES[family], {}
    for k, (words, _) in enumerate(row.parameters):
        for word in words.split("|"):
            out[word] = None if word in out else (k, False)
    for words, k in row.inverses:
        for word in words.split("|"):
            out[word] = (k, True)
    return {w: place for w, place in out.items() if place is not None}


def placed(value, inverse):
    """The parameter of which a value is said, or is the reciprocal."""
    return div(ONE, value) if inverse else value
