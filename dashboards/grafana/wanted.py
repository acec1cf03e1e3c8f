"""Everything that a plant should have in a Grafana, as things with a kind, a name for life, and a document. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from dashboards.grafana.adapter import FIRST_WITH_OWN_ROUTES
from dashboards.grafana.documents import Document, board_documents, folders, rule_documents
from dashboards.grafana.message_templates import TEMPLATE_NAME, templates
from dashboards.grafana.uids import APP_LABEL, calculated_uid, folder_uid, raw_uid, uid
from models.stated.plan import Repair
from models.works.localize import Language
from models.works.plant import Plant

DIGEST = 16


class Kind(StrEnum):
    """In the order in which things are made; removed in the opposite one."""

    FOLDER = "folder"
    RIGHTS = "rights"
    DATA_SOURCE = "data source"
    BOARD = "board"
    CONTACT_POINT = "contact point"
    TEMPLATE = "template"
    MUTE_TIMING = "mute timing"
    RULE = "alert rule"


@dataclass(frozen=True, slots=True)
class Thing:
    """One object. `name` is its uid, or where Grafana has none, its name; `title` is for people.

    `secret` are settings that Grafana never shows again.
    """

    kind: Kind
    name: str
    title: str
    document: Document
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """The database as Grafana reaches it, and the login with which it reads. `authorization` is a whole header."""

    url: str
    calculated: str
    raw: str
    authorization: str = field(repr=False)


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
class Wishes:
    """What the configuration asks of a Grafana. `repairs` are silenced where they run at `now_ns` (UTC ns) or later.

    `quiet`: another one tells people, so ways to them that were made earlier are taken back.
    """

    plant: Plant
    languages: Sequence[Language]
    database: Database
    editors: str | None = None
    notify: Notify | None = None
    quiet: bool = False
    repairs: tuple[Repair, ...] = ()
    now_ns: int = 0


def wanted(wishes: Wishes, version: tuple[int, int]) -> list[Thing]:
    """Everything, in the order in which it can be made, for a Grafana of this version (major, minor)."""
    plant, language = wishes.plant, wishes.languages[0]
    made = [
        Thing(Kind.FOLDER, it.uid, it.title, {"uid": it.uid, "title": it.title})
        for it in folders(plant, wishes.languages)
    ]
    rights = [
        Thing(Kind.RIGHTS, it.name, it.title, {"team": wishes.editors}) for it in made if wishes.editors is not None
    ]
    boards = [
        Thing(
            Kind.BOARD,
            str(board["uid"]),
            f"{board['title']} ({code})",
            {"folderUid": folder_uid(plant, code), "dashboard": board},
        )
        for (code, _), board in board_documents(plant, wishes.languages, version).items()
    ]
    rules = [Thing(Kind.RULE, str(it["uid"]), str(it["title"]), it) for it in rule_documents(plant, language)]
    notify = wishes.notify
    if notify is None or not notify.reaches_somebody:
        if wishes.quiet and version >= FIRST_WITH_OWN_ROUTES:
            rules = [Thing(it.kind, it.name, it.title, {**it.document, "notification_settings": None}) for it in rules]
        return [*made, *rights, *_data_sources(wishes), *boards, *rules]
    if routes_by_rule(wishes, version):
        settings = {"receiver": receiver(plant), "group_by": ["grafana_folder", "alertname"]}
        rules = [Thing(it.kind, it.name, it.title, {**it.document, "notification_settings": settings}) for it in rules]
    return [
        *made,
        *rights,
        *_data_sources(wishes),
        *boards,
        Thing(Kind.TEMPLATE, TEMPLATE_NAME, TEMPLATE_NAME, {"template": templates()}),
        *_contact_points(plant, notify),
        *(_mute_timing(plant, it) for it in notify.recurring_repairs),
        *rules,
    ]


def routes_by_rule(wishes: Wishes, version: tuple[int, int]) -> bool:
    """Whether rules can name their contact point themselves. A weekly repair of single units needs a route."""
    notify = wishes.notify
    return version >= FIRST_WITH_OWN_ROUTES and notify is not None and not notify.recurring_repairs


def receiver(plant: Plant) -> str:
    """The name of the contact point; its channels share it."""
    return f"tundish {plant.site}"


def mute_name(plant: Plant, repair: RecurringRepair) -> str:
    """The name of a mute timing."""
    return f"tundish {plant.site}: {repair.name}"


def route(plant: Plant, notify: Notify) -> Document:
    """The one child route: what carries app=tundish and this site goes to our contact point."""
    document: Document = {
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


def digest(*texts: str) -> str:
    """A short fingerprint."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:DIGEST]


def _data_sources(wishes: Wishes) -> list[Thing]:
    site, database = wishes.plant.site, wishes.database
    found = []
    for name, title, bucket in (
        (calculated_uid(wishes.plant), f"Tundish {site}", database.calculated),
        (raw_uid(wishes.plant), f"Tundish {site}, raw", database.raw),
    ):
        document: Document = {
            "uid": name,
            "name": title,
            "type": "influxdb",
            "access": "proxy",
            "url": database.url,
            "database": bucket,
            "jsonData": {
                "dbName": bucket,
                "httpMode": "GET",
                "httpHeaderName1": "Authorization",
                # Grafana never shows a secret again: this tells whether the one that it has is still ours.
                "tundishLogin": digest(database.authorization),
            },
        }
        found.append(Thing(Kind.DATA_SOURCE, name, title, document, {"httpHeaderValue1": database.authorization}))
    return found


def _contact_points(plant: Plant, notify: Notify) -> list[Thing]:
    words = notify.language
    title, message = f'{{{{ template "tundish.{words}.title" . }}}}', f'{{{{ template "tundish.{words}.message" . }}}}'
    channels: list[tuple[str, Document, Mapping[str, str]]] = []
    if notify.email:
        settings: Document = {
            "addresses": ";".join(notify.email),
            "subject": title,
            "message": message,
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
        Thing(
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


def _mute_timing(plant: Plant, repair: RecurringRepair) -> Thing:
    name = mute_name(plant, repair)
    interval: Document = {
        "times": [{"start_time": repair.start, "end_time": repair.end}],
        "weekdays": list(repair.weekdays),
        "location": _location(plant.zone),
    }
    return Thing(Kind.MUTE_TIMING, name, name, {"name": name, "time_intervals": [interval]})


def _location(zone: ZoneInfo) -> str:
    # The server reads this with the zone data of its host, unlike the boards.
    return zone.key
