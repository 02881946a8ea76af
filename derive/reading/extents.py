r"""The size of an array as a pair: ``\operatorname{size}(A) = 20 \times 5``, for a word an author declares so."""

from derive.reading.phrases import depth_zero, split
from derive.term import ONE, free_names, matrix, rebuild
from derive.term.shapes import ShapeError, shape_of


def counting_words(symbols):
    """The names declared to be rows x columns of an array."""
    return {d.name for d in symbols if d.definition is not None and d.definition.head == "shape"}


def paired(text, words):
    r"""``20 \times 5`` or ``(4, 3)`` against such a word as a row of two numbers; other texts as they are."""
    plain = text.strip()
    if not words or any(w in plain for w in words):
        return text
    if plain[:1] + plain[-1:] == "()" and not depth_zero(plain[1:-1], r"[()]"):
        parts = split(plain[1:-1], ",")
    else:
        parts = split(plain, r"\\times(?![a-z])")
    if len(parts) != 2 or not all(p.strip() for p in parts):
        return text
    return rf"\begin{{bmatrix}} {parts[0]} & {parts[1]} \end{{bmatrix}}"


def with_extents(symbols, sides, layout):
    """The sides with every size of an array replaced by its rows and columns, where the declarations tell them."""
    words = counting_words(symbols)
    return tuple(_replaced(side, words, symbols, layout) for side in sides) if words else sides


def _replaced(node, words, symbols, layout):
    if node.head == "call" and node.args[0].head == "name" and node.args[0].value in words and len(node.args) == 2:
        found = _extent(node.args[1], symbols, layout)
        return node if found is None else matrix((found,))
    return rebuild(node, tuple(_replaced(a, words, symbols, layout) for a in node.args))


def _extent(array, symbols, layout):
    """(rows, columns) of an array as Terms, or None where they are not known."""
    try:
        shape = _derivative(array, symbols, layout) or shape_of(array, symbols)
    except ShapeError:
        return None
    if not shape or any(s.head == "implied" or any(n.startswith("?") for n in free_names(s)) for s in shape):
        return None
    return shape if len(shape) == 2 else (shape[0], ONE)


def _derivative(array, symbols, layout):
    """The shape of d f / d x for vectors in the declared layout; None for other Terms."""
    if array.head != "deriv" or len(array.args) != 2 or layout is None:
        return None
    above, below = (shape_of(t, symbols) for t in array.args)
    if not above or not below or len(above) != 1 or len(below) != 1:
        return None
    return (*above, *below) if layout == "numerator" else (*below, *above)
