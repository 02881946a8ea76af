"""The sheet of a problem of the collection: derived, lowered, judged."""

from derive.writing.judged import judge_derivation
from derive.writing.sheet import Chain, Erratum, Sheet, SheetLine


def sheet_of(problem, seed=None, at=lambda claim: claim):
    """The judged sheet of a problem; ``at`` puts numbers for symbols into every claim.

    A line whose two sides become the same at these numbers is left out.
    """
    from derive.printing import latex

    chains = [_chain(problem, derivation, seed, at) for derivation in problem.solution.derivations]
    claims = [line.claim for chain in chains for line in chain.lines] + [chain.goal for chain in chains]
    return Sheet(problem.id, problem.title, problem.source, problem.solution.statement(latex), tuple(problem.rows),
                 _first_of_each(d for claim in claims for d in claim.symbols),
                 tuple(dict.fromkeys(given for claim in claims for given in claim.givens)), tuple(chains),
                 errata_of(problem, seed))


def _first_of_each(declarations):
    """One declaration of each name; p(x) and p(x | z) are two functions of one name."""
    return tuple({(d.name, d.formals if d.kind in ("density", "mass") else ()): d for d in declarations}.values())


def _chain(problem, derivation, seed, at):
    *judged, goal = judge_derivation(derivation, seed, at=at)
    path = problem.function.__code__.co_filename
    lines = tuple(SheetLine(j.claim, j.rule, j.verdict, j.line.rule.statement, (path, j.line.line), tuple(j.line.needs))
                  for j in judged if j.claim.left is not j.claim.right)
    return Chain(goal.claim, goal.verdict, lines)


def errata_of(problem, seed=None):
    """The published lines of a problem that are wrong, judged."""
    from verifiers.judge import judge

    return tuple(Erratum(e.claim, judge(e.claim, seed=seed), e.note) for e in problem.solution.errata)
