"""Random names of a declared law p beside p(x) itself: E[f(a)] is written E_{t ~ p}[f(t)], and both mean one law."""

from derive.term import Term, free_names, name, rel, subterms
from derive.term import replace as put
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.walk import rebuild

AVERAGES = ("E", "Var")


def drawn(claim):
    """The claim with its random names of laws that are also called written as draws; itself where there are none."""
    laws = {d.name for d in claim.symbols if d.kind in ("mass", "density")}
    calls = [n.args[0] for t in _terms(claim) for n in subterms(t) if n.head == "call"]
    called = {f.value for f in calls if f.head == "name"}
    for d in claim.symbols:
        if d.kind == "random" and d.law is not None and d.law.head == "name" and d.law.value in laws & called:
            claim = _drawn(claim, d)
    return claim


def _terms(claim):
    own = (d.definition for d in claim.symbols if d.definition is not None)
    return (claim.left, claim.right, *claim.givens, *claim.about, *own)


def _drawn(claim, d):
    """The claim without the random name; where that cannot be, with a name of which not everything is known."""
    others = {s.name for s in claim.symbols if s.kind == "random" and s is not d}
    defined = {s.name for s in claim.symbols if s.definition is not None and d.name in free_names(s.definition)}
    plain = not (d.shape or d.indices or d.structure or d.constraints or d.independent_of or d.unread)
    letter = f"{d.name}~"
    if plain:
        made = [_written(t, d, name(letter), others | defined) for t in (claim.left, claim.right, *_givens(claim, d))]
        if not any(d.name in free_names(t) for t in made) and not defined:
            return replace(claim, left=made[0], right=made[1], givens=tuple(made[2:]),
                           symbols=tuple(s for s in claim.symbols if s is not d))
    marked = replace(d, unread=d.unread or f"the law {d.law.value} beside the name")
    return replace(claim, symbols=tuple(marked if s is d else s for s in claim.symbols))


def _givens(claim, d):
    """The givens, the declared moments of the name among them."""
    declared = ((Term("E", (name(d.name),)), d.mean), (Term("Var", (name(d.name),)), d.variance))
    return (*claim.givens, *(rel(Relation.EQ, left, right) for left, right in declared if right is not None))


def _written(term, d, letter, others):
    """The term with E[f(a)] as E_{t ~ p}[f(t)] wherever a is all that is random in f(a)."""
    if term.head in AVERAGES and len(term.args) == 1 and term.args[0].head != "given":
        free = free_names(term.args[0])
        if d.name in free and not free & others:
            return Term(term.head, (put(term.args[0], {name(d.name): letter}), Term("dist", (letter, d.law))))
    return rebuild(term, tuple(_written(a, d, letter, others) for a in term.args))
