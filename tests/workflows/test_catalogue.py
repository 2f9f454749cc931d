"""Published versions: immutable, pinned, one a department, read from the store alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.compile import compile_sources
from builder.emit.model import version_hash
from builder.language import Source
from tests.workflows.world import AT, COMPANY, OTHER, STAFF, compiled, service, sources
from workflows.catalogue import VOCABULARIES, Catalogue, NotPublished, publish
from workflows.find.query import Query
from workflows.keep.memory import MemoryStore
from workflows.record import NotFound
from workflows.service import Service

BASE = "fields: {a: {type: text, label: 甲}}\n"
NEXT = """
template: t
version: 1.1.0
title: 测试
fields: {a: {type: text, label: 甲, required: true}, b: {type: text, label: 乙}}
"""
OVERLAY = "overlay: marketing\nextends: t@1.0.0\nadd: {fields: {c: {type: text, label: 丙}}}\n"
AGAIN = "overlay: marketing\nextends: t@1.0.0\nadd: {fields: {c: {type: text, label: 丁}}}\n"


@pytest.fixture
def desk() -> Service:
    return service(compiled(BASE))


def test_a_department_gets_its_own_version_and_the_others_the_base(desk: Service) -> None:
    publish(desk.store, compiled(BASE, OVERLAY), AT, "admin")
    assert [*desk.catalogue.current("t", "marketing").fields] == ["a", "marketing__c"]
    assert [*desk.catalogue.current("t", "sales-east").fields] == ["a"] == [*desk.catalogue.current("t").fields]
    assert [template.ref for template in desk.catalogue.all()] == ["t", "t@marketing"]
    assert desk.catalogue.current("t@marketing", "sales-east").ref == "t@marketing"
    assert desk.catalogue.current("t@sales-east", "marketing").ref == "t"


def test_nobody_makes_a_record_of_another_departments_version(desk: Service) -> None:
    publish(desk.store, compiled(BASE, OVERLAY), AT, "admin")
    assert desk.read(OTHER, desk.create(OTHER, "t@marketing", {}).id).template.ref == "t@marketing"
    with pytest.raises(NotFound):
        desk.create(STAFF, "t@marketing", {})
    with pytest.raises(NotFound):
        desk.blank(STAFF, "t@marketing")


def test_versions_are_shown_as_people_count_them(desk: Service) -> None:
    shown = [publish(desk.store, compiled(BASE, text), AT, "admin") for text in (OVERLAY, AGAIN, AGAIN, OVERLAY)]
    assert shown == ["1.0.0+marketing.1", "1.0.0+marketing.2", "1.0.0+marketing.2", "1.0.0+marketing.1"]
    assert desk.catalogue.shown(desk.catalogue.current("t").hash) == "1.0.0"


def test_a_version_number_names_one_definition_for_ever(desk: Service) -> None:
    other = compiled(BASE.replace("甲", "乙"))
    head = desk.store.head()
    with pytest.raises(NotPublished) as refused:
        publish(desk.store, other, AT, "admin")
    assert refused.value.code == "version-taken" and desk.store.head() == head


def test_what_has_findings_is_not_published(desk: Service) -> None:
    with pytest.raises(NotPublished) as refused:
        publish(desk.store, compile_sources(sources("fields: {a: {type: txt, label: 甲}}")), AT, "admin")
    assert refused.value.code == "has-findings"


def test_a_record_keeps_the_version_it_was_made_with(desk: Service) -> None:
    made = desk.create(STAFF, "t", {}).id
    publish(desk.store, compiled(NEXT), AT, "admin")
    assert desk.read(STAFF, made).template.version == "1.0.0"
    assert desk.revise(STAFF, made, {"a": ""}, rev=1).rev == 1  # `a` is not required in its version
    assert desk.read(STAFF, desk.create(STAFF, "t", {"a": "x"}).id).template.version == "1.1.0"


def test_another_process_sees_a_publish_at_once(desk: Service) -> None:
    other = Catalogue(desk.store)
    assert other.current("t").version == "1.0.0"
    publish(desk.store, compiled(NEXT), AT, "admin")
    assert other.current("t").version == "1.1.0"


def test_a_version_is_compiled_from_its_stored_sources_once(desk: Service) -> None:
    fresh = Catalogue(desk.store)
    current = fresh.current("t")
    assert current == desk.catalogue.current("t") and fresh.pinned(current.hash) is current


def test_a_version_is_served_though_a_later_compiler_would_refuse_it(desk: Service) -> None:
    """A proof that is added later is for what is published later: the records of before stay open."""
    refused = sources("""
        fields: {a: {type: text, label: 甲, visible: c == "x"}, b: {type: integer, label: 乙, min: 9, max: 3}}
        workflow:
          states: {new: {label: 新, initial: true}, stuck: 卡}
          transitions: {go: {label: 去, from: new, to: stuck, by: [sales]}}
        """)
    assert compile_sources(refused).template is None
    row = {"id": "old", "template": "t", "department": "", "shown": "0.9.0", "at": AT, "by": "admin",
           "sources": [{"path": s.path, "text": s.text, "kind": s.kind} for s in refused]}  # fmt: skip
    with desk.store.write(at=AT, actor="admin") as tx:
        tx.put("versions", "old", row)
        tx.log("published", "t", {})
    old = desk.catalogue.pinned("old")
    assert (old.hash, list(old.fields), list(old.states)) == ("old", ["a", "b"], ["new", "stuck"])


def test_the_company_is_the_one_of_the_last_publish(desk: Service) -> None:
    before = desk.company()
    assert desk.company() is before and before.departments["sales-east"].lead == "lead"
    moved = COMPANY.replace("lead: lead", "lead: peer")
    publish(desk.store, compiled(BASE, company=moved), AT, "admin")
    assert desk.company().departments["sales-east"].lead == "peer"
    assert desk.company().languages == ("zh", "en")


def test_there_is_no_such_template_or_version(desk: Service) -> None:
    for ask in (lambda: desk.catalogue.current("x"), lambda: desk.catalogue.pinned("0" * 64)):
        with pytest.raises(NotFound):
            ask()
    assert desk.catalogue.shown("0" * 64) == "" and Source("p", "t", "template").kind == "template"


def test_a_vocabulary_is_kept_once_for_all_versions_that_use_it() -> None:
    """Design: 50,000 options are shared between versions and templates."""
    ways = Source("vocabularies/ways.csv", "id,label,parent\na,甲,\nb,乙,a\n", "vocabulary")
    unused = Source("vocabularies/parts.csv", "id,label\na,甲\n", "vocabulary")
    one, two = (
        compile_sources([*sources(f"fields: {{f: {{type: choice, label: {label}, vocabulary: ways}}}}"), ways, unused])
        for label in ("一", "二")
    )
    two = replace(two, template=replace(two.template, id="u")) if two.template else two
    store = MemoryStore(lambda: "0" * 32)
    for compiled_ in (one, two):
        publish(store, compiled_, AT, "admin")
    assert [row["text"] for row in store.find(Query(collection=VOCABULARIES)).rows] == [ways.text]
    fresh = Catalogue(store)
    templates = [fresh.current("t"), fresh.current("u")]
    assert templates[0].fields["f"].options is templates[1].fields["f"].options
    assert one.template is not None and templates[0].fields == one.template.fields
    assert version_hash(templates[0]) == templates[0].hash
