"""Givens as rules of rewriting for matrix words: A v = c v, P P = P, u^T u = 1; the longer side gives way.

Each replacement is an equation under the givens, so that equal results prove; different ones prove nothing.
"""

from fractions import Fraction

from derive.term import ONE, Relation, free_names, name
from verifiers.proofs.words import Form
from verifiers.verdict import CannotDecide, Reason

STEPS = 40          # replacements in one side
DERIVATIVES = ("deriv", "grad", "hess")


def rules(reader, claim):
    """[(word, Form)] of the givens and constraints that equate one word to a shorter form, and their transposes."""
    words, found = reader.words, []
    for given in (*claim.givens, *(c for d in claim.symbols for c in d.constraints)):
        if given.head != "rel" or given.value is not Relation.EQ:
            continue
        for left, right in (given.args, given.args[::-1]):
            try:
                form, value = reader.form(left), reader.form(right)
            except CannotDecide:
                continue
            found += _oriented(words, form, value)
    for power, base in reader.powers.items():
        found += _commuting(words, power, base)
    for d in claim.symbols:
        if not d.indices and d.shape and name(d.name) in _names(claim):
            found += _of_structure(reader, d)
    return found


def is_ones(d):
    """Whether a vector is defined as that of ones."""
    return d.kind == "vector" and len(d.shape) == 1 and not d.indices and d.definition is not None and \
        d.definition.head == "stack" and d.definition.args[0] is ONE


def _of_structure(reader, d):
    """The rules of one array: U^T U = I of orthonormal columns, u^T u = 1, 1^T 1 = n, K^T = -K."""
    words, kind = reader.words, d.structure
    square = len(d.shape) == 2 and d.shape[0] is d.shape[1]
    value = words.size(d.shape[0]) if is_ones(d) else None
    if d.definition is None and d.kind == "vector" and "unit_norm" in kind and len(d.shape) == 1:
        value = words.constant(1)
    if d.definition is None and d.kind == "matrix" and "orthogonal" in kind and not square:
        value = words.identity(d.shape[1])
    skew = d.definition is None and d.kind == "matrix" and "skew_symmetric" in kind
    if value is None and not skew:
        return []
    form = reader.form(name(d.name))
    ((_, (x,)), _), = form.terms
    turned = x._replace(transposed=True)
    return [((turned,), words.scale(form, -1))] if skew else [((turned, x), value)]


def _names(claim):
    terms = (claim.left, claim.right, *(d.definition for d in claim.definitions))
    return {name(n) for t in terms for n in free_names(t)}


def _commuting(words, power, base):
    """A^n A = A A^n for one letter A: A goes to the left."""
    if len(base.terms) != 1:
        return []
    ((monomial, word), c), = base.terms
    if monomial or c != 1 or len(word) != 1:
        return []
    (p,), (a,) = power, word
    swapped = words.form(base.shape, {((), (a, p)): Fraction(1)})
    pairs = [((p, a), swapped)]
    if not words.letters[p.number][2]:
        turned = words.transpose(swapped)       # (A P)^T = P^T A^T, which A^T P^T is too
        pairs.append((words.transpose_word((p, a)), turned))
    return pairs


def _oriented(words, form, value):
    """The rule of an equation whose left side is one word longer than every word of the right side."""
    if len(form.terms) != 1 or form.shape != value.shape and value.terms:
        return []
    ((monomial, word), c), = form.terms
    if monomial or len(word) < 2 or any(len(w) >= len(word) for (_, w), _ in value.terms):
        return []
    value = words.scale(value, 1 / c) if value.terms else Form(form.shape, ())
    return [(word, value), (words.transpose_word(word), words.transpose(value))]


def rewritten(words, form, found):
    """The form with the rules applied until none fits.  Raises CannotDecide beyond STEPS."""
    for _ in range(STEPS):
        step = _once(words, form, found)
        if step is None:
            return form
        form = step
    raise CannotDecide(Reason.BUDGET, "the givens do not come to an end")


def _once(words, form, found):
    for k, ((monomial, word), c) in enumerate(form.terms):
        for rule in found:
            new = _in_word(words, form.shape, monomial, word, rule)
            new = _in_traces(words, form.shape, monomial, word, rule) if new is None else new
            if new is not None:
                rest = Form(form.shape, form.terms[:k] + form.terms[k + 1:])
                return words.add(rest, words.scale(new, c))
    return None


def _scalar(words, monomial):
    return words.form((ONE, ONE), {(monomial, ()): Fraction(1)})


def _in_word(words, shape, monomial, word, rule):
    target, value = rule
    n = len(target)
    for k in range(len(word) - n + 1):
        if word[k:k + n] == target:
            body = words.product(words.spell(word[:k]), value, words.spell(word[k + n:]))
            return words.multiply(_scalar(words, monomial), body)
    return None


def _in_traces(words, shape, monomial, word, rule):
    """The rule inside tr(w), read from any letter on; also at the price of a transpose."""
    target, value = rule
    for atom, exponent in monomial:
        kind, *data = words.atoms[atom]
        if kind != "trace" or exponent.denominator != 1 or exponent < 1:
            continue
        closed = _closed(words, data[0], target, value)
        if closed is not None:
            others = tuple((a, e - (a == atom)) for a, e in monomial if a != atom or e != 1)
            whole = words.form(shape, {(others, word): Fraction(1)})
            return words.multiply(closed, whole)
    return None


def _closed(words, word, target, value):
    for spelled in (word, words.transpose_word(word)):
        for k in range(len(spelled)):
            turned = spelled[k:] + spelled[:k]
            if turned[:len(target)] == target:
                body = words.product(value, words.spell(turned[len(target):]))
                return words.trace(body) if body.terms else Form((ONE, ONE), ())
    return None
