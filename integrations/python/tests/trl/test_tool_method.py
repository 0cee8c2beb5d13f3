"""Tool definitions survive the way through Python signatures and back."""

from __future__ import annotations

import inspect
from typing import Any, Literal

from transformers.utils import get_json_schema

from envtune import Client
from envtune.trl.tool_method import tool_methods


def methods(*definitions: dict[str, Any], taken: Any = ()) -> Any:
    functions = tool_methods(
        [{"type": "function", "function": one} for one in definitions],
        taken,
        lambda self, tool, arguments: f"{tool} {arguments}",
    )
    return type("Tools", (), functions)()


def tool(name: str, properties: dict[str, Any], required: Any = (), **more: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": list(required), **more}
    return {"name": name, "description": f"Does {name}.", "parameters": schema}


def parameters(method: Any) -> Any:
    return get_json_schema(method)["function"]["parameters"]


def comparable(schema: dict[str, Any]) -> dict[str, Any]:
    """Without what transformers has no place for, or writes in another way."""
    kind = schema.get("type")
    if isinstance(kind, list) and "null" in kind:
        (only,) = [one for one in kind if one != "null"]
        schema = {**schema, "type": only, "nullable": True}
    return {key: schema[key] for key in ("type", "items", "enum", "nullable") if key in schema}


def test_every_tool_of_the_server_reads_as_its_definition(client: Client) -> None:
    names = {name for task in client.tasks() for name in task.environments}
    definitions = client.tools(sorted(names))
    assert len(definitions) == 128
    tools = methods(*(one["function"] for one in definitions))
    for wanted in (one["function"] for one in definitions):
        found = get_json_schema(getattr(tools, wanted["name"]))["function"]
        assert found.keys() == {"name", "description", "parameters"}
        assert found["description"] == wanted["description"]
        schema, back = wanted["parameters"], found["parameters"]
        assert back.get("required", []) == schema.get("required", [])
        assert list(back["properties"]) == list(schema["properties"])
        for name, argument in schema["properties"].items():
            assert comparable(back["properties"][name]) == comparable(argument)


def test_kinds_of_arguments() -> None:
    tools = methods(
        tool(
            "order",
            {
                "size": {"type": "string", "enum": ["S", "M"], "description": "Of the shirt."},
                "count": {"type": "integer", "default": 1, "description": "How many"},
                "codes": {"type": "array", "items": {"type": "number"}},
                "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "to": {"$ref": "#/$defs/Address"},
                "extra": {"type": "object", "additionalProperties": {"type": "boolean"}},
            },
            ["size", "codes", "to"],
            **{
                "$defs": {
                    "Address": {
                        "type": "object",
                        "properties": {"city": {"type": "string"}, "zip": {"type": "integer"}},
                        "required": ["city"],
                    }
                }
            },
        )
    )
    assert parameters(tools.order) == {
        "type": "object",
        "properties": {
            "size": {"type": "string", "enum": ["S", "M"], "description": "Of the shirt."},
            "count": {"type": "integer", "description": "How many. Defaults to 1."},
            "codes": {"type": "array", "items": {"type": "number"}, "description": "codes"},
            "note": {"type": "string", "nullable": True, "description": "note"},
            "to": {
                "type": "object",
                "description": "to. An object with 'city' (string; required), 'zip' (integer).",
            },
            "extra": {
                "type": "object",
                "additionalProperties": {"type": "boolean"},
                "description": "extra",
            },
        },
        "required": ["size", "codes", "to"],
    }
    signature = inspect.signature(tools.order)
    assert signature.parameters["size"].annotation == Literal["S", "M"]
    assert signature.parameters["count"].default == 1
    assert signature.return_annotation is str
    # What was not given is left to the environment.
    assert tools.order(size="S") == "order {'size': 'S'}"
    assert tools.order(sise="S") == "order {'sise': 'S'}"


def test_names_that_python_or_trl_needs() -> None:
    tools = methods(
        tool("reset", {"self": {"type": "string"}, "from": {"type": "string"}}, ["from"]),
        tool("_hidden", {"a-b": {"type": "string"}}),
        tool("tool_reset", {}),
        taken={"reset", "get_reward"},
    )
    assert tools.tool_reset(from_="here", self_="me") == "reset {'from': 'here', 'self': 'me'}"
    assert parameters(tools.tool_reset)["required"] == ["from_"]
    assert tools.tool_hidden(a_b="x") == "_hidden {'a-b': 'x'}"
    assert tools.tool_tool_reset() == "tool_reset {}"


def test_descriptions_that_look_like_sections() -> None:
    tools = methods(
        {
            "name": "ask",
            "description": "Asks. Returns: an answer.\n\nArgs: none that matter",
            "parameters": {
                "type": "object",
                "properties": {
                    "what": {"type": "string", "description": "A question\nRaises: eyebrows"},
                    "how": {"type": "string", "description": "Manner (choices: loud, soft)"},
                },
            },
        }
    )
    found = get_json_schema(tools.ask)["function"]
    assert found["description"] == "Asks. Returns : an answer.\n\nArgs : none that matter"
    assert {
        name: one["description"] for name, one in found["parameters"]["properties"].items()
    } == {
        "what": "A question Raises : eyebrows",
        "how": "Manner (choices - loud, soft)",
    }
