"""The message of Sparkplug B, as far as it is read: field numbers and types of its published schema.

What stands in other fields (data sets, templates, parts of properties) is skipped by the library as unknown.
"""

from typing import Any

from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

_PACKAGE = "tundish.sparkplug"
_UINT32, _UINT64 = FieldDescriptorProto.TYPE_UINT32, FieldDescriptorProto.TYPE_UINT64
_FLOAT, _DOUBLE = FieldDescriptorProto.TYPE_FLOAT, FieldDescriptorProto.TYPE_DOUBLE
_BOOL, _STRING, _BYTES = (
    FieldDescriptorProto.TYPE_BOOL,
    FieldDescriptorProto.TYPE_STRING,
    FieldDescriptorProto.TYPE_BYTES,
)
_ONE, _MANY = FieldDescriptorProto.LABEL_OPTIONAL, FieldDescriptorProto.LABEL_REPEATED

_FIELDS: dict[str, dict[str, tuple[int, int, int] | tuple[int, str, int]]] = {
    "PropertyValue": {
        "is_null": (2, _BOOL, _ONE),
        "int_value": (3, _UINT32, _ONE),
        "long_value": (4, _UINT64, _ONE),
        "string_value": (8, _STRING, _ONE),
    },
    "PropertySet": {"keys": (1, _STRING, _MANY), "values": (2, "PropertyValue", _MANY)},
    "Metric": {
        "name": (1, _STRING, _ONE),
        "alias": (2, _UINT64, _ONE),
        "timestamp": (3, _UINT64, _ONE),
        "datatype": (4, _UINT32, _ONE),
        "is_historical": (5, _BOOL, _ONE),
        "is_null": (7, _BOOL, _ONE),
        "properties": (9, "PropertySet", _ONE),
        "int_value": (10, _UINT32, _ONE),
        "long_value": (11, _UINT64, _ONE),
        "float_value": (12, _FLOAT, _ONE),
        "double_value": (13, _DOUBLE, _ONE),
        "boolean_value": (14, _BOOL, _ONE),
        "string_value": (15, _STRING, _ONE),
    },
    "Payload": {
        "timestamp": (1, _UINT64, _ONE),
        "metrics": (2, "Metric", _MANY),
        "seq": (3, _UINT64, _ONE),
        "uuid": (4, _STRING, _ONE),
        "body": (5, _BYTES, _ONE),
    },
}


def _message_class() -> Any:  # noqa: ANN401 - the library makes the class at run time
    file = FileDescriptorProto(name="tundish/sparkplug.proto", package=_PACKAGE, syntax="proto2")
    for name, fields in _FIELDS.items():
        message = DescriptorProto(name=name)
        for field, (number, kind, label) in fields.items():
            added = message.field.add(name=field, number=number, label=label)
            if isinstance(kind, str):
                added.type, added.type_name = FieldDescriptorProto.TYPE_MESSAGE, f".{_PACKAGE}.{kind}"
            else:
                added.type = kind
        file.message_type.append(message)
    pool = DescriptorPool()
    pool.Add(file)
    return GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.Payload"))


PayloadMessage = _message_class()
