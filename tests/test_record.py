"""Records behave as the standard library's dataclasses do, in what we use of them."""

import copy
import dataclasses

import pytest

from derive.term import Declaration, num
from derive.term.record import field, record, replace


def family(make, fresh):
    """The same three classes by one decorator."""
    @make(frozen=True)
    class Base:
        first: int
        second: str = "b"
        name = "base"

    @make(frozen=True)
    class Derived(Base):
        third: tuple = ()
        second: str = "c"
        name = "derived"

    @make
    class Loose:
        here: int
        table: dict = fresh(default_factory=dict)

        def __post_init__(self):
            if self.here < 0:
                raise ValueError("negative")
    return Base, Derived, Loose


OURS, PEER = family(record, field), family(dataclasses.dataclass, dataclasses.field)
CONSTRUCTIONS = [((1,), {}), ((1, "x"), {}), ((), {"first": 1}), ((1,), {"second": "x"})]
WRONG = [((), {}), ((1,), {"first": 2}), ((1,), {"strange": 2}), (tuple(range(9)), {})]


@pytest.mark.parametrize("values, named", CONSTRUCTIONS)
@pytest.mark.parametrize("which", [0, 1])
def test_constructor_text_equality_hash(which, values, named):
    ours, peer = OURS[which](*values, **named), PEER[which](*values, **named)
    assert vars(ours) == vars(peer)
    assert repr(ours) == repr(peer)
    assert ours == OURS[which](*values, **named)
    assert hash(ours) == hash(peer)
    assert ours != OURS[1 - which](*values, **named)


@pytest.mark.parametrize("values, named", WRONG)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_wrong_arguments(which, values, named):
    for classes in (OURS, PEER):
        with pytest.raises(TypeError):
            classes[which](*values, **named)


def test_frozen():
    one = OURS[0](1)
    for change in (lambda: setattr(one, "first", 2), lambda: delattr(one, "first")):
        with pytest.raises(AttributeError, match="frozen"):
            change()


def test_defaults_made_anew_and_checks_after():
    one, other = OURS[2](1), OURS[2](1)
    one.table["k"] = 1
    assert other.table == {}
    assert one != other
    with pytest.raises(TypeError):
        hash(one)
    with pytest.raises(ValueError, match="negative"):
        replace(one, here=-1)


def test_replace_and_copies():
    one = OURS[1](1, third=(2,))
    assert replace(one, first=3) == OURS[1](3, third=(2,))
    assert one.__match_args__ == PEER[1].__match_args__
    declared = Declaration("x", "vector", shape=(num(3),))
    assert copy.copy(declared) == copy.deepcopy(declared) == declared
    with pytest.raises(TypeError):
        replace(one, strange=1)
