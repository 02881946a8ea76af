r"""Declarations said in words: the inverse of ``derive.reading.declarations``.

``key`` is the name as a sheet prints it (``x_i``, ``q(\mathbf{z}|\mathbf{x})``) and ``say`` the words after it, so that
``read_declarations({key(d): say(d)})`` gives back an equal Declaration.
"""

from derive.printing import latex
from derive.reading.equations import unbold_base
from derive.reading.links import parts_of
from derive.reading.names import name_parts
from derive.spelling import braced, spell, subscript_text
from derive.term import IMPLIED, ONE, ZERO, rel, term
from derive.term.bounds import member_of
from derive.term.build import name
from derive.term.multiples import quotient
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.shapes import shape_of

_MEANINGS = {"sigmoid": "logistic sigmoid", "softplus": "softplus", "vec": "column-stacking",
             "entropy": "Shannon entropy", "information": "mutual information", "shape": "rows x columns of an array",
             "sign": "sign function", "gamma": "gamma function", "digamma": "digamma function",
             "erf": "error function", "relu": "rectified linear unit", "re": "real part", "im": "imaginary part",
             "softmax": "softmax function", "tanh": "hyperbolic tangent", "exp": "exponential function",
             "log": "natural logarithm"}
_BEFORE = {"symmetric": "symmetric", "positive_definite": "positive definite", "nonzero": "nonzero",
           "positive_semidefinite": "positive semidefinite", "orthogonal": "orthogonal", "invertible": "invertible",
           "diagonal": "diagonal", "stochastic": "stochastic", "bounded": "bounded", "smooth": "differentiable",
           "convex": "convex", "strictly_convex": "strictly convex", "elementwise": "elementwise",
           "one_hot": "one-hot", "increment": "increment", "skew_symmetric": "skew-symmetric", "square": "square",
           "lower_triangular": "lower triangular", "upper_triangular": "upper triangular", "odd": "odd",
           "permutation": "permutation"}
_AFTER = {"positive_diagonal": "with positive diagonal",
          "full_column_rank": "of full column rank", "full_row_rank": "of full row rank",
          "full_rank": "of full rank", "zero_diagonal": "with zero diagonal", "zero_outside": "zero outside",
          "decreasing": "in decreasing order",
          "variable_of_proportionality": "(the variable of proportionality)", "finite_variance": "with finite variance"}
_DOMAIN_WORD = {"real": "real", "positive": "positive", "nonnegative": "nonnegative", "negative": "negative",
                "nonzero": "nonzero", "complex": "complex"}
_ENTRIES = {"binary": "with entries 0 or 1", "sign": "with entries in {-1, 1}", "positive": "with positive entries",
            "nonnegative": "with nonnegative entries", "nonzero": "with nonzero entries"}
_DOMAIN_SET = {"unit": "in (0,1)", "closed_unit": "in [0,1]", "binary": "in {0, 1}", "sign": "in {-1, 1}"}


def key(declaration):
    """The name with its indices or arguments, as it is printed and read."""
    parts = name_parts(declaration.name)
    subs = parts.subscripts + declaration.indices
    out = spell(parts.base, subs, parts.superscript, parts.primes) if declaration.indices else declaration.name
    if declaration.formals:
        names = [f.value for f in declaration.formals]
        bar = len(names) if declaration.bar is None else declaration.bar
        after = "" if declaration.bar is None else "|" + ", ".join(names[bar:])
        out += "(" + ", ".join(names[:bar]) + after + ")"
    return out


def say(declaration, symbols=()):
    """The words of a declaration.  Raises ValueError where the language has none for it."""
    d = declaration
    if d.kind in ("unread", "notation") or d.unread:
        return d.text
    if d.definition is not None:
        return _defined(d, symbols)
    if "additive_constant" in d.structure:
        return "constant independent of " + ", ".join(d.independent_of) if d.independent_of else "constant"
    if d.kind not in _SAY:
        raise ValueError(f"no words for a {d.kind}")
    layout = {None: "", "numerator": " (the derivative is a row vector)",
              "denominator": " (the derivative is a column vector)"}[d.layout]
    return ", ".join([_SAY[d.kind](d, symbols) + layout, *_tail(d, symbols)])


def echo(declaration, symbols=()):
    """One line for a person: the name, how it was read, and what was not read."""
    line = f"{key(declaration)}: {declaration.text or say(declaration, symbols)}"
    if declaration.unread:
        return f"{line}  [not read: {declaration.unread}]"
    return line if declaration.text else f"{line}  [named in another declaration]"


def _defined(d, symbols):
    """A field word where the definition is its meaning, else the formula with the ranges of its indices."""
    if d.definition.head in _MEANINGS and d.definition.args == d.formals and d.formals == (name("z"),):
        maps = f" from R^{_size(d.takes[0], symbols)} to R^{_size(d.shape[0], symbols)}" if d.takes and d.shape else ""
        return _MEANINGS[d.definition.head] + maps
    if len(d.indices) == 2 and d.definition == term("indicator", rel(Relation.EQ, *map(name, d.indices))):
        return "Kronecker delta"
    if d.definition.head in ("stack", "diag"):
        entry = _entry(d)
        if entry is not None:
            letters, body = entry
            if body is ONE and d.kind != "function":
                return _array(d, symbols) + " of ones"
            if body is ZERO and d.kind != "function":
                return "zero " + _array(d, symbols)
            first = [] if d.kind == "function" else [_array(replace(d, structure=frozenset()), symbols)]
            diagonal = ["diagonal " + first[0]] if d.definition.head == "diag" and first else first
            return ", ".join([*diagonal, f"{_entry_key(d, letters)} = {latex(body, symbols)}", *_tail(d, symbols)])
    stated = d.kind in ("vector", "matrix") and shape_of(d.definition, symbols) is None and IMPLIED not in d.shape
    first = [_array(d, symbols)] if stated else ["elementwise"] if "elementwise" in d.structure else []
    return ", ".join([*first, f"{key(d)} = {latex(d.definition, symbols)}", *_tail(d, symbols)])


def _entry(d):
    """(letters, entry) of an array defined by its entries, or None."""
    letters, body = [], d.definition.args[0] if d.definition.head == "diag" else d.definition
    while body.head in ("stack", "transpose") and len(letters) < 2:
        if body.head == "transpose":
            body = body.args[0]
            if body.head != "stack":
                return None
        letters.append(body.args[1].value)
        body = body.args[0]
    if d.definition.head == "diag":
        letters *= 2
    return (tuple(letters), body) if len(letters) == len(d.shape) else None


def _entry_key(d, letters):
    """``S_{ij}`` of ``\\mathbf{S}``, ``(\\mathbf{S})_{ij}`` where the plain letter is another name, ``S(M)_{ij}``."""
    if d.formals:
        return f"{key(d)}_{braced(subscript_text(letters))}"
    parts = name_parts(d.name)
    return spell(unbold_base(parts.base), parts.subscripts + d.indices + letters, parts.superscript, parts.primes)


def _tail(d, symbols):
    """Constraints and the ranges of the indices."""
    out = [f"with {_said(c, symbols)}" for c in d.constraints if not _is_noted(d, c)]
    for letter, domain in zip(d.indices, d.ranges, strict=False):
        if domain.head == "range":
            low, high = (_size(e, symbols) for e in domain.args)
            out.append(f"{letter} = {low}..{high}")
    return out


def _said(constraint, symbols):
    """A relation, or one that holds where another does."""
    if constraint.head == "rel" and constraint.value is Relation.IMPLIES:
        condition, body = constraint.args
        return f"{latex(body, symbols)} for {latex(condition, symbols)}"
    return latex(constraint, symbols)


def _is_noted(d, constraint):
    """Constraints that words of their own say: not symmetric, finite positive variance."""
    own = member_of(d)
    return constraint in (rel(Relation.NE, own, term("transpose", own)), rel(Relation.GT, term("Var", own), ZERO)) or \
        quotient(constraint) is not None


def _size(size, symbols):
    return latex(size, symbols).replace(" ", "")


def _words(d, noun):
    """Words of structure and domain before the noun, others behind it."""
    before = [w for s, w in _BEFORE.items() if s in d.structure]
    array = d.kind in ("vector", "matrix") and d.domain in _ENTRIES
    domain = "" if array else _DOMAIN_WORD.get(d.domain, "")
    if domain == "real" and (d.kind != "scalar" or "in" in noun):
        domain = ""
    after = [w for s, w in _AFTER.items() if s in d.structure]
    noun = f"{noun} {_ENTRIES[d.domain]}" if array else noun
    return " ".join(filter(None, [*before, domain, noun, *after]))


def _scalar(d, symbols):
    if d.domain == "imaginary_unit":
        return "imaginary unit"
    if d.entries_of:
        return f"entries of {d.entries_of}"
    if d.domain == "integer":
        return _integers(d, symbols)
    if d.eigen_of is not None:
        return f"eigenvalues of {d.eigen_of}" + (" in decreasing order" if "decreasing" in d.structure else "")
    words = _words(d, "sequence" if d.indices else "scalar")
    if d.domain in _DOMAIN_SET:
        words += " " + _DOMAIN_SET[d.domain]
    elif d.low is not None and d.high is not None:
        words += f" in [{latex(d.low, symbols)}, {latex(d.high, symbols)}]"
    return words + (" summing to one" if "sums_to_one" in d.structure else "")


def _integers(d, symbols):
    if d.indices and d.low is not None and d.high is not None:
        return f"sequence of integers {_size(d.low, symbols)}..{_size(d.high, symbols)}"
    words = "integers" if d.indices else "integer"
    words = words + (f" >= {_size(d.low, symbols)}" if d.low is not None else "") + (
        f" <= {_size(d.high, symbols)}" if d.high is not None else "")
    for constraint in d.constraints:
        words = _multiple(d, words, constraint, symbols)
    return words


def _multiple(d, words, constraint, symbols):
    """Odd, dividing D, divisible by H."""
    found = quotient(constraint)
    if found is None:
        return words
    whole, right, _ = found
    if right.head == "add":
        return "odd " + words
    return f"{words} dividing {whole}" if whole != d.name else f"{words} divisible by {latex(right.args[0], symbols)}"


def _index(d, symbols):
    if d.low is None or d.high is None:
        return "fixed index" if d.high is None else f"integer <= {_size(d.high, symbols)}"
    return f"index in {_size(d.low, symbols)}..{_size(d.high, symbols)}"


def _array(d, symbols):
    many = bool(d.indices)
    if d.eigen_of is not None:
        return f"orthonormal eigenvectors of {d.eigen_of}"
    row = d.kind == "vector" and len(d.shape) == 2 and d.shape[0] is ONE
    noun = ("row " if row else "") + (d.kind if not many else "vectors" if d.kind == "vector" else "matrices")
    sizes = d.shape[1:] if row else d.shape
    if IMPLIED not in sizes:
        noun += " " + " x ".join(_size(s, symbols) for s in sizes)
    if "orthogonal_family" in d.structure:
        noun = ("orthonormal " if "unit_norm" in d.structure else "orthogonal ") + noun
    elif "unit_norm" in d.structure:
        noun = "unit " + noun
    words = _words(d, noun)
    if d.entries:
        letters = ("i", "j")[:len(d.shape)]
        parts = name_parts(d.entries)
        words += " with entries " + spell(parts.base, parts.subscripts + letters, parts.superscript, parts.primes)
    if "sums_to_one" in d.structure:
        words += " with entries summing to one"
    if d.rank is not None:
        words += f" of rank {_size(d.rank, symbols)}"
    if d.composed is not None:
        what, formula, _, _ = parts_of(d.composed)
        words += f" with {'diagonal entries' if what == 'diagonal' else what} {latex(formula, symbols)}"
    own = member_of(d)
    return words + (" (not symmetric)" if rel(Relation.NE, own, term("transpose", own)) in d.constraints else "")


def _random(d, symbols):
    words = [w for s, w in (("identically_distributed", "i.i.d."), ("independent", "independent")) if s in d.structure]
    words = words[:1] + (["Gaussian"] if "gaussian" in d.structure else [])
    nouns = ("scalar", "vector", "matrix") if not d.indices else ("scalars", "vectors", "matrices")
    noun = "random " + nouns[len(d.shape)]
    sizes = "" if not d.shape or IMPLIED in d.shape else " " + " x ".join(_size(s, symbols) for s in d.shape)
    out = [" ".join(filter(None, [*words, noun])) + sizes + (" " + _DOMAIN_SET[d.domain] if d.domain in _DOMAIN_SET else
                                                            "")]
    if d.mean is not None:
        out.append("mean " + latex(d.mean, symbols))
    if d.variance is not None:
        out.append(("covariance " if d.shape else "variance ") + latex(d.variance, symbols))
    if d.law is not None:
        out.append("density " + latex(d.law, symbols))
    if "even" in d.structure:
        out.append("symmetric about 0")
    if "finite" in d.structure:
        out.append("finitely many values")
    if "finite_variance" in d.structure:
        spread = rel(Relation.GT, term("Var", member_of(d)), ZERO) in d.constraints
        out.append("finite positive variance" if spread else "finite variance")
    if d.independent_of:
        out.append("independent of " + " and ".join(d.independent_of))
    return ", ".join(out)


def _law(d, symbols):
    words = ("positive " if d.domain == "positive" else "") + (
        "probability mass function" if d.kind == "mass" else "probability density function")
    inner = d.parameters[:1] or d.formals[d.bar:] if d.bar is not None or d.parameters else ()
    smooth = f", differentiable in {inner[0].value}" if "smooth" in d.structure and inner else ""
    if d.kind == "mass":
        return words + (" on a finite set" if "finite" in d.structure else "") + smooth
    if d.low is not None:
        words += f" on [{latex(d.low, symbols)}, {latex(d.high, symbols)}]"
    elif d.shape == ():
        words += " on the real line"
    elif IMPLIED not in d.shape:
        words += " on R^" + _size(d.shape[0], symbols)
    if "even" in d.structure:
        words += rf", {d.name}(-t) = {d.name}(t)"
    return words + smooth


def _function(d, symbols):
    if "permutation" in d.structure:
        low, high = (_size(e, symbols) for e in d.ranges[0].args)
        return f"permutation of {low}..{high}"
    if "choice" in d.structure:
        return "map from states to actions"
    noun = "function" if not d.shape else "vector-valued function" if d.shape == (IMPLIED,) else \
        f"vector {_size(d.shape[0], symbols)} valued function"
    words = _words(replace(d, structure=d.structure - {"elementwise"}), noun)
    if d.takes is not None:
        words += " of one real variable" if not d.takes else " of a vector variable" if d.takes[0] is IMPLIED else \
            f" of a vector {_size(d.takes[0], symbols)}"
    if "even" in d.structure:
        words = "even " + words
    if "elementwise" in d.structure:
        words += " applied elementwise"
    if d.ranges and not d.indices:
        return f"{words} on a finite set {latex(d.ranges[0], symbols)}"
    return words + (" on a finite set" if "finite" in d.structure else "")


def _set(d, symbols):
    return "finite set"


def _label(d, symbols):
    return "word in {" + ", ".join(d.states) + "}" if d.states else "state"


def _chain(d, symbols):
    states = f"states {', '.join(d.states)}, " if d.states else ""
    parts = (latex(t, symbols) for t in (d.transition, d.reward, d.discount))
    return "value of the Markov chain with {}transition matrix {}, reward {} and discount {}".format(states, *parts)


def _identity(d, symbols):
    sizes = "" if IMPLIED in d.shape else " " + " x ".join(_size(s, symbols) for s in d.shape)
    return "identity matrix" + sizes


_SAY = {"scalar": _scalar, "size": _integers, "index": _index, "vector": _array, "matrix": _array, "random": _random,
        "mass": _law, "density": _law, "function": _function, "set": _set, "label": _label, "chain": _chain,
        "identity": _identity}
