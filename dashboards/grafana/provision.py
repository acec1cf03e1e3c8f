"""Brings a Grafana to the desired state: resource by resource, each by its name, and only where something differs."""

import copy
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboards.grafana.adapter import FIRST_WITH_OWN_ROUTES, POLICIES, GrafanaInUse, GrafanaRefused
from dashboards.grafana.desired_state import (
    DesiredState,
    Kind,
    Notify,
    Resource,
    desired_resources,
    receiver,
    route,
    routes_by_rule,
)
from dashboards.grafana.difference import differences, parts
from dashboards.grafana.silences import desired_silences, update_silences
from dashboards.grafana.store import GrafanaStore
from models.works.plant import Plant


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
    """One resource and what was done to it. `where` names the parts that differed, and who edited them, or says what to
    do by hand."""

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
    store.api.await_alerting()
    changes: list[Change] = []
    for change in _changes(store, desired, options, version):
        changes.append(change)
        report(change)
    return changes


def _changes(
    store: GrafanaStore, desired: DesiredState, options: ProvisionOptions, version: tuple[int, int]
) -> Iterator[Change]:
    notify = desired.notify if desired.notify is not None and desired.notify.reaches_somebody else None
    by_rule = notify is not None and (
        routes_by_rule(desired, version)
        # Until the route is there, rules that do not name their contact point would reach nobody of ours.
        or (
            version >= FIRST_WITH_OWN_ROUTES
            and not options.manage_policies
            and not _has_route(store, desired.plant, notify)
        )
    )
    resources = desired_resources(desired, version, by_rule=by_rule)
    for resource in resources:
        if resource.kind is not Kind.RULE:
            yield _bring_up_to_date(store, resource, options)
    # Before the rules, which may lose their contact point to it; what it names is there by now.
    if notify is not None and not routes_by_rule(desired, version):
        yield _insert_route(store, desired.plant, notify, options)
    for resource in resources:
        if resource.kind is Kind.RULE:
            yield _bring_up_to_date(store, resource, options)
    # After them: by now they name their contact point, or nobody is to be told.
    if desired.quiet or (notify is not None and routes_by_rule(desired, version)):
        yield from _remove_route(store, desired, options)
    silences = desired_silences(desired.plant, desired.repairs, desired.now_ns) if desired.notify is not None else []
    if desired.now_ns:
        for action, comment in update_silences(store.api, desired.plant, silences, dry_run=options.dry_run):
            yield Change(Action(action), "silence", comment)
    if options.prune:
        yield from _prune(store, {(resource.kind, resource.name) for resource in resources}, options)


def _prune(store: GrafanaStore, names: Collection[tuple[Kind, str]], options: ProvisionOptions) -> Iterator[Change]:
    """Remove what is ours and not among `names`. Where that may cost somebody something, nothing is removed and the
    reason is told; a dry run looks in the same way.
    """
    # All at once: what is removed would shift the pages of a listing that is still being read.
    leftovers = [found for found in store.ours() if found[:2] not in names]
    going = {(kind, name) for kind, name, _ in leftovers}
    for kind, name, title in leftovers:
        stays = store.others_in(name, going) if kind is Kind.FOLDER else ""
        if not stays and not options.dry_run:
            try:
                store.remove(kind, name)
            except GrafanaInUse as error:
                stays = str(error)
        yield Change(Action.ADVICE, kind, title, (stays,)) if stays else Change(Action.REMOVED, kind, title)


def _bring_up_to_date(store: GrafanaStore, resource: Resource, options: ProvisionOptions) -> Change:
    actual = store.read(resource)
    if actual is None:
        if not options.dry_run:
            store.write(resource, None)
        return Change(Action.MADE, resource.kind, resource.title)
    where = parts(differences(resource.document, actual), resource.document)
    if not where:
        return Change(Action.UNCHANGED, resource.kind, resource.title)
    # Asked only if something differs: for a board this costs one more request, and most runs find no difference.
    if not options.overwrite_edits and (edit := store.edited_by_people(resource, actual)):
        if not options.dry_run:
            store.reroute(resource, actual)
        return Change(Action.KEPT, resource.kind, resource.title, (edit, *where))
    if not options.dry_run:
        store.write(resource, actual)
    return Change(Action.CHANGED, resource.kind, resource.title, where)


def _has_route(store: GrafanaStore, plant: Plant, notify: Notify) -> bool:
    tree: Any = store.api.ask("GET", POLICIES)
    ours = route(plant, notify)
    return any(not any(differences(ours, child)) for child in tree.get("routes") or [])


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


def _remove_route(store: GrafanaStore, desired: DesiredState, options: ProvisionOptions) -> Iterator[Change]:
    """Take out the route to our contact point if there is one: nobody is to be told, or the rules say who is."""
    plant = desired.plant
    tree: Any = store.api.ask("GET", POLICIES)
    routes = tree.get("routes") or []
    others = [child for child in routes if child.get("receiver") != receiver(plant)]
    if len(others) == len(routes):
        return
    if not options.manage_policies:
        why = "Tundish notifies people itself" if desired.quiet else "the rules name their contact point themselves"
        advice = (f"take out the nested policy to '{receiver(plant)}', or provision with --manage-policies; {why}",)
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
