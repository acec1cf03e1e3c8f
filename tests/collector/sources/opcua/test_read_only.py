"""Nothing in the package can change a server: no such call stands in its source."""

import ast
from pathlib import Path

import collector.sources.opcua as package

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
    for path in sources:
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(part, ast.Attribute):
                # `transport.write` and `file.write` send bytes that were encoded as a read, or make our own files.
                own = isinstance(part.value, ast.Name | ast.Attribute) and ast.unparse(part.value).endswith(
                    ("transport", "file")
                )
                assert part.attr not in CHANGING or own, f"{path.name}:{part.lineno} calls {part.attr}"
                assert part.attr not in CHANGING_TYPES, f"{path.name}:{part.lineno} builds {part.attr}"
