"""Resources in a Grafana: read, made, changed and removed by their names, whatever address their kind has."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dashboards.grafana.adapter import GrafanaAdapter, GrafanaRefused, in_path
from dashboards.grafana.boards_and_folders import BoardsAndFolders
from dashboards.grafana.data_sources import digest
from dashboards.grafana.desired_state import Kind, Resource
from dashboards.grafana.difference import differences
from dashboards.grafana.uids import TAG, all_contact_uids, all_folder_uids, made_by_us
from models.works.plant import Plant

Json = dict[str, Any]
VIEWER, EDITOR = "Viewer", "Editor"
VIEW, EDIT = 1, 2
"""Grafana's numbers for rights on a folder; 4 is the right to administer it."""
RULES = "/v1/provisioning/alert-rules"
RULER = "/ruler/grafana/api/v1/rules"
POINTS = "/v1/provisioning/contact-points"
MUTES = "/v1/provisioning/mute-timings"
TEMPLATES = "/v1/provisioning/templates"
MARK = "tundish_written"
"""The annotation of a rule that holds the fingerprint of what we wrote, so that an edit of people's shows."""
MOST_BOARDS = 5000
"""The most that one search of Grafana gives; a works has fifteen boards of ours."""
MOST_PAGES = 20
"""A hundred thousand boards: more than any Grafana has, and an end for one that answers every page alike."""
MOST_NAMED = 3
"""Of what a folder holds: enough to know whose it is, and the line stays readable."""


class GrafanaStore:
    """The resources of one plant in one Grafana. Every call raises GrafanaRefused."""

    def __init__(self, api: GrafanaAdapter, plant: Plant) -> None:
        self.api = api
        self.places = BoardsAndFolders(api)
        self.plant = plant

    def read(self, resource: Resource) -> object:
        """What Grafana has under the resource's name, in the shape of its document; None if it has nothing."""
        match resource.kind:
            case Kind.FOLDER:
                return self.places.folder(resource.name)
            case Kind.RIGHTS:
                return self._rights(resource)
            case Kind.DATA_SOURCE:
                return self.api.find(f"/datasources/uid/{resource.name}")
            case Kind.BOARD:
                return self.places.board(resource.name)
            case Kind.RULE:
                return self.api.find(f"{RULES}/{resource.name}")
            case Kind.CONTACT_POINT:
                return self._first(POINTS, "uid", resource.name)
            case Kind.MUTE_TIMING:
                return self._first(MUTES, "name", resource.name)
            case Kind.TEMPLATE:
                return self._first(TEMPLATES, "name", resource.name)

    def edited_by_people(self, resource: Resource, there: object) -> str:
        """Who changed it in Grafana since we wrote it, and when, as far as Grafana says; "" if nobody did. Only boards
        and rules are kept as people edit them: the rest (data sources, contact points) must be what plant.yaml says for
        messages and figures to arrive.
        """
        if resource.kind is Kind.BOARD:
            return self.places.saved_by_people(resource.name, there)
        if resource.kind is not Kind.RULE or not isinstance(there, Mapping):
            return ""
        ours = (there.get("annotations") or {}).get(MARK) == fingerprint(there)
        return "" if ours else f"saved in Grafana on {str(there.get('updated'))[:16]}Z"

    def reroute(self, resource: Resource, there: object) -> None:
        """Who is told by a rule is ours even if people edited the rule: it must not go on to tell whom nobody asked to
        be told, or stay silent to those who are.
        """
        document, ours = resource.document, "notification_settings"
        if resource.kind is not Kind.RULE or not isinstance(there, Mapping) or ours not in document:
            return
        if [*differences(document[ours], there.get(ours), ours)]:
            self.api.ask("PUT", f"{RULES}/{resource.name}", {**there, ours: document[ours]})

    def write(self, resource: Resource, there: object) -> None:
        """Make it, or change what is there."""
        document: Json = {**resource.document}
        match resource.kind:
            case Kind.FOLDER:
                self.places.save_folder(resource.name, document, new=there is None)
            case Kind.RIGHTS:
                self._set_rights(resource)
            case Kind.DATA_SOURCE:
                body = {**document, "secureJsonData": dict(resource.secret)}
                new = there is None
                self.api.ask("POST" if new else "PUT", f"/datasources{'' if new else f'/uid/{resource.name}'}", body)
            case Kind.BOARD:
                self.places.save_board(document)
            case Kind.RULE:
                marked = {**document, "annotations": {**document["annotations"], MARK: fingerprint(document)}}
                new = there is None
                self.api.ask("POST" if new else "PUT", RULES if new else f"{RULES}/{resource.name}", marked)
            case Kind.CONTACT_POINT:
                body = {**document, "settings": {**document["settings"], **resource.secret}}
                new = there is None
                self.api.ask("POST" if new else "PUT", POINTS if new else f"{POINTS}/{resource.name}", body)
            case Kind.MUTE_TIMING:
                new = there is None
                self.api.ask("POST" if new else "PUT", MUTES if new else f"{MUTES}/{in_path(resource.name)}", document)
            case Kind.TEMPLATE:
                # One verb makes and changes it: templates have no uid.
                self.api.ask("PUT", f"{TEMPLATES}/{in_path(resource.name)}", document)

    def ours(self) -> Iterator[tuple[Kind, str, str]]:
        """Kind, name and title of everything in this Grafana that was made for this plant, in an order to remove it in.

        What depends on something comes before it: a rule before its contact point, a board before its folder. Data
        sources are not listed, so none is removed: boards of other people may read them.
        """
        plant = self.plant
        for rule in self._rules():
            labels, about = rule.get("labels") or {}, rule["grafana_alert"]
            if (labels.get("app"), labels.get("site")) == (TAG, plant.site) and made_by_us(plant, about["uid"]):
                yield Kind.RULE, about["uid"], about["title"]
        for board in self._found("dash-db", f"&tag={TAG}&tag={in_path(plant.site)}"):
            if made_by_us(plant, board["uid"]):
                yield Kind.BOARD, board["uid"], board["title"]
        for point in self._listed(POINTS):
            if point.get("uid") in all_contact_uids(plant):
                yield Kind.CONTACT_POINT, point["uid"], point["name"]
        for mute in self._listed(MUTES):
            if mute["name"].startswith(f"tundish {plant.site}: "):
                yield Kind.MUTE_TIMING, mute["name"], mute["name"]
        for folder in _dicts(self.places.folders()):
            if folder["uid"] in all_folder_uids(plant):
                yield Kind.FOLDER, folder["uid"], folder["title"]

    def remove(self, kind: Kind, name: str) -> None:
        """Remove what we made. A folder with anything of other people's in it stays."""
        match kind:
            case Kind.RULE:
                self.api.ask("DELETE", f"{RULES}/{name}")
            case Kind.BOARD:
                self.places.remove_board(name)
            case Kind.CONTACT_POINT:
                self.api.ask("DELETE", f"{POINTS}/{name}")
            case Kind.MUTE_TIMING:
                self.api.ask("DELETE", f"{MUTES}/{in_path(name)}")
            case Kind.FOLDER:
                self.places.remove_folder(name)
            case _:
                raise ValueError(f"nothing of kind {kind} is removed")

    def others_in(self, folder: str, going: Collection[tuple[Kind, str]]) -> str:
        """Why a folder has to stay: what it holds beside what is `going`, or that Grafana counts more in it than it
        shows us. "" if nothing is lost with it.

        Contents are looked for by the folder's uid among everything there is: a search by folder gives nothing in some
        versions, and nothing found is no proof that nothing is there.
        """
        names = {name for _, name in going}
        inside = [found for found in self._found("") if found.get("folderUid") == folder]
        rules = [
            rule["grafana_alert"] for rule in self._rules() if rule["grafana_alert"].get("namespace_uid") == folder
        ]
        library = [each for each in self._library() if folder in (each.get("folderUid"), each["meta"].get("folderUid"))]
        everything = [*inside, *rules, *library]
        others = [str(each.get("title") or each.get("name")) for each in everything if each["uid"] not in names]
        if others:
            more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
            named = ", ".join(f"'{name}'" for name in others[:MOST_NAMED])
            return f"it holds things that are not ours ({named}{more}); move them, then prune again"
        counts = self.places.counts(folder)
        counted = sum(int(count) for count in counts.values()) if isinstance(counts, Mapping) else len(everything)
        if counted != len(everything):
            return f"Grafana counts {counted} things in it and shows {len(everything)}; look, and remove it by hand"
        return ""

    def _found(self, kind: str, more: str = "") -> list[Json]:
        """Everything that Grafana's search has of a kind ("": boards and folders), page by page."""
        of_kind = f"&type={kind}" if kind else ""
        found: list[Json] = []
        for page in range(1, MOST_PAGES + 1):
            listed = self._listed(f"/search?limit={MOST_BOARDS}&page={page}{of_kind}{more}")
            found += listed
            if len(listed) < MOST_BOARDS:
                break
        return found

    def _library(self) -> list[Json]:
        """Every panel of the library."""
        answer = self.api.find(f"/library-elements?perPage={MOST_BOARDS}")
        result = answer.get("result", {}) if isinstance(answer, Mapping) else {}
        return [element for element in result.get("elements") or [] if isinstance(element.get("meta"), dict)]

    def _listed(self, path: str) -> list[Json]:
        return _dicts(self.api.ask("GET", path))

    def _first(self, path: str, key: str, name: str) -> Json | None:
        return next((listed for listed in self._listed(path) if listed.get(key) == name), None)

    def _rules(self) -> list[Json]:
        """Every rule with its labels, in the ruler's shape: 9.3 lists them nowhere else."""
        found = self.api.ask("GET", RULER)
        groups = [group for each in found.values() for group in each] if isinstance(found, Mapping) else []
        return [rule for group in groups for rule in group["rules"] if "grafana_alert" in rule]

    def _team(self, resource: Resource) -> int:
        name = str(resource.document["team"])
        found = self.api.ask("GET", f"/teams/search?name={in_path(name)}")
        teams = found.get("teams", []) if isinstance(found, Mapping) else []
        if not teams:
            raise GrafanaRefused(f"Grafana has no team '{name}' (grafana.editors); make it, or take the key out")
        return int(teams[0]["id"])

    def _permissions(self, folder: str) -> list[Json]:
        return self._listed(f"/folders/{folder}/permissions") if self.places.folder(folder) else []

    def _rights(self, resource: Resource) -> Json | None:
        team, rights = self._team(resource), self._permissions(resource.name)
        if any(right.get("role") == EDITOR and right.get("permission", 0) > VIEW for right in rights):
            return None
        has_it = any(right.get("teamId") == team and right.get("permission", 0) >= EDIT for right in rights)
        return {"team": resource.document["team"]} if has_it else None

    def _set_rights(self, resource: Resource) -> None:
        """Let the team edit and everybody else read; what single people and other teams may do stays.

        Grafana gives a new folder to its role Editor to edit. It takes the list of rights whole, and a list without
        viewers would hide the folder from everybody else.
        """
        team = self._team(resource)
        kept = []
        for right in self._permissions(resource.name):
            who = {key: right[key] for key in ("role", "userId", "teamId") if right.get(key)}
            if who and who != {"teamId": team} and not right.get("inherited"):
                others_edit = min(right["permission"], VIEW) if who.get("role") == EDITOR else right["permission"]
                kept.append({**who, "permission": others_edit})
        there = [right.get("role") for right in kept]
        kept += [{"role": role, "permission": VIEW} for role in (VIEWER, EDITOR) if role not in there]
        body = {"items": [*kept, {"teamId": team, "permission": EDIT}]}
        self.api.ask("POST", f"/folders/{resource.name}/permissions", body)


def _dicts(found: object) -> list[Json]:
    return [listed for listed in found if isinstance(listed, dict)] if isinstance(found, list) else []


def fingerprint(rule: Mapping[str, Any]) -> str:
    """A fingerprint of the parts of a rule that people would edit; Grafana adds fields of its own to the others."""
    annotations = {key: value for key, value in (rule.get("annotations") or {}).items() if key != MARK}
    stages = [
        (
            stage["model"].get("query") or stage["model"].get("rawSql", ""),
            [_evaluator(condition) for condition in stage["model"].get("conditions", [])],
        )
        for stage in rule["data"]
    ]
    parts = (rule["title"], rule["for"], rule["noDataState"], annotations, rule.get("labels") or {}, stages)
    return digest(*(repr(sorted(part.items()) if isinstance(part, dict) else part) for part in parts))


def _evaluator(condition: Mapping[str, Any]) -> tuple[str, list[float]]:
    # Grafana gives 85.0 back as 85.
    return condition["evaluator"]["type"], [float(parameter) for parameter in condition["evaluator"]["params"]]
