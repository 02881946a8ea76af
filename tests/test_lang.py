"""The language: names, shapes, inertness, binding."""

import pytest
import sympy as sp

from derive.lang import (
    Deriv,
    E,
    Grad,
    Hadamard,
    Hess,
    Integral,
    Matrix,
    Norm,
    Prod,
    ShapeError,
    Sum,
    Tr,
    bound,
    define,
    density,
    eye,
    index,
    inverse,
    matrix,
    real,
    scope,
    sequence,
    shape_of,
    size,
    vector,
    vectors,
)
from derive.lang.evaluation import evaluated, inert
from derive.lang.names import latex_name
from derive.lower import declarations_of, lower


@pytest.fixture(autouse=True)
def names():
    with scope() as names, inert():
        yield names


@pytest.mark.parametrize("spoken, bold, latex", [
    ("x",         False, "x"),
    ("phi_0",     False, r"\phi_0"),
    ("theta_10",  False, r"\theta_{10}"),
    ("sigma_x",   False, r"\sigma_x"),
    ("x_theta",   False, r"x_\theta"),
    ("D_h",       False, "D_h"),
    ("sig",       False, r"\operatorname{sig}"),
    ("ell",       False, r"\ell"),
    ("Pr",        False, "Pr"),
    ("theta_0'",  False, r"\theta_0'"),
    (r"\bar{x}",  False, r"\bar{x}"),
    ("X",         True,  r"\mathbf{X}"),
    ("v_a",       True,  r"\mathbf{v}_a"),
    ("mu_a",      True,  r"\boldsymbol{\mu}_a"),
    ("W_hh",      True,  r"\mathbf{W}_{hh}"),
])
def test_names_in_latex(spoken, bold, latex):
    assert latex_name(spoken, bold) == latex


def test_one_name_is_one_symbol():
    assert real("x") is real("x")
    with pytest.raises(ValueError, match="declared twice"):
        size("x")


def test_names_of_two_scopes_differ():
    x = real("x")
    with scope():
        assert real("x") != x


def test_densities_of_several_signatures_share_a_name(names):
    x, z = vector("x z", size("d"))
    prior = density("Pr", z)
    likelihood = density("Pr", x, given=z)
    assert prior != likelihood
    found = declarations_of([lower(prior(z)*likelihood(x, given=z))], names)
    assert [d.bar for d in found if d.name == "Pr"] == [None, 1]


def _arrays():
    m, n = size("m n")
    return m, n, matrix("A", m, n), matrix("S", n, n), vector("x", n), vector("y", m)


def test_shapes():
    m, n, A, S, x, y = _arrays()
    i = index("i")
    u = vectors("u", n, (i, 1, m))
    table = [
        (A@x,                 (m,)),
        (x.T@S@x,             ()),
        (x@y.T,               (n, m)),
        ((x.T@x)*y,           (m,)),
        (A@(x.T@x)@x,         (m,)),
        (A@x*(y.T@y),         (m,)),
        (A.T,                 (n, m)),
        (x.T,                 (1, n)),
        (inverse(S) + eye(n), (n, n)),
        (S**2,                (n, n)),
        (Sum(u[i], (i, 1, m)), (n,)),
        (u[i][index("j")],    ()),
        (A[1, 2],             ()),
        (Grad(Norm(x), x),    (n,)),
        (Hess(Norm(x), x),    (n, n)),
        (Deriv(A@x, x),       (n, m)),
        (Deriv(Norm(x), x),   (n,)),
        (E(A@x),              (m,)),
        (Matrix([1, 2]),      (2,)),
        (Matrix([[1, 2]]),    (1, 2)),
    ]
    for expr, shape in table:
        assert shape_of(expr) == shape, expr
        assert shape_of(evaluated(expr)) == shape, expr


@pytest.mark.parametrize("wrong", [
    lambda m, n, A, S, x, y: A@y,
    lambda m, n, A, S, x, y: x@x,
    lambda m, n, A, S, x, y: A@A,
    lambda m, n, A, S, x, y: x + y,
    lambda m, n, A, S, x, y: A + 1,
    lambda m, n, A, S, x, y: inverse(A),
    lambda m, n, A, S, x, y: Tr(A),
    lambda m, n, A, S, x, y: A**2,
    lambda m, n, A, S, x, y: Hadamard(x, y),
    lambda m, n, A, S, x, y: Matrix([[1, 2], [3]]),
    lambda m, n, A, S, x, y: Deriv(A, x),
])
def test_shapes_that_do_not_fit_raise_where_they_are_typed(wrong):
    with pytest.raises(ShapeError):
        wrong(*_arrays())


def test_a_scalar_has_no_entries():
    with pytest.raises(TypeError, match="no entries"):
        real("x")[1]


def test_binders_bind():
    i, n, x = index("i"), size("n"), real("x")
    a = sequence("a", (i, 1, n))
    z = bound("z")
    assert Sum(a[i]*x, (i, 1, n)).free_symbols == {a, n, x}
    assert Prod(a[i], (i, 1, i)).free_symbols == {a}
    assert Integral(z*x, z).free_symbols == {x}
    p = density("p", z)
    assert E(z*x, (z, p)).free_symbols == {x, p}


def test_nothing_evaluates_by_itself():
    x, A = real("x"), matrix("A", 2, 2)
    assert Deriv(x**2, x).args[0] == x**2
    assert str(inverse(A)@A) != str(eye(2))
    assert lower(x - x) is not lower(sp.Integer(0))
    assert lower(sp.log(sp.exp(x))).head == "log"
    assert len((1 + x + 1).args) == 2


def test_scalar_products_commute_only_when_evaluated():
    x, y, z = vector("x y z", size("d"))
    typed = (x.T@y)*z
    assert lower(typed) is not lower(z*(x.T@y))
    assert evaluated(typed) == evaluated(z*(x.T@y))


def test_definitions_reach_their_declarations(names):
    i, n = index("i"), size("n")
    x = sequence("x", (i, 1, n))
    mean = define(r"\bar{x}", Sum(x[i], (i, 1, n))/n)
    assert [d.name for d in declarations_of([lower(mean)], names)] == ["n", "x", r"\bar{x}"]
