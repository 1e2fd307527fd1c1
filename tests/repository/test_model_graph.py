"""Relations go downwards only and leave no trace on the room below: what import-linter cannot see (architecture.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models.fields.related import RelatedField

from repository.tree import SOURCE, floors, python_files, short

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def relations() -> Iterator[tuple[type[models.Model], RelatedField[object, object]]]:
    """Every relation that a room declares itself."""
    rooms = floors()
    for model in apps.get_models():
        if model._meta.app_label in rooms:
            for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
                if isinstance(field, RelatedField):
                    yield model, field


def described(model: type[models.Model], field: RelatedField[object, object]) -> str:
    return f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"  # type: ignore[union-attr]


def target(field: RelatedField[object, object]) -> str:
    return str(field.related_model._meta.app_label)  # type: ignore[union-attr]


def test_no_relation_points_to_a_room_above_or_beside() -> None:
    floor = floors()
    wrong = [
        described(model, field)
        for model, field in relations()
        if target(field) != model._meta.app_label and floor[target(field)] >= floor[model._meta.app_label]
    ]
    assert not wrong, "\n".join(wrong)


def test_a_relation_to_a_room_below_adds_no_name_there() -> None:
    wrong = [
        described(model, field)
        for model, field in relations()
        if target(field) != model._meta.app_label and not str(field.remote_field.related_name or "").endswith("+")
    ]
    assert not wrong, "\n".join(wrong)


def test_relations_are_looked_at() -> None:
    assert len(list(relations())) > 40


def test_no_relation_names_another_room_in_a_string() -> None:
    wrong = []
    for path in python_files(SOURCE):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in RELATIONS:
                first = [*node.args, *(word.value for word in node.keywords if word.arg == "to")][0]
                if isinstance(first, ast.Constant) and "." in str(first.value):
                    wrong.append(f"{short(path)}:{node.lineno} {first.value}")
    assert not wrong, "\n".join(wrong)
