"""A department's overlay as people write one, of every kind at once: it composes without a finding."""

from __future__ import annotations

from textwrap import dedent

from builder.compile import compile_sources
from builder.language import Source, catalogue
from builder.model import Who

COMPANY = """
company: 华东智造集团
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {sales: 销售, manager: 管理层}
departments: {marketing: {label: 市场部}}
store: tinydb:data
"""
BASE = """
template: customer-source
version: 1.0.0
title: {zh: 客户来源登记, en: Customer source}
privacy: {purpose: 客户关系管理, retain: 3y}
fields:
  source: {type: choice, label: 获取方式类型, required: true, options: {online: 线上渠道, initiated: 客户主动}}
  platform: {type: text, label: 渠道平台, visible: source == "online", required: true}
  keyword: {type: text, label: 关键词, visible: source == "online"}
  initiated_by:
    type: choice
    label: 主动方式
    visible: source == "initiated"
    required: true
    options: {referral: 他人推荐, action: 主动申请, self: 客户自主联络}
  action: {type: text, label: 采取的行动, visible: initiated_by == "action", required: true}
  phone: {type: phone, label: 电话, required: true, personal: true, mask: middle}
  product: {type: text, label: 主要产品或服务, required: true}
  other_channels:
    type: rows
    label: 其他触达渠道
    max: 20
    fields: {channel: {type: text, label: 渠道, required: true}, met: {type: date, label: 日期}}
workflow:
  states: {intent: {label: 意向客户, initial: true}, lost: {label: 流失客户, final: true}}
  transitions: {lose: {label: 流失, from: intent, to: lost, by: [sales], comment: required}}
access:
  record: {create: [sales], read: [owner, department, manager], write: [owner]}
  phone: {read: [owner, manager], masked: [staff]}
"""
OVERLAY = """
overlay: marketing
extends: customer-source@1.0.0
change:
  fields:
    platform: {label: {zh: 投放平台, en: Ad platform}, help: 写明账户与计划}
    keyword: {required: true}
    initiated_by: {options: {referral: {label: 老带新}}}
    other_channels: {max: 10, fields: {channel: {label: 触点}}}
  workflow: {transitions: {lose: {requires: {plus: [product, campaign]}}}}
  access: {phone: {read: {only: [owner]}}}
add:
  fields:
    campaign: {type: text, label: 活动编号, after: platform, required: true, pattern: '[A-Z]{2}\\d{6}'}
    initiated_by: {options: {douyin: {label: 抖音私信, counts_as: action}}}
    other_channels: {fields: {cost: {type: money, label: 费用}}}
  workflow:
    states: {trial: {label: 试投放, counts_as: intent}}
    transitions:
      try: {label: 试投, from: intent, to: trial, by: [sales]}
      back: {label: 结束试投, from: trial, to: intent, by: [sales]}
  lists: {ours: {title: 按活动, columns: [campaign, source], where: initiated_by == "douyin"}}
"""


def test_it_compiles_and_means_what_it_says() -> None:
    compiled = compile_sources(
        [
            Source("formwright.yaml", COMPANY, "workspace"),
            Source("templates/customer-source.yaml", BASE, "template"),
            Source("departments/marketing/customer-source.yaml", dedent(OVERLAY), "overlay"),
        ]
    )
    assert [(d.place, catalogue.describe(d, "en").cause) for d in compiled.diagnostics] == []
    clone = compiled.template
    assert clone is not None
    assert clone.ref == "customer-source@marketing"
    assert list(clone.fields)[:4] == ["source", "platform", "marketing__campaign", "keyword"]
    assert clone.fields["platform"].label == {"zh": "投放平台", "en": "Ad platform"}
    assert clone.fields["platform"].help == {"zh": "写明账户与计划"}
    assert clone.fields["keyword"].required is True
    assert [(o.id, o.label["zh"], o.counts_as) for o in clone.fields["initiated_by"].options] == [
        ("referral", "老带新", ""),
        ("action", "主动申请", ""),
        ("self", "客户自主联络", ""),
        ("marketing__douyin", "抖音私信", "action"),
    ]
    assert [column.id for column in clone.fields["other_channels"].fields] == ["channel", "met", "marketing__cost"]
    assert clone.transitions["lose"].requires == ("product", "marketing__campaign")
    assert clone.access.fields["phone"].read == (Who("word", "owner"),)
    assert clone.states["marketing__trial"].counts_as == "intent"
    assert clone.transitions["marketing__try"].target == "marketing__trial"
    assert clone.lists["marketing__ours"].columns == ("marketing__campaign", "source")
