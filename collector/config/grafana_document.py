"""The section of plant.yaml about Grafana, as strict pydantic models."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from collector.config.fields import Clock, Text
from collector.config.url import WebUrl
from collector.sources.base import Code
from models.works.strict import StrictModel

MailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s,;]+@[^@\s,;]+$")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class TelegramEntry(StrictModel):
    """A chat of Telegram that gets the messages."""

    chat_id: Text = Field(description="the identifier of the chat, such as '-1001234567890'")
    bot_token_file: Text | None = Field(
        default=None, description="the file that holds the bot's token; or set TUNDISH_TELEGRAM_TOKEN"
    )


class RecurringRepairEntry(StrictModel):
    """A repair that recurs every week: Grafana sends nothing about its units while it lasts."""

    name: Text = Field(description="what the repair is called")
    units: list[Code] = Field(min_length=1, description="the codes of the units that are shut down")
    weekdays: list[Weekday] = Field(min_length=1, description="the days of the week")
    start: Clock = Field(description="the local time at which it starts")
    end: Clock = Field(description="the local time at which it ends, later on the same day")


class NotifyEntry(StrictModel):
    """Who gets Grafana's alerts. E-mail goes through the relay that Grafana itself is configured with."""

    language: Literal["en", "ru", "kk"] = Field(default="en", description="the language of the messages")
    email: list[MailAddress] = Field(default=[], description="the addresses that get the messages")
    telegram: TelegramEntry | None = Field(default=None, description="the chat of Telegram that gets them")
    webhook: WebUrl | None = Field(default=None, description="the address that gets them as JSON, by POST")
    recurring_repairs: list[RecurringRepairEntry] = Field(
        default=[], description="weekly repairs, during which nothing is sent about their units"
    )


class GrafanaEntry(StrictModel):
    """The Grafana in which `tundish provision` keeps data sources, boards and alert rules."""

    url: WebUrl = Field(description="the address of Grafana, such as https://grafana.works.example")
    token_file: Text | None = Field(
        default=None, description="the file that holds a service account's token; or set TUNDISH_GRAFANA_TOKEN"
    )
    user: Text | None = Field(default=None, description="the user, if there is no service account")
    password_file: Text | None = Field(
        default=None, description="the file that holds the user's password; or set TUNDISH_GRAFANA_PASSWORD"
    )
    ca_file: Text | None = Field(default=None, description="the certificates to trust, if the works has its own")
    languages: list[Literal["en", "ru", "kk"]] = Field(
        default=["ru", "kk", "en"], min_length=1, description="the languages of the boards; a folder of boards each"
    )
    editors: Text | None = Field(default=None, description="the team of Grafana that may edit the boards")
    influxdb_url: WebUrl | None = Field(
        default=None, description="the address of the database as Grafana reaches it, if it is not influxdb.url"
    )
    reader_file: Text | None = Field(
        default=None,
        description="the file of the token (v1: password of user tundish_reader) with which Grafana reads; "
        "provision makes it; or set TUNDISH_INFLUXDB_READER",
    )
    postgres_address: Text | None = Field(
        default=None, description="host:port of the PostgreSQL as Grafana reaches it, if it is not that of postgres"
    )
    postgres_reader_file: Text | None = Field(
        default=None,
        description="the file of the password with which Grafana reads a PostgreSQL, as the role <user>_reader; "
        "provision makes it; or set TUNDISH_POSTGRES_READER",
    )
    notify: NotifyEntry | None = Field(default=None, description="who gets the alerts; nobody if missing")
