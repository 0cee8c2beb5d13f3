"""What an episode knows and does, as generators: all of it but the sending."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, cast

from .errors import EnvtuneError
from .exchange import Talk, ask, json_text
from .types import (
    ChatMessage,
    CutOff,
    Metadata,
    ModelMessage,
    Step,
    ToolCall,
    ToolDefinition,
    ToolError,
    ToolResult,
)


class EpisodeState:
    """An episode as the client has followed it; ``Episode`` and ``AsyncEpisode`` let it go on."""

    def __init__(self, retry_for: float, created: Mapping[str, Any]) -> None:
        self._retry_for = retry_for
        self._closed = False
        self.id: str = created["session_id"]
        """The session's id on the server."""
        self._begin(created)

    messages: list[ChatMessage]
    """The whole conversation so far, the model's own messages as they were sent."""
    tools: list[ToolDefinition]
    """The tools offered now."""
    done: bool
    reward: float | None
    """What the episode has earned so far; None in free play, and until something was earned."""
    metadata: Metadata
    """Of the last reply, for the trainer: nothing of it belongs into a prompt."""

    @property
    def turn_scores(self) -> list[int]:
        """1 or 0 for each turn that has ended."""
        return self.metadata["turn_scores"]

    @property
    def task(self) -> str:
        """The task's id; ``free-play`` where there is none."""
        return self.metadata["task"]

    def _begin(self, reply: Mapping[str, Any]) -> None:
        observation = reply["observation"]
        self.messages = list(observation["messages"])
        self.tools = list(observation.get("tools", []))
        self.reward = None
        self._follow(reply)

    def _follow(self, reply: Mapping[str, Any]) -> None:
        self.metadata = reply["metadata"]
        self.done = reply["done"]
        earned = _number(reply["reward"])
        if earned is not None:
            self.reward = (self.reward or 0.0) + earned
        total = self.metadata["total_reward"]
        if self.done and total is not None:
            # The sum of the steps, without what adding them up lost.
            self.reward = float(total)
        if reply["observation"].get("tools") is not None:
            self.tools = list(reply["observation"]["tools"])

    def _ask(
        self,
        method: str,
        suffix: str,
        body: Mapping[str, Any] | None = None,
        retry_for: float | None = None,
    ) -> Talk[Any]:
        if self._closed:
            raise EnvtuneError("closed", f"episode {self.id} was closed")
        patience = self._retry_for if retry_for is None else retry_for
        return (yield from ask(method, f"/sessions/{self.id}{suffix}", body, retry_for=patience))

    def _act(self, action: Mapping[str, Any]) -> Talk[dict[str, Any]]:
        body = {
            "action": action,
            "request_id": uuid.uuid4().hex,
            "step_count": self.metadata["step_count"],
        }
        reply: dict[str, Any] = yield from self._ask("POST", "/step", body)
        return reply

    def _stepping(self, message: ModelMessage) -> Talk[Step]:
        sent = model_message(message)
        action = {"type": "message", **{key: value for key, value in sent.items() if key != "role"}}
        reply = yield from self._act(action)
        new: list[ChatMessage] = reply["observation"].get("messages", [])
        self.messages += [sent, *new]
        self._follow(reply)
        tools = reply["observation"].get("tools")
        return Step(new, _number(reply["reward"]), self.done, tools, self.metadata)

    def _calling(self, tool: str, arguments: Mapping[str, Any] | str) -> Talk[ToolResult]:
        # As text: an object's 5.0 would arrive as 5, and the environments tell the two apart.
        text = arguments if isinstance(arguments, str) else json_text(arguments)
        reply = yield from self._act({"type": "call_tool", "tool_name": tool, "arguments": text})
        self._follow(reply)
        observation = reply["observation"]
        told = observation.get("error")
        error = None if told is None else ToolError(told["error_type"], told["message"])
        result = observation["result"]
        return ToolResult(
            result,
            error,
            _number(reply["reward"]),
            self.done,
            observation.get("tools"),
            self.metadata,
        )

    def _cutting_off(self, why: CutOff) -> Talk[float | None]:
        if self.done:
            return None if self.metadata["total_reward"] is None else 0.0
        # Whoever made the steps: the tools of a session may be called by MCP.
        body = {"action": {"type": "end", "why": why}, "request_id": uuid.uuid4().hex}
        reply = yield from self._ask("POST", "/step", body)
        self._follow(reply)
        return _number(reply["reward"])

    def _resetting(self, options: Mapping[str, Any]) -> Talk[None]:
        self._begin((yield from self._ask("POST", "/reset", options)))

    def _state(self) -> Talk[dict[str, Any]]:
        state: dict[str, Any] = yield from self._ask("GET", "/state")
        return state

    def _closing(self, retry_for: float | None = None) -> Talk[None]:
        if self._closed:
            return
        yield from self._ask("DELETE", "", retry_for=retry_for)
        self._closed = True


def _dumped(message: object) -> Mapping[str, Any]:
    dump = getattr(message, "model_dump", None)
    fields = dump() if callable(dump) else None
    if isinstance(fields, Mapping):
        return fields
    kind = type(message).__name__
    raise EnvtuneError("badAction", f"a model's message is a text or a mapping, not {kind}")


def _number(reward: int | float | None) -> float | None:
    """JSON writes 1.0 as 1."""
    return None if reward is None else float(reward)


SENT = ("content", "tool_calls", "reasoning_content", "tokens")


def model_message(message: ModelMessage) -> ChatMessage:
    """A model's message as the server takes it: text, a mapping, or a client library's object with
    ``model_dump``.

    Calls without an id get one, and arguments that were parsed already become JSON text again.
    """
    if isinstance(message, str):
        return {"role": "assistant", "content": message}
    fields = cast(Mapping[str, Any], message if isinstance(message, Mapping) else _dumped(message))
    if fields.get("role", "assistant") != "assistant":
        raise EnvtuneError(
            "badAction", f"a model's message has the role 'assistant', not {fields['role']!r}"
        )
    kept = {key: fields[key] for key in SENT if fields.get(key) is not None}
    if kept.get("tool_calls"):
        kept["tool_calls"] = [_call(call, place) for place, call in enumerate(kept["tool_calls"])]
    else:
        kept.pop("tool_calls", None)
    return cast(ChatMessage, {"role": "assistant", "content": None, **kept})


def _call(call: object, place: int) -> ToolCall:
    function = call.get("function") if isinstance(call, Mapping) else None
    if not isinstance(call, Mapping) or not isinstance(function, Mapping) or "name" not in function:
        raise EnvtuneError("badAction", f"tool call {place} has no function with a name: {call!r}")
    arguments = function.get("arguments", {})
    text = arguments if isinstance(arguments, str) else json_text(arguments)
    return {
        "id": call.get("id") or f"call_{uuid.uuid4().hex[:12]}",
        "type": "function",
        "function": {"name": function["name"], "arguments": text},
    }
