"""The shape of a definition's tree as layers see it: which of its maps are collections of definitions."""

from __future__ import annotations

from builder.diagnostic import Path

ANY = "*"

OWN: Path = ("workflow", "transitions", ANY, "fields")  # what a transition asks by itself

# Where options stand, and under each of them three levels more.
OPTIONS: tuple[Path, ...] = (
    ("vocabularies", ANY),
    ("fields", ANY, "options"),
    ("fields", ANY, "fields", ANY, "options"),
    (*OWN, ANY, "options"),
    (*OWN, ANY, "fields", ANY, "options"),
)

# Maps from id to definition. An id that a layer adds to one of them is stored as LAYER__id.
COLLECTIONS: tuple[Path, ...] = (
    ("vocabularies",),
    ("fields",),
    ("fields", ANY, "fields"),
    *((*home, *(ANY, "options") * under) for home in OPTIONS for under in range(4)),
    ("sections",),
    ("tags",),
    ("tags", ANY, "options"),
    ("workflow", "states"),
    ("workflow", "transitions"),
    OWN,
    (*OWN, ANY, "fields"),
    ("entries",),
    ("access",),
    ("lists",),
    ("cases",),
)
BY_FIELD: Path = ("access",)  # its keys are `record` and names of fields, not new ids
RECORD = "record"
ONLY = "only"
VERBS = frozenset({ONLY, "plus", "minus"})


def is_collection(path: Path) -> bool:
    """Whether the map at a path holds definitions by id."""
    return any(_matches(path, pattern) for pattern in COLLECTIONS)


def holds_collections(path: Path) -> bool:
    """Whether some collection stands at or under a path."""
    return any(_matches(path, pattern[: len(path)]) for pattern in COLLECTIONS)


def is_ordered(path: Path) -> bool:
    """Whether `after` may place a definition in the collection: fields and columns."""
    return is_collection(path) and path[-1] == "fields"


def is_options(path: Path) -> bool:
    """Whether the collection holds options, which `{only}` narrows."""
    return is_collection(path) and (path[-1] == "options" or (len(path) == 2 and path[0] == "vocabularies"))


def is_verbs(value: object) -> bool:
    """Whether a value says how a list changes: `{only}`, `{plus}`, `{minus}`."""
    return isinstance(value, dict) and bool(value) and value.keys() <= VERBS


def dotted(path: Path) -> str:
    """A path as `explain` takes it: `fields.source.label`."""
    return ".".join(map(str, path))


def _matches(path: Path, pattern: Path) -> bool:
    return len(path) == len(pattern) and all(want in (ANY, got) for got, want in zip(path, pattern, strict=True))
