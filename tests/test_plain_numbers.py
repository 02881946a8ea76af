"""Letters that are said to be numbers and nothing else are read one by one; among others they mean the same."""

import pytest

from derive.reading.claims import _PLAIN
from derive.reading.declarations import read_declarations

OTHERS = [("x", "real scalar"), ("B", "matrix n x n"), ("k", "integer >= 1"), ("f", "function of a and e")]


@pytest.mark.parametrize("words", sorted(_PLAIN))
def test_a_plain_number_is_read_alone_as_among_others(words):
    for letter in ("a", r"\sigma", "e", "i", "N", "E"):
        for other, theirs in OTHERS:
            together = read_declarations({letter: words, other: theirs}, frozenset("kj"))
            assert read_declarations({letter: words})[0] in together
