"""Products over s <= t of factors in a set that is closed under products: one factor stands for all of them.

a = prod_{s <= t-1} f(x_s), with f(x) = x in (0, oo) or f(x) = x or 1 - x in (0, 1), takes the values of f only.
Where the x_s, s < t, are used in this one product only, a claim depends on a, on x_t, and on prod_{s <= t} f(x_s) =
a f(x_t): it holds for every t >= 2 if it holds at t = 2, where a = f(x_1).  Each condition is read off the Terms:
 - one f for each family, of the member at the product's own index and of nothing else;
 - products over 1..t and 1..t-1 with the letter t itself: prod_{s <= 1} is f(x_1), but not for every t;
 - the family outside of products at t only; what is defined by products at t and t - 1 only.
"""

from derive.term import ONE, free_names, num, subterms

CLOSED = {"plain": ("positive", "unit"), "complement": ("unit",)}       # form of f -> domains with closed values
BINDERS = ("sum", "prod", "int", "maxover", "minover")
REFUSED = {"deriv", "grad", "hess"}                                    # by x_s they would tell the factors apart
MINUS_ONE = num(-1)


def peels(claim, reached, letter):
    """Whether what the claim uses at indices below ``letter`` is one closed product for each family."""
    plain = [claim.left, claim.right, *claim.givens]
    for d in reached:
        terms = (d.definition, d.mean, d.variance, d.low, d.high, *d.constraints)
        if not d.indices:
            plain += [t for t in terms if t is not None]
    whole = [*plain, *(d.definition for d in reached if d.indices and d.definition is not None)]
    products = {t for term in whole for t in subterms(term) if t.head == "prod"}
    forms = {_form(t, reached) for t in products}
    if None in forms or len({family for family, _ in forms}) < len(forms):
        return False
    families = {family for family, _ in forms}
    indexed = [d for d in reached if d.indices and d.name not in families]
    made = {d.name: d for d in indexed if d.definition is not None}
    functions = [d for d in reached if d.formals and d.definition is not None]
    if any(free_names(d.definition) & (families | set(made)) for d in functions):
        return False
    return (all(_used_at(t, families, made, letter) for t in plain)
            and all(_defined_by_own_index(d, families, made, letter) for d in made.values()))


def _form(product, reached):
    """(family, form of f) of a product over 1..t of a closed f, or None."""
    body, variable, domain = product.args
    form, inner = "plain", body
    if body.head == "add" and len(body.args) == 2 and body.args[0] is ONE and body.args[1].head == "mul" \
            and body.args[1].args[0] is MINUS_ONE and len(body.args[1].args) == 2:
        form, inner = "complement", body.args[1].args[1]
    if inner.head != "index" or inner.args[1:] != (variable,) or inner.args[0].head != "name":
        return None
    d = next((d for d in reached if d.name == inner.args[0].value and d.indices), None)
    if d is None or d.kind != "scalar" or d.definition is not None or d.entries_of or d.constraints or d.structure \
            or len(d.indices) != 1 or d.domain not in CLOSED[form]:
        return None
    return (d.name, form) if domain.head == "range" and domain.args[0] is ONE else None


def _place(term, letter):
    """0 for the letter, -1 for the letter minus one, else None."""
    if term.head == "name":
        return 0 if term.value == letter else None
    steps = term.head == "add" and len(term.args) == 2 and term.args[0].head == "name" and term.args[1] is MINUS_ONE
    return -1 if steps and term.args[0].value == letter else None


def _used_at(term, families, made, letter):
    """Whether the families stand at the letter, definitions and bounds of products at it or one before."""
    if term.head in REFUSED:
        return False
    if term.head == "prod":
        return _place(term.args[2].args[1], letter) is not None
    if term.head in BINDERS and letter in free_names(term.args[2]):
        return False
    if term.head == "index" and term.args[0].head == "name":
        base, places = term.args[0].value, [_place(s, letter) for s in term.args[1:]]
        if base in families:
            return places == [0]
        if base in made:
            return places == [0] or places == [-1] and not _outside(made[base].definition, families)
    if term.head == "name" and term.value in (*families, *made):
        return False
    return all(_used_at(a, families, made, letter) for a in term.args)


def _outside(term, families):
    """Whether a member of the families is used outside of products."""
    if term.head == "prod":
        return False
    return term.head == "name" and term.value in families or any(_outside(a, families) for a in term.args)


def _defined_by_own_index(d, families, made, letter):
    """Whether the member of index i of a definition uses products up to i and members i of what is defined by them."""
    own, = d.indices if len(d.indices) == 1 else ("",)
    nodes = subterms(d.definition)
    ends = [t.args[2].args[1] for t in nodes if t.head == "prod"]
    bases = {t.args[0].value: t.args[1:] for t in nodes if t.head == "index" and t.args[0].head == "name"
             and t.args[0].value in made}
    if not ends and not bases and not free_names(d.definition) & families:
        return True
    return (bool(own) and letter not in free_names(d.definition) - {own}
            and all(_place(e, own) == 0 for e in ends)
            and all(len(s) == 1 and _place(s[0], own) == 0 for s in bases.values())
            and _used_at(d.definition, families, made, own))
