"""Records: what dataclasses offer and we use, without their cost at start-up.

The standard module imports ``inspect`` and compiles six methods for every class, together a third of the time in which
a step is read and proved.  These records share their methods instead.  Fields are the annotated names of the class, in
order, after those of its bases; ``__match_args__`` lists them.
"""

from operator import attrgetter

MISSING = object()
TYPE_CHECKING = False       # type checkers take it for true, and know what a dataclass is


class Factory:
    """The default of a field that is made anew for every record."""

    __slots__ = ("make",)

    def __init__(self, make):
        self.make = make


if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from dataclasses import field, replace
else:
    def field(default_factory):
        """A field whose default is what the factory returns."""
        return Factory(default_factory)

    def record(cls=None, *, frozen=False):
        """Give a class of annotated fields its constructor, equality, hash (where frozen) and text."""
        return _equipped(cls, frozen) if cls is not None else lambda later: _equipped(later, frozen)

    def replace(self, **changes):
        """A record of the same class with some fields changed; its constructor runs again."""
        return self.__class__(**{**{name: getattr(self, name) for name in self.__match_args__}, **changes})


def _equipped(cls, frozen):
    names = tuple(dict.fromkeys((*getattr(cls, "__match_args__", ()), *cls.__annotations__)))
    defaults, factories = {}, {}
    for name in names:
        if isinstance(given := getattr(cls, name, MISSING), Factory):
            factories[name] = given.make
        elif given is not MISSING:
            defaults[name] = given
    methods = {"__match_args__": names, "__init__": _constructor(cls, names, defaults, factories), "__repr__": _text}
    methods |= _comparison(names, frozen)
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    return cls


def _constructor(cls, names, defaults, factories):
    count, after = len(names), getattr(cls, "__post_init__", None)

    def __init__(self, *values, **named):
        fields = self.__dict__
        if len(values) == count and not named:
            fields.update(zip(names, values))       # noqa: B905 - the lengths are equal
            if after is not None:
                after(self)
            return
        fields.update(defaults)
        fields.update(zip(names, values))       # noqa: B905 - too many values are told apart below
        fields.update(named)
        for name, make in factories.items():
            if name not in fields:
                fields[name] = make()
        if len(fields) != count or len(values) > count or named and not named.keys().isdisjoint(names[:len(values)]):
            raise TypeError(f"{cls.__name__} takes the fields {', '.join(names)}")
        if after is not None:
            after(self)
    return __init__


def _comparison(names, frozen):
    key = attrgetter(*names) if names else lambda _: ()

    def __eq__(self, other):
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self):
        return hash(key(self))
    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _text(self):
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({fields})"


def _refuse(self, name, *_):
    raise AttributeError(f"a {self.__class__.__name__} is frozen, its field {name} too")
