"""Brings a Grafana to what is wanted: step by step, each by name, and only what differs."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboards.grafana.adapter import GrafanaRefused
from dashboards.grafana.desired_state import Notify, Thing, Wishes, receiver, route, routes_by_rule, wanted
from dashboards.grafana.difference import differences
from dashboards.grafana.silences import bring_silences, wanted_silences
from dashboards.grafana.store import GrafanaStore
from models.works.plant import Plant

POLICIES = "/v1/provisioning/policies"


class Deed(StrEnum):
    """What is done, or would be."""

    UNCHANGED = "unchanged"
    MADE = "made"
    CHANGED = "changed"
    KEPT = "kept as edited"
    REMOVED = "removed"
    ADVICE = "to do by hand"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing and what was done to it; `where` names what differed."""

    deed: Deed
    kind: str
    title: str
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to provision: only look, take back people's edits, remove what is no longer wanted, insert the route."""

    dry_run: bool = False
    overwrite_edits: bool = False
    prune: bool = False
    manage_policies: bool = False


def provision(
    store: GrafanaStore, wishes: Wishes, how: How, told: Callable[[Step], None] = lambda _: None
) -> list[Step]:
    """All steps, each told as it is done.

    Raises:
        GrafanaRefused: Grafana did not take one; those before it hold, and provisioning again goes on from there.
    """
    version = store.api.version()
    things = wanted(wishes, version)
    done: list[Step] = []
    for step in _steps(store, wishes, things, how, version):
        done.append(step)
        told(step)
    return done


def _steps(
    store: GrafanaStore, wishes: Wishes, things: list[Thing], how: How, version: tuple[int, int]
) -> Iterator[Step]:
    for thing in things:
        yield _bring(store, thing, how)
    notify = wishes.notify
    if notify is not None and notify.reaches_somebody and not routes_by_rule(wishes, version):
        yield _routed(store, wishes.plant, notify, how)
    elif wishes.quiet:
        yield from _unrouted(store, wishes.plant, how)
    silences = wanted_silences(wishes.plant, wishes.repairs, wishes.now_ns) if notify is not None else []
    if wishes.now_ns:
        for deed, comment in bring_silences(store.api, wishes.plant, silences, dry_run=how.dry_run):
            yield Step(Deed(deed), "silence", comment)
    if how.prune:
        names = {(thing.kind, thing.name) for thing in things}
        for kind, name, title in list(store.ours()):
            if (kind, name) not in names:
                if not how.dry_run:
                    store.remove(kind, name)
                yield Step(Deed.REMOVED, kind, title)


def _bring(store: GrafanaStore, thing: Thing, how: How) -> Step:
    there = store.read(thing)
    if there is None:
        if not how.dry_run:
            store.write(thing, None)
        return Step(Deed.MADE, thing.kind, thing.title)
    where = tuple(differences(thing.document, there))
    if not where:
        return Step(Deed.UNCHANGED, thing.kind, thing.title)
    if not how.overwrite_edits and store.edited_by_people(thing, there):
        return Step(Deed.KEPT, thing.kind, thing.title, where)
    if not how.dry_run:
        store.write(thing, there)
    return Step(Deed.CHANGED, thing.kind, thing.title, where)


def _routed(store: GrafanaStore, plant: Plant, notify: Notify, how: How) -> Step:
    """The one route to our contact point. The tree is the customer's: it is changed only where that was asked for."""
    ours = route(plant, notify)
    tree: Any = store.api.ask("GET", POLICIES)
    routes = tree.get("routes") or []
    if any(not any(differences(ours, it)) for it in routes):
        return Step(Deed.UNCHANGED, "notification policy", receiver(plant))
    if not how.manage_policies:
        said = (
            f"add a nested policy with the labels app = tundish and site = {plant.site} and the contact point "
            f"'{receiver(plant)}', or provision with --manage-policies",
        )
        return Step(Deed.ADVICE, "notification policy", receiver(plant), said)
    if not how.dry_run:
        # In place of an older one of ours.
        others = [it for it in routes if it.get("object_matchers") != ours["object_matchers"]]
        _put_routes(store, [ours, *others], tree)
    return Step(Deed.CHANGED, "notification policy", receiver(plant), ("routes",))


def _unrouted(store: GrafanaStore, plant: Plant, how: How) -> Iterator[Step]:
    """Take the route to our contact point back, where there is one."""
    tree: Any = store.api.ask("GET", POLICIES)
    routes = tree.get("routes") or []
    others = [it for it in routes if it.get("receiver") != receiver(plant)]
    if len(others) == len(routes):
        return
    if not how.manage_policies:
        said = (
            f"take out the nested policy to '{receiver(plant)}', or provision with --manage-policies: Tundish tells",
        )
        yield Step(Deed.ADVICE, "notification policy", receiver(plant), said)
        return
    if not how.dry_run:
        _put_routes(store, others, tree)
    yield Step(Deed.REMOVED, "notification policy", receiver(plant))


def _put_routes(store: GrafanaStore, routes: list[dict[str, object]], before: Any) -> None:  # noqa: ANN401 - JSON
    """Put these routes into the tree; give it back as it was where that fails."""
    tree = copy.deepcopy(before)
    tree["routes"] = routes
    try:
        store.api.ask("PUT", POLICIES, tree)
        after: Any = store.api.ask("GET", POLICIES)
        if any(differences(tree, {"routes": [], **after})):  # Grafana leaves an empty list out
            raise GrafanaRefused("Grafana holds another notification policy than was written")
    except GrafanaRefused as error:
        store.api.ask("PUT", POLICIES, before)
        raise GrafanaRefused(f"{error}; the notification policies were put back as they were") from error
