"""Drafts: what is being written is served in place of what is published, its records stay readable for ever."""

from __future__ import annotations

import pytest

from tests.workflows.test_catalogue import AGAIN, BASE, OVERLAY
from tests.workflows.world import AT, STAFF, compiled, service
from workflows.catalogue import Catalogue, publish
from workflows.drafts import Drafts
from workflows.impact import impact
from workflows.record import NotFound
from workflows.service import Service

OTHER = BASE.replace("甲", "乙")
MORE = "fields: {a: {type: text, label: 甲}, b: {type: text, label: 乙}}\n"


@pytest.fixture
def desk() -> Service:
    return service(compiled(BASE))


def test_a_draft_takes_the_place_of_the_published_one_here_only(desk: Service) -> None:
    drafts = Drafts(desk.store)
    assert drafts.offer(compiled(MORE), AT, "shell") == "1.0.0-draft.1"
    assert [*drafts.current("t").fields] == ["a", "b"] == [*drafts.all()[0].fields]
    for plain in (Catalogue(desk.store), Drafts(desk.store)):  # another process, or this one started again
        assert [*plain.current("t").fields] == ["a"]


def test_what_is_published_as_it_is_needs_no_draft(desk: Service) -> None:
    drafts = Drafts(desk.store)
    drafts.offer(compiled(MORE), AT, "shell")
    assert drafts.offer(compiled(BASE), AT, "shell") == "1.0.0"
    assert [*drafts.current("t").fields] == ["a"]


def test_a_department_is_served_its_own_draft_else_its_own_version_else_the_bases_draft(desk: Service) -> None:
    drafts = Drafts(desk.store)
    drafts.offer(compiled(MORE), AT, "shell")
    assert [*drafts.current("t", "marketing").fields] == ["a", "b"]
    publish(desk.store, compiled(BASE, OVERLAY), AT, "admin")
    assert [*drafts.current("t", "marketing").fields] == ["a", "marketing__c"]
    assert drafts.offer(compiled(BASE, AGAIN), AT, "shell") == "1.0.0-draft.1+marketing"
    assert drafts.current("t", "marketing").fields["marketing__c"].label == {"zh": "丁"}
    with pytest.raises(NotFound):
        drafts.current("u", "marketing")


def test_a_record_made_under_a_draft_can_be_read_without_it(desk: Service) -> None:
    drafts = Drafts(desk.store)
    drafts.offer(compiled(MORE), AT, "shell")
    made = Service(desk.store, drafts, desk.clock, desk.ids).create(STAFF, "t", {"b": "丙"})
    assert desk.read(STAFF, made.id).template.fields.keys() == {"a", "b"}
    assert impact(desk.store, drafts.current("t")).total == 1


def test_drafts_are_counted_and_the_same_state_is_one_draft(desk: Service) -> None:
    drafts = Drafts(desk.store)
    shown = [drafts.offer(compiled(text), AT, "shell") for text in (MORE, OTHER, MORE)]
    assert shown == ["1.0.0-draft.1", "1.0.0-draft.2", "1.0.0-draft.1"]


def test_a_draft_that_is_published_becomes_a_version(desk: Service) -> None:
    drafts = Drafts(desk.store)
    drafts.offer(compiled(BASE, OVERLAY), AT, "shell")
    assert publish(desk.store, compiled(BASE, OVERLAY), AT, "admin") == "1.0.0+marketing.1"
    assert desk.catalogue.shown(desk.catalogue.current("t@marketing").hash) == "1.0.0+marketing.1"


def test_each_offer_is_a_write_so_that_pages_are_made_anew(desk: Service) -> None:
    drafts = Drafts(desk.store)
    heads = [desk.store.head().hash]
    for text in (MORE, OTHER, MORE):
        drafts.offer(compiled(text), AT, "shell")
        heads.append(desk.store.head().hash)
    assert len(set(heads)) == 4


def test_a_store_that_takes_no_draft_leaves_the_last_one(desk: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts(desk.store)
    drafts.offer(compiled(MORE), AT, "shell")

    def refuse(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(desk.store, "write", refuse)
    with pytest.raises(OSError, match="disk full"):
        drafts.offer(compiled(OTHER), AT, "shell")
    assert [*drafts.current("t").fields] == ["a", "b"]
