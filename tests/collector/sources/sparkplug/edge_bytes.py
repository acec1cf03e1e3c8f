"""Messages of an edge node, made for tests field by field."""

from typing import Any

from collector.sources.sparkplug.schema import PayloadMessage

FOREIGN = {
    "NBIRTH": "0880dbf3888f34120b0a05626453657120085807121a0a144e6f646520436f6e74726f6c2f52656269727468200b70001800",
    "DBIRTH": "0880dbf3888f3412440a0b5363616c652f546f74616c100b1880dbf3888f3420084a210a07656e67556e69740a075175616c"
    "6974791206080c42026b671205080318c001588180808080808010121c0a095363616c652f4e6574100c1880dbf3888f3420"
    "035086feffff0f121c0a0a5363616c652f52617465100d1880dbf3888f34200965002019441801",
    "DDATA": "088882f4888f341216100b188882f4888f34200858ffffffffffffffffff011211100c188882f4888f34200350ffffffff0f"
    "120d100d188882f4888f34200938011212100d18a086f0888f342009280165000016441802",
    "NDEATH": "0880dbf3888f34120b0a05626453657120085807",
}
"""Made by sparkplug-payload of Eclipse Tahu: Total is 2^53 + 1 kg and then the largest UInt64, Net -250 and -1, Rate
612.5, then null, and 600 of a minute before."""
INT32, UINT32, UINT64, FLOAT, DOUBLE, STRING, DATASET = 3, 7, 8, 9, 10, 12, 16


def payload(seq: int | None, *metrics: dict[str, Any], at_ms: int = 1_790_751_600_000) -> bytes:
    """`metrics` have the fields of the schema; properties as a mapping."""
    message = PayloadMessage(timestamp=at_ms)
    if seq is not None:
        message.seq = seq
    for fields in metrics:
        given = dict(fields)
        properties = given.pop("properties", {})
        metric = message.metrics.add(**given)
        for key, value in properties.items():
            metric.properties.keys.append(key)
            metric.properties.values.add(**{"string_value" if isinstance(value, str) else "int_value": value})
    return bytes(message.SerializeToString())


def birth(number: int) -> bytes:
    """Of an edge node."""
    return payload(0, {"name": "bdSeq", "datatype": UINT64, "long_value": number})


def death(number: int) -> bytes:
    """Of an edge node."""
    return payload(None, {"name": "bdSeq", "datatype": UINT64, "long_value": number})
