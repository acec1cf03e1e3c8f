"""What the pages of the desk work with."""

from dataclasses import dataclass

from dashboards.web.api.source import ApiSource
from dashboards.web.fuel_days import FuelDays
from dashboards.web.heat_hours import HeatHours
from dashboards.web.recovery_source import RecoverySource
from dashboards.web.report_source import BriefingSource, ReportSource
from dashboards.web.why_source import WhySource
from models.access.alert_desk import AlertDesk
from models.access.api_token import TokenAccess
from models.access.desk_access import DeskAccess
from models.access.desk_actions import DeskActions
from models.access.entry_desk import EntryDesk
from models.access.file_desk import FileDesk
from models.access.recorded_change import ChangesDesk
from models.access.repair_desk import RepairDesk
from models.access.safety_desk import SafetyDesk
from models.access.sign_desk import SignDesk
from models.tables.desk_data import DeskData


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskParts:
    """`data`: what is read; `actions`: what people do; `alerts`: what they look up of alerts; `entry`, `repairs`,
    `safety` and `files`: what they state; `signing`: what they sign; `access`: who they are; `reports`: what is
    printed; `briefings`: what is told of months; `tokens`: which programs may read; `figures`: what is read for them;
    `changes`: who changed what; `heat`: hours of heat networks; `fuel`: days of fuel; `why`: growth, split;
    `recovery`: how a month can be made."""

    data: DeskData
    actions: DeskActions
    alerts: AlertDesk
    entry: EntryDesk
    repairs: RepairDesk
    safety: SafetyDesk
    signing: SignDesk
    files: FileDesk
    access: DeskAccess
    reports: ReportSource
    briefings: BriefingSource
    changes: ChangesDesk
    tokens: TokenAccess
    figures: ApiSource
    heat: HeatHours
    fuel: FuelDays
    why: WhySource
    recovery: RecoverySource
