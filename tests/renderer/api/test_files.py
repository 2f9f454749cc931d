"""A program sends a file, names it in a record, and reads it where the record may be read."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from builder.filetypes import LARGEST
from tests.renderer.api.conftest import GOOD, Caller, Callers
from tests.workflows.files import made

PHOTO = made.picture("PNG")
ID = sha256(PHOTO).hexdigest()
MULTIPART = "multipart/form-data; boundary=x"


def send(caller: Caller, content: bytes = PHOTO, name: str = "车.png", template: str = "repair") -> TestResponse:
    """POST one file, as a program that knows nothing of its content."""
    data = {"file": (BytesIO(content), name, "application/octet-stream")}
    return caller.client.post(f"/api/v1/{template}/files", data=data, headers=signed(caller))


def signed(caller: Caller) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {caller.token}", "Accept-Language": "en"}


def fetch(caller: Caller, record: str, id: str = ID, field: str = "photo") -> TestResponse:
    return caller("GET", f"records/{record}/files/{field}/{id}")


def test_a_file_is_sent_named_and_read(callers: Callers) -> None:
    chen = callers("chen")
    sent = send(chen)
    assert sent.status_code == 201
    assert sent.json == {"id": ID, "name": "车.png", "type": "image/png", "size": len(PHOTO)}
    record = chen.create(photo=[{"id": ID}])
    assert record["data"]["photo"] == [sent.json]
    read = fetch(chen, record["id"])
    assert read.data == PHOTO and read.mimetype == "image/png" and read.headers["ETag"] == f'"{ID}"'
    assert read.headers["Content-Disposition"].startswith("attachment")
    assert read.headers["X-Content-Type-Options"] == "nosniff"


def test_sending_it_again_is_the_same_and_what_comes_back_can_be_sent_back(callers: Callers) -> None:
    chen = callers("chen")
    assert send(chen).json == send(chen).json
    record = chen.create(photo=send(chen).json)  # one alone needs no list
    again = chen("PATCH", f"records/{record['id']}", {"data": {"photo": record["data"]["photo"]}}, If_Match="1")
    assert again.status_code == 200 and again.json["rev"] == 1  # nothing changed
    gone = chen("PATCH", f"records/{record['id']}", {"data": {"photo": None}}, If_Match="1")
    assert "photo" not in gone.json["data"] and fetch(chen, record["id"]).status_code == 404


def test_what_is_claimed_of_a_file_is_not_believed(callers: Callers) -> None:
    chen = callers("chen")
    send(chen)
    claimed = {"id": ID, "name": "../x.exe", "type": "text/html", "size": 1}
    (kept,) = chen.create(photo=[claimed])["data"]["photo"]
    assert (kept["name"], kept["type"], kept["size"]) == ("车.png", "image/png", len(PHOTO))


@pytest.mark.parametrize(
    "photo",
    [
        [{"id": ID}],
        [{"id": "0" * 64}],
        ["车.png"],
        [{"name": "车.png", "type": "image/png", "size": 9}],
        7,
        [{"id": 3}],
    ],
)
def test_a_file_that_was_not_sent_by_the_caller_is_none(callers: Callers, photo: object) -> None:
    chen, song = callers("chen"), callers("song")
    chen.create(photo=[send(chen).json])
    answer = song("POST", "repair/records", {"data": {**GOOD, "photo": photo}})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["photo"])


@pytest.mark.parametrize(
    ("content", "said"), [(made.EXE, "a program"), (made.PDF, "a PDF"), (b"", "nothing"), (made.HTML, "a web page")]
)
def test_what_the_form_takes_nowhere_is_refused_with_what_it_is(callers: Callers, content: bytes, said: str) -> None:
    answer = send(callers("chen"), content, "x.png")
    assert answer.status_code == 422 and said in answer.json["errors"]["file"][0]


def test_a_file_is_for_whoever_reads_its_field_in_clear(callers: Callers) -> None:
    chen = callers("chen")
    record = chen.create(photo=[send(chen).json])["id"]
    assert fetch(callers("fan"), record).status_code == 404  # he sees the mask
    assert callers("fan")("GET", f"records/{record}").json["data"]["photo"] == "****"
    assert fetch(callers("song"), record).status_code == 404  # of another branch
    for id, field in (("0" * 64, "photo"), (ID, "bike"), (ID, "nothing"), (f"..%2F{ID}", "photo")):
        assert fetch(chen, record, id, field).status_code == 404


def body(*parts: str) -> bytes:
    return (
        "".join(f"--x\r\nContent-Disposition: form-data; {part}\r\n\r\nx\r\n" for part in parts).encode() + b"--x--\r\n"
    )


@pytest.mark.parametrize(
    ("content_type", "sent", "status"),
    [
        ("application/json", b"{}", 415),
        ("image/png", PHOTO, 415),
        (MULTIPART, body(), 400),
        (MULTIPART, body('name="file"'), 400),
        (MULTIPART, body('name="other"; filename="a.txt"'), 400),
        (MULTIPART, body('name="file"; filename="a.txt"', 'name="file"; filename="b.txt"'), 400),
        (MULTIPART, b"nonsense", 400),
    ],
)
def test_a_body_is_one_file(callers: Callers, content_type: str, sent: bytes, status: int) -> None:
    chen = callers("chen")
    answer = chen.client.post("/api/v1/repair/files", data=sent, content_type=content_type, headers=signed(chen))
    assert answer.status_code == status and answer.mimetype == "application/problem+json"


def test_a_body_may_not_be_endless(callers: Callers) -> None:
    chen = callers("chen")
    whole = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PHOTO + bytes(LARGEST)
    large: dict[str, Any] = {"input_stream": BytesIO(whole + b"\r\n--x--\r\n"), "content_type": MULTIPART}
    answer = chen.client.post("/api/v1/repair/files", **large, content_length=len(whole) + 9, headers=signed(chen))
    assert answer.status_code == 422 and "20 MB" in answer.json["errors"]["file"][0]
    endless = {"CONTENT_LENGTH": str(1 << 40)}
    empty: dict[str, Any] = {"data": b"", "content_type": MULTIPART, "environ_overrides": endless}
    assert chen.client.post("/api/v1/repair/files", **empty, headers=signed(chen)).status_code == 413


def test_nobody_sends_files_to_a_form_that_is_not_his(callers: Callers) -> None:
    assert send(callers("chen"), template="nothing").status_code == 404
    assert send(Caller(callers("chen").client, "no-token")).status_code == 401
