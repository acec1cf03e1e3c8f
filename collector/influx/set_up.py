"""Makes what the service needs in an InfluxDB: two buckets with their retention, and logins of least right.

Needs an administrator's login. The collector may read and write the two buckets and nothing else; Grafana may read
them. Everything is found again by name, so that doing it twice changes nothing.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from collector.errors import ProvisioningFailed
from collector.influx.client import InfluxClient
from collector.influx.settings import InfluxSettings
from models.tables.influxql import identifier

READER = "tundish_reader"
DAY_S = 86_400
PAGE = 100
"""The most that InfluxDB 2 lists in one answer."""


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One thing and what was done to it: made, changed or unchanged."""

    deed: str
    what: str


@dataclass(frozen=True, slots=True)
class Login:
    """A login of least right: `name` in the database, the file that keeps its secret, whether it may write."""

    name: str
    file: Path
    writes: bool


class InfluxSetUp:
    """Sets up one database with an administrator's settings. Raises ProvisioningFailed or SinkUnavailable."""

    def __init__(self, admin: InfluxSettings, *, dry_run: bool, report: Callable[[SetUpStep], None]) -> None:
        self._client = InfluxClient(admin)
        self._admin = admin
        self._dry_run = dry_run
        self._report = report
        self._org_id = ""

    async def close(self) -> None:
        """Closes the connection."""
        await self._client.close()

    async def buckets(self) -> None:
        """The two buckets: calculated tables for ever, telemetry for the configured time."""
        raw_s = round((self._admin.raw_retention_days or 0) * DAY_S)
        for name, seconds in ((self._admin.bucket, 0), (self._admin.raw_bucket, raw_s)):
            deed = await (self._v1_database(name, seconds) if self._v1 else self._v2_bucket(name, seconds))
            self._report(SetUpStep(deed, f"bucket {name}, {f'{seconds / DAY_S:g} days' if seconds else 'for ever'}"))

    async def login(self, login: Login) -> None:
        """A login for the two buckets, its secret written to its file (for this user's eyes alone) if it is new."""
        deed = await (self._v1_user(login) if self._v1 else self._v2_token(login))
        right = "reads and writes" if login.writes else "reads"
        self._report(SetUpStep(deed, f"login {login.name}, {right} the two buckets; its secret is in {login.file}"))

    @property
    def _v1(self) -> bool:
        return self._admin.dialect == "v1"

    async def _v2_bucket(self, name: str, seconds: int) -> str:
        rules = [{"type": "expire", "everySeconds": seconds}] if seconds else []
        there = await self._bucket(name)
        if there is None:
            body = {"orgID": await self._org(), "name": name, "retentionRules": rules}
            await self._change("POST", "/api/v2/buckets", body)
            return "made"
        kept = [rule.get("everySeconds", 0) for rule in there.get("retentionRules") or []]
        if [every_s for every_s in kept if every_s] == [rule["everySeconds"] for rule in rules]:
            return "unchanged"
        await self._change("PATCH", f"/api/v2/buckets/{there['id']}", {"retentionRules": rules})
        return "changed"

    async def _v2_token(self, login: Login) -> str:
        found = await self._ask("GET", f"/api/v2/authorizations?orgID={await self._org()}")
        same = [token for token in found.get("authorizations", []) if token.get("description") == login.name]
        if same and login.file.exists():
            return "unchanged"
        if self._dry_run:
            return "made"
        # A token is shown once: where its file is lost, a new one takes its place.
        for old in same:
            await self._change("DELETE", f"/api/v2/authorizations/{old['id']}", None)
        rights = []
        for name in (self._admin.bucket, self._admin.raw_bucket):
            bucket = await self._bucket(name)
            if bucket is None:
                raise ProvisioningFailed(f"there is no bucket {name}; make the buckets first")
            resource = {"type": "buckets", "id": bucket["id"], "orgID": await self._org()}
            actions = ("read", "write") if login.writes else ("read",)
            rights += [{"action": action, "resource": resource} for action in actions]
        body = {"orgID": await self._org(), "description": login.name, "permissions": rights}
        made = await self._change("POST", "/api/v2/authorizations", body)
        write_secret(login.file, made["token"])
        return "changed" if same else "made"

    async def _v1_database(self, name: str, seconds: int) -> str:
        if name not in await self._v1_column("SHOW DATABASES", 0):
            duration = f" WITH DURATION {seconds}s" if seconds else ""
            await self._statement(f"CREATE DATABASE {identifier(name)}{duration}")
            return "made"
        policies = await self._client.query(name, f"SHOW RETENTION POLICIES ON {identifier(name)}")
        wanted = _v1_duration(seconds)
        for series in policies:
            for row in series.values:
                policy = dict(zip(series.columns, row, strict=True))
                if policy["default"] and policy["duration"] != wanted:
                    shown = f"{seconds}s" if seconds else "INF"
                    rest = f"{identifier(policy['name'])} ON {identifier(name)} DURATION {shown} DEFAULT"
                    await self._statement(f"ALTER RETENTION POLICY {rest}")
                    return "changed"
        return "unchanged"

    async def _v1_user(self, login: Login) -> str:
        there = login.name in await self._v1_column("SHOW USERS", 0)
        if there and login.file.exists():
            return "unchanged"
        if self._dry_run:
            return "made"
        secret = secrets.token_urlsafe(24)
        user = identifier(login.name)
        verb = f"SET PASSWORD FOR {user} =" if there else f"CREATE USER {user} WITH PASSWORD"
        await self._statement(f"{verb} '{secret}'")
        for bucket in (self._admin.bucket, self._admin.raw_bucket):
            right = "ALL" if login.writes else "READ"
            await self._statement(f"GRANT {right} ON {identifier(bucket)} TO {user}")
        write_secret(login.file, secret)
        return "changed" if there else "made"

    async def _v1_column(self, statement: str, index: int) -> set[str]:
        found = await self._client.query("", statement)
        return {str(row[index]) for series in found for row in series.values}

    async def _statement(self, statement: str) -> None:
        if not self._dry_run:
            await self._client.execute("", statement)

    async def _org(self) -> str:
        if self._org_id:
            return self._org_id
        found = await self._ask("GET", f"/api/v2/orgs?org={quote(self._admin.org)}")
        orgs = found.get("orgs", [])
        if not orgs:
            raise ProvisioningFailed(f"InfluxDB has no organisation '{self._admin.org}'; make it, or mend influxdb.org")
        self._org_id = str(orgs[0]["id"])
        return self._org_id

    async def _bucket(self, name: str) -> dict[str, Any] | None:
        """Listed, not asked for by name: InfluxDB answers 404 for an unknown name, as for a wrong address."""
        offset = 0
        while True:
            page = f"/api/v2/buckets?orgID={await self._org()}&limit={PAGE}&offset={offset}"
            buckets: list[dict[str, Any]] = (await self._ask("GET", page)).get("buckets", [])
            for bucket in buckets:
                if bucket["name"] == name:
                    return bucket
            if len(buckets) < PAGE:
                return None
            offset += PAGE

    async def _ask(self, method: str, path: str) -> dict[str, Any]:
        return await self._client.manage(method, path, None)

    async def _change(self, method: str, path: str, body: object) -> dict[str, Any]:
        return {} if self._dry_run else await self._client.manage(method, path, body)


def as_administrator(settings: InfluxSettings, user: str | None, secret: str) -> InfluxSettings:
    """The same database with an administrator's login: a token for v2, user and password for v1."""
    if settings.dialect == "v2":
        return replace(settings, token=secret)
    return replace(settings, user=user, password=secret)


def write_secret(file: Path, secret: str) -> None:
    """Write a secret for this user's eyes alone; the file is never open to others, not for a moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(secret + "\n", encoding="utf-8")


def _v1_duration(seconds: int) -> str:
    return f"{seconds // 3600}h{seconds % 3600 // 60}m{seconds % 60}s" if seconds else "0s"
