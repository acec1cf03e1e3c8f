"""The ledger's file: its tables and the steps from older versions.

Append-only are `increment` (but for the five minutes in which a row is being recorded), `event`, `gap` and what people
stated (`ledger_statements`). The others
are states (`meta`, `totalizer`, `anchor`), work lists (`dirty`, `outbox`), the image of what was published, and what
the desk shows of the moment (`health`, `activity`).

Version 2 counts readings beside grams: version 1 could not tell a standing belt from one that nobody read, so it knew
no completeness. Version 3 keeps what people state: figures, plans, repairs, adjustments and closed months. Version 4
keeps incidents and the messages about them, and what detection observed and found. Version 5 keeps configurations,
months that were closed, reopened and closed again, the numbers of imports, and since when a figure is not the newest
word. Version 6 keeps where each counting tag is read. Version 7
has a checksum for each page, beside the file, and one for each group of rows, chained day by day (`ledger_seals`); and
it keeps what was found broken. Version 8 keeps the alarms of sources. Version 9 keeps what the value of a reading lacks
of a number that a float does not hold (NULL: the value is all that is known), and the reasons of stops. Version 10
keeps which request of a browser stated which figures. Version 11 keeps who signed the figures of a day.
Version 12 keeps published indicators and the projects of modernisation. Version 13 keeps hours of gauges, which
reports were mailed, and accidents. Version 14 keeps the minutes in
which a gauge was above its limits. Version 15 keeps what the group has not got yet.
"""

from collector.storage.file.file_kind import FileKind
from collector.storage.ledger import accidents as ledger_accidents
from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger import alarms as ledger_source_alarms
from collector.storage.ledger import configurations as ledger_configurations
from collector.storage.ledger import damage as ledger_damage
from collector.storage.ledger import desk_saves as ledger_desk_saves
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import group_queue as ledger_group_queue
from collector.storage.ledger import imports as ledger_imports
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import milestones as ledger_milestones
from collector.storage.ledger import report_mails as ledger_report_mails
from collector.storage.ledger import seals as ledger_seals
from collector.storage.ledger import signatures as ledger_signatures
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger import stop_reasons as ledger_stop_reasons
from collector.storage.quarantine import records as quarantine

_STATE = """
CREATE TABLE meta (key TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE totalizer (tag TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE anchor (
    tag INTEGER NOT NULL, time_ns INTEGER NOT NULL, value REAL NOT NULL, residue REAL, PRIMARY KEY (tag, time_ns)
) WITHOUT ROWID
"""

# start_s leads, for figures are asked by time; the table is then also in the order in which it grows.
_FACTS = """
CREATE TABLE counter (
    id INTEGER PRIMARY KEY,
    tag TEXT NOT NULL,
    unit TEXT NOT NULL,
    product TEXT NOT NULL,
    UNIQUE (tag, unit, product)
);
CREATE TABLE increment (
    start_s INTEGER NOT NULL,
    end_s INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    recorded_s INTEGER NOT NULL,
    grams INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    readings INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (start_s, end_s, counter, recorded_s)
) WITHOUT ROWID;
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tag TEXT NOT NULL,
    unit TEXT NOT NULL,
    product TEXT NOT NULL,
    production_year INTEGER NOT NULL,
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    grams INTEGER NOT NULL,
    end_ns INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    recorded_ns INTEGER NOT NULL,
    UNIQUE (unit, tag, production_year, key, revision)
);
CREATE INDEX event_by_tag ON event (tag, id);
CREATE INDEX event_by_end ON event (end_ns);
CREATE TABLE gap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tag TEXT NOT NULL,
    start_ns INTEGER NOT NULL,
    end_ns INTEGER NOT NULL,
    cause TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL,
    UNIQUE (tag, start_ns, end_ns, cause)
)
"""

# A bucket that is made dirty again gets a new id, so clearing the old one leaves it dirty.
_WORK = """
CREATE TABLE dirty (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit TEXT NOT NULL,
    product TEXT NOT NULL,
    start_s INTEGER NOT NULL,
    end_s INTEGER NOT NULL,
    UNIQUE (unit, product, start_s, end_s) ON CONFLICT REPLACE
);
CREATE TABLE published (
    row_table TEXT NOT NULL,
    time_ns INTEGER NOT NULL,
    tags TEXT NOT NULL,
    fields TEXT NOT NULL,
    queued INTEGER NOT NULL,
    PRIMARY KEY (row_table, time_ns, tags)
) WITHOUT ROWID;
CREATE INDEX published_unqueued ON published (row_table, time_ns, tags) WHERE queued = 0;
CREATE TABLE outbox (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    row_table TEXT NOT NULL,
    time_ns INTEGER NOT NULL,
    tags TEXT NOT NULL,
    delete_first INTEGER NOT NULL,
    fields TEXT,
    UNIQUE (row_table, time_ns, tags)
)
"""

_MOMENT = """
CREATE TABLE health (
    source TEXT PRIMARY KEY,
    time_ns INTEGER NOT NULL,
    up INTEGER NOT NULL,
    age_s REAL,
    readings INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    stale TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE TABLE activity (unit TEXT PRIMARY KEY, last_reading_ns INTEGER, last_output_ns INTEGER) WITHOUT ROWID
"""

_FROM_6 = "ALTER TABLE health ADD COLUMN stale TEXT NOT NULL DEFAULT '[]'"

_FROM_8 = "ALTER TABLE anchor ADD COLUMN residue REAL"

_FROM_1 = "ALTER TABLE increment ADD COLUMN readings INTEGER NOT NULL DEFAULT 0"

# Rows of months, shifts and targets are new: everything that was counted is rolled up anew.
_ROLL_UP_ANEW = """
INSERT INTO dirty (unit, product, start_s, end_s)
SELECT unit, product, min(start_s), max(end_s) FROM increment JOIN counter ON counter.id = counter
GROUP BY unit, product
"""

# A month may be closed more than once, and what it signed belongs to one of its closings. Tables that an earlier step
# of this same upgrade made have the new shape already, so all of it can be done to them once more.
_FROM_4 = """
CREATE TABLE month_close_5 (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, author TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
INSERT INTO month_close_5 SELECT id, month, author, recorded_ns FROM month_close;
CREATE TABLE closed_figure_5 (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, level TEXT NOT NULL, shop TEXT NOT NULL,
    unit TEXT NOT NULL, product TEXT NOT NULL, grams INTEGER NOT NULL, recorded_ns INTEGER NOT NULL
);
INSERT INTO closed_figure_5 SELECT id, month, level, shop, unit, product, grams,
    ifnull((SELECT recorded_ns FROM month_close_5 WHERE month_close_5.month = closed_figure.month), 0)
FROM closed_figure;
DROP TABLE month_close;
DROP TABLE closed_figure;
ALTER TABLE month_close_5 RENAME TO month_close;
ALTER TABLE closed_figure_5 RENAME TO closed_figure;
CREATE TABLE figure_5 (
    id INTEGER PRIMARY KEY AUTOINCREMENT, start_ns INTEGER NOT NULL, end_ns INTEGER NOT NULL, shop TEXT NOT NULL,
    unit TEXT NOT NULL, product TEXT NOT NULL, grams INTEGER, basis TEXT NOT NULL, status INTEGER NOT NULL,
    key TEXT NOT NULL, definition TEXT NOT NULL, origin TEXT NOT NULL, recorded_ns INTEGER NOT NULL,
    superseded_ns INTEGER, import_id INTEGER
);
INSERT INTO figure_5 SELECT id, start_ns, end_ns, shop, unit, product, grams, basis, status, key, definition, origin,
    recorded_ns, lead(recorded_ns) OVER (PARTITION BY key, iif(key = '', shop, ''), iif(key = '', unit, ''),
    iif(key = '', product, ''), iif(key = '', basis, ''), iif(key = '', definition, ''), iif(key = '', start_ns, 0),
    iif(key = '', end_ns, 0) ORDER BY id), NULL
FROM figure ORDER BY id;
DROP TABLE figure;
ALTER TABLE figure_5 RENAME TO figure;
CREATE TABLE plan_5 (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, shop TEXT NOT NULL, unit TEXT NOT NULL,
    product TEXT NOT NULL, grams INTEGER, author TEXT NOT NULL, recorded_ns INTEGER NOT NULL, import_id INTEGER
);
INSERT INTO plan_5 SELECT id, month, shop, unit, product, grams, author, recorded_ns, NULL FROM plan;
DROP TABLE plan;
ALTER TABLE plan_5 RENAME TO plan;
CREATE TABLE IF NOT EXISTS month_reopening (
    id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL
);
"""

_COMMIT_NUMBER = (
    "INSERT INTO meta (key, number) VALUES ('commits', 1) ON CONFLICT DO UPDATE SET number = number + 1 "
    "RETURNING number"
)

LEDGER = FileKind(
    name="ledger.db",
    what="a ledger",
    application_id=0x54444C47,  # "TDLG"
    version=15,
    summed_since=7,
    commit_number=_COMMIT_NUMBER,
    schema=";".join(
        (
            _STATE,
            _FACTS,
            _WORK,
            _MOMENT,
            quarantine.SCHEMA,
            ledger_statements.SCHEMA,
            ledger_alerts.SCHEMA,
            ledger_detection.SCHEMA,
            ledger_configurations.SCHEMA,
            ledger_imports.SCHEMA,
            ledger_addresses.SCHEMA,
            ledger_damage.SCHEMA,
            ledger_seals.SCHEMA,
            ledger_source_alarms.SCHEMA,
            ledger_stop_reasons.SCHEMA,
            ledger_desk_saves.SCHEMA,
            ledger_signatures.SCHEMA,
            ledger_measures.SCHEMA,
            ledger_milestones.SCHEMA,
            ledger_measured.SCHEMA,
            ledger_measured.FROM_13,
            ledger_report_mails.SCHEMA,
            ledger_accidents.SCHEMA,
            ledger_group_queue.SCHEMA,
        )
    ),
    migrations={
        1: _FROM_1,
        2: ";".join((ledger_statements.SCHEMA, _ROLL_UP_ANEW)),
        3: ";".join((ledger_alerts.SCHEMA, ledger_detection.SCHEMA)),
        4: ";".join(
            (
                _FROM_4.strip().removesuffix(";"),
                ledger_statements.INDEXES,
                ledger_configurations.SCHEMA,
                ledger_imports.SCHEMA,
            )
        ),
        5: ledger_addresses.SCHEMA,
        6: ";".join((ledger_damage.SCHEMA, ledger_seals.SCHEMA, _FROM_6)),
        7: ledger_source_alarms.SCHEMA,
        8: ";".join((_FROM_8, ledger_stop_reasons.SCHEMA)),
        9: ledger_desk_saves.SCHEMA,
        10: ledger_signatures.SCHEMA,
        11: ";".join((ledger_measures.SCHEMA, ledger_milestones.SCHEMA)),
        12: ";".join((ledger_measured.SCHEMA, ledger_report_mails.SCHEMA, ledger_accidents.SCHEMA)),
        13: ledger_measured.FROM_13,
        14: ledger_group_queue.SCHEMA,
    },
    tables=(
        "meta",
        "totalizer",
        "tag",
        "anchor",
        "counter",
        "increment",
        "event",
        "gap",
        "dirty",
        "published",
        "outbox",
        "health",
        "activity",
        "quarantine",
        *ledger_statements.TABLES,
        *ledger_alerts.TABLES,
        *ledger_detection.TABLES,
        *ledger_configurations.TABLES,
        *ledger_imports.TABLES,
        *ledger_addresses.TABLES,
        *ledger_damage.TABLES,
        *ledger_seals.TABLES,
        *ledger_source_alarms.TABLES,
        *ledger_stop_reasons.TABLES,
        *ledger_desk_saves.TABLES,
        *ledger_signatures.TABLES,
        *ledger_measures.TABLES,
        *ledger_milestones.TABLES,
        *ledger_measured.TABLES,
        *ledger_report_mails.TABLES,
        *ledger_accidents.TABLES,
        *ledger_group_queue.TABLES,
    ),
)
