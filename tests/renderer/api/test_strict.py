"""RFC 8259 leaves open what a name written twice, NaN or half a character means; here each is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderer.api.strict import DEEPEST, MOST, NotStrict, read_object

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

REFUSED = [
    ('{"data": {"a": 1, "b": 2, "a": 3}}', "json-twice", {"name": "a"}),
    ('{"lines": [{"qty": NaN}]}', "json-number", {"written": "NaN"}),
    ('{"a": -Infinity}', "json-number", {"written": "-Infinity"}),
    ('{"a": 1e999}', "json-number", {"written": "1e999"}),
    ('{"a": ' + "9" * 5000 + "}", "json-number", {"written": "9" * 40}),
    ('{"a": "\\ud83d"}', "json-surrogate", {}),
    ('{"a": "\\uD83Dx"}', "json-surrogate", {}),
    ('[{"a": 1}]', "json-object", {}),
    ('"text"', "json-object", {}),
    ("null", "json-object", {}),
    ("", "json-syntax", {"line": 1, "column": 1}),
    ('{\n "a": 1,\n}', "json-syntax", None),
    ("{'a': 1}", "json-syntax", {"line": 1, "column": 2}),
    ('{"a": 1} x', "json-syntax", {"line": 1, "column": 10}),
    ('{"a": "line\nbreak"}', "json-syntax", None),
]


@pytest.mark.parametrize(("body", "code", "args"), REFUSED)
def test_what_has_no_one_meaning_is_refused(body: str, code: str, args: dict[str, object] | None) -> None:
    with pytest.raises(NotStrict) as refused:
        read_object(body.encode())
    assert refused.value.code == code
    assert args is None or refused.value.args_ == args


def test_bytes_that_are_no_utf8_are_refused_with_their_offset() -> None:
    with pytest.raises(NotStrict) as refused:
        read_object('{"名": "'.encode() + "张".encode("gbk"))
    assert (refused.value.code, refused.value.args_) == ("json-utf8", {"offset": 9})


def test_depth_is_counted_outside_strings_and_before_anything_is_built() -> None:
    fits = '{"a": ' + "[" * (DEEPEST - 1) + '"[[[[\\"[[["' + "]" * (DEEPEST - 1) + "}"
    assert read_object(fits.encode())
    for body in ("[" * 200_000, '{"a":' * 200_000, fits.replace('"a": ', '"a": [').encode()):
        with pytest.raises(NotStrict) as refused:
            read_object(body if isinstance(body, bytes) else body.encode())
        assert refused.value.code == "json-depth"


def test_a_body_holds_no_more_values_than_a_form() -> None:
    fits = '{"a": [' + "{}," * (MOST - 1) + '",,,,"]}'
    assert read_object(fits.encode())
    for body in (fits.replace("]", ",1]"), '{"a": [' + "1," * 900_000 + "1]}"):
        with pytest.raises(NotStrict) as refused:
            read_object(body.encode())
        assert (refused.value.code, refused.value.args_) == ("json-values", {"most": MOST})


def test_a_string_that_never_ends_is_read_once() -> None:
    with pytest.raises(NotStrict) as refused:
        read_object(('{"a": "' + '\\"' * 500_000).encode())
    assert refused.value.code == "json-syntax"


def test_a_whole_pair_of_surrogates_is_one_character() -> None:
    assert read_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


@given(st.dictionaries(st.text(), VALUES, max_size=5))
def test_what_an_honest_program_writes_is_read_as_it_was(value: dict[str, object]) -> None:
    assert read_object(json.dumps(value).encode()) == value
    assert read_object(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")) == value
