"""One way to write: every public function of an operations file is an operation, and nothing else writes."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from repository.tree import SOURCE, python_files, short

STEPS = {
    "wijkcontract.audit.operations.operation": "makes an operation",
    "wijkcontract.audit.operations.record": "the event inside an operation",
    "wijkcontract.audit.operations.record_in": "the row of history inside an operation (decision 0020)",
    "wijkcontract.audit.operations.nothing_changed": "says inside an operation that all stood as asked; writes nothing",
    "wijkcontract.audit.operations.seal": "the sequencer of the worker: computes digests, changes no content",
    "wijkcontract.outbox.operations.queue_mail": "a step of the operation that promises the mail",
    "wijkcontract.outbox.operations.queue_mails": "the same, to several people",
    "wijkcontract.outbox.operations.deliver_due": "the worker: sends what an operation promised",
    "wijkcontract.files.operations.discard": "a step of the operation that takes the file away; records its own event",
    "wijkcontract.files.operations.keep": "a step of the operation that owns the file; records its own event",
    "wijkcontract.jury.operations.locking.locked_jury": "fetches a jury and locks its row for an operation; writes nothing",
}
READERS = ("queries", "policy", "forms", "views")
WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "save", "delete", "asave", "acreate",
    "adelete",
}  # fmt: skip
NOT_THE_DATABASE = {"session", "response", "messages"}


def modules_of_operations() -> Iterator[str]:
    for path in python_files(SOURCE):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        if any(part.startswith("operations") for part in parts[2:]):
            yield ".".join(parts).removesuffix(".__init__")


def public_functions() -> Iterator[tuple[str, object]]:
    for name in modules_of_operations():
        module = importlib.import_module(name)
        for function_name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == name and not function_name.startswith("_"):
                yield f"{name}.{function_name}", function


def test_every_public_function_of_operations_is_an_operation_or_a_listed_step() -> None:
    wrong = [
        name for name, function in public_functions() if not hasattr(function, "is_operation") and name not in STEPS
    ]
    assert not wrong, "\n".join(wrong)


def test_the_list_of_steps_names_what_exists() -> None:
    assert sorted(set(STEPS) - {name for name, _ in public_functions()}) == []


def writes_in(path: Path) -> Iterator[str]:
    """Calls that write to the database: `something.save()`, `Model.objects.create()`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            holder = ast.unparse(node.func.value)
            if NOT_THE_DATABASE.isdisjoint(holder.split(".")):
                yield f"{short(path)}:{node.lineno} {holder}.{node.func.attr}()"


def test_queries_policies_forms_and_pages_do_not_write() -> None:
    files = [
        path for path in python_files(SOURCE)
        if "web" in path.parts or any(part.removesuffix(".py").endswith(READERS) for part in path.parts)
    ]  # fmt: skip
    wrong = [found for path in files for found in writes_in(path)]
    assert len(files) > 40
    assert not wrong, "\n".join(wrong)
