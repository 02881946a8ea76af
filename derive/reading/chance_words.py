"""Words of chance: random variables, named laws and their parameters, masses and densities, policies and kernels.

A phrase that only says that a mean or a variance exists, or that nothing is known of a joint law, sets nothing: finite
laws, by which claims are refuted, have all moments.  A word that ties a name to something else (a value function to its
policy) is unclear: what uses less is still proved, and nothing is refuted.
"""

from derive.reading.row import head as _head
from derive.reading.row import link as _link
from derive.reading.row import quality as _quality
from derive.term import IMPLIED, ONE, ZERO, ZEROS

_MANY = {"many": True}
_POINT = {"shape": (IMPLIED,)}
_MASS = {**_POINT, "structure": ("finite",)}
_SHARES = {"domain": "nonnegative", "structure": ("sums_to_one",)}
_IID = ("independent", "identically_distributed")
_DRAWS = "samples|draws|observations|copies|variables|inputs|weights|noises|errors|terms|scores|rewards|components"

VARIABLES = (
    _head("estimator", "random"), _head("estimator of <x>", "random", r"estimator of \theta"),
    _head("unbiased estimator of <f>", "random", r"unbiased estimator of \theta", mean="<f>"),
    _head("random vector", "random", shape=(IMPLIED,)),
    _head("random vectors", "random", shape=(IMPLIED,), **_MANY),
    _head("random vector in R^<n>", "random", "random vector in R^d", shape=("<n>",)),
    _head("random vectors in R^<n>", "random", "independent random vectors in R^d, i = 1..n", shape=("<n>",), **_MANY),
    _head("Gaussian|normal vector in R^<n>", "random", "Gaussian vector in R^d", shape=("<n>",),
          structure=("gaussian",)),
    _head("standard normal|Gaussian vector in? R^<n>", "random", "standard normal vector in R^d", shape=("<n>",),
          structure=("gaussian",), standard=True),
    _head("standard normal|Gaussian vector <n>?", "random", "standard normal vector d", shape=("<n>",),
          structure=("gaussian",), standard=True),
    _head("random number|quantity|weight|input|reward|return|error|sample|noise|score|output|label", "random",
          "random reward"),
    _head("random numbers|quantities|weights|inputs|rewards|returns|errors|samples|scores|outputs|labels", "random",
          "random weights, i = 1..n", **_MANY),
    _head(f"i.i.d.|iid {_DRAWS}", "random", "i.i.d. draws, mean 0", structure=_IID, each=True),
    _head(f"independent {_DRAWS}", "random", "independent copies, mean 0", structure=("independent",), each=True),
    _quality("independent and|, identically distributed", structure=_IID),
    _quality("identically distributed", structure=("identically_distributed",)),
    _quality("integrable|square-integrable", "square-integrable", structure=()),
    _quality("square integrable", structure=()),
    _head("a|an random variable|scalar", "random", "a random variable"),
    _quality("discrete", discrete=True),
    _quality("possibly|arbitrarily dependent", "possibly dependent", structure=()),
    _quality("not necessarily independent", structure=()),
    _quality("jointly distributed", structure=()),
    _link("arbitrary joint law|distribution", structure=()), _link("joint law arbitrary", structure=()),
    _link("finite mean(s)|expectation|expectations", "finite mean", structure=()),
    _link("finite expected logarithm", structure=()),
    _link("finite variances", structure=()),
    _link("finite positive|nonzero variances", structure=("finite_variance",), spread=True),
    _link("positive finite? variances", structure=("finite_variance",), spread=True),
    _link("finite? first|second|third|fourth moment(s)", "finite second moment", structure=()),
    _link("<x> with finite second|fourth moment", "Y with finite second moment", structure=()),
    _link("common mean <f>", r"common mean \mu", mean="<f>"), _link("common mean zero", mean=ZERO),
    _link("the? same mean <f>", r"the same mean \mu", mean="<f>"), _link("zero mean", mean=ZERO),
    _link("zero-mean", mean=ZERO), _link(r"zero mean vector", mean=ZEROS),
    _link("common variance <f>", r"common variance \sigma^2", variance="<f>"),
    _link("unit variance", variance=ONE), _link("variance one", variance=ONE),
    _link("covariance matrix <f>", r"covariance matrix \boldsymbol{\Sigma}", variance="<f>"),
    _link("invertible|nonsingular covariance matrix? <f>", r"invertible covariance \Sigma", variance="<f>"),
    _link("values in <interval>", "values in [a,b]", interval="<interval>"),
    _link("takes? taking? values in <interval>", "taking values in [a,b]", interval="<interval>"),
    _link("values in <set>", "values in {-1, 1}", choices="<set>"),
    _link("for all? <i> != <x>", r"for s \ne t", apart=("<i>", "<x>")),
    _link("a? finite number of values", structure=("finite",)),
    _link("finite support|range", "finite support", structure=("finite",)),
)

NAMED = (
    _head("<law> random? variable|vector?", "random", r"\mathcal{N}(\mu,\sigma^2)", named="<law>", each=True),
    _head(r"\sim <law>", "random", r"\sim \mathrm{Poisson}(\lambda)", named="<law>", each=True),
    _head(r"<self> \sim <law>", "random", r"x \sim \mathrm{Poisson}(\lambda)", named="<law>", each=True),
    _link(r"\sim|follows|has <law>", r"random variable \sim \mathcal{N}(\mu,\sigma^2)", named="<law>"),
    _link(r"<self> \sim <law>", r"random variable, x \sim \mathcal{N}(\mu,\sigma^2)", named="<law>"),
    _link("distributed as <law>", r"random variable distributed as \mathrm{Beta}(a,b)", named="<law>"),
    _link("law|distribution <law>", r"random variable with distribution \mathrm{Beta}(a,b)", named="<law>"),
    _head("drawn|sampled from <law>", "random", r"drawn from \mathcal{N}(0,1)", named="<law>", each=True),
    _head("<family> random? variable|distributed?", "random", "Bernoulli random variable with parameter p",
          family="<family>", each=True),
    _head("<family> random? variables", "random", "Bernoulli random variables with parameter p, i = 1..n",
          family="<family>", **_MANY),
    _head("uniformly|uniform distributed? random? variable? on|over|in <interval>", "random", "uniform on [a,b]",
          flat="<interval>", each=True),
    _head("uniform random variables on|over|in <interval>", "random", "uniform random variables on [0,1], i = 1..n",
          flat="<interval>", **_MANY),
    _head("exponentially distributed", "random", "exponentially distributed with rate r",
          family="exponential"),
    _head("normally distributed", "random", structure=("gaussian",)),
    *(_link(f"{role} <f>", rf"Poisson random variable with {role} \lambda", parameter=(role, "<f>"))
      for role in ("parameter", "probability", "success probability", "rate", "scale", "shape", "location",
                   "intensity", "degrees of freedom")),
    _link("<n> trials", "n trials", trials="<n>"),
)

LAWS = (
    _head("joint|prior pmf", "mass", "joint pmf", **_POINT),
    _head("conditional? pmf", "mass", "pmf", **_POINT),
    _head("joint probability mass function", "mass", **_POINT),
    _head("prior probability mass function", "mass", **_POINT),
    _head("posterior|marginal pmf|density|distribution", "mass", r"p(z|x): posterior pmf", **_POINT, part=True),
    _head("pmfs", "mass", **_POINT), _head("probability mass functions", "mass", **_POINT),
    _head("joint pmfs", "mass", **_POINT),
    _head("joint? pdf|density", "density", "density on the real line", **_POINT),
    _head("joint probability density function?", "density", **_POINT),
    _head("conditional|prior density|pdf", "density", "prior density on the real line", **_POINT),
    _head("densities|pdfs", "density", "densities on the real line", **_POINT),
    _head("stochastic? target|behaviour|behavior|reference|random policy|model", "mass", "behaviour policy", **_MASS),
    _head("stochastic policy", "mass", **_MASS),
    _head("policies", "mass", **_MASS),
    _head("transition probability|distribution|kernel|model|law|function", "mass", "transition kernel", **_MASS),
    _quality("likelihood", law_of_data=True),
    _quality("strictly positive", domain="positive"),
    _quality("everywhere|nowhere positive|zero", "everywhere positive", full=True),
    _quality("positive everywhere", full=True), _quality("positive probability everywhere", full=True),
    _link("full support", full=True), _link("<self> > 0 everywhere", full=True),
    _link("that gives every action positive probability", full=True),
    _link("on|over a? finite? alphabet|alphabets", "over a finite alphabet", structure=("finite",)),
    _link("on|over <set>", "on {1, 2, 3}", structure=("finite",)),
    _link("on|over a? common finite set|alphabet|space", "on a common finite set", structure=("finite",)),
    _link("on|over the|this same? set|alphabet|space", "on this set", structure=("finite",), same=True),
    _link("on|over a finite state|action|product|sample|label space|set", "over a finite state space",
          structure=("finite",)),
    _link("over finitely many latent? states|actions|values|labels|classes|points|outcomes",
          "over finitely many states", structure=("finite",)),
    _link("on|over a? finite set of latent? states|actions|values|labels|classes|points|outcomes",
          "over a finite set of actions", structure=("finite",)),
    _link("a? distribution over finitely many actions|states|values", structure=("finite",)),
    _link("a? distribution over a finite set of actions|states|values", structure=("finite",)),
    _link("of <argument> given <given>", "of x given z", argument="<argument>", given=("<given>",)),
    _link("over <argument> given <given>", "over x given z", argument="<argument>", given=("<given>",)),
    _link("of <argument> given <given> and <also>", "of x given z and w", argument="<argument>",
          given=("<given>", "<also>")),
    _link("of <x> and <y>", "of x and y", joint=("<x>", "<y>")),
    _link("of two|three|several? discrete|random? variables", "of two discrete variables", structure=()),
    _link("marginal <f>", "p(x,y): joint pmf with marginal p(x)", component="<f>"),
    _link("conditional <f>", "p(x,y): joint pmf with conditional p(y|x)", component="<f>"),
)

SHARES = (
    _head("class? priors", "scalar", "class priors, i = 1..K", **_SHARES, **_MANY),
    _head("mixture|mixing|class|component weights|proportions|coefficients", "scalar", "mixing weights, i = 1..K",
          **_SHARES, **_MANY),
    _head("class? probabilities", "scalar", "class probabilities summing to one, i = 1..K",
          domain="nonnegative", shares=True, **_MANY),
    _head("probability vector", "vector", **_POINT, **_SHARES),
    _head("probability vector of length <n>", "vector", "probability vector of length K", shape=("<n>",), **_SHARES),
    _head("probability vector in R^<n>", "vector", "probability vector in R^K", shape=("<n>",), **_SHARES),
    _head("vector of? predicted? class? probabilities", "vector", "vector of probabilities", **_POINT, **_SHARES),
    _head("probability vectors of length <n>", "vector", "probability vectors of length K, i = 1..n", shape=("<n>",),
          **_SHARES, **_MANY),
    _head("prior|success|drop|dropout|mixing? probability", "scalar", "probability", domain="closed_unit"),
    _link("of class|component|label <n>", "of class 1", structure=()),
)

DECISIONS = (
    _head("real-valued|real function", "function", "real-valued function"),
    _head("reward function|table", "function", "reward function", structure=("finite",)),
    _head("deterministic|real|immediate reward", "function", r"r(s,a): real reward", called=True),
    _head("baseline|cost", "function", r"b(s): baseline", called=True),
    _head("constant? baseline", "scalar", "baseline", called=False),
    _head("baseline|cost function", "function", "baseline function"),
    _head("advantage|advantage-function", "function", r"A(s,a): advantage", called=True,
          tied="the advantage over which values?"),
    _head("advantage function", "function", tied="the advantage over which values?"),
    _head("real? functions", "function", "f_i: real functions, i = 1..n", **_MANY),
    _head("finitely many actions|states", "function", "Q(s,a): real, finitely many actions", called=True,
          structure=("finite",)),
    _head("unnormalised|unnormalized positive? function|density|mass", "function", "unnormalised positive function",
          domain="positive"),
    _head("action", "label"), _head("actions|states", "label", "states"),
    _quality("twice|infinitely continuously? differentiable", "twice differentiable", structure=("smooth",)),
    _quality("continuously differentiable", structure=("smooth",)),
    _link("twice|infinitely continuously? differentiable in <argument>", r"twice differentiable in \theta",
          structure=("smooth",), argument="<argument>"),
    _link("continuously differentiable in <argument>", r"continuously differentiable in \theta", structure=("smooth",),
          argument="<argument>"),
    _link("bounded derivative(s)", "differentiable function with bounded derivative", structure=("bounded",)),
    _head("table of? real? action? values", "function", "table of action values", structure=("finite",)),
    _head("table of state values", "function", structure=("finite",)),
    _head("state-value|action-value|value function", "function", "state-value function", structure=("finite",),
          tied="the values of which policy?"),
    _link("a? function of the state only?", "a function of the state only", structure=("finite",)),
    _link("finitely many actions|states", "finitely many actions", structure=("finite",)),
    _link("finite action|state set|space", "finite action set", structure=("finite",)),
    _link("of state|states and action|actions", "of state and action", structure=("finite",)),
    _link("on states", structure=("finite",)), _link("on this set", structure=("finite",), same=True),
    _link("that|which? does|do not depend on <x>", r"that does not depend on \theta", structure=()),
    _link("that|which? is|are? independent of the? action|state", "that is independent of the action", tied="of what?"),
)

BETWEEN = (
    _link("strictly between <a> and <b>", "scalar strictly between 0 and 1", inside=("<a>", "<b>")),
    _link("in the? open interval <interval>", "scalar in the open interval (0,1)", interval="<interval>"),
    _quality("positive entries? that sum to one|1", "positive entries that sum to one", domain="positive",
             structure=("sums_to_one",)),
    _quality("nonnegative|non-negative entries? that sum to one|1", "nonnegative entries that sum to one",
             domain="nonnegative", structure=("sums_to_one",)),
    _link("whose components|entries|coordinates are? i.i.d.|iid", "random vector d whose components are i.i.d.",
          components=_IID),
    _link("i.i.d.|iid components|entries|coordinates", "random vector d with i.i.d. components", components=_IID),
    _link("whose components|entries|coordinates are? independent", "random vector d whose components are independent",
          components=_IID[:1]),
    _link("independent components|entries|coordinates", "random vector d with independent components",
          components=_IID[:1]),
)

PROPORTIONAL = (
    _link("variable of proportionality", structure=("variable_of_proportionality",)),
    _link("proportionality is|holds in <self>", "proportionality is in x", structure=("variable_of_proportionality",)),
    _link("the? argument of the density|law", "the argument of the density",
          structure=("variable_of_proportionality",)),
    _head("variable of proportionality", "scalar", "the variable of proportionality",
          structure=("variable_of_proportionality",)),
)

INFORMATION = (
    _head("entropy in? nats|bits?", "function", "entropy in nats", meaning="entropy"),
    _head("conditional|joint|Shannon entropy in? nats?", "function", "conditional entropy", meaning="entropy"),
    _head("entropy in? nats? of the indicated|given? random? variables", "function",
          "entropy of the indicated variables", meaning="entropy"),
    _head("(conditional)|conditional? mutual information in? nats?", "function", "mutual information",
          meaning="information"),
)

EVENTS = (
    _head("event", "random", domain="binary", structure=("event", "finite")),
    _head("events", "random", "events, i = 1..n", domain="binary", structure=("event", "finite"), **_MANY),
    _head("complement of <x>", "random", "A^c: complement of A", complement="<x>"),
    _head("the? complementary event of <x>", "random", "A^c: complementary event of A", complement="<x>"),
    _link("positive probability", of_event=True),
)

ROWS = BETWEEN + EVENTS + INFORMATION + VARIABLES + NAMED + LAWS + SHARES + DECISIONS + PROPORTIONAL
