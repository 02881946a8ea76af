"""Words that tell what a name is for and nothing about its value: they are read, and constrain nothing.

``HARMLESS`` are the words remarks may be made of.  No word is here that relates a name to others (mean, gradient,
residual, number): such a remark is unread, and then a proof, which uses less, still holds, but nothing is refuted.
"""

import re

CONNECTIVES = frozenset("""
a an the of in on at for from to by per each every all and or as is are with that this its their into between after
one two three four five first second third last
""".split())
HARMLESS = CONNECTIVES | frozenset("""
bias biases weight weights parameter parameters coefficient coefficients intercept offset feature features attribute
attributes channel channels patch patches kernel kernels filter filters stride strides dilation dilations padding size
sizes width height depth length lengths dimension dimensions layer layers hidden unit units neuron neurons network
networks deep neural model models input inputs output outputs observed observation observations data dataset point
points example examples sample samples training test validation batch minibatch epoch epochs iteration iterations step
steps time times index label labels class classes category categories target targets response responses token tokens
query queries key keys value values head heads attention self-attention embedding embeddings sequence word words
vocabulary document documents sentence sentences user users item items rating ratings cluster clusters centre centres
center centers component components mixture state states action actions reward rewards policy episode episodes agent
learning rate regularisation regularization regularizer regulariser penalty strength temperature momentum decay
discount factor tolerance threshold margin slack budget horizon tree trees node nodes edge edges graph vertex vertices
neighbour neighbours neighbor neighbors current next previous prior new old read figure held fixed constant given known
taken unknown arbitrary convolution convolutional pooling recurrent block blocks branch transformer decoder
encoder receptive field operation operations row-wise column-wise position positions context image images pixel pixels
side floor book problem problems exercise notation shorthand abbreviation lambda-return variable variables
""".split())

# In a remark after a whole declaration, words that may still change how the name is to be read.
ALTERING = frozenset("""
random complex layout derivative elementwise entrywise componentwise row rows column columns transpose transposed index
indices indexed zero-based vector vectors matrix matrices array arrays function functions operator modulo entries entry
distribution density law set defined definition integer integers equal equals equation where whose scalar scalars
symmetric
""".split())

# The same after a definition: its formula has been read, only a convention can change it.
CONVENTIONS = frozenset(("layout", "complex", "modulo", "elementwise", "entrywise", "componentwise", "indexed",
                         "zero-based", "transposed"))

_SYMBOL = re.compile(r"\S*[\^_\\]\S*|(?<![A-Za-z0-9.'-])[a-zA-Z0-9](?:[+-]\d)?(?![A-Za-z0-9'-]|\.\d)|[,:;\s]")
_OF_SYMBOL = re.compile(r"\b(?:of|from|by|in|between)\s+(?:\S*[\^_\\]|[a-zA-Z0-9](?![A-Za-z0-9'-]))")
_RELATION = re.compile(r"[=<>]|\\(?:[lg]eq?|neq?|in|sim|perp)(?![A-Za-z])")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")

# Adjectives of a vector, matrix, scalar ... that name its role: "weight vector", "learned parameter".
ADJECTIVES = ("weight", "bias", "feature", "parameter", "input", "hidden", "data", "design", "embedding", "query",
              "key", "fixed", "given", "known", "unknown", "arbitrary", "learned", "learnable", "trainable", "training",
              "test", "observed", "generic", "finite", "model", "regression", "coefficient", "regularisation",
              "regularization", "hyperparameter", "deterministic")
# Said before a noun they relate the name to something that is not declared here: unread, though no head.
RELATIONAL = ("gradient", "residual", "error", "mean", "average", "output", "prediction", "predicted", "estimated",
              "optimal", "true", "centred", "centered", "normalised", "normalized", "standardised", "standardized",
              "update", "activation", "sample", "empirical", "adjacency", "projection",
              "rotation", "kernel", "piecewise-linear", "linear", "nonlinear", "monotone", "increasing", "decreasing")


def is_harmless(text):
    """True for a remark of harmless words and symbols only; "length of x" relates the name to x and is none."""
    if relates(text) or _RELATION.search(text):
        return False
    words = _SYMBOL.sub(" ", text).split()
    return all(w in HARMLESS for w in words) and not CONNECTIVES.issuperset(words)


def relates(text):
    """Whether a remark says that the name belongs to another symbol: "length of x"."""
    return _OF_SYMBOL.search(text) is not None


def words_of(text):
    """The words of a text in small letters."""
    return {w.lower() for w in _WORD.findall(text)}
