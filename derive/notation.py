"""The one table of notation: how each head of a Term is printed, and how it may be written.

Reader and printer share these rows, so that what is printed is read back as the same Term.
"""

from derive.term import LATEX, Relation

# Binding powers, loosest first.  An operand printed in a tighter place than its own power stands in parentheses.
IMPLICATION, DISJUNCTION, CONJUNCTION, RELATION, SUM, ENTRYWISE, PRODUCT, PREFIX, POWER, ATOM = range(10, 110, 10)

# A function of one argument: how it is printed, then how else it may be written.
FUNCTIONS = {
    "exp": (r"\exp", r"\operatorname{exp}"),
    "log": (r"\log", r"\operatorname{log}"),
    "sin": (r"\sin", r"\operatorname{sin}"),
    "cos": (r"\cos", r"\operatorname{cos}"),
    "tan": (r"\tan", r"\operatorname{tan}"),
    "sinh": (r"\sinh", r"\operatorname{sinh}"),
    "cosh": (r"\cosh", r"\operatorname{cosh}"),
    "tanh": (r"\tanh", r"\operatorname{tanh}"),
    "arctan": (r"\arctan", r"\operatorname{arctan}", r"\operatorname{atan}"),
    "sigmoid": (r"\operatorname{sigmoid}", r"\operatorname{logistic}"),
    "softplus": (r"\operatorname{softplus}",),
    "relu": (r"\operatorname{ReLU}", r"\operatorname{relu}", r"\operatorname{rectifier}"),
    "sign": (r"\operatorname{sign}", r"\operatorname{sgn}"),
    "abs": (r"\operatorname{abs}",),
    "erf": (r"\operatorname{erf}",),
    "gamma": (r"\Gamma", r"\operatorname{Gamma}"),
    "lgamma": (r"\operatorname{lgamma}", r"\operatorname{gammaln}"),
    "digamma": (r"\operatorname{digamma}",),
    "conj": (r"\operatorname{conj}",),
    "re": (r"\operatorname{Re}", r"\Re"),
    "im": (r"\operatorname{Im}", r"\Im"),
    "softmax": (r"\operatorname{softmax}",),
    "vec": (r"\operatorname{vec}", r"\operatorname{Vec}"),
    "diag": (r"\operatorname{diag}", r"\operatorname{Diag}"),
    "det": (r"\det", r"\operatorname{det}"),
    "tr": (r"\operatorname{tr}", r"\operatorname{Tr}", r"\operatorname{trace}"),
    "entropy": (r"\mathrm{H}", r"\mathcal{H}", r"\mathbb{H}", r"\operatorname{entropy}"),
}

# Functions whose whole argument stands after them without parentheses in print: log x, det A.
BARE_ARGUMENT = ("log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan")

# Enclosing pairs: head, opening, closing.
FENCES = {"abs": ("|", "|"), "norm": (r"\|", r"\|"), "floor": (r"\lfloor", r"\rfloor")}

# Operators on random variables, called with brackets.
MOMENTS = {
    "E": (r"\mathbb{E}", r"\mathrm{E}", r"\mathbf{E}", "E"),
    "Var": (r"\operatorname{Var}", r"\mathbb{V}", r"\operatorname{var}"),
    "Cov": (r"\operatorname{Cov}", r"\operatorname{cov}"),
}
DIVERGENCE = (r"D_{\operatorname{KL}}", "D_{KL}", r"\operatorname{KL}", r"\mathbb{D}_{\operatorname{KL}}",
              r"D_{\mathbb{KL}}")
INDICATOR = (r"\mathbb{1}", r"\mathbf{1}", r"\mathbb{I}", r"\mathrm{1}")
NORMAL_LAW, NORMAL_DENSITY = (r"\mathcal{N}",), (r"\operatorname{Norm}",)

# Operators with their variable below.
SUMS = {"sum": r"\sum", "prod": r"\prod"}
EXTREMA = {"max": (r"\max", r"\operatorname{max}", r"\sup"), "min": (r"\min", r"\operatorname{min}", r"\inf")}
EXTREMISERS = {"argmin": (r"\operatorname{argmin}",), "argmax": (r"\operatorname{argmax}",)}

# Infix operators of the second kind: tighter than a sum, looser than juxtaposition.
ENTRYWISE_OPERATORS = {"hadamard": (r"\odot", r"\circ"), "kron": (r"\otimes",)}
TIMES = (r"\cdot", r"\times")

RELATIONS = {latex: relation for relation, latex in LATEX.items()} | {r"\propto": Relation.PROPTO}
IMPLICATIONS = (Relation.IFF, Relation.IMPLIES)
CONNECTIVES = {"and": (r"\wedge", r"\text{and}", r"\cap"), "or": (r"\vee", r"\text{or}", r"\cup")}
COMPLEMENTS = ("c", r"\mathrm{c}", r"\mathsf{c}", r"\complement", "C")
CONDITIONS = ("rel", "and", "or")

CONSTANTS = {"pi": (r"\pi",), "infinity": (r"\infty",), "zeros": (r"\mathbf{0}", r"\boldsymbol{0}")}
EULER = ("e", r"\mathrm{e}")
TRANSPOSES = (r"\top", "T", r"\mathrm{T}", r"\mathsf{T}", r"\mathbf{T}")

# Letters that are commands.
GREEK = ("alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho "
         "varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi "
         "Psi Omega").split()
LETTERS = {"\\" + g for g in GREEK} | {r"\ell", r"\hbar", r"\imath", r"\jmath"}

# Letters that are read as functions where nothing is declared of them and a parenthesis follows.
FUNCTION_LETTERS = frozenset(["f", "g", "h", "p", "q", "P", "F", "G", "Pr", r"\mathbf{f}", r"\mathbf{g}", r"\ell"])
# Letters that are read as indices, not labels, below an undeclared letter.
INDEX_LETTERS = frozenset("ijklmnst")



def readings(table):
    """{spelling: head} of a table of rows, every spelling of every row."""
    return {spelling: head for head, row in table.items() for spelling in row}


# Every name that means something where nothing is declared of it: the row it belongs to.
BUILT_IN_NAMES = {
    **readings(FUNCTIONS), **{t: "moment" for row in MOMENTS.values() for t in row},
    **{t: "extremiser" for row in EXTREMISERS.values() for t in row},
    **{t: "extremum" for row in EXTREMA.values() for t in row},
    **{t: "euler" for t in EULER}, **{t: "normal" for t in NORMAL_LAW + NORMAL_DENSITY},
    **{t: "indicator" for t in INDICATOR}, **{t: "divergence_word" for t in DIVERGENCE}, r"\pi": "constant",
    **{t: "zeros" for t in CONSTANTS["zeros"]},
}
