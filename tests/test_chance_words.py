"""Words of chance: what is read is enforced.  A false claim that ignores the words is refuted, a true one is proved.

Every row is (symbols, left, relation, right, the verdicts allowed); the facts are those of any textbook of probability.
"""

import pytest

from derive.reading.claims import read_claim
from derive.reading.declarations import read_declarations
from derive.term import ONE, TWO, ZERO, Term, name, num, pow_
from verifiers.judge import judge

T, S, F, U = ("proved",), ("proved", "supported"), ("refuted", "conditional"), ("undecided",)

GAMMA = {"X": r"X \sim \mathrm{Gamma}(\alpha,\beta), shape \alpha and rate \beta", r"\alpha": "positive scalar",
         r"\beta": "positive scalar", "t": "real scalar"}
POISSON = {"X": r"X \sim \mathrm{Poisson}(\lambda)", r"\lambda": "positive scalar", "t": "real scalar"}
BINOMIAL = {"X": "Binomial(n, p) random variable", "n": "integer >= 2", "p": "scalar in (0,1)"}
UNIFORM = {"U": "uniformly distributed on [a,b]", "a": "real scalar", "b": "real scalar with b > a"}
COIN = {"m": r"m \sim \mathrm{Bernoulli}(1-p)", "p": "scalar in (0,1)", "h": "real scalar"}
BETA = {r"\theta": r"\theta \sim \mathrm{Beta}(a,b)", "a": "positive scalar", "b": "positive scalar"}
NORMAL = {"X": r"X ~ N(\mu, \sigma^2)", r"\sigma": "positive scalar", "y": "positive scalar"}
LAPLACE = {"X": r"X \sim \mathrm{Laplace}(\mu, b)", "b": "positive scalar", r"\mu": "real scalar"}
RACE = {"X": r"X \sim \mathrm{Exp}(\lambda), rate \lambda > 0",
 "Y": r"Y \sim \mathrm{Exp}(\mu), rate \mu > 0, independent of X", "t": "positive scalar"}
FLAT = {"U": "uniform random variable on (0,1)", r"\lambda": "positive scalar", "t": "positive scalar"}
COINS = {"X": "Bernoulli random variable with parameter p", "Y": "Bernoulli with parameter q, independent of X"}
RATES = {"p": "scalar in (0,1)", "q": "scalar in (0,1)", r"\lambda": "positive scalar", r"\mu": "positive scalar"}
WAIT = {"X": "exponential random variable with mean m", "m": "positive scalar"}
IID = {"x_i": r"i.i.d. with mean \mu and variance \sigma^2, i = 1..n", "n": "integer >= 2"}

NAMED = [
    (GAMMA, r"\operatorname{Var}[X]", "=", r"\alpha/\beta^2", T), (GAMMA, r"\mathbb{E}[X]", "=", r"\alpha\beta", F),
    (GAMMA, r"\mathbb{E}[1/X]", "=", r"\beta/(\alpha-1)", T), (GAMMA, r"\mathbb{E}[1/X]", "=", r"\beta/\alpha", F),
    (GAMMA, r"\mathbb{E}[e^{tX}]", "=", r"(1-t/\beta)^{-\alpha}", T),
    (GAMMA, r"\mathbb{E}[e^{tX}]", "=", r"(1-t/\beta)^{\alpha}", F),
    (POISSON, r"\mathbb{E}[X(X-1)]", "=", r"\lambda^2", T), (POISSON, r"\mathbb{E}[X(X-1)]", "=",
     r"\lambda^2+\lambda", F),
    (POISSON, r"\mathbb{E}[e^{tX}]", "=", r"\exp(\lambda(e^t-1))", T),
    (POISSON, r"\lfloor X\rfloor", "=", "X", S + U), (POISSON, "X", r"\ge", "0", S),
    (BINOMIAL, r"\operatorname{Var}(X/n)", "=", r"\frac{p(1-p)}{n}", T), (BINOMIAL, r"\operatorname{Var}(X/n)", "=",
                                                                          "p(1-p)", F),
    (UNIFORM, r"\operatorname{Var}[U]", "=", r"\frac{(b-a)^2}{12}", T),
    (UNIFORM, r"\operatorname{Var}[U]", "=", r"\frac{(b-a)^2}{6}", F),
    (COIN, r"\operatorname{Var}\left[\frac{mh}{1-p}\right]", "=", r"\frac{p}{1-p}h^2", T),
    (COIN, r"\operatorname{Var}\left[\frac{mh}{1-p}\right]", "=", "p(1-p)h^2", F),
    (COIN, r"\mathbb{E}[\log(1+m)]", "=", r"(1-p)\log 2", T), (COIN, r"\mathbb{E}[\log(1+m)]", "=", r"p\log 2", F),
    (BETA, r"\operatorname{Var}[\theta]", "=", r"\frac{ab}{(a+b)^2(a+b+1)}", T),
    (BETA, r"\operatorname{Var}[\theta]", "=", r"\frac{ab}{(a+b)^3}", F),
    (NORMAL, r"\mathbb{E}[(X-\mu)^4]", "=", r"3\sigma^4", T), (NORMAL, r"\mathbb{E}[(X-\mu)^4]", "=", r"3\sigma^2", F),
    (LAPLACE, r"\operatorname{Var}[X]", "=", "2b^2", T), (LAPLACE, r"\operatorname{Var}[X]", "=", "b^2", F),
    (WAIT, r"\mathbb{E}[X^2]", "=", "2m^2", T), (WAIT, r"\mathbb{E}[X]", "=", "1/m", F),
    (IID, r"\operatorname{Var}\left[\frac{1}{n}\sum_{i=1}^n x_i\right]", "=", r"\frac{\sigma^2}{n}", S),
    (IID, r"\operatorname{Var}\left[\frac{1}{n}\sum_{i=1}^n x_i\right]", "=", r"\sigma^2", F),
]
PROBABILITIES = [
    (RACE, r"\Pr(X>t)", "=", r"e^{-\lambda t}", T), (RACE, r"\Pr(X>t)", "=", r"1-e^{-\lambda t}", F),
    (RACE, r"\Pr(\min(X,Y)>t)", "=", r"e^{-(\lambda+\mu)t}", T),
    (RACE, r"\Pr(\min(X,Y)>t)", "=", r"e^{-\lambda t}+e^{-\mu t}", F),
    (FLAT, r"\Pr\left(-\frac{1}{\lambda}\ln U>t\right)", "=", r"e^{-\lambda t}", T),
    (FLAT, r"\Pr\left(-\frac{1}{\lambda}\ln U>t\right)", "=", r"1-e^{-\lambda t}", F),
    (FLAT, r"\Pr(U\le t)", "=", "t", F), (FLAT, r"\Pr(U\le t)", "=", r"\min(1,t)", S),
    (NORMAL, r"\frac{d}{dy}\Pr(e^X\le y)", "=", r"\frac{1}{y}\mathcal{N}(\ln y;\mu,\sigma^2)", T),
    (NORMAL, r"\frac{d}{dy}\Pr(e^X\le y)", "=", r"\mathcal{N}(\ln y;\mu,\sigma^2)", F),
    (COINS, r"\Pr(X=1\mid X+Y=1)", "=", r"\frac{p(1-q)}{p(1-q)+q(1-p)}", T),
    (COINS, r"\Pr(X=1\mid X+Y=1)", "=", r"\frac{p(1-q)}{p+q}", F), (COINS, r"\Pr(X=1, Y=0)", "=", "p(1-q)", T),
    (RATES, r"\mathrm{KL}(\mathrm{Bernoulli}(p)\|\mathrm{Bernoulli}(q))", "=",
     r"p\log\frac{p}{q}+(1-p)\log\frac{1-p}{1-q}", T),
    (RATES, r"\mathrm{KL}(\mathrm{Bernoulli}(p)\|\mathrm{Bernoulli}(q))", "=", r"p\log\frac{p}{q}", F),
    (RATES, r"\mathrm{KL}(\mathrm{Poisson}(\lambda)\|\mathrm{Poisson}(\mu))", "=",
     r"\lambda\log\frac{\lambda}{\mu}+\mu-\lambda", T),
    (RATES, r"\mathrm{KL}(\mathrm{Poisson}(\lambda)\|\mathrm{Poisson}(\mu))", "=",
     r"\lambda\log\frac{\lambda}{\mu}", F),
    (RATES, r"\mathrm{KL}(\mathrm{Exp}(\lambda)\|\mathrm{Exp}(\mu))", "=",
     r"\log\frac{\lambda}{\mu}+\frac{\mu}{\lambda}-1",
     T),
    (RATES, r"\mathrm{H}[\mathrm{Exp}(\lambda)]", "=", r"1-\log\lambda", T),
    (RATES, r"\mathrm{H}[\mathrm{Exp}(\lambda)]", "=", r"1+\log\lambda", F),
    (RATES, r"\mathbb{E}_{x\sim\mathrm{Poisson}(\lambda)}[x^2]", "=", r"\lambda+\lambda^2", T),
    (RATES, r"\mathbb{E}_{x\sim\mathrm{Poisson}(\lambda)}[x^2]", "=", r"\lambda", F),
]
BAYES = {"p(z)": "prior pmf over finitely many latent states", "p(x|z)": "likelihood, conditional pmf of x given z",
         "p(z|x)": "posterior pmf"}
JOINT = {"p(x,y)": "joint pmf of X and Y over finite alphabets"}
SCORE = {r"p_\theta": r"pmf over a finite set, smooth in \theta", r"\theta": "real scalar", "f": "real function"}
KERNEL = {"P(s'|s,a)": "transition distribution over a finite state space", "r(s,a)": "deterministic reward",
          "V": "real function", r"\gamma": "scalar in (0,1)",
           "Q(s,a)": r"Q(s,a) = r(s,a)+\gamma\sum_{s'}P(s'|s,a)V(s')"}
VALUES = {r"\pi(a|s)": "policy", "V": "state-value function", "Q(s,a)": "table of action values"}
TWO_LAWS = {"p": "pmf on a finite set", "q": "strictly positive pmf on a finite set", "f": "real function"}
LAWS = [
    (BAYES, "p(z|x)", "=", r"\frac{p(x|z)p(z)}{\sum_{z'}p(x|z')p(z')}", T),
    (BAYES, "p(z|x)", "=", r"\frac{p(x|z)p(z)}{\sum_{z'}p(x|z')}", F),
    (JOINT, r"\sum_y p(x,y)", "=", "p(x)", S), (JOINT, r"\sum_x p(x,y)", "=", "p(x)", F),
    (JOINT, "p(x|y)p(y)", "=", "p(x,y)", S), (JOINT, "p(x)p(y)", "=", "p(x,y)", F), (JOINT, "p(x|y)", "=", "p(x,y)", F),
    (SCORE, r"\frac{\partial}{\partial\theta}\mathbb{E}_{x\sim p_\theta}[f(x)]", "=",
     r"\mathbb{E}_{x\sim p_\theta}\left[f(x)\frac{\partial}{\partial\theta}\log p_\theta(x)\right]", S),
    (SCORE, r"\frac{\partial}{\partial\theta}\mathbb{E}_{x\sim p_\theta}[f(x)]", "=", "0", F),
    (KERNEL, r"\mathbb{E}_{s'\sim P(\cdot|s,a)}[r(s,a)+\gamma V(s')-V(s)]", "=", "Q(s,a)-V(s)", S),
    (KERNEL, r"\mathbb{E}_{s'\sim P(\cdot|s,a)}[r(s,a)+\gamma V(s')-V(s)]", "=", r"Q(s,a)-\sum_{s'}P(s'|s,a)V(s')", F),
    (VALUES, "V(s)", "=", r"\sum_a\pi(a|s)Q(s,a)", U),
    (TWO_LAWS, r"\mathbb{E}_p[f(x)]", "=", r"\mathbb{E}_q\left[\frac{p(x)}{q(x)}f(x)\right]", T),
    (TWO_LAWS, r"\mathbb{E}_p[f(x)]", "=", r"\mathbb{E}_q\left[\frac{q(x)}{p(x)}f(x)\right]", F),
    (TWO_LAWS | {"p(x)": "pmf on a finite set"}, "p(x)", r"\le", "1", S),
]
PAIR = {"X": "discrete random variable", "Y": "discrete random variable", "H": "Shannon entropy",
        "I": "mutual information"}
APART = PAIR | {"Y": "discrete random variable, independent of X"}
THREE = PAIR | {"Z": "discrete random variable"}
INFORMATION = [
    (PAIR, "H(X,Y)", "=", "H(X)+H(Y|X)", T), (PAIR, "H(X,Y)", "=", "H(X)+H(Y)", F),
    (PAIR, "I(X;Y)", "=", "H(X)-H(X|Y)", T), (PAIR, "I(X;Y)", "=", "H(X)-H(Y|X)", F),
    (APART, "I(X;Y)", "=", "0", S), (APART, "H(X,Y)", "=", "H(X)-H(Y)", F), (PAIR, "I(X;Y)", "=", "0", F),
    (THREE, "H(X,Y|Z)", "=", "H(X|Z)+H(Y|X,Z)", T), (THREE, "H(X,Y|Z)", "=", "H(X|Z)+H(Y|X)", F),
    (PAIR, "H(X|Y)", r"\ge", "H(X)", F), (PAIR | {"X": "random variable"}, "H(X,Y)", "=", "H(X)+H(Y)", U),
]
HAPPENING = {"A": "event", "B": "event with 0 < P(B) < 1", "X": "integrable random variable", "B^c": "complement of B"}
LONE = {"A": "event", "B": "event, independent of A"}
EVENTS = [
    (HAPPENING, r"P(A\cup B)", "=", r"P(A)+P(B)-P(A\cap B)", T), (HAPPENING, r"P(A\cup B)", "=",
     "P(A)+P(B)-P(A)P(B)", F),
    (HAPPENING, r"P(A\mid B)", "=", r"\frac{P(B\mid A)P(A)}{P(B)}", T),
    (HAPPENING, r"P(A\mid B)", "=", r"\frac{P(B\mid A)P(B)}{P(A)}", F),
    (HAPPENING, r"P(A)", "=", r"P(A|B)P(B)+P(A|B^c)P(B^c)", T), (HAPPENING, r"P(A)", "=", r"P(A|B)+P(A|B^c)", F),
    (HAPPENING, r"\mathbb{E}[X]", "=", r"\mathbb{E}[X|B]\Pr(B)+\mathbb{E}[X|B^c]\Pr(B^c)", S),
    (HAPPENING, r"\mathbb{E}[X]", "=", r"\mathbb{E}[X|B]+\mathbb{E}[X|B^c]", F),
    (HAPPENING, r"P(A\cap B)", r"\le", "P(A)", S), (HAPPENING, r"P(A\cap B)", r"\ge", "P(A)", F),
    (LONE, r"P(A\cap B)", "=", "P(A)P(B)", T), (LONE, r"P(A\cap B)", "=", "P(A)", F),
]
TABLE = NAMED + PROBABILITIES + LAWS + INFORMATION + EVENTS


@pytest.mark.parametrize("symbols, left, relation, right, allowed", TABLE,
                         ids=[f"{left} {r} {right}" for _, left, r, right, _ in TABLE])
def test_what_is_read_is_enforced(symbols, left, relation, right, allowed):
    assert judge(read_claim(left, relation, right, symbols), seed=3).name in allowed


READ = [
    ("X", r"X \sim \mathrm{Poisson}(\lambda)", {"law": Term("law", (name(r"\lambda"),), "poisson")}),
    ("X", "Poisson random variable with mean 3", {"law": Term("law", (num(3),), "poisson")}),
    ("X", "exponential random variable with mean 2", {"law": Term("law", (pow_(TWO, num(-1)),), "exponential")}),
    ("X", r"\mathcal{N}(0, 1)", {"mean": ZERO, "variance": ONE}), ("X", "uniform on [0,1]",
                                                                  {"law": Term("law", (ZERO, ONE), "uniform")}),
    ("X", "random variable follows Beta(2, 2)", {"law": Term("law", (TWO, TWO), "beta")}),
]


@pytest.mark.parametrize("latex, words, expected", READ)
def test_reads_a_law(latex, words, expected):
    found = read_declarations({latex: words})[0]
    assert not found.unread and {k: getattr(found, k) for k in expected} == expected


UNREAD = [      # which parameter is which is not said, or what is said does not fit
    "Gamma(k, 3)", r"X \sim \mathcal{N}(0, \sigma)", "Bernoulli random variable",
     r"Poisson with rate \lambda and mean 3",
    "Gamma(a, b), shape b and rate a", "random variable with rate 2", "Exp(2)", "Binomial(n)", "Beta(2, 2), mean 3",
    "standard Cauchy random variable",
]


@pytest.mark.parametrize("words", UNREAD)
def test_does_not_read_half_a_law(words):
    found = read_declarations({"X": words})[0]
    assert found.unread and found.unread_head
