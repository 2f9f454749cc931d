"""The emitted JavaScript: the golden table in Node, and text that means nothing to HTML."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest

from builder.expressions import tree
from builder.expressions.javascript import javascript, literal
from tests.builder.expressions import golden, world
from tests.builder.expressions.judge import KERNEL, Judge, same
from tests.builder.expressions.test_meaning import CASES
from tests.builder.expressions.world import compiled

TABLE = tuple(golden.golden())


@pytest.fixture(scope="module")
def judge(node: str) -> Iterator[Judge]:
    with Judge(node) as made:
        made.load(KERNEL.read_text("utf-8"))
        yield made


@pytest.mark.slow
def test_javascript_means_what_the_language_says(judge: Judge) -> None:
    trees = [compiled(case.text, golden.SCOPE).tree for case in TABLE]
    found = judge.values(trees, [(i, case.values, {}) for i, case in enumerate(TABLE)])
    wrong = [(c.text, c.expected, f) for c, f in zip(TABLE, found, strict=True) if not same(c.expected, f)]
    assert not wrong


@pytest.mark.slow
def test_javascript_means_what_the_older_table_says(judge: Judge) -> None:
    lines = [pair for group in CASES.values() for pair in group.items()]
    found = judge.values([compiled(text).tree for text, _ in lines], [(i, world.VALUES, {}) for i in range(len(lines))])
    wrong = [(text, python, js) for (text, python), js in zip(lines, found, strict=True) if not same(python, js)]
    assert not wrong


@pytest.mark.slow
def test_lower_case_and_white_space_are_the_same_for_every_character(judge: Judge) -> None:
    signs = [chr(n) for n in range(1, 0x110000) if not 0xD800 <= n <= 0xDFFF]
    texts = ["a" + "".join(signs[n : n + 64]) + "a" for n in range(0, len(signs), 64)]
    trees = [compiled(text).tree for text in ("lower(t)", "size(t)")]
    found = judge.values(trees, [(i, {"t": text}, {}) for i in range(2) for text in texts])
    assert found == [text.lower() for text in texts] + [len(text) for text in texts]
    blank = judge.values([compiled("given(t)").tree], [(0, {"t": sign}, {}) for sign in signs])
    assert [bool(sign.strip()) or sign in "\x1c\x1d\x1e\x1f" for sign in signs] == blank


@pytest.mark.slow
def test_the_kernel_has_what_is_emitted_and_nothing_else(node: str) -> None:
    with Judge(node) as judge:
        exported = set(judge.load(KERNEL.read_text("utf-8")))
    trees = [compiled(case.text, golden.SCOPE).tree for case in TABLE]
    trees += [compiled(text).tree for group in CASES.values() for text in group]
    emitted = {name for each in trees for name in re.findall(r"\bk\.(\w+)\(", javascript(each))}
    assert exported == emitted | {"instants"}  # by which renderer/assets/reading.js reads a clock


def test_a_missing_value_is_absent_whatever_objects_have_by_themselves() -> None:
    assert javascript(compiled("toString", golden.SCOPE).tree) == '(v, s, r) => k.get(v, "toString")'


def test_the_kernel_is_small_and_evaluates_no_text() -> None:
    source = KERNEL.read_bytes()
    assert len(gzip.compress(source)) <= 6 * 1024
    assert not re.search(rb"\beval\b|\bFunction\b|\bDate\b|\bIntl\b|toLocale|\bimport\b|innerHTML", source)


@pytest.mark.parametrize("text", ["</script><!--", "a\u2028b\u2029", "\\\"'`${x}", "]]>&amp;", "\x00\x7f", "抖音😀"])
def test_a_constant_is_inert_wherever_it_is_written(text: str) -> None:
    written = literal(text)
    assert written.isascii() and written.isprintable() and not set(written) & set("<>&")
    found = re.sub(r"\\u(....)", lambda m: chr(int(m[1], 16)), written[1:-1])
    assert found.encode("utf-16", "surrogatepass").decode("utf-16").replace('\\"', '"').replace("\\\\", "\\") == text


def test_emitted_text_is_calls_into_the_kernel_and_nothing_else() -> None:
    known = re.compile(
        r"k\.\w+|s\.(today|now|me|my_department)|s|new (Set|Map)|[tvsr]\d*|i\d+|true|false|null|\d[\d.e+-]*"
    )
    for case in TABLE:
        code = re.sub(r'"(\\.|[^"\\])*"', "", javascript(compiled(case.text, golden.SCOPE).tree))
        words = re.findall(r"(?:new |k\.|s\.)?[A-Za-z_$][\w$]*|\d[\d.e+-]*", code)
        assert [word for word in words if not known.fullmatch(word)] == []


def test_every_kind_of_node_is_in_the_table() -> None:
    trees = [compiled(case.text, golden.SCOPE).tree for case in TABLE]
    trees += [compiled(text).tree for group in CASES.values() for text in group]
    rows = re.findall(r"^\| ([a-z_, ]+?) \|", str(tree.__doc__), re.MULTILINE)
    documented = {kind for row in rows for kind in re.split("[, ]+", row)} - {"kind"}
    assert documented - {node.kind for each in trees for node in tree.walk(each)} == {"row"}
