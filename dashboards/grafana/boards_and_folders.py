"""Where boards and folders are in a Grafana: the one place that knows their addresses, of every version.

Up to 13 all of them are at `/api/dashboards` and `/api/folders`; 13 calls these deprecated and goes on answering them.
What they do not answer any more is a board that a browser has saved in the newer form, with its layout apart from its
panels: 12.2 was seen to refuse it (406) and to name `/apis/dashboard.grafana.app`, which says who saved it and when.
Writing and removing it at the old address was seen to work.
"""

from collections.abc import Mapping
from typing import Any

from dashboards.grafana.adapter import GrafanaAdapter, GrafanaNewerForm

Json = dict[str, Any]
GROUP = "/dashboard.grafana.app"
MESSAGE = "tundish provision"
"""The message of the versions of boards that we wrote."""
NEWER = "newerForm"
"""The key of a read board that is kept in the newer form: who saved it, in words."""


class BoardsAndFolders:
    """Boards and folders by uid. Every call raises GrafanaRefused."""

    def __init__(self, api: GrafanaAdapter) -> None:
        self._api = api

    def folder(self, uid: str) -> object:
        """A folder, None if there is none."""
        return self._api.find(f"/folders/{uid}")

    def folders(self) -> object:
        """All folders of the top."""
        return self._api.ask("GET", "/folders?limit=1000")

    def save_folder(self, uid: str, document: Mapping[str, object], *, new: bool) -> None:
        """Make it, or change its title."""
        if new:
            self._api.ask("POST", "/folders", document)
        else:
            self._api.ask("PUT", f"/folders/{uid}", {**document, "overwrite": True})

    def remove_folder(self, uid: str) -> None:
        """Remove it with all that is in it."""
        self._api.ask("DELETE", f"/folders/{uid}")

    def counts(self, uid: str) -> object:
        """How much of what a folder holds; None before 10.0, which has no folders in folders."""
        return self._api.find(f"/folders/{uid}/counts")

    def board(self, uid: str) -> Json | None:
        """A board and its folder, None if there is none. One in the newer form has no panels that we could compare."""
        try:
            found = self._api.find(f"/dashboards/uid/{uid}")
        except GrafanaNewerForm:
            return self._newer(uid)
        if not isinstance(found, Mapping):
            return None
        return {"folderUid": found["meta"].get("folderUid"), "dashboard": found["dashboard"]}

    def save_board(self, document: Mapping[str, object]) -> None:
        """Make it, or write it over whatever is there."""
        self._api.ask("POST", "/dashboards/db", {**document, "overwrite": True, "message": MESSAGE})

    def remove_board(self, uid: str) -> None:
        """Remove it, in whatever form it is."""
        self._api.ask("DELETE", f"/dashboards/uid/{uid}")

    def saved_by_people(self, uid: str, there: object) -> str:
        """Who saved a board after us, and when; "" if nobody did."""
        if isinstance(there, Mapping) and there.get(NEWER):
            return str(there[NEWER])
        found = self._api.find(f"/dashboards/uid/{uid}/versions?limit=1")
        versions = found.get("versions", []) if isinstance(found, Mapping) else found
        if not isinstance(versions, list) or not versions:
            return ""
        # Grafana gives the first version, which is ours, a message of its own.
        newest = versions[0]
        if newest.get("version") == 1 or newest.get("message") == MESSAGE:
            return ""
        return f"saved by {newest.get('createdBy') or 'somebody'} on {str(newest.get('created'))[:16]}Z"

    def _newer(self, uid: str) -> Json:
        organisation: Any = self._api.ask("GET", "/org")
        number = organisation["id"]
        namespace = "default" if number == 1 else f"org-{number}"
        group: Any = self._api.find_app(GROUP)
        version = group["preferredVersion"]["version"]
        found: Any = self._api.find_app(f"{GROUP}/{version}/namespaces/{namespace}/dashboards/{uid}")
        marks = found["metadata"].get("annotations") or {}
        who = self._login(str(marks.get("grafana.app/updatedBy") or marks.get("grafana.app/createdBy") or ""))
        when = str(marks.get("grafana.app/updatedTimestamp") or found["metadata"].get("creationTimestamp"))[:16]
        said = f"saved by {who} on {when}Z, in the newer form of boards"
        return {"folderUid": marks.get("grafana.app/folder"), NEWER: said}

    def _login(self, identity: str) -> str:
        """The login of user:UID, who may be somebody of another organisation by now."""
        users: Any = self._api.ask("GET", "/org/users")
        known = {f"user:{user.get('uid')}": user.get("login") for user in users or []}
        return known.get(identity) or "somebody"
