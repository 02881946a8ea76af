"""Nouns that tell what a name is for: "learning rate", "query vector", "number of classes", "weights of the layer".

A role is read and constrains nothing: no domain, no structure, no size follows from it.  It may tell the kind, where a
thing of that name is always a number.  A word that relates the name to others (mean, residual, gradient) is no role.
"""

import re

from derive.reading.row import head, link, quality
from derive.term import IMPLIED, ONE

# Said before or instead of a kind; plurals included.
NOUNS = """
weight bias parameter coefficient intercept offset feature attribute covariate regressor channel patch filter layer
neuron network model input observation data datum dataset point example sample training test validation batch
minibatch epoch iteration round step label class category target response token query key value head attention
embedding document sentence user item rating cluster centre center component state action reward policy agent
hyperparameter constant regulariser regularizer penalty budget node edge neighbour neighbor position context image
pixel signal measurement sensor noise direction location shift scale gain anchor answer comparator competitor expert
arm design candidate prototype codeword factor loading latent logit score log-ratio margin threshold temperature angle
phase time frequency amplitude bandwidth slope decay tolerance momentum pre-activation price cost particle atom player
rate discount horizon symbol toss trial episode trajectory preference level classifier draw arrival variable multiplier
""".split()
ADJECTIVES = """
fixed given known unknown arbitrary learned learnable trainable observed generic hidden deep current next previous new
old initial final anchor latent angular regularisation regularization regression
classification preferred rejected chosen correct wrong running moving input output step-size learning focusing
exploration concentration waiting trace-decay arrival smoothing noisy clean raw scalar-valued real-valued free tunable
ridge lasso response upstream downstream incoming backpropagated dual primal slack leak mini-batch Lagrange
user-factor item-factor
""".split()
# What a formula is called after it: it says no more than the formula.  The last word is one of the nouns.
FORMULA_NOUNS = frozenset("""
pseudo-inverse pseudoinverse cdf pdf function loss error likelihood log-likelihood cross-entropy softmax average
similarity distance estimator estimate objective score density statistic
""".split())
# The same in several words: names of formulas that ask nothing of the letters in them.
FORMULA_TITLES = frozenset(("hat matrix", "attention scores", "attention weights", "residual", "residuals",
                            "residual vector", "logits", "predictions", "prediction", "pre-activation",
                            "pre-activations", "centroid",
                            "sample covariance", "sample covariance matrix", "empirical covariance", "scatter matrix",
                            "sample mean", "empirical risk", "normal equations", "ridge solution", "ridge estimator",
                            "least squares solution", "attention output", "batch mean", "batch variance",
                            "Euclidean inner product", "squared loss", "log loss"))
FORMULA_ADJECTIVES = FORMULA_NOUNS | frozenset("""
the standard normal gaussian Gaussian logistic cumulative distribution squared absolute mean sample empirical binary
hinge Huber cosine weighted Moore-Penrose least squares
""".split())

# Roles of several words, also such as would mean something else word by word.
PHRASES = (
    "learning rate", "step size", "decay rate", "decay factor", "discount factor", "weight decay", "degrees of freedom",
    "negative slope", "kernel (?:weight|centre|center|width)s?",
    "(?:positive|negative) (?:embedding|sample|example|class|key|document|answer|item|pair|passage)s?",
    "(?:true|correct|ground-truth) (?:class(?:es)?|label|target|parameter)s?",
    "(?:rate|shape|scale|location|rate|smoothing|tuning|regularisation|regularization|penalty) "
    "(?:parameter|coefficient|strength|constant|weight)s?", "(?:hidden|output|input) (?:units|weights?|bias(?:es)?)",
    "class(?:es)?", "bias(?:es)?", "batch(?:es)?", "vertices", "categories", "queries", "entities", "dictionaries",
    "dual variables?", "Lagrange multipliers?", "slack variables?", "leak parameter",
    "(?:first|second|third|last) (?:layer|head|block|step|iteration|class|component|sample|example|point)s?",
    "policies", "frequencies", "tosses", "fan-in", "fan-out", "pseudo-counts?", "log-odds", "negatives", "positives",
)
# A thing of this name is a number.
NUMBERS = re.compile(
    r"(?:.* )?(?:constant|parameter|dual variable|slack variable|multiplier|coefficient|hyperparameter|intercept"
    r"|learning rate|step size|decay"
    r"|decay rate|decay factor|discount factor|degrees of freedom|temperature|threshold|margin|angle|phase|time"
    r"|frequency|amplitude|bandwidth|slope|tolerance|momentum|logit|score|log-ratio|log-odds|price|cost"
    r"|rate|discount|horizon|level|reward|waiting time|fan-in|fan-out|preference|pseudo-count"
    r"|(?:regularisation|regularization|penalty) (?:strength|weight))s?")
# What such words are computed from; unread as long as something of the kind is declared (see ``sources``).
OF_DATA = tuple("""
mean average median variance deviation centroid total sum
""".split())
OF_FUNCTIONS = tuple("""
gradient subgradient derivative Hessian Jacobian minimiser minimizer maximiser maximizer optimum iterate update
""".split())
OF_ANYTHING = tuple("""
residual error prediction predicted estimated estimate estimator loss objective difference ratio product norm distance
similarity activation output eigenvalue eigenvector solution
""".split())

_WORD = "|".join([*(p.replace(" ", r"\s+") for p in sorted(PHRASES, key=len, reverse=True)),
                  *(f"{w}s?" for w in sorted(NOUNS, key=len, reverse=True)),
                  *sorted(ADJECTIVES, key=len, reverse=True)])
SLOT = rf"(?:(?:{_WORD})\s+)*(?:{_WORD})(?![A-Za-z0-9_]|-[A-Za-z])"
_SIGNS = (("positive", "positive"), ("strictly positive", "positive"), ("nonnegative", "nonnegative"),
          ("non-negative", "nonnegative"), ("nonzero", "nonzero"), ("non-zero", "nonzero"))
_MATRIX = (IMPLIED, IMPLIED)
_BASES = ("standard basis", "canonical basis", "standard unit", "unit", "coordinate", "basis", "unit coordinate")

RELATIONS = tuple(quality(f"{w}|{w}s", f"{w} (real)", unclear=w) for w in OF_DATA + OF_FUNCTIONS + OF_ANYTHING) + tuple(
    quality(w, f"{w} (real)", unclear=of) for w, of in (
        ("similarities", "similarity"), ("losses", "loss"), ("optima", "optimum"), ("standard deviation", "deviation")))

DIAGONALS = tuple(
    link(f"{word} {noun}", f"diagonal matrix n x n with {word} {plain}", diagonal_sign=sign, **also)
    for word, sign in _SIGNS for noun, plain, also in (
        ("diagonal? entries|elements|values <f>", "diagonal entries d_i", {"diagonal": "<f>"}),
        ("diagonal? entries|elements|values", "diagonal entries", {}), ("diagonal", "diagonal", {}),
        ("entries|elements|values on the|its diagonal", "entries on the diagonal", {})))

# Functions that have a name of their own.
_NAMED = (
    ("rectified linear unit", "relu"), ("ReLU activation? function?", "relu"),
    ("softmax function|map|operator?", "softmax"), ("hyperbolic tangent function?", "tanh"),
    ("exponential function", "exp"), ("natural? logarithm function?", "log"),
    ("standard normal|Gaussian cdf|CDF", "normal_cdf"), ("standard normal|Gaussian pdf|PDF|density", "normal_pdf"),
    ("standard normal|Gaussian cumulative? distribution function", "normal_cdf"),
    ("cdf|CDF of the standard normal|Gaussian distribution?", "normal_cdf"),
    ("cumulative distribution function of the standard normal|Gaussian distribution?", "normal_cdf"),
    ("pdf|PDF|density of the standard normal|Gaussian distribution?", "normal_pdf"),
    ("standard normal|Gaussian probability? density function", "normal_pdf"),
    ("swish|SiLU activation? function?", "swish"), ("GELU activation? function?", "gelu"),
)

KINDS = (
    head("number of <roles>", "size", "number of classes", domain="integer", low=ONE),
    head("sample|batch|vocabulary|embedding|hidden size|dimension", "size", "sample size", domain="integer", low=ONE),
    head("dimension", "size", domain="integer", low=ONE),
    head("logistic|sigmoid function?", "function", "logistic function", meaning="sigmoid"),
    head("sign|signum function", "function", "sign function", meaning="sign"),
    head("gamma function", "function", meaning="gamma"), head("digamma function", "function", meaning="digamma"),
    head("error function", "function", meaning="erf"),
    *(head(words, "function", meaning=meaning) for words, meaning in _NAMED),
    head("nonlinearity|non-linearity", "function", "differentiable nonlinearity applied elementwise"),
    *(head(f"activation{comma} applied elementwise|entrywise|componentwise|pointwise", "function",
           f"smooth activation{comma} applied elementwise", structure=("elementwise",)) for comma in ("", ",")),
    head("real part", "function", meaning="re"), head("imaginary part", "function", meaning="im"),
    head("stacks the? columns of? a? matrix?", "function", meaning="vec"),
    head("<self>? in Z", "size", "n in Z", domain="integer"),
    head("<self>? in N", "size", "n in N", domain="integer", low=ONE),
    head("<self>? in <interval>", "scalar", "x in (0,1)", interval="<interval>"),
    head("<self>? in <set>", "scalar", "x in {0, 1}", choices="<set>"),
    head("identity", "identity", shape=_MATRIX),
    link("of size|order|dimension|dimensions <n>", "identity matrix of size n", shape=("<n>", "<n>")),
    link("<n> rows and <m> columns", "matrix with n rows and d columns", shape=("<n>", "<m>")),
    link("values in invertible|nonsingular <n> x <m> matrices",
         "differentiable function of t with values in invertible n x n matrices", shape=("<n>", "<m>"), regular=True),
    head("element|member of|in R^{<n> x <m>}", "matrix", "member of R^{n x d}", shape=("<n>", "<m>")),
    head("element|member|point of|in R^<n>", "vector", "element of R^d", shape=("<n>",)),
    head("elements|points of|in R^<n>", "vector", "points in R^d, i = 1..n", shape=("<n>",), many=True),
    link("values in <n> x <m> matrices", "differentiable function of t with values in n x d matrices",
         shape=("<n>", "<m>")),
    link("whose <i>-th row is <f>", r"matrix n x d whose i-th row is \mathbf{x}_i^T", rows="<f>", counted="<i>"),
    link("whose <i>-th column is <f>", r"matrix d x n whose i-th column is \mathbf{x}_i", columns="<f>", counted="<i>"),
    link("such? that? <f> is? invertible|nonsingular|non-singular", "matrix n x n such that I+AB is invertible",
         invertible="<f>"),
    quality("that|which sum to one|1", "weights that sum to one, i = 1..n", structure=("sums_to_one",)),
    link("<r> for|if|when|whenever all? <q>",
         r"random variables with \operatorname{Cov}[x_s,x_t]=c for s \ne t, t = 1..T", conditional=("<r>", "<q>")),
    link("for|with all|every? <i> = <a>..<b>", "vectors d, for i = 1..n", range=("<i>", "<a>", "<b>")),
    link("positive determinant", "matrix n x n with positive determinant", determinant=">"),
    link("negative determinant", "matrix n x n with negative determinant", determinant="<"),
    link("all? entries treated as? independent|free", "matrix n x n, all entries treated as independent", free=True),
    *(link(f"all? entries|elements|components {word}", f"vector d, all entries {word}", entry_domain=sign)
      for word, sign in _SIGNS),
    link("not all equal|identical", "real scalars, i = 1..n, not all equal", spread_out=True),
    quality("sample|arithmetic|empirical? mean|average of the? <x>", "sample mean of the x_i", average="<x>"),
    quality("sample|arithmetic? mean|average of the? entries|components|elements|coordinates of <x>",
            "mean of the entries of z", average_entries="<x>"),
    quality("attention|mixture|mixing weights", "attention weights summing to one, i = 1..n", unclear="shares"),
    quality("counts", "vector of counts", unclear="counts"), quality("of counts", "vector of counts", unclear="counts"),
    quality("sufficiently? small|large", "small positive constant", unclear="small"),
    link("of <n> ones", "vector of n ones", shape=("<n>",), ones=True),
    link("of R^<n>", "vector of R^d", shape=("<n>",)),
    link("<self> in R", "scalar, x in R"), link("<self> in R^<n>", "vector, x in R^d", shape=("<n>",)),
    link("<self> in R^{<n> x <m>}", "matrix, x in R^{n x d}", shape=("<n>", "<m>")),
    link("<self> in <interval>", "scalar, x in (0,1)", interval="<interval>"),
    link("<self> in <set>", "scalar, x in {0, 1}", choices="<set>"),
    *DIAGONALS,
    quality("not necessarily symmetric|square|invertible|positive|diagonal|definite|orthogonal",
            "matrix n x n, not necessarily symmetric"),
    *(quality(word, f"{word} matrix n x d", unclear=word) for word in ("tall", "wide", "fat", "thin", "skinny")),
    quality("non-constant|nonconstant", "non-constant vector in R^d", unclear="non-constant"),
    quality("upstream|incoming gradients?", "upstream gradients, real, i = 1..n", role="upstream"),
    *(quality(f"{word} constant|parameter|modulus", f"{word} constant, positive", unclear="constant of a function")
      for word in ("smoothness", "Lipschitz", "strong-convexity", "convexity")),
    quality("of|for|at|in the? layer|step|iteration|round|block <n>", "matrix of layer l+1", shifted="<n>"),
    link("of? eigenvalues", "diagonal matrix n x n of eigenvalues", unclear="eigenvalue"),
    head("singular values", "scalar", "positive singular values, i = 1..r", many=True, unclear="singular value",
         domain="nonnegative"),
    head("eigenvalues", "scalar", "real eigenvalues, i = 1..n", many=True, unclear="eigenvalue"),
    head("eigenvalue", "scalar", "real eigenvalue", unclear="eigenvalue"),
    head("eigenvalue of <name>", "scalar", "eigenvalue of A", unclear="eigenvalue"),
    head("eigenvector of <name> with|for|to|corresponding|associated to? the? eigenvalue <x>", "vector",
         r"eigenvector of A with eigenvalue \lambda", shape=(IMPLIED,), eigen=("<name>", "<x>")),
    head("eigenvector of <name> with|for|to|corresponding|associated with the? eigenvalue <x>", "vector",
         r"eigenvector of A associated with the eigenvalue \lambda", shape=(IMPLIED,), eigen=("<name>", "<x>")),
    quality("<name>-smooth", "L-smooth function from R^d to R", smoothness="<name>"),
    link("of singular values", "diagonal matrix n x n of singular values", diagonal_sign="nonnegative"),
    head("reals", "scalar", "positive reals, i = 1..n", many=True),
    link("<a>..<b>", "index, 1..K", between=("<a>", "<b>")),
    *(head(f"<i>-th {kind} vector of|in R^<n>", "vector", f"e_c: c-th {kind} vector of R^K", shape=("<n>",), basis=True,
           each=True, own_letter="<i>") for kind in _BASES),
    quality("<roles>", "learning rate", role="<roles>"),
    quality("of|for|at the|each|every|all? <roles>", "vector of weights", owner="<roles>"),
    quality("of|for|at|in the|each|every? <roles> <i>", "vector for round t", owner="<roles>", own_letter="<i>"),
)

ROWS = KINDS + RELATIONS
