"""What declarations and givens say of random names and laws: moments, independence, what a space builds in."""

from derive.term import ONE, TWO, ZERO, ZEROS, Relation, Term, free_names, name, sub, subterms
from derive.term.record import record
from verifiers.instance.entropy_givens import built_in
from verifiers.verdict import CannotDecide, Reason

BODIES = {"E": 1, "Var": 2, "Cov": 3, "KL": 2, "entropy": 1}      # expectations of each head
LINEAR = ("add", "transpose", "E", "Var", "Cov", "given", "and", "dist", "rel", "pow")    # none of them makes a trace


# -- declared moments ----------------------------------------------------------------------------------------------
@record(frozen=True)
class Moments:
    """Mean, variance and second moment Terms where declared or given; ``cross`` = (letters, Term) for two members."""

    mean: Term | None
    variance: Term | None
    second: Term | None
    cross: tuple | None


def moments(claim, declaration):
    """The moments declared of a random name, by its declaration, its constraints or the claim's givens."""
    found = {"mean": declaration.mean, "variance": declaration.variance, "second": None, "cross": None}
    law = declaration.law
    if law is not None and law.head == "normal":
        found["mean"], found["variance"] = law.args
    for what, term in tuple(found.items()):
        if term is not None and declaration.name in closure(claim, term):
            found[what] = None          # mu_b = E[b] tells what mu_b is, nothing of b
    for given in (*declaration.constraints, *claim.givens):
        what, right = moment_statement(claim, declaration, given)
        if what is not None and found[what] is None:
            found[what] = right
    return Moments(**found)


def moment_statement(claim, declaration, given):
    """(field of Moments, Term) where a given states a moment of this name, else (None, None)."""
    given, apart = _between_different(given)
    if given.head != "rel" or given.value != Relation.EQ or given.args[0].head not in ("E", "Var", "Cov") or \
            apart and given.args[0].head != "Cov":
        return None, None
    left, right = given.args
    if declaration.name in closure(claim, right) or any(a.head in ("dist", "given") for a in left.args):
        return None, None
    body = left.args[0]
    if left.head == "Cov" and len(left.args) == 2 and left.args[0] is not left.args[1]:
        one, other = left.args
        if is_member(declaration, one) and is_member(declaration, other) and declaration.indices:
            return "cross", (one.args[1:], other.args[1:], right)
        return None, None
    if left.head == "E" and body.head == "pow" and body.args[1] is TWO and is_member(declaration, body.args[0]):
        return "second", right
    if left.head == "E" and is_centred_square(declaration, body):
        return "variance", right
    if is_member(declaration, body):
        return ("mean" if left.head == "E" else "variance"), right
    return None, None


def _between_different(given):
    """(the relation, True) of one said for s != t of x_s and x_t; else the given and False."""
    if given.head == "rel" and given.value is Relation.IMPLIES and given.args[0].value is Relation.NE:
        condition, body = given.args
        letters = {s for a in body.args[0].args if a.head == "index" for s in a.args[1:]} if body.head == "rel" else ()
        if set(condition.args) == letters and len(letters) == 2:
            return body, True
    return given, False


def is_centred_square(declaration, body):
    """(x - m)^2, or (x - m)(x - m)^T of a vector, where m is the declared mean or E[x]."""
    if body.head == "pow" and body.args[1] is TWO:
        off = body.args[0]
    elif body.head == "mul" and len(body.args) == 2 and body.args[1] is Term("transpose", (body.args[0],)):
        off = body.args[0]
    else:
        return False
    own = name(declaration.name)
    means = {Term("E", (own,)), declaration.mean} - {None}
    return not declaration.indices and any(off is sub(own, m) for m in means)


def is_spread(declaration, constraint):
    """Var[x] > 0 or != 0: true of free values."""
    return (constraint.head == "rel" and constraint.value in (Relation.GT, Relation.NE) and constraint.args[1] is ZERO
            and constraint.args[0].head in ("Var", "E") and is_member(declaration, _under(constraint.args[0].args[0])))


def is_chance(declaration, constraint):
    """0 < P(A), P(A) < 1 of an event: true of positive weights."""
    if "event" not in declaration.structure or constraint.head != "rel" or \
            constraint.value not in (Relation.LT, Relation.GT, Relation.NE):
        return False
    own = Term("rel", (name(declaration.name), ONE), Relation.EQ)
    chances = [a for a in constraint.args if a.head == "E" and len(a.args) == 1 and a.args[0].head == "indicator"
               and a.args[0].args[0] is own]
    below, above = constraint.args if constraint.value is not Relation.GT else constraint.args[::-1]
    if constraint.value is Relation.NE:
        return len(chances) == 1 and bool({ZERO, ONE} & set(constraint.args))
    return chances == [above] and below is ZERO or chances == [below] and above is ONE


def _under(body):
    return body.args[0] if body.head == "pow" and body.args[1] is TWO else body


def is_member(declaration, term):
    """True for the name itself, or for an arbitrary member x_i of a family."""
    if not declaration.indices:
        return term is name(declaration.name)
    return (term.head == "index" and term.args[0] is name(declaration.name)
            and len(term.args) == 1 + len(declaration.indices) and all(a.head == "name" for a in term.args[1:]))


def closure(claim, term):
    """The names a Term uses, through definitions."""
    seen, edge = set(), set(free_names(term))
    while edge:
        one = edge.pop()
        if one not in seen:
            seen.add(one)
            d = claim.symbol(one)
            if d is not None and d.definition is not None:
                edge |= free_names(d.definition)
    return seen


def enforced(claim, given):
    """True where the spaces already satisfy a given by their construction: it is then no constraint to solve."""
    if given.head != "rel" or given.value != Relation.EQ:
        return False
    left, right = given.args
    for d in claim.symbols:
        if d.kind != "random":
            continue
        what, term = moment_statement(claim, d, given)
        if what is not None:
            return getattr(moments(claim, d), what) == term
        if left.head in ("E", "Var", "Cov") and right.head == "name" and d.name in closure(claim, right):
            defined = claim.symbol(right.value)
            if defined is not None and defined.definition is left:
                return True
    return _is_total_mass(claim, left, right) or _is_even(claim, left, right) or _is_uncorrelated(claim, left, right) \
        or same_law(claim, given) is not None or built_in(claim, given)


def uncorrelated(claim, left, right):
    """The two different random names of which Cov[x, y] = 0 states that they are uncorrelated, else None."""
    if left.head != "Cov" or right not in (ZERO, ZEROS) or len(left.args) != 2 or \
            any(a.head != "name" for a in left.args):
        return None
    one, other = (claim.symbol(a.value) for a in left.args)
    if None in (one, other) or one is other or {one.kind, other.kind} != {"random"}:
        return None
    return one, other


def _is_uncorrelated(claim, left, right):
    pair = uncorrelated(claim, left, right)
    return pair is not None and (independent(*pair) or partner(claim, pair[0]) is not None
                                 or partner(claim, pair[1]) is not None)


def partner(claim, declaration):
    """The name a scalar is made uncorrelated to by projection, for the one pair a given calls so; or None."""
    pairs = [p for g in claim.givens if g.head == "rel" and g.value == Relation.EQ
             for p in (uncorrelated(claim, *g.args),) if p is not None and not independent(*p)]
    if len(pairs) != 1:
        return None
    plain = all(not d.shape and not d.indices and d.domain == "real" and "even" not in d.structure
                and kind_of(d, claim) == "atoms" for d in pairs[0])
    known = plain and any(v is not None for d in pairs[0] for v in vars(moments(claim, d)).values())
    first, second = sorted(pairs[0], key=lambda d: d.name)
    return first if plain and not known and not conditioning(claim) and second.name == declaration.name else None


def same_law(claim, given):
    """(p, q) where a given states p(x) = q(x) of two declared laws without definitions, else None."""
    if given.head != "rel" or given.value != Relation.EQ or {a.head for a in given.args} != {"call"}:
        return None
    left, right = given.args
    if left.args[1:] != right.args[1:] or left.args[0].head != "name" or right.args[0].head != "name" \
            or left.args[0] is right.args[0] or any(a.head != "name" for a in left.args[1:]):
        return None
    for call in (left, right):
        laws = [d for d in claim.symbols if d.name == call.args[0].value]
        if len(laws) != 1 or laws[0].kind not in ("mass", "density") or laws[0].definition is not None \
                or laws[0].formals[:len(call.args) - 1] != call.args[1:]:
            return None
    return left.args[0].value, right.args[0].value


def _is_total_mass(claim, left, right):
    """sum_x p(x) = 1 or its integral over the whole space."""
    if left.head not in ("sum", "int") or right is not ONE or left.args[2].head != "implied":
        return False
    body, variable = left.args[0], left.args[1]
    if body.head != "call" or body.args[0].head != "name":
        return False
    laws = [d for d in claim.symbols if d.name == body.args[0].value and d.kind in ("mass", "density")]
    return bool(laws) and all(d.definition is None for d in laws) and len(body.args) > 1 and body.args[1] is variable \
        and variable not in body.args[2:]


def _is_even(claim, left, right):
    """p(-t) = p(t) of a law declared even."""
    if left.head != "call" or right.head != "call" or left.args[0] is not right.args[0] or len(left.args) != 2:
        return False
    d = claim.symbol(left.args[0].value)
    minus = Term("mul", (Term("num", (), -1), right.args[1]))
    return d is not None and d.kind in ("mass", "density") and "even" in d.structure and left.args[1] is minus


def expectation_count(claim):
    """How many expectations a claim writes down, its definitions included."""
    terms = [claim.left, claim.right, *claim.givens, *(d.definition for d in claim.symbols if d.definition is not None)]
    return sum(BODIES.get(node.head, 0) for t in terms for node in subterms(t))


def conditioning(claim):
    """The sets of names that expectations are conditioned on, in order of appearance."""
    terms = [claim.left, claim.right, *(d.definition for d in claim.symbols if d.definition is not None)]
    found = [frozenset(condition_names(node.args[1])) for t in terms for node in subterms(t) if node.head == "given"]
    return tuple(dict.fromkeys(found))


def condition_names(condition):
    """The names in a condition: a name, or several joined."""
    if condition.head == "name":
        return (condition.value,)
    if condition.head in ("and", "set", "matrix"):
        return tuple(n for a in condition.args for n in condition_names(a))
    if condition.head in ("rel", "or"):
        return ()
    raise CannotDecide(Reason.NEEDS_LEMMA, "conditioning on an event or a value is not judged")


# -- laws and their dependence --------------------------------------------------------------------------------------
def contracts(claim):
    """True unless no random array meets itself in an inner product: then no expectation is a trace."""
    arrays = {d.name for d in claim.symbols if d.kind == "random" and d.shape}

    def random(term):
        return bool(arrays & closure(claim, term))

    def inner(node):
        if node.head == "mul":
            mine = [a for a in node.args if random(a)]
            return any(a.head == "transpose" for a in mine[:-1])
        return node.head not in LINEAR and any(map(random, node.args))

    terms = [claim.left, claim.right, *claim.givens, *(d.definition for d in claim.symbols if d.definition is not None)]
    return any(inner(node) for t in terms for node in subterms(t) if node.args)


def loosely_linked(claim, declaration):
    """True where a law is named that the space does not follow: one with a definition, or integrated elsewhere."""
    law = declaration.law
    if law is None or law.head in ("normal", "law"):
        return False
    if law.head != "name" or any(d.definition is not None for d in claim.symbols if d.name == law.value):
        return True
    return any(node.head in ("int", "sum") for t in (claim.left, claim.right) for node in subterms(t))


def kind_of(declaration, claim):
    """How much is known of a law: "gaussian", "named", "moments" (a mean and a covariance, no more) or "atoms"."""
    if "gaussian" in declaration.structure or declaration.law is not None and declaration.law.head == "normal":
        return "gaussian"
    if declaration.law is not None and declaration.law.head == "law":
        return "named"
    declared = moments(claim, declaration)
    entries_alone = splits(declaration) and not declaration.indices
    if declaration.shape and not entries_alone and declared.variance is not None or declared.cross is not None:
        return "moments"
    return "atoms"


def splits(declaration):
    """True where members of a family, or entries of one array, are declared mutually independent."""
    return "independent" in declaration.structure and bool(declaration.indices or declaration.shape)


def independent(one, other):
    """True where two different declared names are declared independent."""
    return mentions(one, other) or mentions(other, one) or lone(one) and lone(other)


def lone(declaration):
    """A single random scalar that is declared independent, of all others that are."""
    plain = not declaration.independent_of and not declaration.indices and not declaration.shape
    return "independent" in declaration.structure and plain


def mentions(one, other):
    return any(n == other.name or n.partition("_")[0] == other.name and n != one.name for n in one.independent_of)
