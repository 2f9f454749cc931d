"""What every shelf promises: a suite that each backend's test class inherits by giving a `shelf` fixture."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest

from workflows.keep.shelf import Shelf

EARLY, LATE = "2026-03-01T08:00:00.000000Z", "2026-03-02T09:00:00.000000Z"
KEY, OTHER = "a" * 64, "b" * 64


def digest(content: bytes) -> str:
    """Where a content must lie, worked out by somebody else."""
    return sha256(content).hexdigest()


def bring(shelf: Shelf, content: bytes, key: str = KEY, at: str = EARLY) -> str:
    """Receive and place a content in three pieces; its id."""
    third = len(content) // 3
    received = shelf.receive([content[:third], content[third : 2 * third], content[2 * third :]])
    shelf.place(received, key, {"id": received.id, "at": at, "name": "名片.png"})
    return received.id


def read(shelf: Shelf, id: str) -> bytes | None:
    """The content under an id."""
    content = shelf.open(id)
    if content is None:
        return None
    with content:
        return content.read()


class ShelfContract:
    """Inherited by a class with a fixture `shelf`: an empty shelf."""

    def test_what_was_placed_is_read_under_its_digest(self, shelf: Shelf) -> None:
        content = b"hello" * 100_000
        assert bring(shelf, content) == digest(content)
        assert read(shelf, digest(content)) == content
        assert shelf.note(KEY) == {"id": digest(content), "at": EARLY, "name": "名片.png"}

    def test_what_was_only_received_is_nowhere(self, shelf: Shelf) -> None:
        received = shelf.receive([b"hello"])
        assert (received.id, received.size) == (digest(b"hello"), 5)
        assert shelf.open(received.id) is None and shelf.note(KEY) is None

    def test_the_same_content_twice_is_one_with_two_notes(self, shelf: Shelf) -> None:
        assert bring(shelf, b"same") == bring(shelf, b"same", OTHER)
        assert shelf.note(KEY) == shelf.note(OTHER)

    def test_a_sweep_takes_what_is_old_and_unclaimed_and_nothing_else(self, shelf: Shelf) -> None:
        old, claimed = bring(shelf, b"old"), bring(shelf, b"claimed", OTHER)
        young = bring(shelf, b"young", "c" * 64, LATE)
        shelf.remember(old, b"small")
        assert shelf.sweep(LATE, lambda id: id == claimed) == 1
        assert [read(shelf, id) for id in (old, claimed, young)] == [None, b"claimed", b"young"]
        assert shelf.note(KEY) is None and shelf.note(OTHER) is None and shelf.note("c" * 64) is not None
        assert shelf.recall(old) is None

    def test_a_content_that_was_brought_again_stays(self, shelf: Shelf) -> None:
        bring(shelf, b"again")
        id = bring(shelf, b"again", OTHER, LATE)
        assert shelf.sweep(LATE, lambda id: False) == 0
        assert read(shelf, id) == b"again" and shelf.note(OTHER) is not None

    def test_what_was_worked_out_is_recalled(self, shelf: Shelf) -> None:
        id = bring(shelf, b"picture")
        assert shelf.recall(id) is None
        shelf.remember(id, b"small")
        assert shelf.recall(id) == b"small"

    @pytest.mark.parametrize("id", ["", "..", "../journal", "/etc/passwd", "A" * 64, "a" * 63, "a" * 65, KEY + "\n"])
    def test_an_id_that_is_none_leads_nowhere(self, shelf: Shelf, id: str) -> None:
        assert shelf.open(id) is None and shelf.note(id) is None

    def test_a_sender_that_breaks_off_leaves_nothing(self, shelf: Shelf) -> None:
        def pieces() -> Iterator[bytes]:
            yield b"hel"
            raise EOFError

        with pytest.raises(EOFError):
            shelf.receive(pieces())
        assert shelf.open(digest(b"hel")) is None
