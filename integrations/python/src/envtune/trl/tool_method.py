"""Tool definitions of chat completions as methods.

TRL reads the tools of an environment from the functions of its class: transformers makes a JSON
schema of signature, annotations and docstring. These are written so that what comes out says the
same as the definition that went in.
"""

from __future__ import annotations

import inspect
import json
import keyword
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal, Union

from ..types import ToolDefinition

Schema = Mapping[str, Any]

TYPES: Mapping[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}
SECTION = re.compile(r"\b(Args|Returns|Raises):")
CHOICES = re.compile(r"\(choices:", re.IGNORECASE)


def tool_methods(
    definitions: Iterable[ToolDefinition],
    taken: Collection[str],
    call: Callable[[Any, str, dict[str, Any]], str],
) -> dict[str, Callable[..., str]]:
    """A method for each definition, by the name that the model sees.

    A name that is ``taken``, or that begins with an underscore and so would be no tool, is
    preceded by ``tool_``. Each method hands the environment's own name of the tool and the given
    arguments to ``call``; what was not given is left to the environment, whatever the signature's
    default.
    """
    methods: dict[str, Callable[..., str]] = {}
    for definition in definitions:
        name = definition["function"]["name"]
        shown = _free_name(name, {*taken, *methods})
        methods[shown] = _method(definition, shown, call)
    return methods


def _free_name(name: str, taken: Collection[str]) -> str:
    free = name if name not in taken and not name.startswith("_") else f"tool_{name.lstrip('_')}"
    while free in taken:
        free += "_"
    return free


def _method(
    definition: ToolDefinition, shown: str, call: Callable[[Any, str, dict[str, Any]], str]
) -> Callable[..., str]:
    function = definition["function"]
    name = function["name"]
    schema: Schema = function.get("parameters") or {}
    definitions: Schema = schema.get("$defs", {})
    required = set(schema.get("required", ()))
    parameters: list[inspect.Parameter] = []
    annotations: dict[str, Any] = {}
    lines: list[str] = []
    names: dict[str, str] = {}
    for given, unresolved in (schema.get("properties") or {}).items():
        argument = _argument_name(given, names)
        names[argument] = given
        resolved = _resolved(unresolved, definitions)
        annotations[argument] = annotation_of(resolved, definitions)
        default = inspect.Parameter.empty if given in required else resolved.get("default")
        parameters.append(
            inspect.Parameter(
                argument,
                inspect.Parameter.KEYWORD_ONLY,
                default=default,
                annotation=annotations[argument],
            )
        )
        lines.append(f"    {argument}: {_described(given, resolved, definitions)}")

    def method(self: Any, /, **arguments: Any) -> str:
        return call(self, name, {names.get(key, key): value for key, value in arguments.items()})

    receiver = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    method.__name__ = method.__qualname__ = shown
    method.__doc__ = _docstring(function.get("description") or name, lines)
    # Without the type of what comes back: transformers would add it to the definition, which has
    # none.
    method.__annotations__ = annotations
    method.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [receiver, *parameters], return_annotation=str
    )
    return method


def _argument_name(name: str, taken: Collection[str]) -> str:
    """Some names of JSON are no names in Python."""
    free = re.sub(r"\W", "_", name, flags=re.ASCII)
    if not free or free[0].isdigit():
        free = f"_{free}"
    if keyword.iskeyword(free) or free == "self":
        free += "_"
    while free in taken:
        free += "_"
    return free


def _resolved(schema: Any, definitions: Schema) -> Schema:
    if not isinstance(schema, Mapping):
        return {}
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    return {**_resolved(definitions.get(reference.rsplit("/", 1)[-1]), {}), **schema}


def annotation_of(unresolved: Any, definitions: Schema, depth: int = 0) -> Any:
    """The type hint that transformers reads as this schema; the properties of an object have none,
    and stand in its description."""
    schema = _resolved(unresolved, definitions)
    if depth > 8:
        return Any
    choices = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if choices and all(isinstance(value, str | int | float | None) for value in choices):
        return Literal[tuple(choices)]
    kinds = schema.get("anyOf", schema.get("oneOf"))
    if kinds is None and isinstance(schema.get("type"), list):
        kinds = [{**schema, "type": kind} for kind in schema["type"]]
    if kinds:
        return Union[tuple(annotation_of(kind, definitions, depth + 1) for kind in kinds)]  # noqa: UP007
    if schema.get("type") == "array" and schema.get("items"):
        return list[annotation_of(schema["items"], definitions, depth + 1)]  # type: ignore[misc]
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        values = annotation_of(schema["additionalProperties"], definitions, depth + 1)
        return dict[str, values]  # type: ignore[valid-type]
    return TYPES.get(schema.get("type", ""), Any)


def _docstring(description: str, arguments: list[str]) -> str:
    told = SECTION.sub(r"\1 :", inspect.cleandoc(description))
    return "\n".join([told, "", "Args:", *arguments]) if arguments else told


def _described(name: str, schema: Schema, definitions: Schema) -> str:
    """On one line. transformers refuses an argument without a description, and takes over neither
    defaults nor the properties of objects."""
    said = " ".join(str(schema.get("description") or "").split())
    parts = [said or name.replace("_", " ")]
    nested = _structure(schema, definitions)
    if nested:
        parts.append(f"{nested}.")
    default = schema.get("default")
    text = default if isinstance(default, str) else json.dumps(default, ensure_ascii=False)
    if default is not None and text not in said:
        parts.append(f"Defaults to {json.dumps(default, ensure_ascii=False)}.")
    ended = [part if part.endswith((".", "!", "?")) else f"{part}." for part in parts[:-1]]
    line = " ".join([*ended, parts[-1]])
    return CHOICES.sub("(choices -", SECTION.sub(r"\1 :", line))


def _structure(unresolved: Any, definitions: Schema, depth: int = 0) -> str:
    """The properties of an object, or of a list's objects, in words; empty where there are none."""
    schema = _resolved(unresolved, definitions)
    if depth > 8:
        return ""
    if schema.get("items"):
        inner = _structure(schema["items"], definitions, depth + 1)
        return f"Each item: {inner[0].lower()}{inner[1:]}" if inner else ""
    properties = schema.get("properties")
    if not properties:
        return ""
    required = set(schema.get("required", ()))
    fields = [
        _field(key, _resolved(value, definitions), key in required, definitions, depth)
        for key, value in properties.items()
    ]
    return f"An object with {', '.join(fields)}"


def _field(key: str, schema: Schema, is_required: bool, definitions: Schema, depth: int) -> str:
    kind = schema.get("type", "any value")
    told = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if schema.get("enum"):
        told += f", one of {', '.join(json.dumps(value) for value in schema['enum'])}"
    if schema.get("description"):
        told += f": {' '.join(str(schema['description']).split())}"
    inner = _structure(schema, definitions, depth + 1)
    if inner:
        told += f"; {inner[0].lower()}{inner[1:]}"
    return f"'{key}' ({told}{'; required' if is_required else ''})"
