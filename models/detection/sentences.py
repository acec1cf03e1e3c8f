"""Evidence: why a unit is judged as it is, in one sentence in each language, with the readings that led to it.

The parts of a sentence are what the signals or the output showed when it was judged, with the time of that, what the
unit should make, what its siblings do, and what is read now or was heard last. So a reader sees that it is the unit and
not its data, or the reverse; and what led to a state is not taken for what holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.detection.alarm import PlantAlarm
from models.detection.alarm_words import named
from models.detection.judgement import Basis
from models.detection.unit_status import UnitStatus
from models.detection.watched import Gauge
from models.detection.works_watch import WorksWatch
from models.works.calendar import NS
from models.works.codes import UnitState
from models.works.localize import LANGUAGES, Language, clock_text, localize_number
from models.works.units_of_measure import measure

_WHAT: Mapping[Basis, Mapping[str, str]] = {
    Basis.WORKS: {"en": "{unit} works", "ru": "{unit}: в работе", "kk": "{unit}: жұмыста"},
    Basis.ACTIVITY_STOP: {
        "en": "{unit} has stood since {since}: at {read} {signal} was {value} of {nominal}{measure} ({activity_pct} %)",
        "ru": "{unit}: стоит с {since}, {signal} в {read}: {value} из {nominal}{measure} ({activity_pct} %)",
        "kk": "{unit}: {since} бастап тұр, {read} {signal}: {nominal}{measure} орнына {value} ({activity_pct} %)",
    },
    Basis.NO_EVENT: {
        "en": "{unit} has stood since {since}: nothing was finished since then, and its counter was read all the time",
        "ru": "{unit}: стоит с {since}, с тех пор ничего не выпущено, счётчик всё время читался",
        "kk": "{unit}: {since} бастап тұр, содан бері ештеңе шығарылған жоқ, санауыш үнемі оқылды",
    },
    Basis.ALONE: {
        "en": "{unit} has stood since {since} while its siblings work: the shop makes {pct} % of what is due",
        "ru": "{unit}: стоит с {since}, соседние агрегаты работают; цех даёт {pct} % задания",
        "kk": "{unit}: {since} бастап тұр, көрші агрегаттар жұмыста; цех тапсырманың {pct} % береді",
    },
    Basis.OVERRUN: {
        "en": "{unit} still stands: its repair was to end at {since}",
        "ru": "{unit}: всё ещё стоит, ремонт должен был закончиться в {since}",
        "kk": "{unit}: әлі тұр, жөндеу {since} аяқталуы керек еді",
    },
    Basis.ACTIVITY_SLOW: {
        "en": "{unit} has been slow since {since}: {signal} at {mean_pct} % of {nominal}{measure} for {hold_min} min "
        "to {read}",
        "ru": "{unit}: снижен темп с {since}, {signal} {mean_pct} % от {nominal}{measure} за {hold_min} мин до {read}",
        "kk": "{unit}: {since} бастап қарқыны төмен, {signal} {read} дейінгі {hold_min} мин бойы {nominal}{measure} "
        "{mean_pct} %",
    },
    Basis.PACE: {
        "en": "{unit} has been slow since {since}: {actual_t} t of {expected_t} t in {hours} h to {read} ({pct} %)",
        "ru": "{unit}: снижен темп с {since}, {actual_t} т из {expected_t} т за {hours} ч до {read} ({pct} %)",
        "kk": "{unit}: {since} бастап қарқыны төмен, {read} дейінгі {hours} сағатта {expected_t} т орнына {actual_t} т "
        "({pct} %)",
    },
    Basis.REPAIR: {
        "en": "{unit} stands by plan from {since} to {until}",
        "ru": "{unit}: плановый простой с {since} до {until}",
        "kk": "{unit}: {since} бастап {until} дейін жоспарлы тоқтау",
    },
    Basis.WAITING: {
        "en": "{unit} has waited since {since} between two sequences: {events} heats came since then",
        "ru": "{unit}: ждёт между сериями с {since}, с тех пор плавок: {events}",
        "kk": "{unit}: {since} бастап екі серия арасында күтуде, содан бері балқыма: {events}",
    },
    Basis.RAMP_UP: {
        "en": "{unit} has been coming back since {since}",
        "ru": "{unit}: выходит на режим с {since}",
        "kk": "{unit}: {since} бастап режимге шығуда",
    },
    Basis.SILENT: {
        "en": "{unit}: nothing heard since {since}; whether it works is not known",
        "ru": "{unit}: нет связи с {since}; работает ли агрегат, неизвестно",
        "kk": "{unit}: {since} бастап байланыс жоқ; жұмыс істеп тұрғаны белгісіз",
    },
    Basis.FROZEN: {
        "en": "{unit}: values and their times have not moved since {since}; its controller may hang",
        "ru": "{unit}: значения и их время не меняются с {since}; возможно, завис контроллер",
        "kk": "{unit}: мәндер мен олардың уақыты {since} бастап өзгермейді; контроллер тұрып қалған болуы мүмкін",
    },
    Basis.BAD_QUALITY: {
        "en": "{unit}: {signal} has had no good quality since {since}",
        "ru": "{unit}: нет достоверных показаний ({signal}) с {since}",
        "kk": "{unit}: {signal} {since} бастап сенімсіз",
    },
    Basis.STUCK: {
        "en": "{unit}: {signal} has shown {value}{measure} to the last digit since {since}; it may be stuck",
        "ru": "{unit}: {signal} с {since} показывает {value}{measure} до последнего знака; возможно, прибор завис",
        "kk": "{unit}: {signal} {since} бастап соңғы таңбаға дейін {value}{measure} көрсетеді; аспап тұрып қалған",
    },
    Basis.UNREAD: {
        "en": "{unit}: its events have not been read since {since}; whether it works is not known",
        "ru": "{unit}: события не читаются с {since}; работает ли агрегат, неизвестно",
        "kk": "{unit}: оқиғалар {since} бастап оқылмайды; жұмыс істеп тұрғаны белгісіз",
    },
    Basis.OTHER_ZERO: {
        "en": "{unit}: {signal} shows work, and what falls with it is at zero since {since}: check the instrument",
        "ru": "{unit}: {signal} показывает работу, а связанный с ним прибор с {since} на нуле: проверьте прибор",
        "kk": "{unit}: {signal} жұмысты көрсетеді, ал онымен байланысты аспап {since} бастап нөлде: аспапты тексеріңіз",
    },
    Basis.DISAGREES: {
        "en": "{unit}: {signal} was at {level_pct} % since {since}, and output at {pct} %: check the instrument",
        "ru": "{unit}: {signal} с {since} на уровне {level_pct} %, а выпуск {pct} %: проверьте прибор",
        "kk": "{unit}: {signal} {since} бастап {level_pct} %, ал өнім {pct} %: аспапты тексеріңіз",
    },
    Basis.ZERO_BUT_WORKS: {
        "en": "{unit}: {signal} has shown a standstill since {since}, and the unit makes output: check the instrument",
        "ru": "{unit}: {signal} с {since} показывает простой, а агрегат выпускает продукцию: проверьте прибор",
        "kk": "{unit}: {signal} {since} бастап тоқтауды көрсетеді, ал агрегат өнім шығаруда: аспапты тексеріңіз",
    },
    Basis.WORKS_BUT_NO_OUTPUT: {
        "en": "{unit}: {signal} shows work, and no output has been counted since {since}: check counter and weigher",
        "ru": "{unit}: {signal} показывает работу, а выпуск не учтён с {since}: проверьте счётчик и весы",
        "kk": "{unit}: {signal} жұмысты көрсетеді, ал өнім {since} бастап есептелмеген: таразыны тексеріңіз",
    },
    Basis.NEVER: {
        "en": "{unit}: nothing has been heard yet",
        "ru": "{unit}: данных ещё не было",
        "kk": "{unit}: дерек әлі болған жоқ",
    },
    Basis.AWAITED: {
        "en": "{unit}: nothing heard since our own restart at {since}; whether it works is not known",
        "ru": "{unit}: данных нет с нашего перезапуска в {since}; работает ли агрегат, неизвестно",
        "kk": "{unit}: {since} қайта іске қосылғаннан бері дерек жоқ; жұмыс істеп тұрғаны белгісіз",
    },
}
_TARGET = {
    "en": "target {rate}{measure}",
    "ru": "задание {rate}{measure}",
    "kk": "тапсырма {rate}{measure}",
}
_CAUSE = {
    "en": "follows from {cause}",
    "ru": "вследствие: {cause}",
    "kk": "себебі: {cause}",
}
_READ = {
    "en": "at {at} {signal} is {value}{measure} ({activity_pct} %)",
    "ru": "в {at} {signal}: {value}{measure} ({activity_pct} %)",
    "kk": "{at} {signal}: {value}{measure} ({activity_pct} %)",
}
_SIGNAL: Mapping[Language, str] = {"en": "activity", "ru": "сигнал работы", "kk": "жұмыс сигналы"}
"""A signal without a name of its own in that language; in English its code is a word."""
_HEARD = {
    "en": "last heard at {heard}",
    "ru": "последний ответ в {heard}",
    "kk": "соңғы жауап {heard}",
}
_OTHERS = {
    "en": {"work": "{units} work", "stand": "{units} stand", "silent": "of {units} nothing is known"},
    "ru": {"work": "в работе: {units}", "stand": "стоят: {units}", "silent": "нет данных: {units}"},
    "kk": {"work": "жұмыста: {units}", "stand": "тұр: {units}", "silent": "дерек жоқ: {units}"},
}
_ONE_OTHER = {
    "en": {"work": "{units} works", "stand": "{units} stands"},
    "ru": {"stand": "стоит: {units}"},
    "kk": {},
}
"""Verbs that agree with one unit; the other phrases fit any number."""
DROPPED = frozenset({UnitState.STOPPED, UnitState.SLOW})
_SHOW_READING = frozenset({UnitState.STOPPED, UnitState.SLOW, UnitState.RAMP_UP, UnitState.PLANNED})
"""What a unit's activity shows now is part of the evidence where its state is not that of its data."""
_GROUP = {
    **dict.fromkeys((UnitState.OK, UnitState.SLOW, UnitState.RAMP_UP), "work"),
    **dict.fromkeys((UnitState.STOPPED, UnitState.PLANNED), "stand"),
    **dict.fromkeys((UnitState.STALE, UnitState.BAD, UnitState.MISSING), "silent"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Writes sentences about the units of a works, with times of `zone`. `alarms`: by unit, those that were active when
    its drop began, the most severe first."""

    works: WorksWatch
    zone: ZoneInfo
    alarms: Mapping[str, Sequence[PlantAlarm]] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, str]:
        """The sentence for one unit's present status, by language (en, ru, kk)."""
        status = self.works.statuses[code]
        return {language: self._sentence(status, language) for language in LANGUAGES}

    def _sentence(self, status: UnitStatus, language: Language) -> str:
        judgement = status.judgement
        parts = [_WHAT[judgement.basis][language].format(**self._words(status, language))]
        if status.cause_unit:
            parts.append(_CAUSE[language].format(cause=self.works.units[status.cause_unit].unit.name(language)))
        if status.expected_t_per_h is not None and judgement.state in DROPPED:
            rate = _number(status.expected_t_per_h, language, 0)
            parts.append(_TARGET[language].format(rate=rate, measure=_behind("t/h", language)))
        if judgement.state in DROPPED:
            parts += self._alarms(status.unit.code, language)
        if judgement.state is not UnitState.OK:
            parts += self._others(status, language)
        heard_s = self.works.units[status.unit.code].evidence.link.heard_s
        if heard_s is not None and judgement.basis not in (Basis.SILENT, Basis.AWAITED):
            parts.append(self._read_now(status, language) or _HEARD[language].format(heard=self._clock(heard_s)))
        return "; ".join(parts)

    def _alarms(self, code: str, language: Language) -> list[str]:
        alarms = self.alarms.get(code, ())
        at = {at_ns for alarm in alarms for at_ns in (alarm.start_ns, alarm.end_ns) if at_ns is not None}
        return named(alarms, {at_ns: self._clock(at_ns // NS) for at_ns in at}, language)

    def _read_now(self, status: UnitStatus, language: Language) -> str:
        """What the activity of a unit that does not work shows at this moment; "" where it is not known, or where the
        sentence has said it."""
        judgement, activity = status.judgement, self.works.units[status.unit.code].evidence.activity
        now = self._clock(self.works.at_s)
        is_said = judgement.basis is Basis.ACTIVITY_STOP and self._clock(judgement.read_s) == now
        if is_said or judgement.state not in _SHOW_READING or not activity.is_known(self.works.at_s):
            return ""
        words = {**self._words(status, language), **self._numbers(activity.facts(), language)}
        return _READ[language].format(**{**words, "at": now})

    def _words(self, status: UnitStatus, language: Language) -> dict[str, str]:
        judgement, gauge = status.judgement, status.unit.activity
        facts = {"activity_pct": 0.0, "value": 0.0, **judgement.facts}
        words = self._numbers(facts, language)
        return {
            "mean_pct": words.get("activity_pct", ""),
            "hold_min": _number(facts.get("hold_s", 0.0) / 60, language, 0),
            "pct": "",
            "events": "",
            **words,
            "unit": status.unit.name(language),
            "since": self._clock(judgement.since_s),
            "until": self._clock(int(facts.get("until_s", judgement.since_s))),
            "read": self._clock(judgement.read_s or self.works.at_s),
            "signal": "" if gauge is None else _signal(gauge, language),
            "nominal": "" if gauge is None else _number(gauge.nominal, language, _decimals("value", gauge.nominal)),
            "measure": "" if gauge is None else _behind(gauge.unit, language),
        }

    @staticmethod
    def _numbers(facts: Mapping[str, float], language: Language) -> dict[str, str]:
        return {name: _number(value, language, _decimals(name, value)) for name, value in facts.items()}

    def _others(self, status: UnitStatus, language: Language) -> list[str]:
        found: dict[str, list[str]] = {}
        for other in self.works.statuses.values():
            same = (other.unit.kind, other.unit.shop) == (status.unit.kind, status.unit.shop)
            # Of a unit whose signal has just lost its quality nothing is said: it may work, or not.
            doubted = other.judgement.state is UnitState.OK and self._lacks_signal(other)
            if same and other.unit.code != status.unit.code and not doubted:
                found.setdefault(_GROUP[other.judgement.state], []).append(other.unit.name(language))
        return [_other_words(language, group, names) for group, names in found.items()]

    def _lacks_signal(self, status: UnitStatus) -> bool:
        return self.works.units[status.unit.code].evidence.activity.bad_since_s is not None

    def _clock(self, at_s: int) -> str:
        """The local time; with its date if that is not today in the works."""
        return clock_text(at_s, self.works.at_s, self.zone)


def _behind(unit_of_measure: str, language: Language) -> str:
    """It as it stands behind a number: a number without one stands alone."""
    written = measure(unit_of_measure, language)
    return f" {written}" if written else ""


def _signal(gauge: Gauge, language: Language) -> str:
    return gauge.name(language) or (gauge.signal.replace("_", " ") if language == "en" else _SIGNAL[language])


def _other_words(language: Language, group: str, names: list[str]) -> str:
    words = _OTHERS[language][group]
    if len(names) == 1:
        words = _ONE_OTHER[language].get(group, words)
    return words.format(units=", ".join(names))


def _decimals(name: str, value: float) -> int:
    if name in ("value", "hours"):
        return 0 if abs(value) >= 100 else 1
    return 0


def _number(value: float, language: Language, decimals: int) -> str:
    return localize_number(Decimal(f"{value:.{decimals}f}"), language, decimals)
