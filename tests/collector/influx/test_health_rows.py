from collector.influx.health_rows import SourceHealthRow
from collector.influx.line_protocol import encode_rows


def test_what_is_not_known_is_an_absent_field_and_types_never_change() -> None:
    row = SourceHealthRow(
        site="works",
        source="plc",
        collector="a",
        time_ns=7,
        up=True,
        poll_s=1,
        readings=5000,
        rejected=0,
        queue_rows=3,
        queue_bytes=900,
        queue_age_s=0,
        loop_lag_ms=2,
        age_s=1,
    )
    assert encode_rows([row.row()]).data == (
        b"source_health,collector=a,site=works,source=plc up=1i,age_s=1.0,poll_s=1.0,readings=5000i,rejected=0i,"
        b"queue_rows=3i,queue_bytes=900i,queue_age_s=0.0,loop_lag_ms=2.0 7\n"
    )
