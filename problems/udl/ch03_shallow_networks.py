"""Shallow networks: how many parameters one hidden layer has."""

from derive.derivation import EQ, prove
from derive.lang import Sum, define, index, size
from derive.rules.algebra import collect, definition, expand, factor
from derive.rules.sums import constant_sum
from problems import problem

PRINCE = "Prince, Understanding Deep Learning, problem {}"


@problem("udl-3.17", topics="network counting", source=PRINCE.format("3.17"), alias="shallow-network-parameters")
def shallow_network_parameters():
    """Number of parameters of a network with one hidden layer.

    A network has {D_i} inputs, {D} hidden units and {D_o} outputs.  Each hidden unit has a bias and a weight for every
    input, each output a bias and a weight for every hidden unit, so that the number of parameters is {N.definition}.
    Show that {goal}, and hence {goal2}.
    """
    inputs, D, outputs = size("D_i D D_o")
    i, j, k = index("i"), index("j"), index("k")
    hidden = 1 + Sum(1, (i, 1, inputs))
    output = 1 + Sum(1, (j, 1, D))
    N = define("N", Sum(hidden, (j, 1, D)) + Sum(output, (k, 1, outputs)))
    total = inputs*D + D + D*outputs + outputs

    return (
        prove(N, EQ, total)
        .by(definition(N), Sum(hidden, (j, 1, D)) + Sum(output, (k, 1, outputs)))
        .by(constant_sum,  Sum(1 + inputs, (j, 1, D)) + Sum(1 + D, (k, 1, outputs)))
        .by(constant_sum,  D*(1 + inputs) + outputs*(1 + D))
        .by(expand,        total)
        .qed(),
        prove(total, EQ, (inputs + 1)*D + (D + 1)*outputs)
        .by(collect(D),    (inputs + 1)*D + D*outputs + outputs)
        .by(factor,        (inputs + 1)*D + (D + 1)*outputs)
        .qed(),
    )
