"""A linear recurrent network that reads words over {A, B}: encodings, states, the closed form of the state."""

from derive.derivation import EQ, prove
from derive.lang import (
    Indicator,
    Matrix,
    Sum,
    Zeros,
    define,
    define_recursion,
    eq,
    function,
    index,
    matrix,
    size,
    states,
    vectors,
)
from derive.rules.algebra import definition, substitution
from derive.rules.decision import induction
from derive.rules.matrices import matrix_arithmetic
from derive.rules.sums import indicator_value, linearity_of_sum, split_last
from problems import erratum, problem, state

COURSE = "MIT 6.86x, notebook, recurrent networks"


@problem("mit686x-encode", ["mit686x-onehot-map", "mit686x-encode-AA", "mit686x-encode-ABB", "mit686x-encode-BAA"],
         topics="encoding", source=COURSE, alias="one-hot-words")
def one_hot_words():
    """One-hot encoding of words over two letters.

    A letter out of {A} and {B} is encoded as {e.definition}, and a word as the matrix of its letters' columns.
    Show that {goals}.
    """
    A, B = states("A B")
    w = states("w")
    e = function("e", w, Matrix([[Indicator(eq(w, A))], [Indicator(eq(w, B))]]))
    first, second = Matrix([[1], [0]]), Matrix([[0], [1]])
    code = {A: first, B: second}

    def encoded(letters, columns):
        return (prove(Matrix([[e(v) for v in letters]]), EQ, Matrix(columns))
                .by(definition(e),   Matrix([[e.definition.xreplace({w: v}) for v in letters]]))
                .by(indicator_value, Matrix([[code[v] for v in letters]]))
                .by(matrix_arithmetic, Matrix(columns)))

    return (
        prove(e(A), EQ, first)
        .by(definition(e),   Matrix([[Indicator(eq(A, A))], [Indicator(eq(A, B))]]))
        .by(indicator_value, first)
        .qed("mit686x-onehot-map"),
        prove(e(B), EQ, second)
        .by(definition(e),   Matrix([[Indicator(eq(B, A))], [Indicator(eq(B, B))]]))
        .by(indicator_value, second)
        .qed("mit686x-onehot-map"),
        encoded((A, A),    [[1, 1], [0, 0]]).qed("mit686x-encode-AA"),
        encoded((A, B, B), [[1, 0, 0], [0, 1, 1]]).qed("mit686x-encode-ABB"),
        encoded((B, A, A), [[0, 1, 1], [1, 0, 0]]).qed("mit686x-encode-BAA"),
    )


@problem("mit686x-rnn-update", topics="recurrent induction", source=COURSE, alias="linear-recurrence")
def linear_recurrence():
    """Closed form of the state of a linear recurrent network.

    The state starts at {s0} and obeys {s.definition}.  Show by induction over {T} that {goal}.
    """
    D, T, t = size("D"), size("T"), index("t")
    A, B = matrix("A B", D, D)
    x = vectors("x", D, (t, 1, T))
    s = define_recursion("s", (t, 1, T), lambda s: A@s[t - 1] + B@x[t], (D,))
    state(s0=s[0])
    earlier = Sum(A**(T - 1 - t)@B@x[t], (t, 1, T - 1))

    return (
        prove(s[T], EQ, Sum(A**(T - t)@B@x[t], (t, 1, T)), given=eq(s[0], Zeros()))
        .by(definition(s),                  A@s[T - 1] + B@x[T])
        .by(induction(s[T - 1], earlier),   A@earlier + B@x[T], because="the claim for T - 1, and s_0 = 0 for T = 1")
        .by(linearity_of_sum,               Sum(A**(T - t)@B@x[t], (t, 1, T - 1)) + B@x[T])
        .by(split_last,                     Sum(A**(T - t)@B@x[t], (t, 1, T)))
        .qed(unproved={rule: "size_bound" for rule in ("definition", "induction", "linearity_of_sum", "split_last")})
    )


def trace(word, states_after, printed=()):
    """The states of the network with A = diag(-1, 1) and B = I while it reads one-hot letters, from 0 on.

    printed   (time, state) pairs the source gives wrongly
    """
    t = index("t")
    A, B = define("A", Matrix([[-1, 0], [0, 1]])), define("B", Matrix([[1, 0], [0, 1]]))
    n = len(word)
    x = vectors("x", 2, (t, 1, n))
    s = define_recursion("s", (t, 1, n), lambda s: A@s[t - 1] + B@x[t], (2,))
    letter = {"A": Matrix([[1], [0]]), "B": Matrix([[0], [1]])}
    after = [Matrix([[0], [0]]), *(Matrix([[a], [b]]) for a, b in states_after)]
    facts = (eq(s[0], Zeros()), *(eq(x[k], letter[w]) for k, w in enumerate(word, 1)))
    for k, (a, b) in printed:
        erratum(s[k], EQ, Matrix([[a], [b]]), "a product of a weight matrix and a vector is worked out wrongly",
                given=facts)
    return tuple(
        prove(s[k], EQ, after[k], given=facts)
        .by(definition(s),                  A@s[k - 1] + B@x[k])
        .by(substitution(s[k - 1], after[k - 1]), A@after[k - 1] + B@x[k], because="the state before")
        .by(substitution(x[k], letter[w]),  A@after[k - 1] + B@letter[w], because="the letter read")
        .by(definition(A),                  A.definition@after[k - 1] + B@letter[w])
        .by(definition(B),                  A.definition@after[k - 1] + B.definition@letter[w])
        .by(matrix_arithmetic,              after[k])
        .qed()
        for k, w in enumerate(word, 1))


@problem("mit686x-rnn-ABB", topics="recurrent", source=COURSE, alias="states-of-abb")
def states_of_abb():
    """States of the network while it reads ABB.

    With {A.definition}, {B.definition} and {s.definition}, show that {goals}.
    """
    return trace("ABB", [(1, 0), (-1, 1), (1, 2)], printed=[(3, (1, 0))])


@problem("mit686x-rnn-AAB", topics="recurrent", source=COURSE, alias="states-of-aab")
def states_of_aab():
    """States of the network while it reads AAB.

    With {A.definition}, {B.definition} and {s.definition}, show that {goals}.
    """
    return trace("AAB", [(1, 0), (0, 0), (0, 1)])


@problem("mit686x-rnn-BAA", topics="recurrent", source=COURSE, alias="states-of-baa")
def states_of_baa():
    """States of the network while it reads BAA.

    With {A.definition}, {B.definition} and {s.definition}, show that {goals}.
    """
    return trace("BAA", [(0, 1), (1, 1), (0, 1)], printed=[(2, (1, -1)), (3, (0, -1))])


@problem("mit686x-rnn-AA", topics="recurrent", source=COURSE, alias="states-of-aa")
def states_of_aa():
    """States of the network while it reads AA.

    With {A.definition}, {B.definition} and {s.definition}, show that {goals}.
    """
    return trace("AA", [(1, 0), (0, 0)])
