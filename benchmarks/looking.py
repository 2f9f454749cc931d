"""Looking records up among 100,000: by what may be the same, by letters of a text, beside reading every one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.depth import AT, MANY, RECORDS
from benchmarks.timing import Figure, in_turn
from workflows.find.interpret import run
from workflows.find.query import Look, Query, Row
from workflows.keep import open_store

PLACES: Final = ["苏州", "无锡", "上海", "杭州", "广东", "深圳", "北京", "天津", "山东", "青岛", "南京", "宁波"]
SIGNS: Final = "恒远精华东智造宏达鑫盛瑞丰安泰德信和顺通利金银龙凤海天星光明新科创联合同方正大中兴隆昌荣富贵福祥云峰"
TRADES: Final = ["精密机械", "电子科技", "自动化设备", "新材料", "贸易", "模具", "仪器仪表", "信息技术"]
FORMS: Final = ["有限公司", "股份有限公司", "有限责任公司", "厂"]
ASKED: Final = 20


def name(chance: Random) -> str:
    """An invented company."""
    own = "".join(chance.choices(SIGNS, k=chance.choice((2, 2, 3, 4))))
    return chance.choice(PLACES) + own + chance.choice(TRADES) + chance.choice(FORMS)


def looking(folder: Path) -> Iterator[Figure]:
    """A company's duplicates by name, by telephone, and a search for three signs, each beside a scan."""
    chance = Random(100_000)
    rows = {f"{n:026}": row(f"{n:026}", name(chance), n) for n in range(MANY)}
    store = open_store("tinydb:data", folder / "looking")
    with store.write(at=AT, actor="bench") as transaction:
        for id, each in rows.items():
            transaction.put(RECORDS, id, each)
        transaction.log("created", "all", {})
    asked = [dict(data) for id in chance.sample([*rows], ASKED) if isinstance(data := rows[id]["data"], Mapping)]
    for what, queries in questions(asked).items():
        few = queries[:1]  # a scan is slow enough

        def ours(queries: list[Query] = queries) -> None:
            for query in queries:
                store.find(query)

        def scan(few: list[Query] = few) -> None:
            for query in few:
                run(query, rows.items())

        assert store.find(few[0]) == run(few[0], rows.items()), what
        taken = in_turn(ours, scan, rounds=5, times=1)
        each = type(taken)(taken.ours / ASKED, taken.theirs, taken.ratio / ASKED)
        yield Figure(f"{what} among {MANY:,}", "reading every record", "≤", 0.05, each)
    store.close()


def row(id: str, company: str, number: int) -> Row:
    """A record's row, as far as anybody looks at it."""
    return {"id": id, "template": "customer", "updated": AT, "data": {"name": company, "phone": f"+86138{number:08}"}}


def questions(asked: list[dict[str, object]]) -> Mapping[str, list[Query]]:
    """What is asked, by what it is called."""
    home: Mapping[str, object] = {"template": "customer"}
    names = [str(data["name"]) for data in asked]
    return {
        "similar names": [query(home, Look("data.name", each, "similar", "template")) for each in names],
        "the same number": [query({**home, "data.phone": data["phone"]}, None) for data in asked],
        "three signs of a text": [query(home, Look("data", each[2:5], "holds", "template")) for each in names],
    }


def query(where: Mapping[str, object], look: Look | None) -> Query:
    """A page of what is looked for."""
    return Query(collection=RECORDS, where=where, look=look, size=12, counted=False)
