"""A small company for the tests of this room: people, a clock that ticks, ids in order, real definitions."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from itertools import count

from builder.compile import Compiled, compile_sources
from builder.expressions import Situation
from builder.language import Source
from builder.model import Company, Template
from workflows.catalogue import Catalogue, publish
from workflows.identity import record_id
from workflows.keep.memory import MemoryStore
from workflows.record import Actor, Record
from workflows.service import Service

COMPANY = """
formwright: 1
company: 华东智造
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {sales: 销售, service: 客服, manager: 管理层, auditor: 审计}
departments:
  head: {label: 总部, lead: boss}
  sales-east: {label: 华东销售部, lead: lead, in: head}
  marketing: {label: 市场部, lead: mlead, in: head}
  service: 客户服务部
"""
AT = "2026-03-04T05:06:07.000000Z"

STAFF = Actor(id="staff", name="王磊", roles=frozenset({"sales"}), department="sales-east")
PEER = Actor(id="peer", name="李婷", roles=frozenset({"sales"}), department="sales-east")
LEAD = Actor(id="lead", name="赵敏", roles=frozenset({"sales"}), department="sales-east")
BOSS = Actor(id="boss", name="孙总", department="head")
OTHER = Actor(id="other", name="钱进", roles=frozenset({"sales"}), department="marketing")
MANAGER = Actor(id="manager", name="周总", roles=frozenset({"manager"}), department="head")
SERVICE = Actor(id="service", name="吴芳", roles=frozenset({"service"}), department="service")
NOBODY = Actor(id="")
PEOPLE = (STAFF, PEER, LEAD, BOSS, OTHER, MANAGER, SERVICE)


def sources(text: str, overlay: str = "", company: str = COMPANY) -> list[Source]:
    """The sources of one definition; a body without a head gets one."""
    body = textwrap.dedent(text).strip()
    head = "" if body.startswith("template:") else "template: t\nversion: 1.0.0\ntitle: 测试\n"
    name = (head + body).removeprefix("template:").split()[0]
    found = [
        Source("formwright.yaml", company, "workspace"),
        Source(f"templates/{name}.yaml", head + body + "\n", "template"),
    ]
    if overlay:
        found.append(Source(f"departments/marketing/{name}.yaml", textwrap.dedent(overlay).strip() + "\n", "overlay"))
    return found


def compiled(text: str, overlay: str = "", company: str = COMPANY) -> Compiled:
    """The compiled definition; a finding of severity error fails the test."""
    result = compile_sources(sources(text, overlay, company))
    assert result.template is not None and result.company is not None, result.diagnostics
    return result


def template(text: str, overlay: str = "") -> Template:
    """The template of a definition."""
    found = compiled(text, overlay).template
    assert found is not None
    return found


def company() -> Company:
    """The company."""
    found = compiled("fields: {a: {type: text, label: A}}").company
    assert found is not None
    return found


def situation(me: str = "staff", department: str = "sales-east", today: str = "2026-03-04") -> Situation:
    """The inputs of expressions on a day."""
    return Situation(today=today, now=f"{today}T05:06:07.000000Z", me=me, me_department=department)


def record(template: Template, data: Mapping[str, object], **changes: object) -> Record:
    """A stored record of STAFF's."""
    state = next(iter(template.states), "")
    made = Record(id="r1", template=template.id, version=template.hash, department="sales-east", state=state, rev=1,
                  owner="staff", creator="staff", created=AT, updated=AT, entered=AT, data=data)  # fmt: skip
    return made.with_(**changes) if changes else made


class Clock:
    """A minute more at each look."""

    def __init__(self) -> None:
        self.minutes = count()

    def __call__(self) -> str:
        minutes = next(self.minutes)
        return f"2026-03-{4 + minutes // 1440:02d}T{minutes // 60 % 24:02d}:{minutes % 60:02d}:00.000000Z"


def service(*definitions: Compiled) -> Service:
    """A service over a store in memory, the people of this company and some published definitions."""
    salts, chances, clock = count(), count(), Clock()
    store = MemoryStore(lambda: f"{next(salts):032x}")
    with store.write(at=clock(), actor="") as tx:
        for person in PEOPLE:
            tx.put("users", person.id, {"id": person.id, "name": person.name, "disabled": person is SERVICE})
        tx.log("user", "people", {})
    for definition in definitions:
        publish(store, definition, clock(), "admin")
    return Service(store, Catalogue(store), clock, lambda at: record_id(at, lambda n: next(chances).to_bytes(n)))
