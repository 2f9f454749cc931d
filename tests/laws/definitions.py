"""Random sound definitions over the whole language of forms: each type, each property, conditions on what is there.

One source of chance decides everything, so a number is a definition. What the compiler finds wrong in one is put right
by leaving it out (`sound`): the laws are about definitions that may be published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final
from unittest import mock

from builder.compile import Compiled, compile_sources
from builder.language import Source, catalogue
from builder.proofs import world
from tests.laws.formulas import MAKER, NUMERIC, SYSTEM, TEXTS, Name, Writer

Data = dict[str, Any]
COMPANY = """
company: 公司
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {clerk: 经办, boss: 主管}
departments: {east: 华东, west: 华西}
store: tinydb:data
"""
VOCABULARIES = {
    "vague": ["网络", "展会", "straße"],
    "trades": {"farm": "农业", "make": {"label": "制造", "synonyms": ["工厂"]}},
}
IDS = ("a", "数量", "note", "constructor", "toString", "b2", "渠道", "day", "sum", "kind", "total", "备注", "n", "who",
       "extra", "flag", "when", "code", "名称", "last", "valueOf", "c")  # fmt: skip
FLAT = ("text", "text", "integer", "integer", "number", "money", "boolean", "choice", "choice", "choices", "date",
        "datetime", "time", "phone", "email", "url", "person", "department", "file")  # fmt: skip
TYPES = (*FLAT, *FLAT, "rows", "rows", "rows", "log", "serial")
COMPUTED = ("integer", "number", "money", "text", "date", "datetime", "boolean")
FORMATS = ("cn_mobile", "cn_postcode", "uscc", "bank_card")
BOUNDS: Final[dict[str, tuple[tuple[object, ...], tuple[object, ...]]]] = {
    "text": ((1, 2), (4, 8, 20)), "integer": ((-5, 0, 1), (5, 9, 60)), "number": ((-1.5, 0), (5.5, 60)),
    "money": ((0, 0.5), (10, "1,000")), "choices": ((1, 2), (2, 3)), "rows": ((1,), (1, 2, 3)), "log": ((), (1, 3)),
    "date": (("2020-01-01",), ("2026-12-31", "=today()")), "time": (("06:00",), ("22:00",)), "file": ((), (1, 3)),
    "datetime": (("2020-01-01 08:00",), ("2027-01-01 00:00",)), "email": ((), (12, 40)),
}  # fmt: skip
DEFAULTS: Final[dict[str, tuple[object, ...]]] = {
    "text": ("网", "ab", "AB-12"), "integer": ("3", "2"), "number": ("1.5",), "money": ("2.5",), "time": ("09:30",),
    "boolean": (True, False), "date": ("2026-01-05",), "datetime": ("2026-01-05 10:00",), "department": ("east",),
}  # fmt: skip


class Definer:
    """Writes one definition, field by field: each may speak of those before it, whatever their order in the end."""

    def __init__(self, chance: Random, system: tuple[Name, ...] = (*SYSTEM, *MAKER)) -> None:
        self.chance = chance
        self.writer = Writer(chance, (), system)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def definition(self, size: int = 12) -> Data:
        """A whole template, `sheet`."""
        fields = {id: self.field(id, self.chance.choice(TYPES)) for id in self.chance.sample(IDS, size)}
        tags = {name: self.tags(name) for name in ("heat", "touch") if self.often(0.5)}
        for (
            field
        ) in fields.values():  # what closes no circle may speak of every name: of those that come later, and tags
            self.judgements(field)
        whole: Data = {"template": "sheet", "version": "1.0.0", "title": "试验"}
        names = self.chance.sample(list(fields), len(fields)) if self.often(0.3) else list(fields)
        whole |= {"privacy": {"purpose": "测试", "retain": "1y"}, "fields": {id: fields[id] for id in names}}
        whole |= {"tags": tags} if tags else {}
        whole |= {"checklist": [*self.chance.sample(names, 4), "state"]} if self.often(0.5) else {}
        whole |= {"sections": self.sections(fields)} if self.often(0.4) else {}
        whole |= {"workflow": self.workflow()} if self.often(0.5) else {}
        said = yaml(fields)
        used = {id: words for id, words in VOCABULARIES.items() if f'"{id}"' in said}
        return whole | {"access": self.access(names)} | ({"vocabularies": used} if used else {})

    # -- fields -------------------------------------------------------------------------------------------------------

    def field(self, id: str, type: str) -> Data:
        """A field, after which conditions may speak of it."""
        made = self.part(id, "text" if type == "serial" else type)
        if type == "serial":
            made = {"type": "text", "label": id, "serial": self.chance.choice(("KH-{YYYY}{MM}-{0000}", "{0}"))}
        made |= {"when_hidden": "keep"} if "visible" in made and type != "log" and self.often(0.3) else {}
        self.writer = self.writer.knowing(self.name(id, made))
        return made

    def name(self, id: str, field: Data) -> Name:
        columns = tuple(self.name(column, each) for column, each in field.get("fields", {}).items())
        stamps = (Name("at", "datetime"), Name("by", "person")) if field["type"] == "log" else ()
        return Name(id, "rows" if stamps else field["type"], tuple(ids(field)), (*stamps, *columns))

    def part(self, id: str, type: str, within: Writer | None = None) -> Data:
        """A field or a column (then `within` writes formulas that know the row) that is settled by what is there."""
        writer = within or self.writer
        made: Data = {"type": type, "label": id, **self.own(type)}
        if writer.names and self.often(0.35):
            made["visible"] = writer.condition()
        if type in COMPUTED and writer.names and self.often(0.25):
            kind = {"boolean": writer.condition}.get(type) or (lambda: writer.value(type))
            own = {k: v for k, v in made.items() if k not in ("format", "pattern", "refuse", "min", "max", "step")}
            return own | {"compute": kind()}
        if type in DEFAULTS and self.often(0.25):
            formula = type in COMPUTED and type != "boolean" and writer.names and self.often(0.5)
            made["default"] = f"={writer.value(type)}" if formula else self.chance.choice(DEFAULTS[type])
            made |= {"readonly": True} if within is None and self.often(0.25) else {}
        return made

    def own(self, type: str) -> Data:
        """What only some types have."""
        made: Data = {}
        for side, bounds in zip(("min", "max"), BOUNDS.get(type, ((), ())), strict=True):
            made |= {side: self.chance.choice(bounds)} if bounds and self.often(0.25) else {}
        if type in ("rows", "log"):
            return made | {"fields": self.columns()}
        if type in ("choice", "choices"):
            return made | self.options()
        if type == "text":
            made |= {"lines": 3} if self.often(0.2) else {}
            made |= {"format": self.chance.choice(FORMATS)} if not made and self.often(0.15) else {}
            made |= {"pattern": "[A-Z]{2}\\-\\d+", "example": "AB-12"} if not made and self.often(0.15) else {}
        if type in NUMERIC:
            made |= (
                {"step": self.chance.choice((1, 2, 0.5) if type != "integer" else (2, 5))} if self.often(0.15) else {}
            )
            made |= {"unit": "件"} if self.often(0.2) and type != "money" else {}
        if type == "file":
            made |= {"kinds": ["image", "pdf"]} if self.often(0.4) else {}
        return made

    def options(self) -> Data:
        if self.often(0.15):
            return {"vocabulary": "trades"}
        made: Data = {each: {"label": each.upper()} for each in ("o1", "o2", "o3")}
        if self.often(0.3):
            made["o1"]["options"] = {"deep": "深", "deeper": {"label": "更深", "synonyms": ["底"]}}
        if self.writer.names and self.often(0.3):
            made["o2"]["visible"] = self.writer.condition(1)
        made |= {"old": {"label": "旧", "retired": True}} if self.often(0.2) else {}
        return {"options": made, **({"widget": "select"} if self.often(0.15) else {})}

    def columns(self) -> Data:
        within, made = self.writer, {}
        for id in self.chance.sample(("qty", "sort", "price", "免", "proto", "t"), self.chance.randint(1, 4)):
            made[id] = self.part(id, self.chance.choice(FLAT), within)
            made[id] |= {"required": True} if "compute" not in made[id] and self.often(0.2) else {}
            within = within.knowing(self.name(id, made[id]))
        if all("compute" in each for each in made.values()):
            del made[id]["compute"]  # of a row something is asked
        return {id: made[id] for id in self.chance.sample([*made], len(made))}

    def judgements(self, field: Data) -> None:
        """What is asked and what is wrong: it settles nothing, so it may speak of everything."""
        if "compute" in field or "serial" in field:
            return
        writer, type = self.writer, field["type"]
        if self.often(0.5) and not field.get("readonly"):
            field["required"] = True if self.often(0.4) else writer.condition()
        if type in (*NUMERIC, "date") and "max" not in field and self.often(0.25):
            field["max"] = f"={writer.value(type)}"
        if type not in ("file", "log") and self.often(0.2):
            field["valid"] = {"check": writer.condition(), "say": "不行"}
        if type in TEXTS and not {"format", "pattern"} & field.keys() and self.often(0.3):
            field["refuse"] = {"values": self.chance.choice(("vague", ["互联网", "Online"])), "say": "请写明"}

    # -- around the fields --------------------------------------------------------------------------------------------

    def tags(self, name: str) -> Data:
        made: Data = {f"t{n}": {"label": f"标{n}", "when": self.writer.condition()} for n in (1, 2)} | {"hand": "手工"}
        self.writer = self.writer.knowing(Name(name, "choice" if name == "heat" else "choices", tuple(made)))
        return {"label": name, "options": made, **({} if name == "heat" else {"many": True})}

    def sections(self, fields: Data) -> Data:
        ids_ = list(fields)
        cut = self.chance.randrange(1, len(ids_))
        later = replace(self.writer, names=tuple(n for n in self.writer.names if n.text in ids_[:cut]))
        shown = {"visible": later.condition()} if self.often(0.5) else {}
        return {"first": {"title": "一", "fields": ids_[:cut]}, "then": {"title": "二", "fields": ids_[cut:], **shown}}

    def workflow(self) -> Data:
        states = {
            "new": {"label": "新", "initial": True},
            "open": {"label": "开"},
            "done": {"label": "完", "final": True},
        }
        if self.often(0.5):
            states["open"]["initial"] = True
        ways = {
            "go": {"from": "new", "to": "open", "by": ["clerk"]},
            "end": {"from": "open", "to": "done", "by": ["clerk"]},
        }
        return {"states": states, "transitions": ways}

    def access(self, names: list[str]) -> Data:
        """Everybody of the company works on the records; some fields are not for everyone."""
        lists: tuple[Data, ...] = (
            {"read": ["boss"]}, {"read": ["boss"], "masked": ["staff"]}, {"read": ["staff"], "write": ["boss"]},
        )  # fmt: skip
        own = {name: self.chance.choice(lists) for name in names if self.often(0.08)}
        return {"record": {"create": ["clerk"], "read": ["staff"], "write": ["clerk"]}, **own}


def ids(field: Data) -> Iterator[str]:
    """The options that a formula may name."""
    options = VOCABULARIES["trades"] if "vocabulary" in field else field.get("options", {})
    for id, option in options.items():  # type: ignore[union-attr]  # both are maps
        yield id
        yield from ids(option) if isinstance(option, dict) else ()


def yaml(data: object) -> str:
    """JSON is YAML, here with one property a line; in value places the language wants the spelling, not the type."""
    return json.dumps(data, ensure_ascii=False, indent=0)


def compiled(data: Mapping[str, Any], company: str = COMPANY) -> Compiled:
    """What comes of a definition."""
    sources = [Source("formwright.yaml", company, "workspace"), Source("sheet.yaml", yaml(data), "template")]
    with mock.patch.object(
        world, "BUDGET", 20_000
    ):  # "undecided" sooner than an author is told: the laws are of records
        return compile_sources(sources)


def drawn(seed: int, size: int = 12, system: tuple[Name, ...] = (*SYSTEM, *MAKER)) -> Compiled:
    """The sound definition that a number stands for."""
    return sound(Definer(Random(seed), system).definition(size))


def sound(data: Data, company: str = COMPANY) -> Compiled:
    """A definition without what the compiler finds wrong in it."""
    while (found := compiled(data, company)).template is None:
        wrong = {d.place.line for d in found.diagnostics if catalogue.severity(d.code) == "error"}
        lines = dict(enumerate(places(data), 1))
        data = without(data, {lines[line] for line in wrong})
    return found


def places(data: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """The path of each line of `yaml`."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    inner = [*items]
    for key, value in inner:
        yield from places(value, (*path, key))
    if inner:
        yield path


def without(data: Any, paths: set[tuple[object, ...]]) -> Any:
    """The data without what stands there."""
    if isinstance(data, dict):
        return {k: without(v, {p[1:] for p in paths if p[:1] == (k,)}) for k, v in data.items() if (k,) not in paths}
    return data
