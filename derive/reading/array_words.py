"""Rows of the vocabulary: shapes and structure of arrays, roles, whole numbers, functions of vectors."""

from derive.reading.roles import ADJECTIVES, RELATIONAL
from derive.reading.row import head, link, quality
from derive.term import IMPLIED, ONE

_MANY = {"many": True}
_MATRIX = (IMPLIED, IMPLIED)

SHAPES = (
    quality("<n> x <m>", "n x d matrix", shape=("<n>", "<m>")),
    quality("<n> dimensional", "d-dimensional vector", shape=("<n>",)),
    head("<n> vector", "vector", "d-vector", shape=("<n>",)),
    head("column vector", "vector", shape=(IMPLIED,)),
    head("column vector <n>", "vector", "column vector d", shape=("<n>",)),
    head("column vectors", "vector", "column vectors of length d, i = 1..n", shape=(IMPLIED,), **_MANY),
    head("column vectors <n>", "vector", "column vectors d, i = 1..n", shape=("<n>",), **_MANY),
    head("row vector", "vector", "row vector of length d", shape=(ONE, IMPLIED)),
    head("row vector 1 x <n>", "vector", "row vector 1 x d", shape=(ONE, "<n>")),
    head("sequence of? vectors", "vector", "sequence of vectors, i = 1..n", shape=(IMPLIED,), **_MANY),
    head("sequence of? matrices", "matrix", "sequence of matrices, i = 1..n", shape=_MATRIX, **_MANY),
    head("matrices", "matrix", "matrices of size n x d, i = 1..K", shape=_MATRIX, **_MANY),
    quality("square", "square matrix n x n", structure=("square",)),
    head("array", "scalar", "real array y_{id}, i = 1..I, d = 1..D", **_MANY),
    head("array <self>", "scalar", "real array x_i, i = 1..I", **_MANY),
    head("table", "scalar", "table of real numbers, i = 1..I", **_MANY),
    head("values", "scalar", "real values, i = 1..n", **_MANY),
    head("in <a>..<b>", "index", "in 1..N", domain="integer", low="<a>", high="<b>"),
    head("constant", "scalar", "positive constant"),
    head("constants", "scalar", "positive constants, i = 1..n", **_MANY),
    head("parameter|coefficient|hyperparameter|threshold|intercept|offset|bias|temperature", "scalar", "real parameter"),
    head("parameters|coefficients|biases", "scalar", "real parameters, i = 1..n", **_MANY),
    head("step size", "scalar", "positive step size", domain="positive"),
    head("learning rate", "scalar", domain="positive"),
    head("in R^<n>", "vector", "in R^d", shape=("<n>",)),
    head("in R^{<n> x <m>}", "matrix", "in R^{n x d}", shape=("<n>", "<m>")),
    head("<self> in R^<n>", "vector", "x_i in R^d, i = 1..n", shape=("<n>",), each=True),
    head("<self> in R^{<n> x <m>}", "matrix", "x in R^{n x d}", shape=("<n>", "<m>")),
    head("in R", "scalar"), head("<self> in R", "scalar", "x in R"),
    link("in R^<n>", "vectors in R^d", shape=("<n>",)),
    link("in R^{<n> x <m>}", "matrices in R^{n x d}", shape=("<n>", "<m>")),
    link("of length|dimension|size|dimensionality <n>", "column vector of length d", shape=("<n>",)),
    link("<n> entries|components|elements|coordinates", "vector with d entries", shape=("<n>",)),
    link("of shape|size|dimension|dimensions <n> x <m>", "matrix of size n x d", shape=("<n>", "<m>")),
)

STRUCTURES = (
    quality("skew-symmetric|antisymmetric", "skew-symmetric", structure=("skew_symmetric",)),
    quality("skew symmetric", structure=("skew_symmetric",)),
    quality("lower triangular", structure=("lower_triangular",)),
    quality("lower-triangular", structure=("lower_triangular",)),
    quality("upper triangular", structure=("upper_triangular",)),
    quality("upper-triangular", structure=("upper_triangular",)),
    quality("permutation", "permutation matrix n x n", structure=("permutation",)),
    quality("covariance|Gram", "covariance matrix d x d", structure=("positive_semidefinite",)),
    quality("precision", "precision matrix d x d", structure=("positive_definite",)),
    quality("positive semi-definite|semi definite", structure=("positive_semidefinite",)),
    quality("positive-semidefinite", structure=("positive_semidefinite",)),
    quality("non-singular", structure=("invertible",)),
    quality("of? full rank", "matrix n x d of full rank", structure=("full_rank",)),
    quality("row-stochastic", structure=("stochastic",)),
    quality("orthonormal columns", "matrix n x k with orthonormal columns", structure=("orthogonal",)),
    quality("zero diagonal", "symmetric matrix n x n with zero diagonal", structure=("zero_diagonal",)),
    quality("in decreasing order", structure=("decreasing",)),
    link("of all? ones", "vector n of ones", ones=True), quality("all-ones", "all-ones vector n", ones=True),
    link("all? entries|elements|components 0 or 1", "matrix n x n with entries 0 or 1", entry_domain="binary"),
    link("all? entries|elements|components in <set>", "matrix n x n with entries in {-1, 1}", entry_choices="<set>"),
    link("all? nonnegative|non-negative entries|elements|components", "vector n with nonnegative entries",
         entry_domain="nonnegative"),
    link("all? positive entries|elements|components", "vector n with positive entries", entry_domain="positive"),
    link("all? real entries|elements|components", "matrix n x n with real entries", entry_domain="real"),
    link("all? nonzero|non-zero entries|elements|components", "vector n with nonzero entries", entry_domain="nonzero"),
    link("zero outside", "vector 6, zero outside", structure=("zero_outside",)),
    link("<self> = 0 for <i> < <a> and <i> > <b>", "real sequence, x_i = 0 for i < 1 and i > 6, i = 1..6",
         zero_beyond=("<self>", "<i>", "<a>", "<b>")),
    link("<x> = 0 for <i> < <a> and <i> > <b>", "vector 6, x_i = 0 for i < 1 and i > 6",
         zero_beyond=("<x>", "<i>", "<a>", "<b>")),
    link("<i> over all integers", "real sequence, i over all integers", endless="<i>"),
    link("<i> any integer", "real sequence, i any integer", endless="<i>"),
    link("rows <f>", r"matrix n x d with rows \mathbf{x}_i^T", rows="<f>"),
    link("whose rows are <f>", r"matrix n x d whose rows are \mathbf{x}_i^T", rows="<f>"),
    link("columns <f>", r"matrix d x n with columns \mathbf{x}_i", columns="<f>"),
    link("whose columns are <f>", r"matrix d x n whose columns are \mathbf{x}_i", columns="<f>"),
    link("diagonal entries|elements <f>", "diagonal matrix n x n with diagonal entries d_i", diagonal="<f>"),
    link("diagonal elements <f>", "diagonal matrix n x n with diagonal elements d_i", diagonal="<f>"),
    link("for all|each|every <letter>", "integer 1..K for each t", letter="<letter>"),
)

NUMBERS = (
    quality("odd", "odd integer >= 1", parity="odd"), quality("even", "even integer >= 2", parity="even"),
    link("dividing <x>", "integer >= 1 dividing D", divides="<x>"),
    link("that divides <x>", "integer >= 1 that divides D", divides="<x>"),
    link("divisible by <x>", "integer >= 1 divisible by H", multiple="<x>"),
    link("a? multiple of <x>", "integer >= 1, a multiple of H", multiple="<x>"),
    head("natural number", "size", "natural number >= 1", domain="integer"),
    head("number of training|test|data|hidden|input|output|attention? examples|samples|observations|points|layers|units"
         "|channels|heads|features|dimensions|tokens", "size", "number of training examples", domain="integer", low=ONE),
    head("number of classes|clusters|states|actions|users|items|iterations|steps|trees|nodes|rows|columns|parameters",
         "size", "number of classes", domain="integer", low=ONE),
    head("input|output|hidden channels|units|dimension", "size", "input channels", domain="integer", low=ONE),
    head("kernel side|size|width", "size", "kernel size", domain="integer", low=ONE),
    head("batch size", "size", domain="integer", low=ONE),
    head("sequence of integers <self>?", "scalar", "sequence of integers y_i >= 0, i = 1..I", domain="integer", **_MANY),
    head("labels in <a>..<b>", "scalar", "labels in 1..K, i = 1..n", domain="integer", low="<a>", high="<b>", **_MANY),
    head("label|class in <a>..<b>", "index", "label in 1..K", domain="integer", low="<a>", high="<b>"),
)

FUNCTIONS = (
    quality("twice|continuously|infinitely differentiable", "twice differentiable function", structure=("smooth",)),
    quality("twice continuously differentiable", structure=("smooth",)),
    head("real-valued|scalar-valued function", "function", "real-valued function"),
    head("vector-valued function", "function", "vector-valued function from R^d to R^m", shape=(IMPLIED,)),
    head("map|mapping", "function", "differentiable map from R^d to R^m"),
    head("activation function", "function", "activation function applied elementwise"),
    head("permutation of <a>..<b>", "function", "permutation of 1..N", structure=("permutation",), permutes=("<a>", "<b>")),
    head("permutation of <set>", "function", "permutation of {1, 2, 3}", structure=("permutation",), permutes="<set>"),
    link("of one|a real? variable", "differentiable function of one real variable", takes=()),
    link("of a vector variable", "differentiable function of a vector variable", takes=(IMPLIED,)),
    link("of one|a vector", "differentiable function of one vector", takes=(IMPLIED,)),
    link("of one|a vector <n>", "differentiable function of a vector d", takes=("<n>",)),
    link("from R^<n> to R^<m>", "function from R^d to R^m", takes=("<n>",), shape=("<m>",)),
    link("from R^<n> to R", "function from R^d to R", takes=("<n>",)),
    link("from R to R", "function from R to R", takes=()),
    link("vector-valued", "function of one vector, vector-valued", shape=(IMPLIED,)),
    link("<n> to <m>", "function of one vector, vector-valued (D to D)", takes=("<n>",), shape=("<m>",)),
    link("applied elementwise|entrywise|componentwise|pointwise", "function of one real variable applied elementwise",
         structure=("elementwise",)),
    link("acting elementwise|entrywise", "function acting elementwise", structure=("elementwise",)),
)

ROLES = tuple(quality(word, f"{word} vector d", role=word) for word in ADJECTIVES) + tuple(
    quality(word, f"{word} vector d", unclear=word) for word in RELATIONAL)

ROWS = SHAPES + STRUCTURES + NUMBERS + FUNCTIONS + ROLES
