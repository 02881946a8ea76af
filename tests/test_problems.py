"""The registry of problems: lookup, statements with slots, errata, problems of one's own."""

import pytest

from derive.printing import latex
from problems import PROBLEMS, UnknownProblem, find_problem, load

SOURCE = '''
"""A chapter of one's own."""

from derive.derivation import EQ, prove
from derive.lang import define, real
from derive.rules.algebra import definition, expand
from problems import erratum, problem, state


@problem("own-1", rows=("own-1a", "own-1b"), topics="binomials", source="a notebook", alias="square-of-a-sum")
def square_of_a_sum():
    """Square of a sum.

    For {x} and {y} let {f.definition}.  Then {goal}, and not {wrong}.
    """
    x, y = real("x y")
    f = define("f", (x + y)**2)
    state(wrong=x**2 + y**2)
    erratum(f, EQ, x**2 + y**2, "the product is missing")
    return (
        prove(f, EQ, x**2 + 2*x*y + y**2)
        .by(definition(f), (x + y)**2)
        .by(expand,        x**2 + 2*x*y + y**2)
        .qed("own-1a")
    )
'''


@pytest.fixture
def own(tmp_path):
    file = tmp_path/"own.py"
    file.write_text(SOURCE)
    yield load(file)[0]
    del PROBLEMS["own-1"]


def test_a_problem_is_found_by_id_row_and_slug():
    for name in ("udl-9.3-loss", "input-noise-loss"):
        assert find_problem(name).id == "udl-9.3-loss"


def test_an_unknown_name_is_told_its_neighbours():
    with pytest.raises(UnknownProblem, match=r"did you mean udl-7\.5"):
        find_problem("udl-7,5")


def test_a_file_of_ones_own(own):
    assert (own.id, own.title, own.topics) == ("own-1", "Square of a sum.", ("binomials",))
    assert find_problem("own-1b") is own
    assert own.solution.rows(own.solution.derivations[0]) == ("own-1a",)


def test_slots_of_a_statement(own):
    assert own.solution.statement(latex) == (
        r"For $x$ and $y$ let $f = (x+y)^2$.  Then $f = x^2+2xy+y^2$, and not $x^2+y^2$.")


def test_an_erratum_is_a_claim(own):
    wrong, = own.solution.errata
    assert wrong.note == "the product is missing"
    assert wrong.claim.symbol("f").definition is not None


def test_an_id_is_given_once(own, tmp_path):
    again = tmp_path/"again.py"
    again.write_text(SOURCE)
    with pytest.raises(ValueError, match="twice"):
        load(again)
