"""The same resources as files for Grafana's own provisioning, for a Grafana whose API nobody may use."""

from collections.abc import Mapping
from typing import Any

import yaml

from dashboards.grafana.adapter import OLDEST
from dashboards.grafana.desired_state import DesiredState, Kind, Resource, desired_resources
from dashboards.grafana.documents import NEWEST, as_text
from dashboards.grafana.message_templates import templates

BOARDS_AT = "/var/lib/grafana/dashboards/tundish"
LOGIN_VARIABLE = "TUNDISH_INFLUXDB_AUTHORIZATION"
PASSWORD_VARIABLE = "TUNDISH_POSTGRES_READER"  # noqa: S105 - the name of a variable
TELEGRAM_VARIABLE = "TUNDISH_TELEGRAM_TOKEN"
# A rule holds for a minute or longer, and the state rows that it reads come once a minute at least.
_EVERY = "1m"


def files(desired: DesiredState, version: tuple[int, int] = NEWEST) -> Mapping[str, str]:
    """Files by their path below Grafana's provisioning folder; boards belong in `BOARDS_AT`.

    No file holds a secret. Grafana takes secrets from its environment (LOGIN_VARIABLE holds the whole header, such as
    "Token abc", PASSWORD_VARIABLE the password of the reader in PostgreSQL).
    """
    resources = desired_resources(desired, version)
    by_kind = {kind: [resource for resource in resources if resource.kind is kind] for kind in Kind}
    folders = {folder.name: folder.title for folder in by_kind[Kind.FOLDER]}
    found = {
        "datasources/tundish.yaml": _yaml(
            {"apiVersion": 1, "datasources": [_data_source(source) for source in by_kind[Kind.DATA_SOURCE]]}
        ),
        "dashboards/tundish.yaml": _yaml(
            {"apiVersion": 1, "providers": [*map(_provider, _board_folders(by_kind, folders))]}
        ),
        "alerting/tundish.yaml": _yaml(_alerting(by_kind, folders)),
    }
    for board in by_kind[Kind.BOARD]:
        document: Any = board.document
        found[f"boards/{document['folderUid']}/{board.name}.json"] = as_text(document["dashboard"])
    return found


def _board_folders(by_kind: Mapping[Kind, list[Resource]], folders: Mapping[str, str]) -> list[tuple[str, str]]:
    used = dict.fromkeys(str(board.document["folderUid"]) for board in by_kind[Kind.BOARD])
    return [(uid, folders[uid]) for uid in used]


def _data_source(resource: Resource) -> dict[str, object]:
    document = dict(resource.document)
    # The fingerprint tells `tundish provision` whether a login is still ours; files have no need of it.
    document["jsonData"] = {key: value for key, value in dict(document["jsonData"]).items() if key != "tundishLogin"}  # type: ignore[call-overload]
    return {**document, "secureJsonData": {name: _secret(name, value) for name, value in resource.secret.items()}}


def _secret(name: str, value: str) -> str:
    """The variable that holds a secret. A certificate is none, and stands in the file as it is."""
    return value if name == "tlsCACert" else f"${PASSWORD_VARIABLE if name == 'password' else LOGIN_VARIABLE}"


def _provider(folder: tuple[str, str]) -> dict[str, object]:
    uid, title = folder
    return {
        "name": uid,
        "folder": title,
        "folderUid": uid,
        "type": "file",
        # An edit in Grafana would be lost with the next file; so Grafana refuses it at once.
        "allowUiUpdates": False,
        "options": {"path": f"{BOARDS_AT}/{uid}"},
    }


def _alerting(by_kind: Mapping[Kind, list[Resource]], folders: Mapping[str, str]) -> dict[str, object]:
    rules: list[Any] = [rule.document for rule in by_kind[Kind.RULE]]
    groups = [
        {
            "orgId": 1,
            "name": rules[0]["ruleGroup"],
            "folder": folders[rules[0]["folderUID"]],
            "interval": _EVERY,
            "rules": [
                # The group says these three for all of its rules.
                {key: value for key, value in rule.items() if key not in ("orgID", "folderUID", "ruleGroup")}
                for rule in rules
            ],
        }
    ]
    found: dict[str, object] = {"apiVersion": 1, "groups": groups}
    points: list[Any] = by_kind[Kind.CONTACT_POINT]
    if points:
        receivers = [
            {
                **point.document,
                "settings": {**point.document["settings"], **dict.fromkeys(point.secret, f"${TELEGRAM_VARIABLE}")},
            }
            for point in points
        ]
        for channel in receivers:
            name = channel.pop("name")
        found["contactPoints"] = [{"orgId": 1, "name": name, "receivers": receivers}]
    if by_kind[Kind.TEMPLATE]:
        # Of the oldest version: a Grafana that does not know a word of a template does not start.
        found["templates"] = [
            {"orgId": 1, "name": template.name, "template": templates(OLDEST)} for template in by_kind[Kind.TEMPLATE]
        ]
    if by_kind[Kind.MUTE_TIMING]:
        found["muteTimes"] = [{"orgId": 1, **timing.document} for timing in by_kind[Kind.MUTE_TIMING]]
    return found


def _yaml(document: object) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)
