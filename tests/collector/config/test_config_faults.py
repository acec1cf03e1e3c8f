"""Every kind of bad input gives exactly one line with its place, its bad value and its fix."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from collector.config.checks import check_zone_database
from collector.config.problem import Problems
from collector.config.settings import Settings

Faults = Callable[..., list[str]]

INFLUX = 'influxdb: {url: "http://127.0.0.1:8086", org: works}\n'
POSTGRES = "postgres: {host: db.works.example, tls: encrypt}\n"
LOGIN = 'influxdb: {url: "http://me:hunter2@127.0.0.1:8086", org: works}\n'

# what is replaced, by what, the place of the fault, and words that the line has to hold
CASES = [
    # the shape of the file
    ("version: 1", "version: 2", "plant.yaml:1 version:", ["2 is not one of 1"]),
    ("version: 1\n", "", "plant.yaml:1 version:", ["is missing", "version of this file's shape"]),
    (
        "version: 1",
        "version: 1\nnames: {en: x}",
        "plant.yaml:2 names:",
        ["the key is unknown", "known here: accidents, alerts, balance"],
    ),
    ("version: 1", "version: 1\nversion: 1", "plant.yaml:2 version:", ["already given in line 1"]),
    ("version: 1", "version: 1\n[a]: 2", "plant.yaml:2", ["a key is itself a list"]),
    ("version: 1", "version: 1\ndata_di: x", "plant.yaml:2 data_di:", ["did you mean data_dir?"]),
    ("version: 1", "version: 1\ndata_dir: 7", "plant.yaml:2 data_dir:", ["7 is not text"]),
    ("version: 1", "version: 1\njournal: 7", "plant.yaml:2 journal:", ["7 is not a mapping"]),
    (
        "zone: Asia/Almaty",
        "zone: Asia/Almata",
        "plant.yaml:2 site.zone:",
        ["'Asia/Almata'", "did you mean Asia/Almaty?"],
    ),
    ("zone: Asia/Almaty", 'zone: "+05"', "plant.yaml:2 site.zone:", ["'+05' is not a time zone", "write it like"]),
    ("zone: Asia/Almaty", "zone: ../etc", "plant.yaml:2 site.zone:", ["'../etc' is not a time zone"]),
    ("{en: Works, ru: Завод}", "{ru: Завод}", "plant.yaml:2 site.names.en:", ["missing", "give the name in English"]),
    ("{en: Works, ru: Завод}", "{en: W, fr: W}", "plant.yaml:2 site.names.fr:", ["unknown", "known here: en, kk, ru"]),
    (
        "site: {code: works",
        "site: {code: Works",
        "plant.yaml:2 site.code:",
        ["'Works' is not written in small"],
    ),
    # products and what is reported
    ("basis: liquid", "basic: liquid", "plant.yaml:5 products[1].basic:", ["did you mean basis?"]),
    (
        "display_unit: kt",
        "display_unit: kg",
        "plant.yaml:4 products[0].display_unit:",
        ["'kg' is not one of 't' or 'kt'"],
    ),
    (
        "basis: wet,",
        "basis: wet, made_from: [coke],",
        "plant.yaml:4 products[0].made_from[0]:",
        ["'coke'", "known: coal_raw"],
    ),
    (
        "basis: wet,",
        "basis: wet, part_of: [coal_row],",
        "plant.yaml:4 products[0].part_of[0]:",
        ["did you mean coal_raw?"],
    ),
    ("basis: wet,", "basis: wet, made_from: [coal_raw],", "plant.yaml:4 products[0].made_from:", ["break the cycle"]),
    (
        "reported:",
        "  - {code: coal_raw, names: {en: C}, definition: d, basis: b}\nreported:",
        "plant.yaml:6 products[2].code:",
        ["product 'coal_raw' is already given in plant.yaml:4"],
    ),
    (
        "{product: pig_iron, counted",
        "{product: pigiron, counted",
        "plant.yaml:7 reported.pig_iron.product:",
        ["mean pig_iron"],
    ),
    ("counted_at: [bf3]", "counted_at: [bf33]", "plant.yaml:7 reported.pig_iron.counted_at[0]:", ["did you mean bf3?"]),
    (
        "counted_at: [bf3]",
        "counted_at: [bf3, bf3]",
        "plant.yaml:7 reported.pig_iron.counted_at[1]:",
        ["twice; keep one"],
    ),
    (
        "counted_at: [bf3]",
        "counted_at: [mine1]",
        "plant.yaml:7 reported.pig_iron.counted_at[0]:",
        ["'mine1' does not count"],
    ),
    (
        "counted_at: [bf3]",
        "counted_at: []",
        "plant.yaml:7 reported.pig_iron.counted_at:",
        ["the list is empty; give the units"],
    ),
    # shops and units
    (
        '"08:00", "20:00"',
        '"08:00", "07:00", "20:00"',
        "plant.yaml:11 shops[0].calendar.shift_starts[2]:",
        ["'20:00'", "'07:00'"],
    ),
    (
        '"08:00", "20:00"',
        '"8:00"',
        "plant.yaml:11 shops[0].calendar.shift_starts[0]:",
        ["'8:00' is not written as a"],
    ),
    (
        "calendar: {",
        "calendar: {zone: Almaty, ",
        "plant.yaml:11 shops[0].calendar.zone:",
        ["'Almaty' is not a time zone"],
    ),
    (
        "code: mines",
        "code: furnaces",
        "plant.yaml:20 shops[1].code:",
        ["shop 'furnaces' is already given in plant.yaml:9"],
    ),
    ("code: mines", "code: all", "plant.yaml:20 shops[1].code:", ["'all' stands for totals"]),
    ("code: mine1", "code: all", "plant.yaml:23 shops[1].units[0].code:", ["'all' stands for totals"]),
    (
        "code: mine1",
        "code: bf3",
        "plant.yaml:23 shops[1].units[0].code:",
        ["unit 'bf3' is already given in plant.yaml:13"],
    ),
    ("{pig_iron: 5000}", "{pig_iron: 0}", "plant.yaml:16 shops[0].units[0].daily_target_t.pig_iron:", ["0 is not > 0"]),
    (
        "{pig_iron: 5000}",
        "{iron: 1}",
        "plant.yaml:16 shops[0].units[0].daily_target_t.iron:",
        ["'iron' is not a product"],
    ),
    (
        "{pig_iron: 5000}",
        "{coal_raw: 1}",
        "plant.yaml:16 shops[0].units[0].daily_target_t.coal_raw:",
        ["does not count"],
    ),
    # the quality of OEE
    (
        "kind: blast_furnace\n",
        "kind: blast_furnace\n        quality_ratio: {pig_iron: 0.985}\n",
        "plant.yaml:15 shops[0].units[0].quality_ratio:",
        ["nobody says where it is from; add quality_source in words"],
    ),
    (
        "kind: blast_furnace\n",
        "kind: blast_furnace\n        quality_source: laboratory\n",
        "plant.yaml:15 shops[0].units[0].quality_source:",
        ["add quality_ratio, or remove it"],
    ),
    (
        "kind: blast_furnace\n",
        "kind: blast_furnace\n        quality_ratio: {pig_iron: 98.5}\n        quality_source: laboratory\n",
        "plant.yaml:15 shops[0].units[0].quality_ratio.pig_iron:",
        ["98.5 is not <= 1"],
    ),
    (
        "kind: blast_furnace\n",
        "kind: blast_furnace\n        quality_ratio: {coal_raw: 0.9}\n        quality_source: laboratory\n",
        "plant.yaml:15 shops[0].units[0].quality_ratio.coal_raw:",
        ["'bf3' does not count coal_raw", "remove the quality ratio"],
    ),
    # alarms
    (
        "kind: blast_furnace\n",
        'kind: blast_furnace\n        alarms: [{source: plx, name: "*cooling*"}]\n',
        "plant.yaml:15 shops[0].units[0].alarms[0].source:",
        ["'plx' is not a source of this plant", "did you mean plc?"],
    ),
    (
        "kind: blast_furnace\n",
        "kind: blast_furnace\n        alarms: [{source: plc}]\n",
        "plant.yaml:15 shops[0].units[0].alarms[0].source:",
        ["'plc' hears no alarms", "give it `alarms: {}` if it is OPC UA"],
    ),
    (
        "kind: blast_furnace\n",
        "kind: blast_furnace\n        alarms: [{source: plc, from: ''}]\n",
        "plant.yaml:15 shops[0].units[0].alarms[0].from:",
        ["the text is empty", 'such as "BF3*"'],
    ),
    # texts that stand for states
    (
        "node: b, unit_of_measure: m3/h, source_unit_of_measure: m3/min}",
        "node: b, unit_of_measure: m3/h, texts: {run: 1}}",
        "plant.yaml:19 shops[0].units[0].tags[1].unit_of_measure:",
        ["what a text stands for has no unit", "give unit_of_measure: '1' alone"],
    ),
    (
        "node: b, unit_of_measure: m3/h, source_unit_of_measure: m3/min}",
        "node: b, unit_of_measure: '1', texts: {run: 1, RUN: 2}}",
        "plant.yaml:19 shops[0].units[0].tags[1].texts.RUN:",
        ["'RUN' and 'run' differ in capitals or spaces alone"],
    ),
    (
        "node: b, unit_of_measure: m3/h, source_unit_of_measure: m3/min}",
        "node: b, unit_of_measure: '1', texts: {run: 1}, bit: 3}",
        "plant.yaml:19 shops[0].units[0].tags[1].bit:",
        ["a text has no bits"],
    ),
    ("max_rate_per_h: 1.5", "max_rate_per_h: 1.5\n            texts: {run: 1}", "plant.yaml:37", ["texts", "gauge"]),
    # tags
    (
        "modulus: 1000",
        "modulus: -5",
        "plant.yaml:35 shops[1].units[0].tags[0].modulus:",
        ["-5 is not > 0; give the value at which"],
    ),
    ("modulus: 1000", "modulus: .inf", "plant.yaml:35 shops[1].units[0].tags[0].modulus:", ["'.inf' is not a number"]),
    (
        "modulus: 1000",
        'modulus: "1000"',
        "plant.yaml:35 shops[1].units[0].tags[0].modulus:",
        ["'1000' is not a number, but text"],
    ),
    (
        "modulus: 1000",
        "modulus: 0.4",
        "plant.yaml:37 shops[1].units[0].tags[0].back_step:",
        ["0.5 is not below modulus, 0.4"],
    ),
    (
        "kind: totalizer",
        "kind: totaliser",
        "plant.yaml:28 shops[1].units[0].tags[0].kind:",
        ["did you mean totalizer?"],
    ),
    (
        "max_rate_per_h: 1.5\n            ",
        "",
        "plant.yaml:27 shops[1].units[0].tags[0]:",
        ["max_rate_per_h is missing"],
    ),
    (
        "max_rate_per_h:",
        "max_rate_per_hr:",
        "plant.yaml:36 shops[1].units[0].tags[0].max_rate_per_hr:",
        ["mean max_rate_per_h?"],
    ),
    ("product: coal_raw\n            ", "", "plant.yaml:27 shops[1].units[0].tags[0]:", ["product is missing"]),
    (
        "product: coal_raw\n",
        "product: coal\n",
        "plant.yaml:30 shops[1].units[0].tags[0].product:",
        ["'coal'", "mean coal_raw?"],
    ),
    (
        "unit_of_measure: kt",
        "unit_of_measure: m3",
        "plant.yaml:32 shops[1].units[0].tags[0].unit_of_measure:",
        ["'m3' is not a unit of mass"],
    ),
    (
        "source_unit_of_measure: m3/min",
        "source_unit_of_measure: t/min",
        "plant.yaml:19 shops[0].units[0].tags[1].source_unit_of_measure:",
        ["'t/min' cannot be converted to m3/h"],
    ),
    (
        "source_unit_of_measure: m3/min",
        "source_unit_of_measure: mm3/mn",
        "plant.yaml:19 shops[0].units[0].tags[1].source_unit_of_measure:",
        ["'mm3/mn' is not a known unit"],
    ),
    (
        "pig_iron, unit_of_measure: t,",
        "pig_iron, unit_of_measure: kg,",
        "plant.yaml:18 shops[0].units[0].tags[0].unit_of_measure:",
        ["'kg' is not t"],
    ),
    ("low: 0", "low: 2000", "plant.yaml:33 shops[1].units[0].tags[0].low:", ["2000 is not below high, 2000"]),
    (
        "source: plc\n",
        "source: plcc\n",
        "plant.yaml:29 shops[1].units[0].tags[0].source:",
        ["'plcc' is not a source; did you mean plc?"],
    ),
    (
        "cadence: 5s",
        "cadence: 500ms",
        "plant.yaml:38 shops[1].units[0].tags[0].cadence:",
        ["500ms is shorter than the poll of plc, 1s"],
    ),
    ("cadence: 5s", "cadence: 5", "plant.yaml:38 shops[1].units[0].tags[0].cadence:", ["5 is not a duration", '"10s"']),
    ("cadence: 5s", "cadence: 0s", "plant.yaml:38 shops[1].units[0].tags[0].cadence:", ["'0s' is not above zero"]),
    (
        "signal: blast",
        "signal: taps",
        "plant.yaml:19 shops[0].units[0].tags[1].signal:",
        ["tag 'bf3.taps' is already given in plant.yaml:18"],
    ),
    (
        "node: b,",
        "node: b, modulus: 7,",
        "plant.yaml:19 shops[0].units[0].tags[1].modulus:",
        ["only a totalizer has modulus"],
    ),
    (
        "node: b,",
        "node: b, resolution: 1,",
        "plant.yaml:19 shops[0].units[0].tags[1].resolution:",
        ["only a totalizer has resolution"],
    ),
    (
        "node: b,",
        "node: b, zero_below: 2,",
        "plant.yaml:19 shops[0].units[0].tags[1].zero_below:",
        ["only a rate has zero_below; remove it, or make the tag a rate"],
    ),
    (
        "kind: gauge",
        "kind: rate, product: coal_raw, high: 9000",
        "plant.yaml:19 shops[0].units[0].tags[1].unit_of_measure:",
        ["'m3/h' is not a flow of mass; give t/h or kg/s, or m3/h with density_t_per_m3"],
    ),
    (
        "kind: gauge",
        "kind: rate, product: coal_raw, density_t_per_m3: 1.4",
        "plant.yaml:19 shops[0].units[0].tags[1]:",
        ["the key high is missing; give the greatest plausible rate: it bounds what a gap may hide"],
    ),
    (
        "kind: gauge",
        "kind: rate, product: coal_raw, density_t_per_m3: 1.4, high: 5, zero_below: 5",
        "plant.yaml:19 shops[0].units[0].tags[1].zero_below:",
        ["5 is not below high, 5; give what an empty scale shows at the most"],
    ),
    (
        "back_step: 0.5",
        "bit: 3",
        "plant.yaml:37 shops[1].units[0].tags[0].bit:",
        ["only a gauge has bit; remove it, or make the tag a gauge"],
    ),
    (
        "node: b,",
        "node: b, bit: 64,",
        "plant.yaml:19 shops[0].units[0].tags[1].bit:",
        ["64", "<= 63"],
    ),
    (
        "node: b,",
        "node: b, on_when: [2],",
        "plant.yaml:19 shops[0].units[0].tags[1].unit_of_measure:",
        ["'m3/h' is not 1; what is on or off has no unit"],
    ),
    (
        "node: b,",
        "node: b, resets: shift,",
        "plant.yaml:19 shops[0].units[0].tags[1].resets:",
        ["only a totalizer has resets"],
    ),
    (
        "back_step: 0.5",
        'resets: ["08:00", "8pm"]',
        "plant.yaml:37 shops[1].units[0].tags[0].resets:",
        ["is neither hour, shift or day nor a list of local times"],
    ),
    (
        "back_step: 0.5",
        'resets: ["08:00", "08:20"]',
        "plant.yaml:37 shops[1].units[0].tags[0].resets:",
        ["resets that are 20m apart cannot each be 15m off; give a reset_within below 10m"],
    ),
    (
        "back_step: 0.5",
        "reset_within: 5m",
        "plant.yaml:37 shops[1].units[0].tags[0].reset_within:",
        ["the key resets is missing; say when the counter is set to 0"],
    ),
    (
        "back_step: 0.5",
        "resets: []",
        "plant.yaml:37 shops[1].units[0].tags[0].resets:",
        ["is neither hour, shift or day nor a list of local times"],
    ),
    (
        "back_step: 0.5",
        "key_reuse: separate",
        "plant.yaml:37 shops[1].units[0].tags[0].key_reuse:",
        ["only an event has key_reuse"],
    ),
    (
        "back_step: 0.5",
        "resolution: 1000",
        "plant.yaml:37 shops[1].units[0].tags[0].resolution:",
        ["1000 is not below modulus, 1000", "the step by which the counter moves"],
    ),
    (
        "node: b,",
        "node: b, product: pig_iron,",
        "plant.yaml:19 shops[0].units[0].tags[1].product:",
        ["a gauge does not count a product"],
    ),
    (
        "ring: {head: h, key: k}",
        "node: t",
        "plant.yaml:18 shops[0].units[0].tags[0]:",
        ["kind event is read through ring, not node"],
    ),
    (", ring: {head: h, key: k}", "", "plant.yaml:18 shops[0].units[0].tags[0]:", ["needs the key ring", "kind event"]),
    ("ring: {head: h, key: k}", "ring: {head: h}", "plant.yaml:18 shops[0].units[0].tags[0].ring.key:", ["is missing"]),
    (
        "ring: {head: h, key: k}",
        "ring: {head: h, kye: k}",
        "plant.yaml:18 shops[0].units[0].tags[0].ring.kye:",
        ["did you mean key?"],
    ),
    ("node: b", "nod: b", "plant.yaml:19 shops[0].units[0].tags[1].nod:", ["did you mean node?"]),
    ("node: b, ", "", "plant.yaml:19 shops[0].units[0].tags[1]:", ["needs the key node", "kind gauge"]),
    (
        "node: b",
        "node: 7",
        "plant.yaml:19 shops[0].units[0].tags[1].node:",
        ["7 is not text; give the name of the value"],
    ),
    (
        "node: b",
        "node: b, ring: {head: h, key: k}",
        "plant.yaml:19 shops[0].units[0].tags[1]:",
        ["gauge is read through node, not ring"],
    ),
    (
        "          - signal: coal\n",
        "          - {signal: cars, kind: event, source: plc, product: coal_raw, unit_of_measure: t,\n"
        "             ring: {head: h2, key: k2}}\n"
        "          - signal: coal\n",
        "plant.yaml:32 shops[1].units[0].tags[1].product:",
        ["coal_raw is already counted by the event mine1.cars"],
    ),
    # sources, database, what the service listens on
    (
        "type: wire",
        "type: wirre",
        "plant.yaml:40 sources[0].type:",
        ["'wirre' is not a type of source; did you mean wire?"],
    ),
    ("type: wire, ", "", "plant.yaml:40 sources[0].type:", ["missing", "known: wire"]),
    ("poll: 1s", "poll: 1 s", "plant.yaml:40 sources[0].poll:", ["'1 s' is not a duration"]),
    ("poll: 1s", "polling: 1s", "plant.yaml:40 sources[0].polling:", ["did you mean poll?"]),
    (
        "poll: 1s",
        "password: hunter2",
        "plant.yaml:40 sources[0].password:",
        ["must not be in the configuration", "give its path as password_file"],
    ),
    (
        "poll: 1s",
        "password_file: hunter2",
        "plant.yaml:40 sources[0].password_file:",
        ["no such file", "TUNDISH_PLC_PASSWORD"],
    ),
    (
        "poll: 1s}",
        "poll: 1s}\n  - {name: plc, type: wire, url: w}",
        "plant.yaml:41 sources[1].name:",
        ["source 'plc' is already given in plant.yaml:40"],
    ),
    (
        "sources:",
        INFLUX + "sources:",
        "plant.yaml:39 influxdb:",
        ["no token; give token_file, or set TUNDISH_INFLUXDB_TOKEN"],
    ),
    (
        "sources:",
        INFLUX.replace("org: works", "token_file: x, org: works") + "sources:",
        "plant.yaml:39 influxdb.token_file:",
        ["no such file"],
    ),
    (
        "sources:",
        INFLUX.replace("org: works", "token: hunter2, org: works") + "sources:",
        "plant.yaml:39 influxdb.token:",
        ["as token_file"],
    ),
    (
        "sources:",
        INFLUX.replace("org", "dialect: v1, org") + "sources:",
        "plant.yaml:39 influxdb.org:",
        ["dialect v1 has no org"],
    ),
    (
        "sources:",
        INFLUX.replace("org: works", "dialect: v1, user: me") + "sources:",
        "plant.yaml:39 influxdb:",
        ["password_file is missing"],
    ),
    (
        "sources:",
        INFLUX.replace("http:", "influx:") + "sources:",
        "plant.yaml:39 influxdb.url:",
        ["does not begin with http:// or https://; write it like http://"],
    ),
    (
        "sources:",
        POSTGRES.replace(", tls: encrypt", "") + "sources:",
        "plant.yaml:39 postgres:",
        ["the key ca_file is missing", "or tls: encrypt"],
    ),
    (
        "sources:",
        POSTGRES.replace("encrypt", "verify, ca_file: x.pem") + "sources:",
        "plant.yaml:39 postgres.ca_file:",
        ["there is no such file"],
    ),
    (
        "sources:",
        POSTGRES.replace("encrypt", "encrypt, ca_file: x.pem") + "sources:",
        "plant.yaml:39 postgres.ca_file:",
        ["only tls: verify looks at the certificate"],
    ),
    (
        "sources:",
        POSTGRES.replace("db.works.example", "/var/run/postgresql") + "sources:",
        "plant.yaml:39 postgres.tls:",
        ["a local socket has no TLS"],
    ),
    (
        "sources:",
        POSTGRES.replace("db.works.example", '"postgresql://me:hunter2@db"') + "sources:",
        "plant.yaml:39 postgres.host:",
        ["give the host alone"],
    ),
    (
        "sources:",
        POSTGRES.replace("tls", "password_file: x, tls") + "sources:",
        "plant.yaml:39 postgres.password_file:",
        ["no such file"],
    ),
    (
        "sources:",
        POSTGRES.replace("tls", "password: hunter2, tls") + "sources:",
        "plant.yaml:39 postgres.password:",
        ["as password_file"],
    ),
    (
        "sources:",
        "desk: {host: 0.0.0.0, addresses: ['https://mill.example']}\nsources:",
        "plant.yaml:39 desk.host:",
        ["'0.0.0.0' can be reached", "certificate_file and key_file", "or 127.0.0.1 behind a proxy"],
    ),
    (
        "sources:",
        "desk: {host: mill.example, certificate_file: plant.yaml, key_file: plant.yaml}\nsources:",
        "plant.yaml:39 desk:",
        ["the key addresses is missing", "https://desk.works:8686"],
    ),
    ("sources:", "desk: {key_file: plant.yaml}\nsources:", "plant.yaml:39 desk:", ["certificate_file is missing"]),
    (
        "sources:",
        "desk: {certificate_file: none.pem, key_file: plant.yaml}\nsources:",
        "plant.yaml:39 desk.certificate_file:",
        ["there is no file", "none.pem"],
    ),
    (
        "sources:",
        "stop_reasons: [{code: a, names: {en: A}, kinds: [{code: a, names: {en: B}}]}]\nsources:",
        "plant.yaml:39 stop_reasons[0].kinds[0].code:",
        ["the reason 'a' is already given; choose another name"],
    ),
    (
        "sources:",
        "desk: {addresses: [mill.example]}\nsources:",
        "plant.yaml:39 desk.addresses[0]:",
        ["'mill.example' is no address such as https://desk.works.example"],
    ),
    (
        "sources:",
        "metrics: {port: 70000}\nsources:",
        "plant.yaml:39 metrics.port:",
        ["70000 is not <= 65535; give the port"],
    ),
    *(
        (
            "            cadence: 5s\n",
            f"            cadence: 5s\n          - {{signal: made, source: plc, {keys}}}\n",
            f"plant.yaml:39 shops[1].units[0].tags[1]{place}",
            words,
        )
        for keys, place, words in (
            ("kind: gauge, unit_of_measure: kt, formula: 'coal +'", ".formula:", ["'coal +' is no formula"]),
            ("kind: gauge, unit_of_measure: kt, formula: open(coal)", ".formula:", ["'open(coal)' is not allowed"]),
            ("kind: gauge, unit_of_measure: kt, formula: 2 * coall", ".formula:", ["'coall' is not another signal"]),
            ("kind: gauge, unit_of_measure: kt, formula: made", ".formula:", ["'made' is not another signal of mine1"]),
            ("kind: gauge, unit_of_measure: t/h, formula: coal", ".formula:", ["do not go together", "t/h"]),
            ("kind: gauge, unit_of_measure: kt, formula: coal + coal * coal", ".formula:", ["do not go together"]),
            ("kind: gauge, unit_of_measure: kt, formula: coal, node: x", ".node:", ["remove its address"]),
            ("kind: event, product: pig_iron, unit_of_measure: t, formula: coal", ".formula:", ["has no formula"]),
            ("kind: gauge, unit_of_measure: kt, node: x, pair_within: 6h", ".pair_within:", ["only an event has"]),
            (
                "kind: event, product: pig_iron, unit_of_measure: t, pair_within: 6h, ring: {head: a, key: b}",
                ":",
                ["low is missing", "net"],
            ),
            (
                "kind: gauge, unit_of_measure: kt, node: x, counts_when: {signal: coal, is: [1]}",
                ".counts_when:",
                ["kind gauge has no counts_when"],
            ),
            (
                "kind: rate, high: 9, product: pig_iron, unit_of_measure: t/h, node: x, "
                "counts_when: {signal: coal, is: [1]}",
                ".counts_when.signal:",
                ["'coal' is no gauge"],
            ),
        )
    ),
    ("sources:", "metrics: {port: 8.5}\nsources:", "plant.yaml:39 metrics.port:", ["8.5 is not a whole number"]),
]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"), CASES, ids=[f"{case[2].split()[-1]}{i}" for i, case in enumerate(CASES)]
)
def test_each_kind_of_bad_input_gives_one_line_with_place_value_and_fix(
    faults: Faults, plant_text: str, old: str, new: str, place: str, words: list[str]
) -> None:
    assert plant_text.count(old) >= 1
    lines = faults(plant_text.replace(old, new, 1), {})
    assert len(lines) == 1, lines
    assert lines[0].startswith(place)
    assert all(word in lines[0] for word in words), lines[0]
    assert "hunter2" not in lines[0]


def test_a_counter_that_takes_turns_is_not_counted_without_them_too(faults: Faults, plant_text: str) -> None:
    turns = (
        "            cadence: 5s\n"
        "          - {signal: grade, source: plc, kind: gauge, unit_of_measure: '1', node: g}\n"
        "          - {signal: made, source: plc, kind: totalizer, product: pig_iron, unit_of_measure: kt, node: c,\n"
        "             max_rate_per_h: 9, counts_when: {signal: grade, is: [1]}}\n"
    )
    (line,) = faults(plant_text.replace("            cadence: 5s\n", turns, 1), {})
    assert "'mine1.made' reads what 'mine1.coal' reads, and every tonne would count twice" in line


def test_a_login_in_the_address_of_the_database_is_refused_and_not_shown(faults: Faults, plant_text: str) -> None:
    lines = faults(plant_text + LOGIN, {"TUNDISH_INFLUXDB_TOKEN": "t"})
    assert lines == [
        "plant.yaml:41 influxdb.url: the address holds a login; give user and password_file (or token_file) instead"
    ]


def test_all_faults_are_reported_at_once_in_the_order_of_the_file(faults: Faults, plant_text: str) -> None:
    bad = (
        plant_text.replace("Asia/Almaty", "Mars/Almaty")
        .replace("counted_at: [bf3]", "counted_at: [bf5]")
        .replace("code: furnaces", "code: Furnaces")
        .replace("m3/min", "t/min")
        .replace("modulus: 1000", "modulus: -5")
        .replace("poll: 1s", "pol: 1s")
    )
    lines = faults(bad)
    assert [line.split(": ")[0] for line in lines] == [
        "plant.yaml:2 site.zone",
        "plant.yaml:7 reported.pig_iron.counted_at[0]",
        "plant.yaml:9 shops[0].code",
        "plant.yaml:19 shops[0].units[0].tags[1].source_unit_of_measure",
        "plant.yaml:35 shops[1].units[0].tags[0].modulus",
        "plant.yaml:40 sources[0].pol",
    ]


def test_a_unit_reported_for_a_product_and_for_what_it_is_made_from_is_refused(faults: Faults, plant_text: str) -> None:
    bad = plant_text.replace("basis: liquid}", "basis: liquid, made_from: [coal_raw]}").replace(
        "  pig_iron: {product: pig_iron, counted_at: [bf3]}",
        "  pig_iron: {product: pig_iron, counted_at: [bf3]}\n  coal: {product: coal_raw, counted_at: [bf3, mine1]}",
    )
    bad = bad.replace(
        "          - {signal: blast",
        "          - {signal: coal, kind: totalizer, source: plc, product: coal_raw, node: x, unit_of_measure: t, "
        "max_rate_per_h: 5}\n          - {signal: blast",
    )
    (line,) = faults(bad)
    assert line.startswith(
        "plant.yaml:7 reported.pig_iron.counted_at[0]: 'bf3' counts pig_iron for pig_iron and for coal"
    )


def test_a_zone_database_older_than_2024_is_refused_with_what_to_update() -> None:
    problems = Problems()
    check_zone_database(problems, at=datetime(2024, 2, 1, tzinfo=UTC))
    (line,) = (problem.text for problem in problems.found)
    assert "Asia/Almaty at 6:00:00" in line
    assert "tzdata" in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version: 1\n  site: {", ["plant.yaml:2 is not YAML", "check indent"]),
        ("a: [1, 2\nb: 3", ["is not YAML"]),
        ("token: 'hunter2\n", ["is not YAML"]),
        ("a: *nowhere", ["plant.yaml:1 is not YAML: found undefined alias"]),
        ("- 1\n- 2\n", ["plant.yaml:1 the file has no keys"]),
        ("a: \x01", ["is not YAML", "unprintable"]),
        ("a: &a {b: *a}", ["nested without end"]),
        ("a: 1\n---\nb: 2\n", ["is not YAML"]),
    ],
)
def test_what_is_not_yaml_is_refused_by_file_and_line_without_showing_the_text(
    faults: Faults, text: str, words: list[str]
) -> None:
    (line,) = faults(text)
    assert all(word in line for word in words), line
    assert "hunter2" not in line


def test_an_empty_file_names_what_has_to_stand_there(faults: Faults) -> None:
    assert [line.split(": ")[0] for line in faults("")] == [
        "plant.yaml:1 version",
        "plant.yaml:1 site",
        "plant.yaml:1 shops",
    ]


@pytest.mark.parametrize(("name", "code"), [("bf\\e[2J3", "001B"), ("bf\\u202E3", "202E"), ("bf\\0", "0000")])
def test_a_name_that_would_act_on_a_terminal_is_refused(faults: Faults, plant_text: str, name: str, code: str) -> None:
    bad = plant_text.replace("{en: Works, ru: Завод}", f'{{en: "{name}"}}', 1)
    assert bad != plant_text
    (line,) = faults(bad)
    assert f"holds the control character U+{code}; write it without" in line


def test_lines_of_a_definition_are_one(load_text: Callable[..., Settings], plant_text: str) -> None:
    bad = plant_text.replace("{en: Works, ru: Завод}", '{en: "Works\\n  of\\tsteel"}', 1)
    assert load_text(bad).plant.site_names["en"] == "Works of steel"
