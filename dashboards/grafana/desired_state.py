"""Everything that a plant should have in a Grafana, as resources with a kind, a name for life, and a document. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from dashboards.grafana.adapter import FIRST_WITH_OWN_ROUTES
from dashboards.grafana.data_sources import Database, SqlDatabase, data_sources
from dashboards.grafana.documents import JsonObject, board_documents, folders, rule_documents
from dashboards.grafana.message_templates import TEMPLATE_NAME, templates
from dashboards.grafana.sources import Sources
from dashboards.grafana.uids import APP_LABEL, folder_uid, uid
from models.heat.declared import Declared
from models.stated.plan import Repair
from models.works.localize import Language
from models.works.plant import Plant


class Kind(StrEnum):
    """In the order in which resources are made; removed in the opposite one."""

    FOLDER = "folder"
    RIGHTS = "rights"
    DATA_SOURCE = "data source"
    BOARD = "board"
    CONTACT_POINT = "contact point"
    TEMPLATE = "template"
    MUTE_TIMING = "mute timing"
    RULE = "alert rule"


@dataclass(frozen=True, slots=True)
class Resource:
    """One object of Grafana. `name` is its uid, or its name if Grafana has no uid for its kind; `title` is for people.

    `secret` are settings that Grafana never shows again.
    """

    kind: Kind
    name: str
    title: str
    document: JsonObject
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringRepair:
    """Weekly, local times "HH:MM"."""

    name: str
    units: tuple[str, ...]
    weekdays: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Who hears of alerts, and in which language."""

    language: Language
    email: tuple[str, ...] = ()
    telegram_chat: str | None = None
    telegram_token: str | None = field(default=None, repr=False)
    webhook: str | None = None
    recurring_repairs: tuple[RecurringRepair, ...] = ()

    @property
    def reaches_somebody(self) -> bool:
        """Whether there is any channel."""
        return bool(self.email or self.telegram_chat or self.webhook)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredState:
    """What a Grafana should be, from the configuration.

    Calculated tables are in `postgres` if there is one, raw ones in `database` if there is one. `repairs` that end
    after `now_ns` (UTC ns) are silenced. `quiet`: Tundish notifies people itself, so contact points and routes that
    were made earlier are taken back. `declared`: what has boards beside tonnes.
    """

    plant: Plant
    languages: Sequence[Language]
    database: Database | None = None
    postgres: SqlDatabase | None = None
    editors: str | None = None
    notify: Notify | None = None
    quiet: bool = False
    repairs: tuple[Repair, ...] = ()
    declared: tuple[Declared, ...] = ()
    now_ns: int = 0

    @property
    def sources(self) -> Sources:
        """The languages in which its data sources are asked."""
        return Sources(sql_calculated=self.postgres is not None, sql_raw=self.database is None)


def desired_resources(
    desired: DesiredState, version: tuple[int, int], *, by_rule: bool | None = None
) -> list[Resource]:
    """Everything, in the order in which it can be made, for a Grafana of this version (major, minor).

    `by_rule`: rules name their contact point themselves. None: as `routes_by_rule` has it.
    """
    plant, language = desired.plant, desired.languages[0]
    if desired.notify is not None and desired.notify.language in desired.languages:
        language = desired.notify.language  # whoever is told opens the link of the message in the same language
    made = [
        Resource(Kind.FOLDER, folder.uid, folder.title, {"uid": folder.uid, "title": folder.title})
        for folder in folders(plant, desired.languages)
    ]
    rights = [
        Resource(Kind.RIGHTS, folder.name, folder.title, {"team": desired.editors})
        for folder in made
        if desired.editors is not None
    ]
    boards = [
        Resource(
            Kind.BOARD,
            str(board["uid"]),
            f"{board['title']} ({code})",
            {"folderUid": folder_uid(plant, code), "dashboard": board},
        )
        for (code, _), board in board_documents(
            plant, desired.languages, version, desired.sources, desired.declared
        ).items()
    ]
    sources = [
        Resource(Kind.DATA_SOURCE, source.uid, source.title, dict(source.document), source.secret)
        for source in data_sources(plant, desired.database, desired.postgres, version)
    ]
    rules = [
        Resource(Kind.RULE, str(document["uid"]), str(document["title"]), document)
        for document in rule_documents(plant, language, version, desired.sources)
    ]
    notify = desired.notify
    if notify is None or not notify.reaches_somebody:
        if desired.quiet:
            rules = _with_settings(rules, None, version)
        return [*made, *rights, *sources, *boards, *rules]
    settings: JsonObject = {"receiver": receiver(plant), "group_by": ["grafana_folder", "alertname"]}
    named = routes_by_rule(desired, version) if by_rule is None else by_rule
    rules = _with_settings(rules, settings if named else None, version)
    return [
        *made,
        *rights,
        *sources,
        *boards,
        Resource(Kind.TEMPLATE, TEMPLATE_NAME, TEMPLATE_NAME, {"template": templates(version)}),
        *_contact_points(plant, notify),
        *(_mute_timing(plant, repair) for repair in notify.recurring_repairs),
        *rules,
    ]


def _with_settings(rules: Sequence[Resource], settings: JsonObject | None, version: tuple[int, int]) -> list[Resource]:
    """The rules with these settings. None is written too: a rule without the key would keep the contact point that an
    earlier run gave it, and pass every route by.
    """
    if version < FIRST_WITH_OWN_ROUTES:
        return list(rules)
    return [replace(rule, document={**rule.document, "notification_settings": settings}) for rule in rules]


def routes_by_rule(desired: DesiredState, version: tuple[int, int]) -> bool:
    """Whether rules name their contact point themselves. A weekly repair of single units needs a route in any case: a
    rule covers many units, and only a route matches the label of one.
    """
    notify = desired.notify
    return version >= FIRST_WITH_OWN_ROUTES and notify is not None and not notify.recurring_repairs


def receiver(plant: Plant) -> str:
    """The name of the contact point; its channels share it."""
    return f"tundish {plant.site}"


def mute_name(plant: Plant, repair: RecurringRepair) -> str:
    """The name of a mute timing."""
    return f"tundish {plant.site}: {repair.name}"


def route(plant: Plant, notify: Notify) -> JsonObject:
    """The one child route: alerts with app=tundish and this site go to our contact point."""
    document: JsonObject = {
        "receiver": receiver(plant),
        "object_matchers": [[APP_LABEL[0], "=", APP_LABEL[1]], ["site", "=", plant.site]],
        "group_by": ["grafana_folder", "alertname"],
    }
    muted = [
        {
            "receiver": receiver(plant),
            "object_matchers": [["unit", "=~", f"^({'|'.join(repair.units)})$"]],
            "mute_time_intervals": [mute_name(plant, repair)],
        }
        for repair in notify.recurring_repairs
    ]
    return {**document, "routes": muted} if muted else document


def _contact_points(plant: Plant, notify: Notify) -> list[Resource]:
    words = notify.language
    title, message = f'{{{{ template "tundish.{words}.title" . }}}}', f'{{{{ template "tundish.{words}.message" . }}}}'
    channels: list[tuple[str, JsonObject, Mapping[str, str]]] = []
    if notify.email:
        settings: JsonObject = {
            "addresses": ";".join(notify.email),
            "subject": title,
            "message": message,
            # One mail to all addresses, so that each reader sees who else knows.
            "singleEmail": True,
        }
        channels.append(("email", settings, {}))
    if notify.telegram_chat is not None:
        channels.append(
            (
                "telegram",
                {"chatid": notify.telegram_chat, "message": message},
                {"bottoken": notify.telegram_token or ""},
            )
        )
    if notify.webhook is not None:
        channels.append(
            ("webhook", {"url": notify.webhook, "httpMethod": "POST", "title": title, "message": message}, {})
        )
    return [
        Resource(
            Kind.CONTACT_POINT,
            uid(plant, kind),
            f"{receiver(plant)} ({kind})",
            {
                "uid": uid(plant, kind),
                "name": receiver(plant),
                "type": kind,
                "settings": settings,
                "disableResolveMessage": False,
            },
            secret,
        )
        for kind, settings, secret in channels
    ]


def _mute_timing(plant: Plant, repair: RecurringRepair) -> Resource:
    name = mute_name(plant, repair)
    interval: JsonObject = {
        "times": [{"start_time": repair.start, "end_time": repair.end}],
        "weekdays": list(repair.weekdays),
        "location": _location(plant.zone),
    }
    return Resource(Kind.MUTE_TIMING, name, name, {"name": name, "time_intervals": [interval]})


def _location(zone: ZoneInfo) -> str:
    # The true zone, unlike on boards: the server reads it with the zone data of its host, and not with its own.
    return zone.key
