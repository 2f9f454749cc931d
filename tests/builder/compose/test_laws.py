"""Laws of composition, over random overlays made of parts that may be combined in any way and order."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from builder.compose import compose
from builder.diagnostic import Path
from builder.language import Document
from tests.builder.compose.layers import base, overlay, read

Data = dict[str, object]

CHANGES: tuple[Data, ...] = (
    {"title": "部门线索"},
    {"fields": {"name": {"label": "企业名称"}}},
    {"fields": {"name": {"label": {"en": "Company"}, "max": 30}}},
    {"fields": {"name": {"help": {"zh": "写执照上的", "en": "As registered"}, "personal": True}}},
    {"fields": {"source": {"help": "选一个", "options": {"online": {"label": "网上"}, "offline": "线下活动"}}}},
    {"fields": {"source": {"options": {"only": ["online", "offline"]}}}},
    {"fields": {"platform": {"valid": {"check": "size(platform) < 9", "say": "太长"}}}},
    {"fields": {"platform": {"refuse": {"say": "写明具体平台"}, "label": "渠道"}}},
    {"fields": {"amount": {"after": "name", "required": "given(platform)"}}},
    {"fields": {"touches": {"max": 5, "fields": {"note": {"label": "说明"}}}}},
    {"vocabularies": {"vague": {"plus": ["电话"]}, "ways": {"shop": {"help": "自己的"}}}},
    {"tags": {"size": {"options": {"small": "小型"}}}},
    {"workflow": {"states": {"won": {"edit": "none"}}}},
    {"workflow": {"transitions": {"win": {"requires": {"plus": ["name"]}, "label": "赢"}}}},
    {"workflow": {"transitions": {"lose": {"by": {"minus": ["manager"]}, "comment": "required"}}}},
    {"access": {"amount": {"read": {"only": ["owner"]}}, "name": {"read": {"only": ["owner"]}}}},
    {"lists": {"mine": {"columns": {"minus": ["source"], "plus": ["amount"]}}}},
)
ADDITIONS: tuple[Data, ...] = (
    {"fields": {"code": {"type": "text", "label": "编号", "after": "name"}}},
    {"fields": {"team": {"type": "choice", "label": {"zh": "组", "en": "Team"}, "options": {"a": "甲", "b": "乙"}}}},
    {"fields": {"touches": {"fields": {"cost": {"type": "money", "label": "费用", "after": "day"}}}}},
    {"fields": {"source": {"options": {"radio": {"label": "电台", "counts_as": "offline"}}}}},
    {"workflow": {"states": {"trial": {"label": "试用", "counts_as": "new"}}}},
    {"workflow": {"transitions": {"try": {"from": "new", "to": "trial", "by": ["sales"]}}, "states": {"trial": "试"}}},
    {"sections": {"all": {"title": "全部", "fields": ["name", "code"]}}},
    {"vocabularies": {"own": ["x", "y"]}},
    {"lists": {"coded": {"title": "编号", "columns": ["code", "name"]}}},
)


def joined(parts: list[Data]) -> Data:
    """Parts as one map, the later one winning where both write the same."""
    whole: Data = {}
    for part in parts:
        for key, value in part.items():
            inner = whole.get(key)
            both = isinstance(value, dict) and isinstance(inner, dict)
            whole[key] = joined([inner, value]) if both else value  # type: ignore[list-item]
    return whole


def shuffled(value: object, draw: st.DrawFn) -> object:
    """The same data, the keys of every map in another order."""
    if not isinstance(value, dict):
        return value
    return {key: shuffled(value[key], draw) for key in draw(st.permutations(list(value)))}


@st.composite
def words(draw: st.DrawFn) -> Data:
    """What stands under the head of an overlay."""
    change = draw(st.lists(st.sampled_from(CHANGES), max_size=8, unique_by=CHANGES.index))
    add = draw(st.lists(st.sampled_from(ADDITIONS), max_size=5, unique_by=ADDITIONS.index))
    return {verb: joined(parts) for verb, parts in (("change", change), ("add", add)) if parts}


def written(data: Data) -> Document:
    """An overlay as its file would be read: JSON is YAML."""
    return read(json.dumps({"overlay": "east", "extends": "lead@1.2.0", **data}, ensure_ascii=False), "overlay")


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every path that nothing stands under, with what stands there."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def is_derived(path: Path, reason: object) -> bool:
    """What follows from the overlay's words: an option that `only` leaves out, a field that joins a section."""
    return path[-1] == "retired" or (path[0] == "sections" and (isinstance(reason, dict) or path[2] == "fields"))


def test_an_overlay_that_says_nothing_is_its_base() -> None:
    document, findings = compose(base(), overlay(""), language="zh")
    assert findings == []
    assert document == base()
    assert compose(base(), None, language="zh") == (base(), [])


@given(words())
def test_every_leaf_has_a_layer_and_the_newest_one_says_what_holds(data: Data) -> None:
    document, _ = compose(base(), written(data), language="zh")
    for path, value in leaves(document.data):
        layers = document.layers(path)
        assert layers, path
        newest = layers[0]
        assert newest.name in ("", "east")
        assert newest.name == document.layer(path)
        if not is_derived(path, newest.value):
            assert newest.value == value, path
        assert document.place(path) == newest.place


@given(words())
def test_what_an_overlay_does_not_name_is_the_bases(data: Data) -> None:
    document, _ = compose(base(), written(data), language="zh")
    ours, theirs = dict(leaves(document.data)), dict(leaves(base().data))
    listed = {path[:-1] for path in theirs if isinstance(path[-1], int)}
    for path, value in theirs.items():
        if path[:-1] not in listed and path in ours and document.layer(path) == "":
            assert ours[path] == value
    assert all(document.layer(path) == "east" for path in ours.keys() - theirs.keys() if path[:-1] not in listed
               and path[:-1] not in theirs and "valid" not in path)  # fmt: skip


@given(st.data())
def test_the_order_of_the_words_does_not_matter(data: st.DataObject) -> None:
    said = data.draw(words())
    other = {verb: shuffled(tree, data.draw) for verb, tree in said.items()}
    first, found = compose(base(), written(said), language="zh")
    second, also = compose(base(), written(other), language="zh")
    assert canonical(first.data) == canonical(second.data)
    assert sorted(f.code for f in found) == sorted(f.code for f in also)


def canonical(value: object) -> object:
    """Data without the order of maps: that of added definitions is the order they were written in."""
    if isinstance(value, dict):
        return {key: canonical(value[key]) for key in sorted(value)}
    return value


@given(words())
def test_composing_is_a_function(data: Data) -> None:
    said = written(data)
    assert compose(base(), said, language="zh")[0].data == compose(base(), said, language="zh")[0].data
    assert said.data == written(data).data
