"""What sound definitions mean once lowered (language.md)."""

from __future__ import annotations

import pytest

from builder.expressions import Situation
from builder.lower.patterns import PatternFault, normalise_pattern
from builder.model import Field, Template
from tests.builder.inline import compiled

JOINED = "{type: text, label: 文, compute: 'join(\"-\", kind, department)'}"


def template(body: str, **more: str) -> Template:
    result = compiled(body, **more)
    assert result.template is not None, result.diagnostics
    return result.template


def field(definition: str) -> Field:
    return template(f"fields:\n  f: {definition}\n").fields["f"]


def test_fields_come_after_what_they_read() -> None:
    order = template("""\
        fields:
          total: {type: integer, label: 总, compute: sum(lines.n) + extra}
          extra: {type: integer, label: 另, visible: kind == "a"}
          lines: {type: rows, label: 行, fields: {n: {type: integer, label: 数, default: =rate}}}
          rate: {type: integer, label: 率}
          kind: {type: choice, label: 类, options: {a: 甲, b: 乙}}
        """).order
    place = {name: i for i, name in enumerate(order)}
    assert place["kind"] < place["extra"] < place["total"] and place["rate"] < place["lines"] < place["total"]


@pytest.mark.parametrize(
    ("definition", "low", "high"),
    [
        ("{type: money, label: 额, min: 0, max: 5万}", 0, 5_000_000),
        ("{type: money, label: 额, currency: JPY, max: 1,000}".replace("1,000", "'1,000'"), None, 1000),
        ("{type: number, label: 数, min: -1.5}", -1.5, None),
        ("{type: text, label: 文, min: 2, max: １０}", 2, 10),
        ("{type: date, label: 日, min: 2026-01-31}", "2026-01-31", None),
    ],
)
def test_bounds_are_read_by_the_type_of_the_field(definition: str, low: object, high: object) -> None:
    assert (field(definition).min, field(definition).max) == (low, high)


def test_a_leading_equals_sign_starts_an_expression() -> None:
    default = field("{type: date, label: 日, default: =today()}").default
    assert getattr(default, "text", "") == "today()"
    assert field("{type: text, label: 文, default: today()}").default == "today()"


def test_refused_values_may_stand_in_a_vocabulary() -> None:
    found = template("""\
        vocabularies: {vague: [互联网, ONLINE]}
        fields:
          a: {type: text, label: 甲, refuse: {values: vague, say: 请写明}}
          b: {type: text, label: 乙, refuse: [{values: [x], say: 一}, {values: vague, say: 二}]}
        """)
    assert found.fields["a"].refuse[0].values == {"互联网", "online"}
    assert [len(refusal.values) for refusal in found.fields["b"].refuse] == [1, 2]


def test_a_field_shows_only_where_its_section_does() -> None:
    found = template("""\
        fields:
          kind: {type: choice, label: 类, options: {a: 甲, b: 乙}}
          x: {type: text, label: 子, visible: given(kind)}
          y: {type: text, label: 丑, section: more}
        sections:
          first: {title: 一, fields: [kind]}
          more: {title: 二, visible: kind == "a", fields: [x]}
        """)
    assert found.sections[1].fields == ("x", "y")
    assert {"kind"} == found.fields["x"].visible.reads == found.fields["y"].visible.reads  # type: ignore[union-attr]


def test_an_added_id_is_resolved_inside_its_own_layer() -> None:
    found = template(
        "fields: {kind: {type: choice, label: 类, options: {a: 甲, b: 乙}}}\n",
        overlay="""\
            add:
              fields:
                kind: {options: {c: {label: 丙, counts_as: a}}}
                extra: {type: text, label: 另, visible: kind == "c", after: kind}
                more: {type: text, label: 又, required: given(extra)}
            """,
    )
    assert list(found.fields) == ["kind", "west__extra", "west__more"]
    assert found.fields["kind"].options[2].id == "west__c"
    assert found.fields["west__more"].required.reads == {"west__extra"}  # type: ignore[union-attr]
    assert found.department == "west"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (r"^\d{2}$", "[0-9]{2}"),
        (r"[\d-]+", "[0-9-]+"),
        (r"\w", "[A-Za-z0-9_]"),
        (r"a\.b", r"a\.b"),
        ("[A-Z]{2}-[0-9]{6}", "[A-Z]{2}-[0-9]{6}"),
        ("甲|乙", "甲|乙"),
    ],
)
def test_patterns_are_written_out_alike_for_every_engine(written: str, normal: str) -> None:
    assert normalise_pattern(written) == normal


@pytest.mark.parametrize(
    "written", ["(?=a)", "(?<!a)b", r"(a)\1", r"\bword", "a^b", "(?P<x>a)", "[z-a]", "(", r"\p{L}"]
)
def test_patterns_beyond_linear_time_or_one_engine_are_refused(written: str) -> None:
    with pytest.raises(PatternFault):
        normalise_pattern(written)


def test_an_overlay_gives_its_own_fields_in_a_case_of_the_base() -> None:
    found = template(
        "fields: {a: {type: text, label: 甲}}\ncases: {one: {given: {a: 子}}}\n",
        overlay="""\
            change: {cases: {one: {given: {extra: 丑}}}}
            add: {fields: {extra: {type: text, label: 另, required: true}}}
            """,
    )
    assert dict(found.cases["one"].given) == {"a": "子", "west__extra": "丑"}


RELABELLED = [
    "change: {fields: {kind: {options: {a: 子}}}}",
    "change: {fields: {kind: {options: {a: {label: {zh: 子}}}}}}",
    "change: {fields: {kind: {options: {a: {label: {en: A, zh: 子}}}}}}",
]


@pytest.mark.parametrize("label", ["甲", "{zh: 甲, en: First}", "{en: First, zh: 甲}"])
@pytest.mark.parametrize("overlay", ["", *RELABELLED])
def test_an_option_is_written_as_the_base_calls_it_in_the_first_language(label: str, overlay: str) -> None:
    body = f"fields: {{kind: {{type: choice, label: 类, options: {{a: {{label: {label}}}, b: 乙}}}}, t: {JOINED}}}\n"
    compute = template(body, overlay=overlay).fields["t"].compute
    assert compute is not None
    assert compute({"kind": "a", "department": "east"}, Situation(today="", now="")) == "甲-华东"


def test_an_option_without_the_first_language_is_written_in_the_one_it_has() -> None:
    body = f"fields: {{kind: {{type: choice, label: 类, options: {{a: {{label: {{en: First}}}}}}}}, t: {JOINED}}}\n"
    compute = template(body, overlay=RELABELLED[0]).fields["t"].compute
    assert compute is not None
    assert compute({"kind": "a", "department": "west"}, Situation(today="", now="")) == "First-华西"
