"""Sheets: prose with formulas, long formulas broken and joined again, files written whole, numbers for symbols."""

import pytest

from derive.reading.claims import read_claim
from derive.term import num
from derive.writing.files import write_whole
from derive.writing.layout import broken, mathed, split_at_signs, unmathed
from derive.writing.parameters import BadParameter, at_values
from derive.writing.tex import text

WORDS = ["positive scalar", "vectors d, i = 1..n", r"random variable with mean \mu and variance \sigma^2",
         "integer >= 2", r"sequence in (0,1), with \frac{a + b}{c} < 1, i = 1..I", "matrix n x d, of full column rank"]


@pytest.mark.parametrize("words", WORDS)
def test_words_survive_dollar_signs(words):
    assert unmathed(mathed(words)) == words
    assert mathed(words).count("$") % 2 == 0


def test_only_latex_is_put_between_dollar_signs():
    assert mathed("positive scalar") == "positive scalar"
    assert mathed(r"with mean \mu and more") == r"with mean $\mu$ and more"
    assert mathed(r"with \frac{a + b}{c} < 1") == r"with $\frac{a + b}{c}$ < 1"


FORMULAS = {
    "a + b - c": ["a ", "+ b ", "- c"],
    r"\left(a + b\right)c - d": [r"\left(a + b\right)c ", "- d"],
    r"-x + \frac{a - b}{2}": ["-x ", r"+ \frac{a - b}{2}"],
    r"f(x - y) \le -z + w": [r"f(x - y) \le -z ", "+ w"],
    r"\begin{pmatrix} a + b \\ c \end{pmatrix} + d": [r"\begin{pmatrix} a + b \\ c \end{pmatrix} ", "+ d"],
    r"x^{-1} + \left[-1, 1\right)": ["x^{-1} ", r"+ \left[-1, 1\right)"],
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_are_cut_at_top_level_signs_only(formula):
    assert split_at_signs(formula) == FORMULAS[formula]
    assert "".join(split_at_signs(formula)) == formula


def test_a_long_formula_is_broken_and_joins_again():
    formula = " + ".join(f"x_{{{k}}}" for k in range(40))
    pieces = broken(formula, 30)
    assert len(pieces) > 3 and " ".join(pieces) == formula


def test_text_is_ascii_and_escapes_what_tex_reads():
    assert text("50% of $a_b$ & Poincar\u00e9 \u2013 x_1") == r"50\% of $a_b$ \& Poincare -- x\_1"


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path/"deep"/"sheet.md"
    assert write_whole(path, "one\n") and not write_whole(path, "one\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half \ud800")
    assert path.read_text(encoding="utf-8") == "one\n" and list(path.parent.iterdir()) == [path]


CLAIM = (r"\sigma x + n", "=", r"n + x\sigma", {r"\sigma": "positive scalar", "x": "real scalar", "n": "integer >= 1"})


def test_numbers_stand_for_symbols_in_the_claim():
    claim = at_values([r"sigma=3/2", "n=4"])(read_claim(*CLAIM))
    assert {d.name for d in claim.symbols} == {"x"}
    assert claim.left.args[-1] is num(4)


@pytest.mark.parametrize("value", ["y=1", "sigma=-1", "sigma", "sigma=x", "n=1/2", "n=0", "x=1/0"])
def test_a_value_that_no_symbol_takes_is_refused(value):
    with pytest.raises(BadParameter):
        at_values([value])(read_claim(*CLAIM))
