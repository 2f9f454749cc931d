"""A record's journey: lock → re-read → compare → judge → write record and history as one → unlock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from builder.model import Company, Template
from workflows.catalogue import Catalogue
from workflows.keep.port import Store
from workflows.record import Actor
from workflows.view import Blank, Done, Listing, Mark, View

Clock = Callable[[], str]  # UTC now, YYYY-MM-DDTHH:MM:SS.ffffffZ
Ids = Callable[[str], str]  # now → a new record id, sortable and unguessable


class Service:
    """Everything that may be done with records, for an actor, under his rights.

    Every method raises only `Refused` and its kinds (nothing changed then) or a `StoreError`.
    """

    def __init__(self, store: Store, catalogue: Catalogue, clock: Clock, ids: Ids) -> None:
        self.store, self.catalogue, self.clock, self.ids = store, catalogue, clock, ids

    def templates(self, actor: Actor) -> tuple[Template, ...]:
        """The current templates this actor may create or could read records of, by id."""
        raise NotImplementedError

    def company(self) -> Company:
        """The company as of the last publish."""
        raise NotImplementedError

    def blank(self, actor: Actor, template_id: str, data: Mapping[str, object] | None = None) -> Blank:
        """The form to fill: current version for the actor's department, defaults, and what he may write.

        With `data` (as sent) the evaluation is of that: what a refused form is drawn from. Raises NotFound (no such
        template), Forbidden (he may not create).
        """
        raise NotImplementedError

    def create(
        self, actor: Actor, template_id: str, data: Mapping[str, object], *, key: str = "", entry: str = "staff"
    ) -> Done:
        """Store a new record from answers as sent (`state` among them chooses the initial state).

        Raises NotFound, Forbidden (may not create; or a field not his, `args_["field"]`), Invalid, KeyReused.
        """
        raise NotImplementedError

    def preview(self, actor: Actor, id: str, data: Mapping[str, object]) -> View:
        """The record as it would be with these answers, stored nowhere: what a refused edit form is drawn from."""
        raise NotImplementedError

    def revise(self, actor: Actor, id: str, data: Mapping[str, object], *, rev: int, key: str = "") -> Done:
        """Change answers: only the fields in `data`; "" or None clears. Keeps the pinned version.

        Raises NotFound, Stale (`current` is what he may see of the record now, `mine` the answers), Forbidden (record or
        field), Invalid, KeyReused.
        """
        raise NotImplementedError

    def act(
        self,
        actor: Actor,
        id: str,
        action: str,
        *,
        data: Mapping[str, object] | None = None,
        comment: str = "",
        key: str = "",
        rev: int | None = None,
    ) -> Done:
        """Take the first open transition of an action, with answers that come with it.

        Raises NotFound, Stale (only with `rev`), Forbidden (not his), NotOpen (its code says why), Invalid, KeyReused.
        """
        raise NotImplementedError

    def tag(self, actor: Actor, id: str, group: str, option: str, *, rev: int | None = None, key: str = "") -> Done:
        """Give a tag by hand; in an exclusive group it replaces the other by-hand one. Raises as `revise`, NotOpen for a tag by rule."""
        raise NotImplementedError

    def untag(self, actor: Actor, id: str, group: str, option: str, *, rev: int | None = None, key: str = "") -> Done:
        """Take back a tag given by hand. Raises as `tag`."""
        raise NotImplementedError

    def read(self, actor: Actor, id: str) -> View:
        """The record as this actor may see it, with its ways on. Raises NotFound, also when it is not his to know of."""
        raise NotImplementedError

    def history(self, actor: Actor, id: str) -> tuple[Mark, ...]:
        """What happened to the record, oldest first, cut to the reader's rights. Raises NotFound."""
        raise NotImplementedError

    def list(
        self,
        actor: Actor,
        template_id: str,
        list_id: str = "",
        *,
        where: str = "",
        match: Mapping[str, object] | None = None,
        sort: Sequence[str] = (),
        page: int = 1,
        size: int = 50,
        columns: Sequence[str] = (),
    ) -> Listing:
        """A page of the records this actor may read: a template's list, or all of them, narrowed by an expression
        (`where`) and by equalities (`match`: field or system name → value or list of values, any of them).

        `sort` names columns, `-` in front descending. Without `columns` those of the list, else the first six fields.
        Raises NotFound (template, list), Forbidden (a filter or sort over a field he may not read in clear,
        `args_["field"]`), Invalid (`where` does not compile: faults under "where").
        """
        raise NotImplementedError
