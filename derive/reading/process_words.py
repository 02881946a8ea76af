"""The vocabulary of declarations: tables, decision processes, random matrices, draws, values at points."""

from derive.reading.row import head, link, quality
from derive.term import IMPLIED, MINUS_ONE, ONE, ZERO

_MANY = {"many": True}
_POINT = (IMPLIED,)
_IID = ("independent", "identically_distributed")

ROWS = (
    head("array|table", "scalar", "y_{ij}: real array, i = 1..n, j = 1..m", table=True),
    head("array|table over states|actions", "function", "V(s): real array over states", table="states"),
    head("array|table over states and actions", "function", "Q(s,a): real array over states and actions",
         table="states"),
    head("reward function", "function", "r(s,a): reward function", table="states"),
    head("map|mapping|function from states to actions", "function", r"\pi: map from states to actions",
         structure=("choice",)),
    head("deterministic policy", "function", r"\pi: deterministic policy", structure=("choice",)),
    head("random matrix <n> x <m>", "random", "random matrix n x d", shape=("<n>", "<m>")),
    head("random matrix in R^{<n> x <m>}", "random", "random matrix in R^{n x d}", shape=("<n>", "<m>")),
    head("random matrices <n> x <m>", "random", "random matrices n x d, i = 1..K", shape=("<n>", "<m>"), **_MANY),
    head("correlation coefficient?", "scalar", "correlation", low=MINUS_ONE, high=ONE),
    head("scalar correlation coefficient?", "scalar", "scalar correlation", low=MINUS_ONE, high=ONE),
    head("discount factor|rate?", "scalar", "discount factor", domain="unit"),
    head("sequence of vectors", "vector", "sequence of vectors, i = 1..n", shape=_POINT, **_MANY),
    head("counts <self>?", "scalar", "counts, i = 1..n", domain="integer", low=ZERO, **_MANY),
    quality("uncorrelated", "uncorrelated random variables with variance s, i = 1..n", uncorrelated=True),
    link("independent entries|components|coordinates", "independent entries", entries_apart=("independent",)),
    link("i.i.d.|iid entries|components|coordinates", "i.i.d. entries", entries_apart=_IID),
    link("entries|components of? mean zero", "entries of mean zero", mean=ZERO), link("of mean zero", mean=ZERO),
    link("pairwise|common? correlation <f>", r"variance s and pairwise correlation \rho", correlation="<f>"),
    link("not depending on <x>", r"real scalar not depending on \boldsymbol{\tau}", apart_from="<x>"),
    link("probability of <words>", "positive scalar, probability of one action", probability_of="<words>"),
    link("symmetric about|around 0|zero", "random variable symmetric about 0", structure=("even",)),
    link("of the pair", "u(s,a): function of the pair"),
)
