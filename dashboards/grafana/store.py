"""Things in a Grafana: read, made, changed and removed by their names, whatever address their kind has."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboards.grafana.adapter import GrafanaAdapter, GrafanaRefused, in_path
from dashboards.grafana.desired_state import Kind, Thing, digest
from dashboards.grafana.uids import TAG
from models.works.plant import Plant

Json = dict[str, Any]
VIEW, EDIT = 1, 2
RULES = "/v1/provisioning/alert-rules"
RULER = "/ruler/grafana/api/v1/rules"
POINTS = "/v1/provisioning/contact-points"
MUTES = "/v1/provisioning/mute-timings"
TEMPLATES = "/v1/provisioning/templates"
MARK = "tundish_written"
"""The annotation of a rule that holds the fingerprint of what we wrote, so that an edit of people's shows."""
MESSAGE = "tundish provision"
"""The message of the versions of boards that we wrote."""
MOST_BOARDS = 5000


class GrafanaStore:
    """Things of one plant in one Grafana. Every call raises GrafanaRefused."""

    def __init__(self, api: GrafanaAdapter, plant: Plant) -> None:
        self.api = api
        self._plant = plant

    def read(self, thing: Thing) -> object:
        """What is there under the thing's name, in the shape of its document; None where nothing is."""
        match thing.kind:
            case Kind.FOLDER:
                return self.api.find(f"/folders/{thing.name}")
            case Kind.RIGHTS:
                return self._rights(thing)
            case Kind.DATA_SOURCE:
                return self.api.find(f"/datasources/uid/{thing.name}")
            case Kind.BOARD:
                found = self.api.find(f"/dashboards/uid/{thing.name}")
                if not isinstance(found, Mapping):
                    return None
                return {"folderUid": found["meta"].get("folderUid"), "dashboard": found["dashboard"]}
            case Kind.RULE:
                return self.api.find(f"{RULES}/{thing.name}")
            case Kind.CONTACT_POINT:
                return next((it for it in self._listed(POINTS) if it.get("uid") == thing.name), None)
            case Kind.MUTE_TIMING:
                return next((it for it in self._listed(MUTES) if it.get("name") == thing.name), None)
            case Kind.TEMPLATE:
                return next((it for it in self._listed(TEMPLATES) if it.get("name") == thing.name), None)

    def edited_by_people(self, thing: Thing, there: object) -> bool:
        """Whether somebody changed it in Grafana since we wrote it. Only boards and rules are kept for that."""
        if thing.kind is Kind.BOARD:
            found = self.api.find(f"/dashboards/uid/{thing.name}/versions?limit=1")
            versions = found.get("versions", []) if isinstance(found, Mapping) else found
            if not isinstance(versions, list) or not versions:
                return False
            # Grafana gives the first version, which is ours, a message of its own.
            newest = versions[0]
            return bool(newest.get("version") != 1 and newest.get("message") != MESSAGE)
        if thing.kind is Kind.RULE and isinstance(there, Mapping):
            return (there.get("annotations") or {}).get(MARK) != fingerprint(there)
        return False

    def write(self, thing: Thing, there: object) -> None:
        """Make it, or change what is there."""
        document: Json = {**thing.document}
        match thing.kind:
            case Kind.FOLDER if there is None:
                self.api.ask("POST", "/folders", document)
            case Kind.FOLDER:
                self.api.ask("PUT", f"/folders/{thing.name}", {**document, "overwrite": True})
            case Kind.RIGHTS:
                self._set_rights(thing)
            case Kind.DATA_SOURCE:
                body = {**document, "secureJsonData": dict(thing.secret)}
                new = there is None
                self.api.ask("POST" if new else "PUT", f"/datasources{'' if new else f'/uid/{thing.name}'}", body)
            case Kind.BOARD:
                self.api.ask("POST", "/dashboards/db", {**document, "overwrite": True, "message": MESSAGE})
            case Kind.RULE:
                marked = {**document, "annotations": {**document["annotations"], MARK: fingerprint(document)}}
                new = there is None
                self.api.ask("POST" if new else "PUT", RULES if new else f"{RULES}/{thing.name}", marked)
            case Kind.CONTACT_POINT:
                body = {**document, "settings": {**document["settings"], **thing.secret}}
                new = there is None
                self.api.ask("POST" if new else "PUT", POINTS if new else f"{POINTS}/{thing.name}", body)
            case Kind.MUTE_TIMING:
                new = there is None
                self.api.ask("POST" if new else "PUT", MUTES if new else f"{MUTES}/{in_path(thing.name)}", document)
            case Kind.TEMPLATE:
                self.api.ask("PUT", f"{TEMPLATES}/{in_path(thing.name)}", document)

    def ours(self) -> Iterator[tuple[Kind, str, str]]:
        """Kind, name and title of everything in this Grafana that was made for this plant, newest dependants first."""
        prefix = f"tundish-{self._plant.site}-"
        for rule in self._rules():
            labels = rule.get("labels") or {}
            if labels.get("app") == TAG and labels.get("site") == self._plant.site:
                yield Kind.RULE, rule["grafana_alert"]["uid"], rule["grafana_alert"]["title"]
        for board in self._listed(
            f"/search?type=dash-db&tag={TAG}&tag={in_path(self._plant.site)}&limit={MOST_BOARDS}"
        ):
            yield Kind.BOARD, board["uid"], board["title"]
        for point in self._listed(POINTS):
            if point.get("uid", "").startswith(prefix):
                yield Kind.CONTACT_POINT, point["uid"], point["name"]
        for mute in self._listed(MUTES):
            if mute["name"].startswith(f"tundish {self._plant.site}: "):
                yield Kind.MUTE_TIMING, mute["name"], mute["name"]
        for folder in self._listed("/folders?limit=1000"):
            if folder["uid"].startswith(prefix):
                yield Kind.FOLDER, folder["uid"], folder["title"]

    def remove(self, kind: Kind, name: str) -> None:
        """Remove what we made. A folder with anything of other people's in it stays."""
        match kind:
            case Kind.RULE:
                self.api.ask("DELETE", f"{RULES}/{name}")
            case Kind.BOARD:
                self.api.ask("DELETE", f"/dashboards/uid/{name}")
            case Kind.CONTACT_POINT:
                self.api.ask("DELETE", f"{POINTS}/{name}")
            case Kind.MUTE_TIMING:
                self.api.ask("DELETE", f"{MUTES}/{in_path(name)}")
            case Kind.FOLDER:
                if self.holds_others(name):
                    raise GrafanaRefused(f"folder {name} holds things that are not ours; move them, then prune again")
                self.api.ask("DELETE", f"/folders/{name}")
            case _:
                raise ValueError(f"nothing of kind {kind} is removed")

    def holds_others(self, folder: str) -> bool:
        """Whether a folder holds a board or a rule at all; ours are removed before their folder is."""
        found = self.api.find(f"/folders/{folder}")
        number = found.get("id") if isinstance(found, Mapping) else None
        boards = self._listed(f"/search?type=dash-db&folderIds={number}&limit=1") if number is not None else []
        return bool(boards) or any(it["grafana_alert"].get("namespace_uid") == folder for it in self._rules())

    def _listed(self, path: str) -> list[Json]:
        found = self.api.ask("GET", path)
        return [it for it in found if isinstance(it, dict)] if isinstance(found, list) else []

    def _rules(self) -> list[Json]:
        """Every rule with its labels, in the ruler's shape: 9.3 lists them nowhere else."""
        found = self.api.ask("GET", RULER)
        groups = [group for each in found.values() for group in each] if isinstance(found, Mapping) else []
        return [rule for group in groups for rule in group["rules"] if "grafana_alert" in rule]

    def _team(self, thing: Thing) -> int:
        name = str(thing.document["team"])
        found = self.api.ask("GET", f"/teams/search?name={in_path(name)}")
        teams = found.get("teams", []) if isinstance(found, Mapping) else []
        if not teams:
            raise GrafanaRefused(f"Grafana has no team '{name}' (grafana.editors); make it, or take the key out")
        return int(teams[0]["id"])

    def _permissions(self, folder: str) -> list[Json]:
        return self._listed(f"/folders/{folder}/permissions") if self.api.find(f"/folders/{folder}") else []

    def _rights(self, thing: Thing) -> Json | None:
        team = self._team(thing)
        for right in self._permissions(thing.name):
            if right.get("teamId") == team and right.get("permission", 0) >= EDIT:
                return {"team": thing.document["team"]}
        return None

    def _set_rights(self, thing: Thing) -> None:
        """Add the team to those who may edit, and leave every right that is there."""
        team = self._team(thing)
        kept = []
        for right in self._permissions(thing.name):
            who = {key: right[key] for key in ("role", "userId", "teamId") if right.get(key)}
            if who and who != {"teamId": team} and not right.get("inherited"):
                kept.append({**who, "permission": right["permission"]})
        if not any(it.get("role") == "Viewer" for it in kept):
            kept.append({"role": "Viewer", "permission": VIEW})
        body = {"items": [*kept, {"teamId": team, "permission": EDIT}]}
        self.api.ask("POST", f"/folders/{thing.name}/permissions", body)


def fingerprint(rule: Mapping[str, Any]) -> str:
    """Of the parts of a rule that people would edit."""
    annotations = {key: value for key, value in (rule.get("annotations") or {}).items() if key != MARK}
    stages = [
        (stage["model"].get("query", ""), [_evaluator(it) for it in stage["model"].get("conditions", [])])
        for stage in rule["data"]
    ]
    parts = (rule["title"], rule["for"], rule["noDataState"], annotations, rule.get("labels") or {}, stages)
    return digest(*(repr(sorted(it.items()) if isinstance(it, dict) else it) for it in parts))


def _evaluator(condition: Mapping[str, Any]) -> tuple[str, list[float]]:
    # Grafana gives 85.0 back as 85.
    return condition["evaluator"]["type"], [float(it) for it in condition["evaluator"]["params"]]
