"""Links: what they lead to under whose eyes, what is live, what is kept, what is refused (domain D1, E12)."""

from __future__ import annotations

import pytest

from builder.compile import Compiled, compile_sources
from builder.language import Source
from tests.workflows.world import COMPANY, LEAD, MANAGER, OTHER, SERVICE, STAFF, service
from workflows.record import Forbidden, Invalid
from workflows.service import Service

CUSTOMER = """
template: customer
version: 1.0.0
title: 客户
privacy: {purpose: 客户管理, retain: 3y}
access:
  record: {create: [sales, service], read: [owner, department, manager], write: [owner, department]}
  phone: {read: [owner, manager], masked: [staff]}
  credit: {read: [manager]}
fields:
  name: {type: text, label: 名称, required: true}
  phone: {type: phone, label: 电话, personal: true, mask: middle}
  credit: {type: money, label: 额度, default: 100}
  level: {type: choice, label: 等级, options: {vip: 贵宾, plain: 普通}}
  secret: {type: text, label: 备注, visible: level == "vip", when_hidden: keep}
  parent: {type: link, to: customer, label: 上级}
workflow:
  states: {open: {label: 合作中, initial: true}, over: {label: 已结束, final: true}}
  transitions: {end: {label: 结束, from: open, to: over, by: [owner]}}
"""
TICKET = """
template: ticket
version: 1.0.0
title: 工单
privacy: {purpose: 服务, retain: 3y}
access: {record: {create: [staff], read: [staff], write: [staff]}}
fields:
  subject: {type: text, label: 问题, required: true}
  customer: {type: link, to: customer, label: 客户}
  phone: {type: phone, label: 电话, personal: true, compute: customer.phone}
  credit: {type: money, label: 额度, compute: customer.credit}
  half: {type: money, label: 一半, compute: 'if(given(credit), round(credit / 2, 2), credit)'}
  urgent: {type: text, label: 加急原因, visible: customer.level == "vip"}
  copied: {type: text, label: 客户名, default: =customer.name}
  secret: {type: text, label: 备注, compute: customer.secret}
  state_: {type: text, label: 状态, compute: 'join("", customer.state)'}
  lines:
    type: rows
    label: 明细
    fields:
      firm: {type: link, to: customer, label: 伙伴}
      called: {type: text, label: 名称, compute: firm.name}
      note: {type: text, label: 说明}
"""


def ticket(text: str = TICKET, customer: str = CUSTOMER) -> Compiled:
    sources = [Source("formwright.yaml", COMPANY, "workspace"), Source("templates/ticket.yaml", text, "template"),
               Source("templates/customer.yaml", customer, "linked")]  # fmt: skip
    made = compile_sources(sources)
    assert made.template is not None, made.diagnostics
    return made


def customer(text: str = CUSTOMER) -> Compiled:
    made = compile_sources(
        [Source("formwright.yaml", COMPANY, "workspace"), Source("templates/customer.yaml", text, "template")]
    )
    assert made.template is not None, made.diagnostics
    return made


@pytest.fixture
def desk() -> Service:
    return service(customer(), ticket())


def made(desk: Service, **answers: object) -> str:
    """A customer of STAFF's, a VIP with a number and a credit."""
    given = {"name": "恒远精密", "phone": "138 1234 5678", "level": "vip", "secret": "老客户"} | answers
    return desk.create(STAFF, "customer", given).id


def test_values_are_the_readers_and_nobody_elses(desk: Service) -> None:
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": made(desk)}).id
    seen = {who.id: desk.read(who, id).evaluation.values for who in (STAFF, LEAD, MANAGER, OTHER)}
    assert [seen[who]["phone"] for who in seen] == ["+8613812345678", None, "+8613812345678", None]
    assert [seen[who]["credit"] for who in seen] == [None, None, 10_000, None]
    assert [seen[who]["half"] for who in seen] == [None, None, 5_000, None]
    assert [seen[who]["state_"] for who in seen] == ["合作中", "合作中", "合作中", None]


def test_what_is_live_is_never_kept(desk: Service) -> None:
    id = desk.create(MANAGER, "ticket", {"subject": "停机", "customer": made(desk)}).id
    row = desk.store.get("records", id)
    assert row is not None
    assert set(row["data"]) == {"subject", "customer", "copied"}  # type: ignore[arg-type]  # a map
    told = [event.body for event in desk.store.history(id)]
    assert "13812345678" not in str(told) and "10000" not in str(told)


def test_it_is_live(desk: Service) -> None:
    of = made(desk)
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": of}).id
    desk.revise(STAFF, of, {"phone": "139 0000 1111"}, rev=1)
    desk.act(STAFF, of, "end")
    values = desk.read(STAFF, id).evaluation.values
    assert (values["phone"], values["state_"]) == ("+8613900001111", "已结束")


def test_what_one_reader_does_not_see_costs_another_no_answer(desk: Service) -> None:
    """`urgent` shows to who sees the level; who does not may save without clearing it."""
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": made(desk), "urgent": "产线停"}).id
    assert "urgent" not in desk.read(OTHER, id).evaluation.visible
    desk.revise(OTHER, id, {"subject": "停机两小时"}, rev=1)
    values = desk.read(STAFF, id).evaluation.values
    assert (values["urgent"], values["subject"]) == ("产线停", "停机两小时")


def test_evaluating_what_was_stored_changes_nothing(desk: Service) -> None:
    answers = {
        "subject": "停机",
        "customer": made(desk),
        "urgent": "产线停",
        "lines": [{"firm": made(desk), "note": "甲"}],
    }
    id = desk.create(STAFF, "ticket", answers).id
    for who in (STAFF, MANAGER, OTHER):
        rev = desk.read(who, id).record.rev
        assert desk.revise(who, id, {}, rev=rev).rev == rev


def test_a_default_through_a_link_is_kept_as_it_was(desk: Service) -> None:
    of = made(desk)
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": of}).id
    desk.revise(STAFF, of, {"name": "恒远集团"}, rev=1)
    assert desk.read(STAFF, id).evaluation.values["copied"] == "恒远精密"


def test_a_hidden_value_is_absent_through_a_link_too(desk: Service) -> None:
    of = made(desk)
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": of}).id
    assert desk.read(STAFF, id).evaluation.values["secret"] == "老客户"
    desk.revise(STAFF, of, {"level": "plain"}, rev=1)
    kept = desk.store.get("records", of)
    assert kept is not None and kept["data"]["secret"] == "老客户"  # type: ignore[index]  # a map
    assert desk.read(STAFF, id).evaluation.values["secret"] is None


def test_cells_are_live_and_never_kept(desk: Service) -> None:
    id = desk.create(STAFF, "ticket", {"subject": "停机", "lines": [{"firm": made(desk), "note": "甲"}]}).id
    row = desk.store.get("records", id)
    assert row is not None and [set(line) for line in row["data"]["lines"]] == [{"firm", "note"}]  # type: ignore[index]
    assert desk.read(STAFF, id).evaluation.values["lines"][0]["called"] == "恒远精密"  # type: ignore[index]
    assert desk.read(OTHER, id).evaluation.values["lines"][0]["called"] is None  # type: ignore[index]


def test_a_record_is_named_by_its_id_or_by_its_title_where_one_is_called_so(desk: Service) -> None:
    of = made(desk)
    made(desk, name="华东精密")
    made(desk, name="华东精密")
    for sent in (of, f" {of} ", "恒远精密"):
        id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": sent}).id
        assert desk.read(STAFF, id).record.data["customer"] == of
    assert refused(desk, STAFF, "华东精密") == "several-links"
    assert refused(desk, STAFF, "华东") == "not-link"


def refused(desk: Service, who: object, sent: str) -> str:
    with pytest.raises(Invalid) as caught:
        desk.create(who, "ticket", {"subject": "停机", "customer": sent})  # type: ignore[arg-type]
    return caught.value.faults["customer"][0].code


def test_a_record_that_is_not_his_to_read_is_none_at_all(desk: Service) -> None:
    of = made(desk)
    assert refused(desk, OTHER, of) == refused(desk, OTHER, "恒远精密") == refused(desk, OTHER, "0" * 26) == "not-link"
    assert refused(desk, STAFF, desk.create(STAFF, "ticket", {"subject": "一"}).id) == "not-link"  # another template's


def test_a_link_that_is_there_stays_whoever_saves(desk: Service) -> None:
    of = made(desk)
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": of}).id
    desk.revise(OTHER, id, {"subject": "停机两小时", "customer": of}, rev=1)
    assert desk.read(STAFF, id).record.data["customer"] == of


OVERLAY = """
overlay: marketing
extends: customer@1.0.0
change: {fields: {level: {options: {only: [vip, plain]}}}}
add: {fields: {level: {options: {gold: {label: 金卡, counts_as: vip}}}, code: {type: text, label: 编号}}}
"""


def test_records_of_a_departments_clone_are_linked_to_in_the_bases_terms() -> None:
    head = [Source("formwright.yaml", COMPANY, "workspace"), Source("templates/customer.yaml", CUSTOMER, "template")]
    clone = compile_sources([*head, Source("departments/marketing/customer.yaml", OVERLAY.lstrip(), "overlay")])
    if clone.template is None:
        pytest.fail(str(clone.diagnostics))
    desk = service(customer(), clone, ticket())
    of = desk.create(OTHER, "customer", {"name": "市场客户", "level": "marketing__gold", "marketing__code": "A1"}).id
    assert desk.read(OTHER, of).template.department == "marketing"
    id = desk.create(OTHER, "ticket", {"subject": "停机", "customer": "市场客户", "urgent": "产线停"}).id
    seen = desk.read(OTHER, id)
    assert "urgent" in seen.evaluation.visible  # a gold card counts as a VIP
    assert seen.evaluation.values["copied"] == "市场客户"
    assert desk.list(OTHER, "ticket", linked=of).total == 1


def test_what_a_reader_calls_a_record(desk: Service) -> None:
    of = made(desk)
    assert [desk.links(who).title("customer", of) for who in (STAFF, LEAD, OTHER)] == ["恒远精密", "恒远精密", None]
    assert desk.links(STAFF).title("ticket", of) is None


def test_search_finds_what_the_reader_sees_best_first(desk: Service) -> None:
    for name in ("江南恒远", "恒远精密", "恒远", "别家"):
        made(desk, name=name)
    assert [match.title for match in desk.links(STAFF).search("customer", "恒远", 9)] == [
        "恒远",
        "恒远精密",
        "江南恒远",
    ]
    assert [match.title for match in desk.links(STAFF).search("customer", "", 2)] == ["别家", "恒远"]
    assert desk.links(OTHER).search("customer", "恒远", 9) == ()
    assert len(desk.links(STAFF).search("customer", "1381234", 9)) == 4  # by a number he reads in clear
    assert desk.links(LEAD).search("customer", "1381234", 9) == ()


def test_a_version_keeps_the_terms_it_was_compiled_against(desk: Service) -> None:
    """Whatever becomes of the template linked to, `credit` stays an amount and `level` one of two."""
    later = CUSTOMER.replace("1.0.0", "2.0.0").replace(
        "type: money, label: 额度, default: 100", "type: text, label: 额度, default: 很高"
    )
    later = later.replace("plain: 普通}", "plain: 普通, gold: 金卡}")
    desk = service(ticket(), customer(later))
    of = desk.create(STAFF, "customer", {"name": "恒远精密", "level": "gold"}).id
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": of}).id
    values = desk.read(MANAGER, id).evaluation.values
    assert (values["credit"], values["half"], values["state_"]) == (None, None, "合作中")
    assert "urgent" not in desk.read(STAFF, id).evaluation.visible


def test_a_version_is_named_by_what_its_expressions_mean_and_no_more() -> None:
    base = ticket().template
    assert base is not None
    for spared in (
        CUSTOMER.replace("名称", "客户名称"),
        CUSTOMER.replace("  parent:", "  more: {type: text, label: 更多}\n  parent:"),
    ):
        other = ticket(customer=spared).template
        assert other is not None and other.hash == base.hash
    other = ticket(customer=CUSTOMER.replace("合作中", "进行中")).template  # `join` writes the state's label
    assert other is not None and other.hash != base.hash


def test_a_published_version_is_restored_with_what_it_knew(desk: Service) -> None:
    id = desk.create(STAFF, "ticket", {"subject": "停机", "customer": made(desk)}).id
    again = Service(desk.store, type(desk.catalogue)(desk.store), desk.clock, desk.ids)
    assert again.read(STAFF, id).evaluation.values["phone"] == "+8613812345678"
    assert again.read(STAFF, id).template.links["customer"].parts.keys() >= {"name", "phone", "state"}


def test_templates_that_link_to_each_other_are_read_without_end() -> None:
    """customer → customer, ticket → customer → ticket → …"""
    last = "  last: {type: link, to: ticket, label: 最近工单}\n"
    both = CUSTOMER.replace("  parent:", f"{last}  parent:")
    text = TICKET + "  far: {type: text, label: 远, compute: customer.parent.last.customer.parent.name}\n"
    made = ticket(text, both)
    assert made.template is not None and made.template.links.keys() == {"customer", "ticket"}


def test_the_maker_may_be_one_who_reads_nothing_of_it(desk: Service) -> None:
    with pytest.raises(Forbidden):
        desk.create(MANAGER, "customer", {"name": "甲"})
    assert refused(desk, SERVICE, made(desk)) == "not-link"
