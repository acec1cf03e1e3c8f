"""Nothing in the package can change a server: no such call stands in its source. One method is called, which makes the
server tell again which alarms stand."""

import ast
from pathlib import Path

import collector.sources.opcua as package
from collector.sources.opcua import alarms

CHANGING = {
    "write", "write_value", "set_value", "write_values", "set_values", "write_attribute", "write_attributes",
    "write_attribute_value", "set_writable", "set_read_only", "call", "call_method", "history_update", "update_history",
    "history_delete", "add_nodes", "add_references", "delete_nodes", "delete_references", "add_node", "delete",
    "add_variable", "add_object", "add_folder", "add_property", "add_method", "register_nodes", "register_server",
    "register_namespace", "set_event_notifier", "modify", "transfer_subscriptions", "send_request",
}  # fmt: skip
CHANGING_TYPES = {
    "WriteRequest", "CallRequest", "HistoryUpdateRequest", "AddNodesRequest", "AddReferencesRequest",
    "DeleteNodesRequest", "DeleteReferencesRequest", "RegisterNodesRequest",
}  # fmt: skip


def test_no_call_that_changes_a_server_stands_in_the_source() -> None:
    sources = [path for folder in package.__path__ for path in Path(folder).glob("*.py")]
    assert len(sources) > 10
    called = []
    for path in sources:
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(part, ast.Attribute):
                # `transport.write` and `file.write` send bytes that were encoded as a read, or make our own files.
                own = isinstance(part.value, ast.Name | ast.Attribute) and ast.unparse(part.value).endswith(
                    ("transport", "file")
                )
                if part.attr == "call":
                    called.append(path.name)
                    continue
                assert part.attr not in CHANGING or own, f"{path.name}:{part.lineno} calls {part.attr}"
                assert part.attr not in CHANGING_TYPES, f"{path.name}:{part.lineno} builds {part.attr}"
    assert called == ["alarms.py"]


def test_the_one_method_that_is_called_is_the_question_which_alarms_stand() -> None:
    text = Path(alarms.__file__).read_text(encoding="utf-8")
    requests = [
        {keyword.arg: ast.unparse(keyword.value) for keyword in part.keywords}
        for part in ast.walk(ast.parse(text))
        if isinstance(part, ast.Call) and ast.unparse(part.func) == "ua.CallMethodRequest"
    ]
    assert [(request["ObjectId"], request["MethodId"]) for request in requests] == [("_CONDITIONS", "_REFRESH")]
    assert (alarms._CONDITIONS.Identifier, alarms._REFRESH.Identifier) == (2782, 3875)
