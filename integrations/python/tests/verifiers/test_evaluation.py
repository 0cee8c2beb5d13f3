"""verifiers' own evaluation plays the bundled tasks with a scripted model."""

import json
import os
from pathlib import Path

import pytest
from evaluation import evaluate, evaluate_by_command
from scripted_endpoint import said_before, scripted_endpoint, user_text

import envtune

URL = os.environ["ENVTUNE_URL"]
SCRIPTS = json.loads(Path(os.environ["ENVTUNE_SCRIPTS"]).read_text())
# Every other task is played wrongly at first, so that rewards differ.
PLAYED = {
    task: [{"content": "Sorry."}, *script[-1:] * 9] if place % 2 else script
    for place, (task, script) in enumerate(SCRIPTS.items())
}


@pytest.fixture(scope="module")
def by_opening() -> dict[str, str]:
    """Tasks by what their user says first, which is how the endpoint knows them."""
    with envtune.Client(URL) as client:
        texts = {}
        for task in client.tasks():
            with client.start(task=task.id) as episode:
                texts[episode.messages[-1]["content"]] = task.id
    assert len(texts) == len(SCRIPTS)
    return texts


def test_rewards_are_those_of_the_episodes(tmp_path, by_opening) -> None:
    def answer(body):
        return PLAYED[by_opening[user_text(body)]][said_before(body)]

    with scripted_endpoint(answer) as endpoint:
        traces = evaluate_by_command(tmp_path, "envtune-verifiers", endpoint.url)

    assert traces.keys() == PLAYED.keys()
    with envtune.Client(URL) as client:
        for name, trace in traces.items():
            with client.start(task=name) as episode:
                said = iter(PLAYED[name])
                while not episode.done:
                    episode.step(next(said))
                facts = trace["info"]["envtune"]
                assert trace["rewards"]["episode_reward"]["score"] == episode.reward
                assert facts["turn_scores"] == episode.turn_scores
                assert sum(facts["step_rewards"]) == pytest.approx(episode.reward)
                assert facts["ending"] == {"why": "completed"}
                assert trace["metrics"]["turns_achieved"] == pytest.approx(
                    sum(episode.turn_scores) / len(episode.turn_scores)
                )
                assert not trace["errors"]
    rewards = {trace["rewards"]["episode_reward"]["score"] for trace in traces.values()}
    assert 1 in rewards and len(rewards) > 2


def one(tmp_path, task: str, answer, *options: str):
    """The trace of a single task, and the requests that the endpoint got."""
    chosen = ["--select.include.names", json.dumps([task])]
    with scripted_endpoint(answer) as endpoint:
        traces = evaluate(tmp_path, "envtune-verifiers", endpoint.url, *chosen, *options)
    assert list(traces) == [task]
    return traces[task], endpoint.bodies


def names(body) -> list[str]:
    return [tool["function"]["name"] for tool in body.get("tools", [])]


def test_users_speak_again_and_a_tool_comes_later(tmp_path) -> None:
    task = "miss_func_ferry_crew"
    trace, bodies = one(tmp_path, task, lambda body: SCRIPTS[task][said_before(body)])
    assert trace["rewards"]["episode_reward"]["score"] == 1
    assert ["delete_message" in names(body) for body in bodies] == [False] + [True] * 4
    users = [m["content"] for m in bodies[-1]["messages"] if m["role"] == "user"]
    assert len(users) == 3
    # verifiers keeps tools with a conversation's first message: a change of tools is a new branch.
    roots = [node for node in trace["nodes"] if node.get("parent") is None]
    assert [len(node["tools"]) for node in roots] == [len(names(bodies[0])), len(names(bodies[1]))]


def test_one_conversation_is_one_branch(tmp_path) -> None:
    task = "base_sand_grains"
    trace, _ = one(tmp_path, task, lambda body: SCRIPTS[task][said_before(body)])
    parents = [node.get("parent") for node in trace["nodes"]]
    assert parents == [None, *range(len(parents) - 1)]
    assert sum(node.get("sampled", False) for node in trace["nodes"]) == len(SCRIPTS[task])


DIVIDE = {
    "tool_calls": [
        {
            "id": "call_1",
            "type": "function",
            "function": {"name": "divide", "arguments": '{"a": 1, "b": 0}'},
        }
    ]
}


@pytest.mark.parametrize("hints", ["off", "guide"])
def test_a_failing_call_shows_its_hint(tmp_path, hints: str) -> None:
    def answer(body):
        return {"content": "Sorry."} if said_before(body) else DIVIDE

    _, bodies = one(tmp_path, "base_sand_grains", answer, "--env.taskset.hints", hints)
    [result] = [m["content"] for m in bodies[1]["messages"] if m["role"] == "tool"]
    assert ("Hint: " in result) == (hints == "guide")


def test_arguments_that_cannot_be_read_are_told_and_not_sent_again(tmp_path) -> None:
    broken = json.loads(json.dumps(DIVIDE))
    broken["tool_calls"][0]["function"]["arguments"] = '{"a": 1,'

    def answer(body):
        return {"content": "Sorry."} if said_before(body) else broken

    trace, bodies = one(tmp_path, "base_sand_grains", answer)
    _, said, result = bodies[1]["messages"]
    assert said["tool_calls"][0]["function"]["arguments"] == "{}"
    assert "could not be read" in result["content"]
    assert not trace["errors"]


def test_a_text_renderer(tmp_path) -> None:
    option = ["--env.taskset.renderer", "hermes"]
    trace, bodies = one(tmp_path, "base_sand_grains", lambda _: {"content": "Sorry."}, *option)
    assert names(bodies[0]) == []
    assert "<tools>" in bodies[0]["messages"][0]["content"]
    assert trace["metrics"]["completed"] == 1


def test_a_system_prompt_of_ones_own(tmp_path) -> None:
    file = tmp_path / "system.txt"
    file.write_text("Be brief.")
    option = ["--env.taskset.system-prompt", str(file)]
    _, bodies = one(tmp_path, "base_sand_grains", lambda _: {"content": "Sorry."}, *option)
    first, second = bodies[0]["messages"]
    assert first == {"role": "system", "content": "Be brief."}
    assert second["role"] == "user"


def test_several_rollouts_and_an_environment_of_verifiers(tmp_path) -> None:
    task = "base_sand_grains"
    options = ["--env.id", "best-of-n", "--env.n", "2", "--env.agent.runtime.type", "subprocess"]
    trace, _ = one(tmp_path, task, lambda body: SCRIPTS[task][said_before(body)], *options)
    assert trace["rewards"]["episode_reward"]["score"] == 1


def test_a_limit_of_verifiers_keeps_what_was_earned(tmp_path) -> None:
    task = "base_sand_grains"
    limit = ["--env.agent.max-turns", "3"]
    trace, bodies = one(tmp_path, task, lambda body: SCRIPTS[task][said_before(body)], *limit)
    assert len(bodies) == 3
    assert trace["stop_condition"] == "max_turns"
    assert trace["rewards"]["episode_reward"]["score"] == pytest.approx(1 / 3)
    assert trace["info"]["envtune"]["ending"] == {"why": "tokenLimit"}
    assert trace["info"]["envtune"]["turn_scores"] == [1, 0, 0]
    assert trace["metrics"]["completed"] == 0


def test_what_is_paid_at_the_end_is_paid_where_a_limit_ends_the_rollout(tmp_path) -> None:
    task = "base_sand_grains"
    options = ["--env.agent.max-turns", "3", "--env.taskset.reward", "0.9*progress+0.1*format"]
    trace, _ = one(tmp_path, task, lambda body: SCRIPTS[task][said_before(body)], *options)
    assert trace["rewards"]["episode_reward"]["score"] == pytest.approx(0.9 / 3 + 0.1)


def test_a_conversation_longer_than_the_context_ends(tmp_path) -> None:
    task = "base_sand_grains"
    full = {"error": {"message": "This model's maximum context length is 100 tokens."}}

    def answer(body):
        return SCRIPTS[task][said_before(body)] if said_before(body) < 2 else full

    trace, _ = one(tmp_path, task, answer)
    assert not trace["errors"]
    assert trace["rewards"]["episode_reward"]["score"] == pytest.approx(1 / 3)


def test_an_endpoint_that_fails_is_an_error_of_the_rollout(tmp_path) -> None:
    refuse = {"error": {"message": "no such model"}}
    trace, _ = one(tmp_path, "base_sand_grains", lambda _: refuse)
    assert trace["errors"][0]["type"] == "ProviderError"
    assert trace["ok"] is False


def test_a_wrong_option_names_itself(tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        one(tmp_path, "x", lambda _: {}, "--env.taskset.categry", "base")
    assert "--env.taskset.categry" in capsys.readouterr().err
    with pytest.raises(envtune.EnvtuneError, match="reward: "):
        one(tmp_path, "x", lambda _: {}, "--env.taskset.reward", "progres")
