"""The section alerts: what it resolves to, and every fault of it with its place and its fix."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from collector.alerts.settings import AppriseSettings, MailSettings, WebhookSettings
from collector.config.settings import Settings
from models.alerts.incident import Recipient, Role
from tests.support.certificates import authority_and_server

Faults = Callable[..., list[str]]
Load = Callable[..., Settings]
DATABASE = 'influxdb: {url: "http://127.0.0.1:8086", org: works}\n'
GRAFANA = DATABASE + 'grafana: {url: "http://127.0.0.1:3000", notify: {email: [a@works.example]}}\n'
TOKEN = {"TUNDISH_INFLUXDB_TOKEN": "secret"}
RELAY = "smtp: {host: relay.works.example, from: tundish@works.example}"
MAIL = "{type: email, to: [dispatcher@works.example]}"
WHOLE = """\
alerts:
  language: kk
  smtp:
    {host: relay.works.example, port: 25, from: tundish@works.example, user: t, password_file: smtp, ca_file: ca.pem}
  roles:
    dispatcher:
      - {type: email, to: [dispatcher@works.example]}
      - {type: webhook, url: "https://hooks.works.example/alerts", token_file: hook}
      - {type: telegram, chat_id: "-1001234567890", bot_token_file: telegram}
    instruments: [{type: apprise, url_file: service}]
    shop:
      - type: email
        to: [s@works.example]
        smtp: {host: 127.0.0.1, starttls: none-on-loopback, from: t@works.example}
  shops:
    furnaces:
      shop_chief: [{type: email, to: [chief@works.example]}]
  escalate_after: {shop_chief: 10m, production_director: 20m}
  digest_at: "06:15"
  messages_per_hour: 5
  reopen_within: 1h
"""


@pytest.fixture
def secrets(tmp_path: Path) -> None:
    authority_and_server(tmp_path, "127.0.0.1")
    texts = {"smtp": "p-w", "hook": "t-o-k", "telegram": "123:abc", "service": "json://u:pw@host/"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o600)


@pytest.mark.usefixtures("secrets")
def test_everything_that_can_be_said_of_alerts_is_resolved(load_text: Load, plant_text: str, tmp_path: Path) -> None:
    alerts = load_text(plant_text + WHOLE).alerts
    rules = alerts.policy
    assert (alerts.notifier, rules.sends, rules.language) == ("tundish", True, "kk")
    assert rules.escalate_after_s == {Role.SHOP_CHIEF: 600, Role.PRODUCTION_DIRECTOR: 1200}
    assert (rules.digest_at, rules.messages_per_hour, rules.reopen_within_s) == (time(6, 15), 5, 3600)
    mail, hook, telegram = alerts.channels[Recipient(Role.DISPATCHER)]
    assert isinstance(mail, MailSettings)
    assert (mail.host, mail.port, mail.starttls, mail.password) == ("relay.works.example", 25, True, "p-w")
    assert mail.ca_file == tmp_path / "ca.pem"
    assert hook == WebhookSettings(url="https://hooks.works.example/alerts", token="t-o-k")
    assert telegram == AppriseSettings(name="telegram -1001234567890", url="tgram://123:abc/-1001234567890/")
    assert alerts.channels[Recipient(Role.INSTRUMENTS)] == (
        AppriseSettings(name="apprise json", url="json://u:pw@host/"),
    )
    assert isinstance(own := alerts.channels[Recipient(Role.SHOP)][0], MailSettings)
    assert not own.starttls
    assert Recipient(Role.SHOP_CHIEF, "furnaces") in rules.recipients
    for secret in ("p-w", "t-o-k", "123:abc", "u:pw"):
        assert secret not in repr(alerts)


def test_without_the_section_incidents_are_kept_and_nobody_is_notified(load_text: Load, plant_text: str) -> None:
    alerts = load_text(plant_text).alerts
    assert (alerts.notifier, alerts.policy.sends, alerts.channels) == ("tundish", False, {})


def test_where_grafana_tells_people_it_is_the_notifier_unless_said_otherwise(load_text: Load, plant_text: str) -> None:
    assert load_text(plant_text + GRAFANA, TOKEN).alerts.notifier == "grafana"
    said = f"alerts: {{notifier: grafana, {RELAY}, roles: {{dispatcher: [{MAIL}]}}}}\n"
    alerts = load_text(plant_text + GRAFANA + said, TOKEN).alerts
    assert (alerts.notifier, alerts.policy.sends) == ("grafana", False)
    ours = said.replace("notifier: grafana", "notifier: tundish")
    assert load_text(plant_text + GRAFANA + ours, TOKEN).alerts.policy.sends
    quiet = DATABASE + 'grafana: {url: "http://127.0.0.1:3000"}\n'
    assert load_text(plant_text + quiet, TOKEN).alerts.notifier == "tundish"


def one(channel: str, more: str = RELAY) -> str:
    return f"alerts: {{{more}, roles: {{dispatcher: [{channel}]}}}}\n"


HOOK = "{type: webhook, url: 'https://h.example/'"


@pytest.mark.parametrize(
    ("section", "place", "words"),
    [
        (one("{to: [a@b.example]}"), "alerts.roles.dispatcher[0].type", "missing; give one of apprise, email"),
        (one("{type: emial, to: []}"), "alerts.roles.dispatcher[0].type", "did you mean email?"),
        (
            one("{type: email, to: [nobody]}"),
            "alerts.roles.dispatcher[0].to[0]",
            "'nobody' is not written as an",
        ),
        (one("{type: email, to: []}"), "alerts.roles.dispatcher[0].to", "the list is empty"),
        (one(HOOK + ", to: []}"), "alerts.roles.dispatcher[0].to", "known here: ca_file, token_file, type, url"),
        (one(HOOK + ", token: abc}"), "alerts.roles.dispatcher[0].token", "give its path as token_file"),
        (one(MAIL, "language: ru"), "alerts.roles.dispatcher[0].smtp", "give the relay in alerts.smtp"),
        (one(MAIL, RELAY.replace("from", "sender")), "alerts.smtp.sender", "the key is unknown"),
        (
            one(MAIL, RELAY[:-1] + ", starttls: none-on-loopback}"),
            "alerts.smtp.starttls",
            "in the clear; give required",
        ),
        (one(MAIL, RELAY[:-1] + ", starttls: none}"), "alerts.smtp.starttls", "'none' is not one of"),
        (one(MAIL, RELAY[:-1] + ", user: u}"), "alerts.smtp", "set TUNDISH_ALERTS_SMTP_PASSWORD"),
        (one(MAIL, RELAY[:-1] + ", user: u, password_file: nowhere}"), "smtp.password_file", "there is no such file"),
        (one(MAIL, RELAY[:-1] + ", ca_file: nowhere.pem}"), "alerts.smtp.ca_file", "does not hold certificates"),
        (one("{type: webhook, url: 'http://h.example/', token_file: t}"), "dispatcher[0].url", "give an https address"),
        (one("{type: webhook, url: 'https://u:p@h.example/'}"), "dispatcher[0].url", "holds a login"),
        (one(HOOK + ", token_file: nowhere}"), "dispatcher[0].token_file", "there is no such file"),
        (one("{type: telegram, chat_id: '1'}"), "bot_token_file", "set TUNDISH_TELEGRAM_TOKEN"),
        (one("{type: apprise, url_file: nowhere}"), "url_file", "there is no such file"),
        ("alerts: {roles: {chief: []}}\n", "alerts.roles.chief", "did you mean shop_chief?"),
        (f"alerts: {{{RELAY}, roles: {{shop: [{MAIL}]}}}}\n", "alerts.roles", "the key dispatcher is missing"),
        ("alerts: {notifier: tundish}\n", "alerts.roles", "the key dispatcher is missing"),
        ("alerts: {notifier: grafana}\n", "alerts.notifier", "Grafana has nobody to notify"),
        (one(MAIL, RELAY + f", shops: {{mill: {{shop: [{MAIL}]}}}}"), "alerts.shops.mill", "'mill' is not a shop"),
        (one(MAIL, RELAY + ", escalate_after: {shop_chief: 1h}"), "production_director", "not shorter"),
        (one(MAIL, RELAY + ", messages_per_hour: 0"), "alerts.messages_per_hour", "0 is not >= 1"),
        (one(MAIL, RELAY + ", digest_at: 7.30"), "alerts.digest_at", "7.3 is not text"),
        (one(MAIL, RELAY + ", reopen_within: 30"), "alerts.reopen_within", "is not a duration"),
    ],
)
def test_each_fault_of_alerts_is_reported_with_its_fix(
    faults: Faults, plant_text: str, section: str, place: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "t").write_text("token")
    (tmp_path / "t").chmod(0o600)
    found = faults(plant_text + section)
    reported = [line for line in found if place in line]
    assert reported, found
    assert any(words in line for line in reported), found


def test_two_notifiers_are_refused_until_one_is_named(faults: Faults, plant_text: str) -> None:
    found = faults(plant_text + GRAFANA + one(MAIL), TOKEN)
    assert len(found) == 1
    assert "choose with notifier: grafana or notifier: tundish" in found[0]


def test_no_secret_stands_in_a_fault(faults: Faults, plant_text: str) -> None:
    found = faults(plant_text + one("{type: webhook, url: 'https://user:pa55@h.example/'}"))
    assert "pa55" not in "".join(found)
