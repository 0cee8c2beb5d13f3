"""OpenEnv's own client, MCP client and checks against a running envtune server.

Run by tests/slow/frameworks/openenv.test.ts, which starts the servers, and names them in the
environment.
"""

from __future__ import annotations

import asyncio
import json
import os
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from openenv.cli._validation import validate_running_environment
from openenv.core.env_server.mcp_types import CallToolAction, CallToolObservation, ListToolsAction
from openenv.core.generic_client import GenericEnvClient
from openenv.core.mcp_client import MCPToolClient
from openenv.validation.graders.runtime import (
    ObservationSchemaGrader,
    RewardWellFormedGrader,
    StateContractGrader,
)
from openenv.validation.runtime.collector import collect_runtime_evidence
from openenv.validation.runtime.contracts import RuntimePlan

SIMULATION = os.environ["ENVTUNE_SIMULATION_URL"]
PRODUCTION = os.environ["ENVTUNE_PRODUCTION_URL"]
SMALL = os.environ["ENVTUNE_SMALL_URL"]
"""A server with room for two sessions."""

TASK: dict[str, Any] = json.loads(os.environ["ENVTUNE_TASK"])
"""Its id; per turn the user's message, and the calls of a solution as name and arguments."""

TURNS = TASK["turns"]


def message(*calls: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """What a model says: calls, or that it is done."""
    if not calls:
        return {"type": "message", "content": "Done."}
    tool_calls = [
        {
            "id": f"c{index}",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps(arguments)},
        }
        for index, (name, arguments) in enumerate(calls)
    ]
    return {"type": "message", "content": None, "tool_calls": tool_calls}


def solution() -> list[dict[str, Any]]:
    """The messages that solve the task, turn by turn."""
    return [
        said
        for turn in TURNS
        for said in ([message(*map(tuple, turn["calls"]))] if turn["calls"] else []) + [message()]
    ]


@pytest.mark.parametrize("url", [SIMULATION, PRODUCTION], ids=["simulation", "production"])
def test_the_validator_passes_every_criterion(url: str) -> None:
    report = validate_running_environment(url)
    for criterion in report["criteria"]:
        print("PASS" if criterion["passed"] else "FAIL", criterion["id"])
    print(f"mode {report['mode']}, {report['standard_profile']}: {report['summary']}")
    assert report["passed"]
    assert report["mode"] == ("simulation" if url == SIMULATION else "production")
    assert report["summary"]["passed_count"] == report["summary"]["total_count"] == 6


@pytest.mark.parametrize("mode", ["dialogue", "tools"])
def test_the_runtime_graders_pass_over_an_episode(mode: str) -> None:
    if mode == "dialogue":
        actions = [message(("no_such_tool", {})), *solution()]
    else:
        calls = [
            ("no_such_tool", {}),
            *(call for turn in TURNS for call in [*turn["calls"], ("next_user_request", {})]),
        ]
        actions = [
            {"type": "call_tool", "tool_name": name, "arguments": arguments}
            for name, arguments in calls
        ]
    reset = {
        "episode_id": "measured",
        "seed": 1,
        "options": {"task": TASK["id"], "mode": mode, "step_limit": 50},
    }
    plan = RuntimePlan.model_validate(
        {"plan_schema_version": "1", "reset": reset, "actions": actions}
    )
    evidence = collect_runtime_evidence(SIMULATION, plan, episode_timeout_s=30)
    assert evidence.failure_reason is None
    assert len([row for row in evidence.exchanges if row.operation == "step"]) == len(actions)
    manifest = SimpleNamespace(reward=SimpleNamespace(range=(0.0, 1.0)))
    subject = SimpleNamespace(runtime_evidence=evidence, manifest=manifest)
    for grader in (ObservationSchemaGrader(), RewardWellFormedGrader(), StateContractGrader()):
        result = grader.run(subject)
        print(f"{mode}: {result.status.value.upper()} {result.check_id}")
        assert result.status.value == "pass", result.evidence


def test_the_generic_client_plays_a_dialogue_and_earns_the_whole_reward() -> None:
    with GenericEnvClient(base_url=SIMULATION).sync() as env:
        result = env.reset(task=TASK["id"], episode_id="mine")
        assert [said["role"] for said in result.observation["messages"]] == ["user"]
        assert result.observation["messages"][0]["content"] == TURNS[0]["user"]
        assert result.observation["tools"][0]["type"] == "function"
        assert (result.reward, result.done) == (None, False)
        heard, total = [], 0.0
        for said in solution():
            assert not result.done
            result = env.step(said)
            total += result.reward
            heard += [
                one["content"] for one in result.observation["messages"] if one["role"] == "user"
            ]
        assert result.done
        assert heard == [turn["user"] for turn in TURNS[1:]]
        assert total == pytest.approx(1.0)
        assert result.metadata["turn_scores"] == [1] * len(TURNS)
        state = env.state()
        assert (state["episode_id"], state["done"]) == ("mine", True)
        assert state["step_count"] == len(solution())


def test_the_generic_client_plays_with_tools_alone() -> None:
    with GenericEnvClient(base_url=SIMULATION).sync() as env:
        env.reset(task=TASK["id"], mode="tools")
        total = 0.0
        for turn in TURNS:
            for name, arguments in turn["calls"]:
                result = env.step(CallToolAction(tool_name=name, arguments=arguments))
                assert result.observation["error"] is None
                total += result.reward
            result = env.step({"type": "call_tool", "tool_name": "next_user_request"})
            total += result.reward
        assert result.done
        assert total == pytest.approx(1.0)


def test_a_float_stays_a_float() -> None:
    with GenericEnvClient(base_url=SIMULATION).sync() as env:
        env.reset(environments=["MathAPI"], mode="tools", profile="bfcl")
        add = {"type": "call_tool", "tool_name": "add"}
        assert (
            env.step({**add, "arguments": {"a": 5.0, "b": 2}}).observation["result"]
            == '{"result": 7.0}'
        )
        assert (
            env.step({**add, "arguments": {"a": 5, "b": 2}}).observation["result"]
            == '{"result": 7}'
        )


def test_errors_say_what_to_do_and_leave_the_connection_open() -> None:
    with GenericEnvClient(base_url=SIMULATION).sync() as env:
        with pytest.raises(RuntimeError, match=r"reset before the first step.*EXECUTION_ERROR"):
            env.step(message())
        with pytest.raises(RuntimeError, match=r"did you mean 'seed'.*VALIDATION_ERROR"):
            env.reset(sead=1)
        with pytest.raises(
            RuntimeError, match=r"type: missing; an action is one of.*VALIDATION_ERROR"
        ):
            env.step({"value": 1})
        env.reset(environments=["MathAPI"], user="Hello")
        assert env.step(message()).done
        with pytest.raises(RuntimeError, match=r"has ended.*EXECUTION_ERROR"):
            env.step(message())
        assert env.reset().done is False


def test_a_full_server_refuses_by_name_and_has_room_again() -> None:
    with GenericEnvClient(base_url=SMALL).sync() as first:
        first.reset()
        with GenericEnvClient(base_url=SMALL).sync() as second:
            second.reset()
            with GenericEnvClient(base_url=SMALL).sync() as third:
                with pytest.raises(RuntimeError, match=r"CAPACITY_REACHED"):
                    third.reset()
        for _ in range(20):
            with GenericEnvClient(base_url=SMALL).sync() as again:
                assert again.reset().done is False


def test_concurrent_sessions_do_not_mix() -> None:
    async def play(seed: int) -> tuple[str, int]:
        async with GenericEnvClient(base_url=SIMULATION) as env:
            task = (await env.reset(seed=seed)).metadata["task"]
            await env.step(message())
            state = await env.state()
            assert state["task"] == task
            return task, state["step_count"]

    async def play_all() -> list[tuple[str, int]]:
        return await asyncio.gather(*(play(seed) for seed in range(20)))

    played = asyncio.run(play_all())
    assert len({task for task, _ in played}) == 20
    assert {steps for _, steps in played} == {1}


@pytest.mark.parametrize("url", [SIMULATION, PRODUCTION], ids=["simulation", "production"])
def test_the_mcp_client_lists_and_calls_tools(url: str) -> None:
    with MCPToolClient(base_url=url).sync() as env:
        start = env.reset(task=TASK["id"], mode="tools")
        assert start.observation.messages[0]["content"] == TURNS[0]["user"]
        tools = {tool.name: tool for tool in env.list_tools()}
        assert "next_user_request" in tools
        assert tools["next_user_request"].input_schema["type"] == "object"
        for index, turn in enumerate(TURNS):
            for name, arguments in turn["calls"]:
                assert isinstance(env.call_tool(name, **arguments), str)
            said = env.call_tool("next_user_request")
            if index + 1 < len(TURNS):
                assert TURNS[index + 1]["user"] in said
        with pytest.raises(RuntimeError, match="has ended"):
            env.call_tool("next_user_request")
        steps = sum(len(turn["calls"]) + 1 for turn in TURNS)
        assert env.state().step_count == steps


def test_the_mcp_client_gets_a_failed_calls_text_both_ways() -> None:
    with MCPToolClient(base_url=SIMULATION).sync() as env:
        env.reset(environments=["GorillaFileSystem"], mode="tools", hints="guide")
        with pytest.raises(RuntimeError, match="attic"):
            env.call_tool("cd", folder="attic")
        step = env.step(CallToolAction(tool_name="cd", arguments={"folder": "attic"}))
        assert isinstance(step.observation, CallToolObservation)
        assert step.observation.error is not None
        assert step.observation.error.error_type.value == "execution_error"
        assert step.observation.error.message == step.observation.result


def test_the_mcp_client_needs_no_reset_to_call_tools() -> None:
    with MCPToolClient(base_url=PRODUCTION).sync() as env:
        names = [tool.name for tool in env.list_tools()]
        assert {"cd", "add", "next_user_request"} <= set(names)
        assert isinstance(env.call_tool("next_user_request"), str)
        listed = env.step(ListToolsAction())
        assert len(listed.observation.tools) < len(names)


def test_an_mcp_client_leaves_no_session_behind() -> None:
    for _ in range(10):
        with MCPToolClient(base_url=SMALL).sync() as env:
            env.reset(mode="tools")


def test_verifiers_way_of_using_a_server() -> None:
    """Its `openenv` taskset reads the title of the action's schema, lists tools, then resets."""
    title = httpx.get(f"{SIMULATION}/schema").json()["action"]["title"]
    assert title in {"Action", "CallToolAction", "ListToolsAction"}
    schema = CallToolAction.model_json_schema()
    with GenericEnvClient(base_url=SIMULATION).sync() as env:
        tools = env.step({"type": "list_tools"}).observation["tools"]
        json.dumps({**schema, "available_tools": tools})
        env.reset(task=TASK["id"], mode="tools")
        # What a model writes by that schema, in which `type` has a default.
        result = env.step({"tool_name": "next_user_request", "arguments": {}})
        assert TURNS[1]["user"] in result.observation["result"]
        # Words that are no JSON become the one field that the schema requires.
        env.reset(environments=["MathAPI"], mode="tools")
        assert (
            env.step({"tool_name": "I am done."}).observation["error"]["error_type"]
            == "tool_not_found"
        )


def test_the_task_api_selects_what_a_reset_plays() -> None:
    (name,) = httpx.get(f"{SIMULATION}/list_environments").json()
    (split, *_) = httpx.get(f"{SIMULATION}/{name}/splits").json()
    count = httpx.post(f"{SIMULATION}/{name}/num_tasks", json={"split": split["name"]}).json()[
        "num_tasks"
    ]
    place = {"split": split["name"], "index": count - 1}
    task = httpx.post(f"{SIMULATION}/{name}/task", json=place).json()["task"]
    with GenericEnvClient(base_url=SIMULATION).sync() as env:
        assert env.reset(**place).metadata["task"] == task["id"]
