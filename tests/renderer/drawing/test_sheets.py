"""The law of drawing: filling a sheet gives, byte for byte, what drawing the page for one visitor gives."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from builder.expressions import Scope, compile_expression
from builder.model import Field, Option, Section, State, Template
from renderer.drawing.cabinet import Cabinet, plan_for
from renderer.drawing.filling import Filling
from renderer.drawing.plan import Plan
from renderer.drawing.sheet import draw, sheet
from tests.renderer.conftest import definitions
from workflows.guard.access import Rights

WORKSPACE = Path(__file__).parent.parent / "workspace"
MARK = "f00dcafe"
# Texts that markup, templates and our own marks could stumble over.
ODD = st.sampled_from(
    [
        '"><script>',
        "{{ 7*7 }}",
        "{% raw %}",
        "&amp;",
        "\r\n行",
        "\u2028",
        "'",
        MARK,
        f"{MARK}-1-",
        "-0-",
        "\\1",
        "",
        "yes",
        "x",
    ]
)
TEXT = ODD | st.text(max_size=12)
OPTIONS = ("a", "b", "yes", 'o"<')


def field(type_: str, name: str, columns: tuple[Field, ...] = (), **more: object) -> Field:
    """A field of a type whose words are odd too."""
    options = tuple(
        Option(id=o, label={"zh": f"<{o}>"}, retired=o == "b") for o in OPTIONS if type_ in ("choice", "choices")
    )
    more = {"kinds": ("image", "pdf"), "max": 2, **more} if type_ == "file" else more
    told = {"label": {"zh": f"{name} &"}, "help": {"zh": '"帮助" <b>'}, "example": {"zh": "{{ x }}"}}
    return Field(**{"id": name, "path": name, "type": type_, "options": options, "fields": columns, **told, **more})  # type: ignore[arg-type]


SIMPLE = (
    "text",
    "number",
    "integer",
    "money",
    "boolean",
    "choice",
    "choices",
    "date",
    "phone",
    "email",
    "url",
    "person",
    "department",
    "file",
)
COLUMNS = tuple(field(kind, f"c_{kind}", required=kind == "text") for kind in SIMPLE)
TREE = (
    Option(id="t", label={"zh": "<t>"}),
    Option(id="t1", label={"zh": '"1'}, parent="t"),
    Option(id="t2", label={"zh": "2"}, parent="t", retired=True),
    Option(id="t3", label={"zh": "3"}, parent="t1"),
    Option(id="yes", label={"zh": "&"}),
    Option(id='o"<', label={"zh": "i"}, visible=compile_expression("true", Scope({}))[0]),
)
WAYS = {
    "tree": field("choice", "tree", options=TREE),
    "wide": field("choice", "wide", options=(*TREE, *(Option(id=f"w{n}", label={"zh": f"{n}"}) for n in range(60)))),
    "open": field("choice", "open", options=TREE, widget="radio"),
    "sought": field("choice", "sought", options=TREE, widget="search"),
    "trees": field("choices", "trees", options=TREE),
}
COLUMNS = (*COLUMNS, *(replace(spec, id=f"c_{name}") for name, spec in WAYS.items()))
FIELDS = {
    **WAYS,
    **{f"f_{kind}": field(kind, f"f_{kind}", required=kind in ("text", "choice", "boolean")) for kind in SIMPLE},
    "listed": field("choice", "listed", widget="select"),
    "tall": field("text", "tall", lines=3),
    "action": field("text", "action"),
    "rows": field("rows", "rows", COLUMNS),
    "other_rows": field("rows", "other_rows", (COLUMNS[0],)),
    "sum": field("text", "sum"),
}
TEMPLATE = Template(
    id="t",
    version="1.0.0",
    department="",
    title={"zh": "<表>"},
    languages=("zh",),
    hash="h",
    fields=FIELDS,
    sections=(
        Section(id="one", title={"zh": "一"}, fields=tuple(FIELDS)[:9]),
        Section(id="two", title={"zh": "二"}, help={"zh": "<i>"}, fields=tuple(FIELDS)[9:]),
    ),
    states={s: State(id=s, label={"zh": s}, initial=True) for s in ("s1", "s2")},
)
PLAN = Plan(template=TEMPLATE, language="zh", write=frozenset(FIELDS) - {"sum"}, show=frozenset({"sum"}))

NAMES = (
    [f.id for f in PLAN.fields]
    + [f"rows.{n}.{c.id}" for n in range(3) for c in COLUMNS]
    + [f"other_rows.{n}.c_text" for n in range(3)]
)
LEVELS = [f"{name}-{n}" for name in ("wide", "rows.0.c_wide", "rows.1.c_wide") for n in (1, 2, 3)]
SOUGHT = [name for name in NAMES if name.endswith("sought")]


def answer(name: str) -> st.SearchStrategy[object]:
    """What may stand in the control of a name."""
    kind = name.rpartition(".")[2]
    if kind.endswith("boolean"):
        return st.booleans()
    if kind.endswith("file"):
        return st.lists(TEXT.map(lambda name: f"{'a' * 64} image/png 12 {name}") | TEXT, max_size=3)
    if kind.endswith(("choices", "trees")):
        return st.lists(st.sampled_from((*OPTIONS, "t", "t1")) | TEXT, max_size=3)
    return TEXT | st.sampled_from((*OPTIONS, "u1", "s2", "t", "t1", "t2", "t3"))


NAMED = st.frozensets(st.sampled_from(NAMES))
PAGE = ("company", "user", "csrf", "switch", "flash", "summary", "count", "key", "rev", "back", "about")
FILLINGS = st.builds(
    Filling,
    answers=st.fixed_dictionaries({}, optional={name: answer(name) for name in (*NAMES, *LEVELS)}),
    rows=st.fixed_dictionaries({"rows": st.integers(0, 3), "other_rows": st.integers(0, 3)}),
    outputs=st.dictionaries(st.sampled_from(NAMES), TEXT),
    hidden=NAMED | st.just(frozenset({"one-part"})),
    required=NAMED,
    faults=st.dictionaries(st.sampled_from(NAMES), TEXT),
    lists=st.fixed_dictionaries(
        {
            "person": st.lists(st.tuples(st.sampled_from(["u1", "u2", "<u>"]), TEXT), unique_by=lambda p: p[0]),
            "department": st.just([]),
        }
    ),
    shut=st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.sampled_from((*OPTIONS, "t1")))),
    levels=st.dictionaries(st.sampled_from(LEVELS), st.lists(st.tuples(TEXT, TEXT), unique_by=lambda p: p[0])),
    nearest=st.dictionaries(st.sampled_from(SOUGHT), TEXT.map(escape)),
    page=st.dictionaries(st.sampled_from(PAGE), TEXT.map(escape)),
)


@pytest.fixture(scope="module")
def environment(app: Flask) -> object:
    return app.jinja_env


@given(filling=FILLINGS, new=st.booleans())
def test_filling_a_sheet_is_drawing_the_page(environment: object, filling: Filling, new: bool) -> None:
    plan = PLAN if new else Plan(template=TEMPLATE, language="zh", write=PLAN.write, show=PLAN.show, new=False)
    # A mark is a random token of the process: no visitor can know it, so the law is tested with one they cannot type.
    drawn_once = sheet(environment, plan, "0123" + MARK[::-1])  # type: ignore[arg-type]
    assert drawn_once.fill(filling) == draw(environment, plan, filling)  # type: ignore[arg-type]


def visit_plan() -> Plan:
    """The plan of the compiled trial template: conditions on visibility and on what is required."""
    template = definitions(WORKSPACE)[0].template
    assert template is not None
    return Plan(template=template, language="en", write=frozenset(template.fields), show=frozenset({"total"}))


VISIT = visit_plan()
VISIT_NAMES = [f.id for f in VISIT.fields] + [
    f"costs.{n}.{c.id}" for n in range(2) for c in VISIT.template.fields["costs"].fields
]
VISIT_NAMED = st.frozensets(st.sampled_from(VISIT_NAMES))


@given(hidden=VISIT_NAMED, required=VISIT_NAMED, faulty=VISIT_NAMED, rows=st.integers(0, 2))
def test_conditions_are_filled_as_they_are_drawn(
    environment: object, hidden: frozenset[str], required: frozenset[str], faulty: frozenset[str], rows: int
) -> None:
    filling = Filling(
        hidden=hidden,
        required=required,
        faults=dict.fromkeys(faulty, "!"),
        rows={"costs": rows},
        outputs=dict.fromkeys(faulty, "9"),
    )
    assert sheet(environment, VISIT, "77aa").fill(filling) == draw(environment, VISIT, filling)  # type: ignore[arg-type]


def test_a_retired_option_is_kept_where_it_is_chosen_and_offered_to_nobody(environment: object) -> None:
    page = sheet(environment, PLAN, "77aa").fill(Filling(answers={"f_choice": "b", "listed": "b"}))  # type: ignore[arg-type]
    assert '<option value="b" selected hidden>' in page
    assert re.search(r'<label class="option" hidden><input [^>]*id="f_choice-1"[^>]*value="b" checked>', page)


@given(first=FILLINGS, second=FILLINGS)
def test_one_visitors_page_holds_nothing_of_anothers(environment: object, first: Filling, second: Filling) -> None:
    drawn_once = sheet(environment, PLAN, "77aa")  # type: ignore[arg-type]
    alone = drawn_once.fill(second)
    drawn_once.fill(first)
    assert drawn_once.fill(second) == alone


@given(filling=FILLINGS)
def test_what_is_left_open_can_be_filled_later(environment: object, filling: Filling) -> None:
    later = {name: filling.page.get(name, escape("")) for name in ("csrf", "flash", "key")}
    left = sheet(environment, PLAN, "77aa").leave(filling, later, "88bb")  # type: ignore[arg-type]
    assert left.close(later).decode() == draw(environment, PLAN, filling)  # type: ignore[arg-type]


def test_every_field_of_a_compiled_template_is_drawn_with_all_that_helps(app: Flask) -> None:
    for compiled in definitions(WORKSPACE):
        template = compiled.template
        assert template is not None
        rights = Rights(
            create=True,
            read=True,
            write=True,
            export=True,
            tag=True,
            fields={n: "read" if f.compute else "write" for n, f in template.fields.items()},
        )
        plan = plan_for(template, rights, "en", new=True)
        page = draw(app.jinja_env, plan, Filling(rows={f.id: 2 for f in plan.rows}))
        for name, spec in template.fields.items():
            assert f'data-field="{name}"' in page and f'id="{name}"' in page and f'id="{name}-fault"' in page
            if spec.type == "rows":
                assert all(f'id="{name}.1.{column.id}"' in page for column in spec.fields)


def test_a_cabinet_draws_once_for_all_who_have_the_same_rights(app: Flask) -> None:
    cabinet = Cabinet(app.jinja_env, MARK)
    levels = dict.fromkeys(FIELDS, "write")
    mine, yours = (Rights(create=True, read=True, write=w, export=True, tag=True, fields=levels) for w in (True, True))
    less = Rights(create=True, read=True, write=True, export=True, tag=True, fields={**levels, "tall": "hidden"})
    one = cabinet.sheet(TEMPLATE, mine, "zh", new=True)
    assert cabinet.sheet(TEMPLATE, yours, "zh", new=True) is one
    for other in (
        cabinet.sheet(TEMPLATE, less, "zh", new=True),
        cabinet.sheet(TEMPLATE, mine, "en", new=True),
        cabinet.sheet(TEMPLATE, mine, "zh", new=False),
    ):
        assert other is not one
    assert 'data-field="tall"' not in cabinet.sheet(TEMPLATE, less, "zh", new=True)[1].fill(Filling())
