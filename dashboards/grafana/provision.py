"""Brings a Grafana to the desired state: resource by resource, each by its name, and only where something differs."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboards.grafana.adapter import GrafanaRefused
from dashboards.grafana.desired_state import (
    DesiredState,
    Notify,
    Resource,
    desired_resources,
    receiver,
    route,
    routes_by_rule,
)
from dashboards.grafana.difference import differences
from dashboards.grafana.silences import desired_silences, update_silences
from dashboards.grafana.store import GrafanaStore
from models.works.plant import Plant

POLICIES = "/v1/provisioning/policies"


class Action(StrEnum):
    """What is done to a resource, or would be in a dry run."""

    UNCHANGED = "unchanged"
    MADE = "made"
    CHANGED = "changed"
    KEPT = "kept as edited"
    REMOVED = "removed"
    ADVICE = "to do by hand"


@dataclass(frozen=True, slots=True)
class Change:
    """One resource and what was done to it. `where` names the paths that differed, or says what to do by hand."""

    action: Action
    kind: str
    title: str
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionOptions:
    """How to provision: change nothing, overwrite people's edits, remove leftovers, insert the notification policy."""

    dry_run: bool = False
    overwrite_edits: bool = False
    prune: bool = False
    manage_policies: bool = False


def provision(
    store: GrafanaStore,
    desired: DesiredState,
    options: ProvisionOptions,
    report: Callable[[Change], None] = lambda _: None,
) -> list[Change]:
    """All changes. `report` gets each one as soon as it is done.

    Raises:
        GrafanaRefused: Grafana did not take one. The changes before it stay, and the next run goes on from there.
    """
    version = store.api.version()
    changes: list[Change] = []
    for change in _changes(store, desired, options, version):
        changes.append(change)
        report(change)
    return changes


def _changes(
    store: GrafanaStore, desired: DesiredState, options: ProvisionOptions, version: tuple[int, int]
) -> Iterator[Change]:
    resources = desired_resources(desired, version)
    for resource in resources:
        yield _bring_up_to_date(store, resource, options)
    notify = desired.notify
    if notify is not None and notify.reaches_somebody and not routes_by_rule(desired, version):
        yield _insert_route(store, desired.plant, notify, options)
    elif desired.quiet:
        yield from _remove_route(store, desired.plant, options)
    silences = desired_silences(desired.plant, desired.repairs, desired.now_ns) if notify is not None else []
    if desired.now_ns:
        for action, comment in update_silences(store.api, desired.plant, silences, dry_run=options.dry_run):
            yield Change(Action(action), "silence", comment)
    if options.prune:
        names = {(resource.kind, resource.name) for resource in resources}
        # All at once: what is removed would shift the pages of a listing that is still being read.
        for kind, name, title in list(store.ours()):
            if (kind, name) not in names:
                if not options.dry_run:
                    store.remove(kind, name)
                yield Change(Action.REMOVED, kind, title)


def _bring_up_to_date(store: GrafanaStore, resource: Resource, options: ProvisionOptions) -> Change:
    actual = store.read(resource)
    if actual is None:
        if not options.dry_run:
            store.write(resource, None)
        return Change(Action.MADE, resource.kind, resource.title)
    where = tuple(differences(resource.document, actual))
    if not where:
        return Change(Action.UNCHANGED, resource.kind, resource.title)
    # Asked only if something differs: for a board this costs one more request, and most runs find no difference.
    if not options.overwrite_edits and store.edited_by_people(resource, actual):
        return Change(Action.KEPT, resource.kind, resource.title, where)
    if not options.dry_run:
        store.write(resource, actual)
    return Change(Action.CHANGED, resource.kind, resource.title, where)


def _insert_route(store: GrafanaStore, plant: Plant, notify: Notify, options: ProvisionOptions) -> Change:
    """The one route to our contact point. The tree is the customer's: it changes only if that was asked for."""
    ours = route(plant, notify)
    tree: Any = store.api.ask("GET", POLICIES)
    routes = tree.get("routes") or []
    if any(not any(differences(ours, child)) for child in routes):
        return Change(Action.UNCHANGED, "notification policy", receiver(plant))
    if not options.manage_policies:
        advice = (
            f"add a nested policy with the labels app = tundish and site = {plant.site} and the contact point "
            f"'{receiver(plant)}', or provision with --manage-policies",
        )
        return Change(Action.ADVICE, "notification policy", receiver(plant), advice)
    if not options.dry_run:
        # First, because Grafana takes the first child that matches; an older one of ours is replaced.
        others = [child for child in routes if child.get("object_matchers") != ours["object_matchers"]]
        _put_routes(store, [ours, *others], tree)
    return Change(Action.CHANGED, "notification policy", receiver(plant), ("routes",))


def _remove_route(store: GrafanaStore, plant: Plant, options: ProvisionOptions) -> Iterator[Change]:
    """Take out the route to our contact point if there is one."""
    tree: Any = store.api.ask("GET", POLICIES)
    routes = tree.get("routes") or []
    others = [child for child in routes if child.get("receiver") != receiver(plant)]
    if len(others) == len(routes):
        return
    if not options.manage_policies:
        advice = (
            f"take out the nested policy to '{receiver(plant)}', or provision with --manage-policies; "
            "Tundish notifies people itself",
        )
        yield Change(Action.ADVICE, "notification policy", receiver(plant), advice)
        return
    if not options.dry_run:
        _put_routes(store, others, tree)
    yield Change(Action.REMOVED, "notification policy", receiver(plant))


def _put_routes(store: GrafanaStore, routes: list[dict[str, object]], before: Any) -> None:  # noqa: ANN401 - JSON
    """Put these routes into the tree. If that fails, the tree goes back as it was.

    Grafana has one tree for all teams and takes it whole only, so a half-taken write would silence other people's
    alerts: what was written is read again and compared.
    """
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
