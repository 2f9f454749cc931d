"""A vocabulary of 50,000 entries searched, against a bare bigram look-up: intersected sets, the first twenty."""

from __future__ import annotations

from itertools import islice, pairwise
from random import Random

from benchmarks.timing import Figure, in_turn
from builder.vocabularies.table import table
from workflows.find.entries import look_up

MANY = 50_000
MOST = 20
SIGNS = "轴承螺栓齿轮电机阀门泵体管件法兰垫圈弹簧钢板铝材铜线导轨丝杠夹具刀片油封皮带链条支架接头开关按钮插座线缆端子"


def entries(chance: Random) -> dict[str, str]:
    """Ids and labels of an invented parts list."""
    return {f"p{n}": "".join(chance.choices(SIGNS, k=6)) + f"-{n}" for n in range(MANY)}


def searching() -> Figure:
    """The same words looked for in both: two to four signs of some label, as they are typed."""
    chance = Random(4754)
    labels = entries(chance)
    options = table("id,label\n" + "".join(f"{id},{label}\n" for id, label in labels.items()), "zh").options
    words = [label[start : start + length] for label in chance.sample([*labels.values()], 100)
             for start, length in ((0, 2), (1, 3), (0, 4))]  # fmt: skip
    known: dict[str, set[str]] = {}
    for id, label in labels.items():
        for gram in set(map("".join, pairwise(label))):
            known.setdefault(gram, set()).add(id)

    def bare() -> None:
        for word in words:
            found = set.intersection(*(known[gram] for gram in map("".join, pairwise(word))))
            [labels[id] for id in islice(found, MOST)]

    def ours() -> None:
        for word in words:
            look_up(options, word, MOST)

    return Figure(f"search {MANY:,} entries", "a bare bigram look-up", "≤", 2, in_turn(ours, bare, times=10))
