"""``Toolset.url`` at our MCP server: verifiers' own chat program calls the tools of a session."""

import json
import os
from pathlib import Path

from evaluation import evaluate
from scripted_endpoint import said_before, scripted_endpoint

TASK = "base_sand_grains"
SCRIPT = json.loads(Path(os.environ["ENVTUNE_SCRIPTS"]).read_text())[TASK]


def calls(made: list[dict]) -> dict:
    """verifiers puts the name of the tool server before the name of each tool."""
    named = [{**c["function"], "name": f"envtune_{c['function']['name']}"} for c in made]
    return {
        "tool_calls": [
            {"id": c["id"], "type": "function", "function": function}
            for c, function in zip(made, named, strict=True)
        ]
    }


def test_tools_of_a_session_are_called_by_verifiers_own_program(tmp_path) -> None:
    ends = {"id": "call_end", "function": {"name": "next_user_request", "arguments": "{}"}}
    said = [calls(message.get("tool_calls") or [ends]) for message in SCRIPT]

    def answer(body):
        return [*said, {"content": "Goodbye."}][said_before(body)]

    own = ["--env.agent.harness.id", "null", "--env.agent.runtime.type", "subprocess"]
    prompts = ["--env.taskset.prompts", json.dumps({TASK: "Help me with my sediment homework."})]
    with scripted_endpoint(answer) as endpoint:
        traces = evaluate(tmp_path, "mcp-taskset", endpoint.url, *own, *prompts)
    trace = traces[TASK]
    assert not trace["errors"]
    assert trace["rewards"]["episode_reward"]["score"] == 1
    results = [m["content"] for m in endpoint.bodies[-1]["messages"] if m["role"] == "tool"]
    # What the user says next comes as the result of a tool.
    assert "The size scale we use" in str(results)
