"""The vocabulary of declarations: one table, phrase -> what it sets.  ``derive explain declarations`` prints it.

Each row has a part:

head      what the name is; the first phrase that is no quality
quality   a domain, structure or constraint; before or after the head
link      a relation to other names, a bound, a moment, a range; after the head
remark    words without content for the judge, in parentheses only

The values of ``sets`` are fields of ``Declaration``; a value such as "<n>" is what filled that slot of the pattern.
Normal forms: positive definite implies symmetric, and ``structure`` then holds only the former.
"""

from derive.reading import array_words, chance_words, process_words, role_words
from derive.reading.row import head as _head
from derive.reading.row import link as _link
from derive.reading.row import quality as _quality
from derive.term import IMPLIED, ONE, ZERO, ZEROS, num

MINUS = num(-1)


_MANY = {"many": True}
_POINT = (IMPLIED,)

HEADS = (
    _head("scalar", "scalar", "real scalar"),
    _head("real? number", "scalar", "positive number"),
    _head("scalars|numbers|weights", "scalar", "positive scalars, i = 1..N", **_MANY),
    _head("sequence", "scalar", "real sequence, i = 1..I", **_MANY),
    _head("sequence <self>", "scalar", "real sequence x_i, i = 1..I", **_MANY),
    _head("sequence of? vectors <n>", "vector", "sequence of vectors d, i = 1..n", shape=("<n>",), **_MANY),
    _head("sequence of labels <self>?", "scalar", "sequence of labels y_i in {0, 1}, i = 1..I", **_MANY),
    _head("sequence of integers <a>..<b>", "scalar", "sequence of integers 1..k, i = 1..n", domain="integer", low="<a>",
          high="<b>", **_MANY),
    _head("label, 0 or 1", "scalar", domain="binary"),
    _head("label", "scalar", "label in {0, 1}"),
    _head("labels <self>?", "scalar", "labels in {-1, 1}, i = 1..n", **_MANY),
    _head("0 or 1", "scalar", "y_i: 0 or 1", domain="binary", each=True),
    _head("+1 or -1", "scalar", "y_i: +1 or -1", domain="sign", each=True),
    _head("-1 or +1", "scalar", "y_i: -1 or +1", domain="sign", each=True),
    _head("imaginary unit", "scalar", domain="imaginary_unit"),
    _head("integer", "size", "integer >= 2", domain="integer"),
    _head("integers", "scalar", "integers >= 1, i = 1..3", domain="integer", **_MANY),
    _head("integer|index in? <a>..<b>", "index", "index in 1..N", domain="integer", low="<a>", high="<b>"),
    _head("fixed? index", "index", domain="integer"),
    _head("number of terms", "size", domain="integer", low=ONE, terms=True),
    _head("vector", "vector", shape=_POINT),
    _head("vector of parameters", "vector", shape=_POINT),
    _head("vector <n>", "vector", "vector d", shape=("<n>",)),
    _head("vector of length <n>", "vector", "vector of length d", shape=("<n>",)),
    _head("vector in R^<n>", "vector", "vector in R^d", shape=("<n>",)),
    _head("row vector <n>", "vector", "row vector d", shape=(ONE, "<n>")),
    _head("vectors", "vector", shape=_POINT, **_MANY),
    _head("vectors <n>", "vector", "vectors d, i = 1..n", shape=("<n>",), **_MANY),
    _head("matrix", "matrix", shape=(IMPLIED, IMPLIED)),
    _head("matrix <n> x <m>", "matrix", "matrix n x d", shape=("<n>", "<m>")),
    _head("matrix in R^{<n> x <m>}", "matrix", "matrix in R^{n x d}", shape=("<n>", "<m>")),
    _head("matrices <n> x <m>", "matrix", "matrices n x d, i = 1..K", shape=("<n>", "<m>"), **_MANY),
    _head("identity matrix <n> x <n>", "identity", "identity matrix d x d", shape=("<n>", "<n>")),
    _head("identity matrix", "identity", shape=(IMPLIED, IMPLIED)),
    _head("array with <f> in row <i> and column <x>", "notation",
          r"array with \frac{\partial u_i}{\partial v_j} in row j and column i", entry="<f>", row="<i>", column="<x>"),
    _head("matrix|vector <n> x? <m>? with <f> in row <i> and column <x>", "notation",
          r"matrix D_h x D_z with \frac{\partial z_i}{\partial h_j} in row j and column i", entry="<f>", row="<i>",
          column="<x>"),
    _head("vector|matrix <n> x? <m>? with entries <f>", "notation",
          r"vector D with entries \frac{\partial\ell}{\partial f_i}", entry="<f>"),
    _head("entries of <name>", "scalar", r"entries of \boldsymbol{\Omega}", entries_of="<name>"),
    _head("random variable|scalar", "random", "random variable with finite variance"),
    _head("random variables|scalars", "random", "independent random scalars, i = 1..I", **_MANY),
    _head("random vector <n>", "random", "Gaussian random vector d, mean m, covariance S", shape=("<n>",)),
    _head("random vectors <n>", "random", "independent random vectors d, i = 1..n", shape=("<n>",), **_MANY),
    _head("conditional? probability mass function", "mass", "probability mass function on a finite set", shape=_POINT),
    _head("policy", "mass", r"\pi(a|s): policy", shape=_POINT, structure=("finite",)),
    _head("probability density function?", "density", "probability density on the real line", shape=_POINT),
    _head("conditional probability density function?", "density", shape=_POINT),
    _head("transition probabilities", "mass", "transition probabilities on a finite set of states", shape=_POINT),
    _head("state? transition probability", "mass", "state transition probability", shape=_POINT, derived="marginal"),
    _head("expected reward", "function", derived="expected_reward"),
    _head("scalar? function", "function", r"differentiable scalar function of \mathbf{f}"),
    _head("vector <n> valued function", "function", "vector D valued function", shape=("<n>",)),
    _head("logistic sigmoid function?", "function", meaning="sigmoid"),
    _head("softplus function?", "function", meaning="softplus"),
    _head("Kronecker delta", "scalar", meaning="kronecker"),
    _head("column-stacking operator?", "function", meaning="vec"),
    _head("Shannon entropy in? nats?", "function", meaning="entropy"),
    _head(r"differential entropy, -\int <x> \log <x>", "function", r"differential entropy, -\int f \log f",
          meaning="entropy"),
    _head("differential entropy", "function", meaning="entropy"),
    _head("value of the Markov chain", "chain",
          r"value of the Markov chain with states x, y, transition matrix P, reward r and discount \gamma"),
    _head("value function of a Markov chain", "chain"),
    _head("finite set", "set", structure=("finite",)),
    _head("finite set of row|column indices", "set", "finite set of column indices", structure=("finite",)),
    _head("finite set of row|column indices observed in row|column <i>", "set",
          "finite set of column indices observed in row i", structure=("finite",), each=True),
    _head("state", "label", "x: state"),
    _head("word in <set>", "label", "word in {A, B}", choices="<set>"),
)

DOMAIN_WORDS = (
    _quality("real", domain="real"), _quality("positive|strictly-positive", "positive", domain="positive"),
    _quality("nonnegative|non-negative", "nonnegative", domain="nonnegative"), _quality("negative", domain="negative"),
    _quality("nonzero|non-zero", "nonzero", domain="nonzero"), _quality("complex", domain="complex"),
    _quality("binary", domain="binary"),
    _link("in <interval>", "in (0,1)", interval="<interval>"),
    _link("in <set>", "in {-1, 1}", choices="<set>"),
)

STRUCTURE_WORDS = (
    _quality("symmetric", structure=("symmetric",)),
    _quality("symmetric? positive-definite|positive definite", structure=("positive_definite",)),
    _quality("symmetric? positive semidefinite", structure=("positive_semidefinite",)),
    _quality("orthogonal", structure=("orthogonal",)),
    _quality("orthonormal", structure=("orthogonal_family", "unit_norm")),
    _quality("invertible|nonsingular", "invertible", structure=("invertible",)),
    _quality("diagonal", structure=("diagonal",)),
    _quality("of? full column rank", structure=("full_column_rank",)),
    _quality("of? full row rank", structure=("full_row_rank",)),
    _quality("of? unit norm|length", "of unit norm", structure=("unit_norm",)),
    _quality("unit", "unit vector d", structure=("unit_norm",)),
    _quality("entries? summing to one|1", "summing to one", structure=("sums_to_one",)),
    _quality("sum to one|1", "nonnegative weights, sum to 1", structure=("sums_to_one",)),
    _quality("bounded", structure=("bounded",)),
    _quality("increment", structure=("increment",)),
    _quality("differentiable|smooth", "differentiable", structure=("smooth",)),
    _link("smooth|differentiable in <argument>", r"smooth in \theta", structure=("smooth",), argument="<argument>"),
    _link("smooth|differentiable in the? vector <argument>", r"smooth in the vector \theta", structure=("smooth",),
          argument="<argument>", vector="<argument>"),
    _quality("strictly convex", structure=("strictly_convex",)),
    _quality("convex", structure=("convex",)),
    _quality("stochastic", "stochastic matrix n x n", structure=("stochastic",)),
    _quality("elementwise", structure=("elementwise",)),
    _quality("one-hot", structure=("one_hot",)),
    _quality("independent", structure=("independent",)),
    _quality("i.i.d.|iid", "i.i.d.", structure=("independent", "identically_distributed")),
    _quality("Gaussian|normal", "Gaussian", structure=("gaussian",)),
    _quality("standard normal|Gaussian", "standard normal", structure=("gaussian",), standard=True),
    _link("finite variance", structure=("finite_variance",)),
    _link("finite positive|nonzero variance", "finite positive variance", structure=("finite_variance",), spread=True),
    _link("positive finite? variance", structure=("finite_variance",), spread=True),
    _link("finitely many values", structure=("finite",)),
    _link("joint distribution arbitrary", structure=()),
    _link("not symmetric", unequal="transpose"),
)

LINKS = (
    _link("<i> = <a>..<b>", "i = 1..N", range=("<i>", "<a>", "<b>")),
    _link(">= <a>", "integer >= 2", below="<a>"), _link("at least <a>", "integer, at least 2", below="<a>"),
    _link("<= <b>", "integer <= 9", above="<b>"), _link("at most <b>", "integer, at most 9", above="<b>"),
    _link("> <a>", "scalar > 2", exceeds="<a>"), _link("< <b>", "scalar < 2", within="<b>"),
    _link("!= <x>", "index in 1..N, b != a", differs="<x>"), _link("<self> != <x>", differs="<x>"),
    _link("mean <f>", r"mean \mu", mean="<f>"), _link("mean zero", mean=ZERO), _link(r"mean \mathbf{0}", mean=ZEROS),
    _link("variance <f>", r"variance \sigma^2", variance="<f>"),
    _link("standard deviation <f>", r"standard deviation \sigma", deviation="<f>"),
    _link("covariance <f>", r"covariance \boldsymbol{\Sigma}", variance="<f>"),
    _link("density|mass <name>", "random variable with density p", law="<name>"),
    _link("independent of <x>", r"independent of \epsilon_1", independent_of=("<x>",)),
    _link("independent of <x> and <y>", "independent of x and y", independent_of=("<x>", "<y>")),
    _link("entries <name>", r"matrix n x n with entries a_{ij}", entries="<name>"),
    _link("on a finite set", structure=("finite",)), _link("over a finite set", structure=("finite",)),
    _link("on|over a finite set of states|actions|trajectories|words|points|values", "on a finite set of states",
          structure=("finite",)),
    _link("on a finite set <name>", "positive function on a finite set I", structure=("finite",), over="<name>"),
    _link("on a finite grid", structure=("finite",)),
    _link("on the same set", structure=("finite",), same=True),
    _link("of a finite MDP", structure=("finite",)),
    _link("on the real line", shape=()),
    _link("on R^<n>", "on R^D", space="<n>"),
    _link("on <interval>", "on [a,b]", support="<interval>"),
    _link("on <over>", "positive function on I", structure=("finite",), over="<over>"),
    _link("over <argument>", "over a", argument="<argument>"),
    _link("of <argument> for each <given>", r"of \mathbf{z} for each \mathbf{x}", argument="<argument>",
          given=("<given>",)),
    _link("of <argument> for each <given> and <also>", r"of \mathbf{x} for each \mathbf{z} and \boldsymbol{\phi}",
          argument="<argument>", given=("<given>", "<also>")),
    _link("for each state", structure=("finite",)), _link("for each state and action", structure=("finite",)),
    _link("not 0", unequal="0"), _link("not 1", unequal="1"),
    _link("for each action in a finite set", structure=("finite",)),
    _link("of <argument>", r"of \mathbf{f}", argument="<argument>"),
    _link("of the state", structure=("finite",)),
    _link("of state and action", structure=("finite",)),
    _link("states <list>", "states x, y", states="<list>"),
    _link("transition matrix <f>", "transition matrix P", transition="<f>"),
    _link("reward <f>", "reward r", reward="<f>"), _link("discount <f>", r"discount \gamma", discount="<f>"),
    _link("the? variable of proportionality", "the variable of proportionality",
          structure=("variable_of_proportionality",)),
    _link("the? derivative is a row vector", layout="numerator"),
    _link("the? derivative is a column vector", layout="denominator"),
    _link("<i> the? length of <x>", r"with D the length of \mathbf{x}", length=("<i>", "<x>")),
    _link("column <i> of a matrix", "vector (column j of a matrix)"),
    _link("<r>", r"real sequence with 0 < \beta_s < 1, s = 1..T", relation="<r>"),
)

REMARKS = frozenset("""
biases held fixed learning rate channel channels patches on other network output outputs for input samples
current next value lambda-return the recurrent weights kernel sizes strides dilations number of attention layers
width sequence length queries keys in layer observed data prior density new read from a figure parameters
parameter
""".split())

ROWS = HEADS + DOMAIN_WORDS + STRUCTURE_WORDS + LINKS + array_words.ROWS + chance_words.ROWS + process_words.ROWS + \
    role_words.ROWS

# Which kinds a word of structure can be said of; a word said of another kind is not understood.
FITS = {"symmetric": ("matrix",), "positive_definite": ("matrix",), "positive_semidefinite": ("matrix",),
        "orthogonal": ("matrix",), "invertible": ("matrix",), "diagonal": ("matrix",), "full_column_rank": ("matrix",),
        "full_row_rank": ("matrix",), "stochastic": ("matrix",), "orthogonal_family": ("vector",),
        "unit_norm": ("vector",), "nonzero": ("vector", "matrix"), "sums_to_one": ("scalar", "vector"),
        "bounded": ("scalar", "function"), "increment": ("scalar", "vector", "matrix"), "one_hot": ("vector",),
        "smooth": ("function", "mass", "density"), "convex": ("function",), "strictly_convex": ("function",),
        "elementwise": ("function",), "choice": ("function",), "independent": ("random",),
        "identically_distributed": ("random",),
        "gaussian": ("random",), "finite_variance": ("random",),
        "finite": ("mass", "density", "function", "set", "random"),
        "variable_of_proportionality": ("scalar", "vector", "matrix"), "even": ("density", "function", "random"),
        **dict.fromkeys(("skew_symmetric", "lower_triangular", "upper_triangular", "zero_diagonal", "full_rank",
                         "positive_diagonal", "square"), ("matrix",)),
        "permutation": ("matrix", "function"), "decreasing": ("scalar",), "odd": ("function",),
        "zero_outside": ("scalar", "vector", "matrix"), "regular_values": ("function",),
        "additive_constant": ("scalar",)}

# Roles that may be said of functions and laws too; the others of numbers and arrays alone.
GENERAL_ROLES = frozenset(("fixed", "given", "known", "unknown", "arbitrary", "learned", "generic", "cost",
                           "real-valued", "scalar-valued"))

# Words that tell how a name is built or read, not only where it lies: unread, they leave the head unread.
DEFINING = frozenset("""
entries entry rows columns row column whose defined definition given derivative layout index indices over from
equal equals ones zeros value values valued share where obtained computed of by is are zero each equation in to
scalar scalars vector vectors matrix matrices array function functions random sequence integer integers label
set density mass distribution law normal gaussian
""".split())


def rows():
    """(part, phrase, what it sets, example) of every row, for the explanation printed to a person."""
    return tuple((r.part, r.pattern, ", ".join(f"{k} = {_plain(v)}" for k, v in r.sets.items()), r.example)
                 for r in ROWS)


def _plain(value):
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_plain, value)) + ")"
    if value is IMPLIED:
        return "not stated"
    return value if isinstance(value, str) else str(getattr(value, "value", value))
