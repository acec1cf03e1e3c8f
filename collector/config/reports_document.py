"""The section of plant.yaml about reports that are mailed on schedule; as strict pydantic models."""

from typing import Annotated, Literal

from pydantic import Field

from collector.config.alerts_document import RelayEntry
from collector.config.fields import Clock
from collector.config.grafana_document import MailAddress
from collector.sources.base import Code
from models.works.strict import StrictModel

MOST_MAILS = 100
"""Each takes seconds to be made, one after the other."""


class ReportMailEntry(StrictModel):
    """A report that goes to its readers by mail."""

    code: Code = Field(description="the short code of the schedule, by which it is listed")
    report: Literal["shift", "day", "ten-days", "month", "quarter", "year", "growth", "briefing"] = Field(
        description="shift, day, ten-days, month, quarter, year, growth or briefing"
    )
    at: Annotated[list[Clock], Field(min_length=1, max_length=24)] = Field(
        description="the local times at which the last completed period is sent, unless it was"
    )
    to: list[MailAddress] = Field(min_length=1, description="the addresses that get it")
    language: Literal["en", "ru", "kk"] = Field(description="the language of its readers: en, ru or kk")
    # What people print, and what they reckon with.
    forms: list[Literal["pdf", "xlsx", "html", "docx"]] = Field(
        default=["pdf"],
        alias="as",
        description="the files that are attached: pdf, xlsx, html; of a briefing pdf, docx, html",
    )
    smtp: RelayEntry | None = Field(default=None, description="the relay, if it is not the one in alerts.smtp")
