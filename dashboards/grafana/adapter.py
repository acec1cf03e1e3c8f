"""The one way to a Grafana: grafana-api's session, its errors as sentences, and what differs from 9.3 to 13.

Only the low-level verbs of the library are used, and only addresses by uid: number ids differ between two Grafanas.
The library is synchronous: call this from a thread.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import requests
from grafana_api.grafana_api import GrafanaAPI, GrafanaClientError, GrafanaException

OLDEST = (9, 3)
"""The oldest version that the tests ran against a real server. Older ones lack parts of the provisioning API."""
FIRST_WITH_OWN_ROUTES = (11, 0)
"""From here on an alert rule names its contact point itself (notification_settings); before, only the one policy
tree does."""
# A judgement: a busy Grafana takes seconds to save a board, and after half a minute a person gives up on the command.
TIMEOUT_S = 30.0
POLICIES = "/v1/provisioning/policies"
YOUNG_S, LOOK_AGAIN_S = 90.0, 2.0
"""Grafana sets up the alerting of a new organisation within its poll interval, a minute if nobody changed it; half as
much again for a slow one. Asking every two seconds costs it nothing."""
# Words of every version that was seen, with 404 in 12 and 9.
_NO_ALERTING = "could not find an Alertmanager configuration"
# Without it, what the API made cannot be edited by people in Grafana.
HEADERS = {"X-Disable-Provenance": "true"}
_NOT_FOUND = 404
_NOT_ACCEPTABLE = 406
_TAKEN = (409, 412)
# Words of Grafana 9, which answers 500 and not 404 for a rule that is not there.
_NO_RULE = "could not find alert rule"


class GrafanaRefused(Exception):
    """Grafana refused a request. The text says why, and what to do."""


class GrafanaNewerForm(GrafanaRefused):
    """A board is kept in a form that this address does not know: ask the newer one."""


class GrafanaInUse(GrafanaRefused):
    """Grafana does not remove it, because something else still names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrafanaLogin:
    """Where a Grafana is and how to log in: with a service account's token, or a user and a password."""

    url: str
    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None


class GrafanaAdapter:
    """One Grafana. Every call raises GrafanaRefused."""

    def __init__(self, login: GrafanaLogin) -> None:
        self.login = login
        parts = urlsplit(login.url)
        auth = login.token if login.token is not None else (login.user or "", login.password or "")
        self._api = GrafanaAPI(
            auth,
            host=parts.hostname or "",
            port=parts.port,
            protocol=parts.scheme,
            url_path_prefix=f"{parts.path.strip('/')}/" if parts.path.strip("/") else "",
            verify=str(login.ca_file) if login.ca_file is not None else True,
            timeout=TIMEOUT_S,
        )
        # Without this, requests would prefer a login in .netrc, and a proxy of the host, to what was configured.
        self._api.s.trust_env = False

    def version(self) -> tuple[int, int]:
        """(major, minor). Raises GrafanaRefused for a Grafana older than OLDEST, too."""
        answer = self.ask("GET", "/health")
        # "9.3.2" or "11.0.0-preview": only the first two numbers decide anything here.
        text = str(answer.get("version", "")) if isinstance(answer, Mapping) else ""
        words = text.split("-")[0].split(".")
        if len(words) < 2 or not (words[0].isdigit() and words[1].isdigit()):
            raise GrafanaRefused(f"{self.login.url} does not tell its version; is it a Grafana?")
        version = int(words[0]), int(words[1])
        if version < OLDEST:
            raise GrafanaRefused(f"Grafana {text} is too old: alert rules as code need 9.3 or later; update it")
        return version

    def await_alerting(self) -> None:
        """Waits until the alerting of this organisation answers: Grafana looks for new organisations once a minute, and
        until then refuses everything about contact points, policies and silences.
        """
        deadline_s = time.monotonic() + YOUNG_S
        while True:
            try:
                self.ask("GET", POLICIES)
                return
            except GrafanaRefused as error:
                if _NO_ALERTING not in str(error) or time.monotonic() > deadline_s:
                    raise
            time.sleep(LOOK_AGAIN_S)

    def ask(self, verb: str, path: str, document: object = None) -> object:
        """The parsed answer to one request, or None if it is empty."""
        found = self._call(verb, path, document)
        return None if isinstance(found, _Nothing) else found

    def find(self, path: str) -> object:
        """What is at an address, or None if nothing is there."""
        found = self._call("GET", path, None, missing_is_none=True)
        return None if isinstance(found, _Nothing) else found

    def find_app(self, path: str) -> object:
        """What is at an address below /apis, which Grafana has from 12.0 on; None if nothing is there."""
        found = self._call("GET", f"s{path}", None, missing_is_none=True)  # the library begins every address with /api
        return None if isinstance(found, _Nothing) else found

    def _call(self, verb: str, path: str, document: object, *, missing_is_none: bool = False) -> object:
        try:
            return getattr(self._api, verb)(path, json=document, headers=HEADERS)
        except requests.exceptions.JSONDecodeError:
            return _Nothing()  # 204 and 202 have no body, and the library parses one in any case
        except GrafanaException as error:
            if missing_is_none and (error.status_code == _NOT_FOUND or _NO_RULE in str(error)):
                return _Nothing()
            refused = GrafanaInUse if verb == "DELETE" and error.status_code in _TAKEN else GrafanaRefused
            if error.status_code == _NOT_ACCEPTABLE:
                refused = GrafanaNewerForm
            raise refused(self._why(verb, path, error)) from error
        except requests.exceptions.SSLError as error:
            raise GrafanaRefused(
                f"the certificate of {self.login.url} is not trusted; give grafana.ca_file, the works' own authority"
            ) from error
        except requests.exceptions.Timeout as error:
            raise GrafanaRefused(
                f"Grafana at {self.login.url} did not answer within {TIMEOUT_S:g} s; check grafana.url, or try again"
            ) from error
        except requests.exceptions.RequestException as error:
            raise GrafanaRefused(
                f"Grafana at {self.login.url} cannot be reached; check grafana.url, and that Grafana runs"
            ) from error

    def _why(self, verb: str, path: str, error: GrafanaException) -> str:
        place = f"Grafana at {self.login.url}, {verb} {path}"
        said = error.response.get("message", "") if isinstance(error.response, Mapping) else ""
        match error.status_code:
            case 401:
                if self.login.token is not None:
                    return f"{place}: the login was refused; check grafana.token_file, or TUNDISH_GRAFANA_TOKEN"
                return f"{place}: the login was refused; check grafana.user and grafana.password_file"
            case 403:
                return f"{place}: no permission ({said}); give the service account the role Admin in its organisation"
            case 409 | 412 if verb == "DELETE":
                return f"{place}: it is still in use ({said}); take it out where it is named, then prune again"
            case 409 | 412:
                return f"{place}: the name is taken ({said}); rename what has it in Grafana, or the works in site.names"
            case _:
                return f"{place}: {error}" + ("" if isinstance(error, GrafanaClientError) else "; try again")


class _Nothing:
    """An empty answer."""


def in_path(text: str) -> str:
    """A name as part of an address."""
    return quote(text, safe="")
