"""The expressions of the language's own five example definitions: no finding, and what their cases say."""

from __future__ import annotations

import pytest

from builder.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    INTEGER,
    PERSON,
    TEXT,
    Expression,
    OptionType,
    Scope,
    Situation,
    Symbol,
    Type,
    choice,
    choices,
    compile_expression,
    dependency_order,
    money,
    rows,
)

SITUATION = Situation(
    today="2026-01-05", now="2026-01-05T01:00:00.000000Z", me="li", person={"zhang": "张三"}.__getitem__
)
CNY = money(2)


def options(**labels: str) -> Type:
    return choice(tuple(OptionType(id, {"zh": label}) for id, label in labels.items()))


def required(type: Type, visible: Expression | None = None) -> Symbol:
    return Symbol(type, present=True, visible=visible.tree if visible else None)


def read(text: str, scope: Scope, expect: Type | None = None, *, guard: bool = False) -> Expression:
    expression, findings = compile_expression(text, scope, expect=expect, guard=guard)
    assert findings == []
    assert expression is not None
    return expression


SOURCES = options(online="线上渠道", offline="线下活动", partner="合作渠道", initiated="客户主动", other="其他方式")
BY = choice(
    (
        OptionType("referral", {"zh": "老带新"}, written="他人推荐"),
        OptionType("action", {"zh": "主动申请"}),
        OptionType("self", {"zh": "客户自主联络"}),
        OptionType("marketing__douyin", {"zh": "抖音私信"}, counts_as="action"),
    )
)
KINDS = options(research="行业调研", internal="内部资源转介")
CONDITIONS = {
    "platform": 'source == "online"', "method": 'source == "online"',
    "keyword": 'source == "online"',
    "event": 'source == "offline"', "place": 'source == "offline"', "booth": 'source == "offline"',
    "partner_name": 'source == "partner"', "partner_person": 'source == "partner"',
    "initiated_by": 'source == "initiated"',
    "referrer": 'initiated_by == "referral"', "action": 'initiated_by == "action"',
    "first_medium": 'initiated_by == "self"',
    "other_kind": 'source == "other"', "other_path": 'other_kind == "research"',
    "employee": 'other_kind == "internal"',
}  # fmt: skip
TYPES = {"source": SOURCES, "initiated_by": BY, "other_kind": KINDS, "employee": PERSON}
CUSTOMER = Scope(
    {
        **{name: Symbol(TYPES.get(name, TEXT)) for name in ("source", *CONDITIONS, "email", "phone", "source_text")},
        "first_contact": required(DATE),
        "other_channels": Symbol(rows({"channel": required(TEXT), "met": Symbol(DATE)})),
        "equipment": Symbol(options(cnc="数控机床", line="产线")),
        "line_count": Symbol(INTEGER),
        "owner": required(PERSON),
        "entered": required(DATETIME),
    }
)
SOURCE_TEXT = (
    'if(given(keyword), join("", platform, "-", method, "(", keyword, ")"), '
    'join("-", platform, method, event, place, booth, '
    "partner_name, partner_person, referrer, action, first_medium, other_kind, other_path, employee))"
)

LINE = {"name": required(TEXT), "qty": required(INTEGER), "price": required(CNY), "total": required(CNY)}
PURCHASE = Scope(
    {
        "kind": required(options(planned="计划内", unplanned="计划外")),
        "lines": required(rows(LINE)),
        "amount": required(CNY),
        "state": required(options(draft="草稿", dept="部门审批", board="评审组审批", approved="已批准")),
    }
)
STATES = options(new="新建", working="处理中", waiting="等客户", solved="已解决", closed="已关闭")
TICKET = Scope({"state": required(STATES), "owner": required(PERSON)})


@pytest.mark.parametrize(
    ("text", "scope", "guard"),
    [
        *((text, CUSTOMER, False) for text in CONDITIONS.values()),
        ("not given(email)", CUSTOMER, False),
        ("first_contact <= today()", CUSTOMER, True),
        ("size(other_channels) > 0", CUSTOMER, True),
        ("owner == me", CUSTOMER, True),
        ('equipment == "line"', CUSTOMER, False),
        ("line_count >= 5", CUSTOMER, False),
        ("amount > 5万", PURCHASE, True),
        ("amount <= 5万", PURCHASE, True),
        ('state in ["dept", "board"]', PURCHASE, False),
        ('state == "new"', TICKET, True),
        ('state in ["new", "working"]', TICKET, True),
        ('owner == me and state != "closed"', TICKET, True),
    ],
)
def test_conditions_have_no_finding(text: str, scope: Scope, guard: bool) -> None:
    assert read(text, scope, BOOLEAN, guard=guard)


def test_values_have_no_finding() -> None:
    assert read("sum(lines.total)", PURCHASE, CNY).present
    assert read("today()", CUSTOMER, DATE).present
    assert read('if(amount > 5万, "两级", "一级")', PURCHASE, TEXT).present
    row = Scope({**PURCHASE.names, **LINE}, row=frozenset(LINE))
    assert read("qty * price", row, CNY)({}, SITUATION, {"qty": 3, "price": 1250}) == 3750


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"platform": "百度搜索", "method": "引流", "keyword": "关键词"}, "百度搜索-引流(关键词)"),
        ({"platform": "LinkedIn", "method": "定向广告"}, "LinkedIn-定向广告"),
        ({"event": "2025年进博会", "place": "上海"}, "2025年进博会-上海"),
        ({"initiated_by": "referral", "referrer": "老客户李女士"}, "老客户李女士"),
        ({"other_kind": "internal", "employee": "zhang"}, "内部资源转介-张三"),
        ({}, None),
    ],
)
def test_the_source_is_written_from_its_parts(given: dict[str, object], expected: str | None) -> None:
    values = {**dict.fromkeys(CUSTOMER.names), **given}
    assert read(SOURCE_TEXT, CUSTOMER, TEXT)(values, SITUATION) == expected


def test_an_added_option_counts() -> None:
    assert read(CONDITIONS["action"], CUSTOMER)({"initiated_by": "marketing__douyin"}, SITUATION) is True


def test_fields_are_computed_after_what_they_read() -> None:
    reads = {name: read(text, CUSTOMER).reads for name, text in CONDITIONS.items()}
    reads = {"source_text": read(SOURCE_TEXT, CUSTOMER).reads, **reads, "source": frozenset()}
    order, cycles = dependency_order(reads)
    assert cycles == ()
    assert order[0] == "source"
    assert order[-1] == "source_text"
    assert order.index("initiated_by") < order.index("referrer")


def test_the_tag_group_is_read_like_a_choice() -> None:
    scope = Scope({"touch": Symbol(choices((OptionType("multi", {"zh": "多渠道触达"}),)))})
    assert read('"multi" in touch', scope, BOOLEAN)({"touch": ["multi"]}, SITUATION) is True
