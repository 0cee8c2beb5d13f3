"""What goes over the wire, and what the client makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias, TypedDict

HintLevel = Literal["off", "diagnose", "guide", "direct"]
Mode = Literal["dialogue", "tools"]
CutOff = Literal["tokenLimit", "stepLimit"]


class CalledFunction(TypedDict):
    name: str
    arguments: str
    """JSON text, as chat completions have it."""


class ToolCall(TypedDict):
    id: str
    type: Literal["function"]
    function: CalledFunction


class _Message(TypedDict):
    role: Literal["system", "user", "assistant", "tool"]
    content: str | None


class ChatMessage(_Message, total=False):
    """A message in the form of chat completions."""

    tool_calls: list[ToolCall]
    tool_call_id: str
    name: str
    reasoning_content: str
    tokens: int


class Dumped(Protocol):
    """An object of a client library, such as ``choices[0].message`` of ``openai``."""

    def model_dump(self) -> dict[str, Any]: ...


ModelMessage: TypeAlias = str | Mapping[str, Any] | ChatMessage | Dumped
"""What a model said: a text, a message in the form of chat completions, or a library's object."""


class FunctionDefinition(TypedDict):
    name: str
    description: str
    parameters: dict[str, Any]


class ToolDefinition(TypedDict):
    """A tool in the form of chat completions."""

    type: Literal["function"]
    function: FunctionDefinition


class _Ending(TypedDict):
    why: Literal["completed", "stepLimit", "tokenLimit", "aborted"]


class Ending(_Ending, total=False):
    """Why an episode is over; an aborted one says for what reason, and whose fault it was."""

    reason: str
    fault: str


class _Metadata(TypedDict):
    task: str
    turn: int
    turn_scores: list[int]
    total_reward: float | None
    step_count: int


class Metadata(_Metadata, total=False):
    """What a trainer may know of an episode; never to be shown to a model."""

    ending: Ending


class ResetOptions(TypedDict, total=False):
    """How an episode is to be played. The server has a default for each, and refuses an unknown key
    by name.

    The task is named by ``task``, or by ``split`` and ``index``, or drawn by ``seed``, or the next
    in order; ``environments`` with ``config`` is free play, which has no ground truth and no
    reward.
    """

    task: str
    split: str
    index: int
    environments: list[str]
    config: Mapping[str, Any]
    user: str
    seed: int
    episode_id: str
    mode: Mode
    hints: HintLevel | Mapping[HintLevel, float]
    turn_feedback: HintLevel
    reward: str
    renderer: Literal["openai", "hermes", "tagged", "python"]
    rules: Literal["training", "evaluation"]
    profile: Literal["strict", "bfcl"]
    prompt: str
    step_limit: int
    token_limit: int


@dataclass(frozen=True)
class TaskInfo:
    """What is known of a task without playing it; ``turns`` is their number."""

    id: str
    family: str
    category: str
    environments: tuple[str, ...]
    long_context: bool
    turns: int


@dataclass(frozen=True)
class Step:
    """What came of a model's message: the messages after it (tool results, the next user message),
    and what it earned.

    ``tools`` is None unless the offered tools changed. ``reward`` is None in free play.
    """

    messages: list[ChatMessage]
    reward: float | None
    done: bool
    tools: list[ToolDefinition] | None
    metadata: Metadata


@dataclass(frozen=True)
class ToolError:
    type: str
    message: str


@dataclass(frozen=True)
class ToolResult:
    """What came of a tool call in tools mode. ``text`` is what the model reads, hint included, also
    where the call failed."""

    text: str
    error: ToolError | None
    reward: float | None
    done: bool
    tools: list[ToolDefinition] | None
    metadata: Metadata
