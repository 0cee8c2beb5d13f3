"""Tool-use environments that teach: a client, the bundled server, and adapters for RL frameworks.

The adapters are modules of their own (``envtune.trl``, ``envtune.verl``, ``envtune.verifiers``,
``envtune.tinker_cookbook``), so that importing this package needs none of the frameworks.
"""

from .async_client import AsyncClient, AsyncEpisode
from .client import Client, Episode
from .errors import EnvtuneError
from .launch import Server, launch
from .types import (
    ChatMessage,
    Ending,
    HintLevel,
    Metadata,
    Mode,
    ModelMessage,
    ResetOptions,
    Step,
    TaskInfo,
    ToolCall,
    ToolDefinition,
    ToolError,
    ToolResult,
)

__version__ = "0.4.0"

__all__ = [
    "AsyncClient",
    "AsyncEpisode",
    "ChatMessage",
    "Client",
    "Ending",
    "EnvtuneError",
    "Episode",
    "HintLevel",
    "Metadata",
    "Mode",
    "ModelMessage",
    "ResetOptions",
    "Server",
    "Step",
    "TaskInfo",
    "ToolCall",
    "ToolDefinition",
    "ToolError",
    "ToolResult",
    "__version__",
    "launch",
]
