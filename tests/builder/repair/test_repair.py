"""What can be put right for certain is, as each finding's own example shows; whatever happens, it gets no worse."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import examples
from builder.compile import check_workspace
from builder.diagnostic import Diagnostic
from builder.repair import Repair, repair
from builder.workspace import Workspace
from tests.language.corpus import HERE
from tests.language.mutator import Mutation, mutations

# Cured, but not word for word as the example writes it, each with what differs.
OTHERWISE = {
    "word-between": "the parentheses of the function stay",
    "in-text": "the quotes around the value stay",
    "unknown-tag": "the tag is corrected; the example drops it",
    "name-in-braces": "the quotes around the value stay",
}
CURED = """
    repeats-base unknown-id full-width full-width-colon full-width-blank blank-after-colon second-colon missing-comma
    comma-ends-text comma-in-expression comment-in-text exclamation-mark question-mark text-after-quote reserved-start
    other-comment-line text-after-bracket tab too-far-in unknown-value unknown-type list-wanted unknown-key
    full-width-sign other-sign word-case other-notation percent bare-date list-brackets leading-equals single-equals
    chained-comparison
    not-in bare-value grouped-digits unknown-name label-not-name call-needed label-not-id not-an-option option-unquoted
    unknown-function function-not-method list-compared list-in-list in-one blank-compared quoted-date quoted-number
    unknown-entry unknown-field-in-text captured-backwards missing-colon list-in-braces braces-in-text
    serial-hole bare-time time-spelling no-such-linked
    text-plus date-difference unknown-field unknown-column unknown-option unknown-person-word unknown-vocabulary
""".split()  # noqa: SIM905  # a list of a hundred quotes reads worse
HEAD = "template: form\nversion: 1.0.0\ntitle: 表\n"


def repaired(files: examples.Files, folder: Path, encoding: str = "utf-8") -> tuple[Repair, list[Diagnostic]]:
    """A workspace on the bench, with what was found before."""
    examples.lay_out(files, folder, encoding)
    workspace = Workspace(folder)
    found = check_workspace(workspace)
    return repair(workspace, found), found


def form(text: str, folder: Path) -> str:
    """What becomes of a template's text."""
    files = {"formwright.yaml": (HERE / "formwright.yaml").read_text("utf-8"), "templates/form.yaml": HEAD + text}
    done, _ = repaired(files, folder)
    return done.texts.get("templates/form.yaml", ("", HEAD + text))[1].removeprefix(HEAD)


@pytest.mark.parametrize("code", [code for code in examples.codes() if examples.example(code, "zh").lines])
def test_an_examples_mistake_becomes_its_cure_or_stays(code: str, tmp_path: Path) -> None:
    shown = examples.example(code, "zh")
    done, found = repaired(shown.wrong, tmp_path, shown.encoding)
    if code in CURED:
        assert {file: text for file, (_, text) in done.texts.items()}.items() <= shown.right.items()
        assert done.cured and not done.remaining
    elif code not in OTHERWISE:
        assert (done.texts, done.remaining) == ({}, tuple(found))
    else:
        assert not done.remaining


def test_comments_and_layout_stay(tmp_path: Path) -> None:
    before = (
        "fields:\n\n  # who\n  name:   {lable: 姓名, type: 文本}   # the guest\n  due: # when\n"
        "      type: date\n      label: 到期\n      visible: name = '王'   # only him\n"
    )
    assert form(before, tmp_path) == before.replace("lable", "label").replace("文本", "text").replace(" = ", " == ")


def test_line_ends_stay(tmp_path: Path) -> None:
    before = "fields:\r\n  name:\r\n    type: text\r\n    label：姓名\r\n"
    assert form(before, tmp_path) == before.replace("：", ": ")


def test_mistakes_that_hide_each_other_go_together(tmp_path: Path) -> None:
    before = (
        "fields:\n  kind: {type: 单选, label: 类, options: {a: 甲, b: 乙}}\n"
        '  note:\n    type: text\n    label: 备注\n    visible：kind ＝ "A"\n'
    )
    after = before.replace("单选", "choice").replace('visible：kind ＝ "A"', 'visible: kind == "a"')
    assert form(before, tmp_path) == after


@pytest.mark.parametrize(
    "text",
    [
        # `no`, as near to `on` as to `not`: nothing is certain
        "fields:\n  one: {type: text, label: 一}\n  two: {type: text, label: 二, visible: given(oe)}\n"
        "  ode: {type: text, label: 三}\n",
        "checklist: [nam]\nfields:\n  name: {type: text, label: 一}\n  nam2: {type: text, label: 二}\n",
        "fields:\n  a:\n    type: text\n   label: 甲\n",  # which of the two lines stands wrong?
        'fields:\n  a: {type: text, label: "甲}\n',
        "fields:\n  a:\n    type: text\n    label: 甲\n    see the manual\n",  # a text that goes on?
        "fields:\n  a: {type: text, label: 甲, serial: 'KH-{YYY}-{0000}'}\n",  # a year of two digits or of four
    ],
)
def test_what_may_be_meant_in_two_ways_is_left_alone(text: str, tmp_path: Path) -> None:
    assert form(text, tmp_path) == text


def test_a_frozen_version_is_never_touched(tmp_path: Path) -> None:
    shown = examples.example("pin-changed", "zh")
    files = {
        **shown.wrong,
        "published/visit/1.0.0.yaml": shown.wrong["published/visit/1.0.0.yaml"].replace("Name", "："),
    }
    done, found = repaired(files, tmp_path)
    assert done.texts == {} and found


PLANTED = [*mutations((HERE / "valid" / "12-workflow.yaml").read_text("utf-8"))]


@given(st.sampled_from(PLANTED))
def test_it_never_gets_worse_and_a_second_time_changes_nothing(planted: Mutation) -> None:
    never_worse(planted.text)


@pytest.mark.prove
def test_most_misspelt_keys_are_put_right() -> None:
    total: Counter[str] = Counter()
    original = (HERE / "valid" / "12-workflow.yaml").read_text("utf-8")
    for planted in PLANTED:
        text = never_worse(planted.text)
        total[planted.kind, "right" if text == original else "kept" if text == planted.text else "wrong"] += 1
    assert total["key", "right"] > 0.8 * sum(count for (kind, _), count in total.items() if kind == "key"), total
    assert sum(count for (_, how), count in total.items() if how == "wrong") == 0, total


def never_worse(text: str) -> str:
    """What becomes of a text; no finding has come, and nothing is left to repair."""
    with TemporaryDirectory() as folder:
        files = {"formwright.yaml": (HERE / "formwright.yaml").read_text("utf-8"), "templates/form.yaml": text}
        done, found = repaired(files, Path(folder))
        before, after = (Counter(each.code for each in some) for some in (found, done.remaining))
        assert after <= before
        assert len(done.remaining) + len(done.cured) <= len(found)
        _, new = done.texts.get("templates/form.yaml", ("", text))
        again, _ = repaired({**files, "templates/form.yaml": new}, Path(folder))
        assert again.texts == {}
        return new
