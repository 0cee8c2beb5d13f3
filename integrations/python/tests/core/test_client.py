from __future__ import annotations

import copy
import pickle
from types import SimpleNamespace
from typing import Any

import pytest
from script import HALF, PERFECT, TASK, call

import envtune


def test_a_dialogue_is_played_to_its_end_and_graded(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="dialogue") as episode:
        assert [message["role"] for message in episode.messages if message["role"] != "system"] == [
            "user"
        ]
        assert episode.reward is None and episode.turn_scores == [] and not episode.done
        rewards = [episode.step(message).reward or 0.0 for message in PERFECT]
        assert episode.done
        assert episode.turn_scores == [1, 1, 1]
        assert episode.reward == 1.0
        assert sum(rewards) == pytest.approx(1.0)
        assert {type(reward) for reward in [*rewards, episode.reward]} == {float}
        assert [bool(reward) for reward in rewards] == [
            False,
            True,
            False,
            True,
            False,
            False,
            False,
            True,
        ]
        assert episode.metadata["ending"] == {"why": "completed"}


def test_the_conversation_holds_every_message_as_it_was_sent(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="dialogue") as episode:
        opening = list(episode.messages)
        steps = [(message, episode.step(message)) for message in PERFECT[:2]]
        expected = list(opening)
        for message, step in steps:
            sent = (
                {"role": "assistant", "content": message} if isinstance(message, str) else message
            )
            expected += [sent, *step.messages]
        assert episode.messages == expected
        result, request = steps[0][1].messages[0], steps[1][1].messages[-1]
        assert (result["role"], result["tool_call_id"]) == ("tool", "call_du")
        assert request["role"] == "user" and "scratch" in (request["content"] or "")


def test_a_failed_call_is_answered_with_a_hint_at_the_level_asked_for(
    client: envtune.Client,
) -> None:
    wrong = call("rmdir", {"dir_name": "scratchpad"})
    texts = []
    for level in ("off", "guide"):
        with client.start(task=TASK, mode="dialogue", hints=level) as episode:
            texts.append(episode.step(wrong).messages[0]["content"] or "")
    assert texts[1].startswith(texts[0]) and len(texts[1]) > len(texts[0])
    with client.start(task=TASK, mode="dialogue", hints={"off": 1.0}) as episode:
        assert episode.step(wrong).messages[0]["content"] == texts[0]


def test_half_an_episode_earns_the_share_of_its_turns(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="dialogue") as episode:
        for message in HALF:
            episode.step(message)
        assert episode.turn_scores == [1, 0, 0]
        assert episode.reward == pytest.approx(1 / 3)


def test_tools_mode_ends_turns_by_a_tool(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="tools") as episode:
        assert "next_user_request" in [tool["function"]["name"] for tool in episode.tools]
        size = episode.call("du", {"human_readable": True})
        assert size.error is None and "disk_usage" in size.text
        turn = episode.call("next_user_request")
        assert "scratch" in turn.text and turn.reward == pytest.approx(1 / 3)
        failed = episode.call("rmdir", '{"dir_name": "scratchpad"}')
        assert failed.error is not None and failed.error.message == failed.text
        assert not failed.done and episode.turn_scores == [1]
        assert episode.reward == pytest.approx(1 / 3)


def test_numbers_keep_their_form_in_tools_mode(client: envtune.Client) -> None:
    with client.start(environments=["MathAPI"], mode="tools", user="Add.") as episode:
        assert "3.0" in episode.call("add", {"a": 1.0, "b": 2.0}).text
        assert "3.0" not in episode.call("add", {"a": 1, "b": 2}).text


def test_free_play_has_no_reward(client: envtune.Client) -> None:
    with client.start(environments=["MathAPI"], mode="dialogue", user="What is 1 + 2?") as episode:
        assert episode.messages[-1] == {"role": "user", "content": "What is 1 + 2?"}
        step = episode.step(call("add", {"a": 1, "b": 2}))
        assert "3" in (step.messages[0]["content"] or "")
        assert step.reward is None and episode.reward is None
        assert episode.task == "free-play"


def test_tools_released_in_the_middle_arrive(client: envtune.Client) -> None:
    held = [task for task in client.tasks(category="miss_func") if task.turns > 1]
    with client.start(task=held[0].id, mode="dialogue") as episode:
        offered = {tool["function"]["name"] for tool in episode.tools}
        steps = []
        while not episode.done:
            steps.append(episode.step("I cannot do that."))
        released = [step.tools for step in steps if step.tools is not None]
        assert len(released) >= 1
        assert {tool["function"]["name"] for tool in released[-1]} > offered
        assert episode.tools == released[-1]


def test_a_session_goes_on_with_another_episode(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="dialogue") as episode:
        for message in PERFECT:
            episode.step(message)
        episode.reset(task="base_choir_setlist", mode="dialogue")
        assert episode.task == "base_choir_setlist"
        assert (episode.done, episode.reward, episode.turn_scores) == (False, None, [])
        assert "setlist" in (episode.messages[-1]["content"] or "")
        assert episode.state()["step_count"] == 0


def test_the_state_is_told_without_ground_truth(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="dialogue") as episode:
        before = episode.state()
        episode.step(PERFECT[2])
        after = episode.state()
        assert (before["step_count"], after["step_count"]) == (0, 1)
        assert before["state_hash"] != after["state_hash"]
        assert "intro_v1" not in str(after)


def test_tasks_and_tools_are_listed(client: envtune.Client, server: envtune.Server) -> None:
    tasks = client.tasks()
    assert len(tasks) == server.tasks
    thesis = next(task for task in tasks if task.id == TASK)
    assert thesis == envtune.TaskInfo(TASK, "thesis_tidy", "base", ("GorillaFileSystem",), False, 3)
    assert {task.category for task in client.tasks(category="miss_func")} == {"miss_func"}
    split = client.splits()[0]
    assert 0 < len(client.tasks(split=split)) <= len(tasks)
    tools = client.tools(["GorillaFileSystem", "MathAPI"])
    assert {"cat", "add"} <= {tool["function"]["name"] for tool in tools}
    assert tools[0]["type"] == "function"


def test_the_same_seed_picks_the_same_task(client: envtune.Client) -> None:
    drawn = []
    for seed in (7, 7, 8):
        with client.start(seed=seed) as episode:
            drawn.append(episode.task)
    assert drawn[0] == drawn[1] != drawn[2]


def test_messages_of_other_shapes_are_taken(client: envtune.Client) -> None:
    parsed = {"function": {"name": "du", "arguments": {"human_readable": True}}}
    dumped = SimpleNamespace(
        model_dump=lambda: {
            "role": "assistant",
            "content": "",
            "tool_calls": [parsed],
            "audio": None,
        }
    )
    with client.start(task=TASK, mode="dialogue") as episode:
        step = episode.step({"content": None, "tool_calls": [parsed]})
        sent = episode.messages[-2]
        assert sent["tool_calls"][0]["function"]["arguments"] == '{"human_readable":true}'
        assert step.messages[0]["tool_call_id"] == sent["tool_calls"][0]["id"] != ""
        assert episode.step(dumped).messages[0]["content"] == step.messages[0]["content"]


def test_any_text_of_a_model_can_be_sent(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="dialogue") as episode:
        assert episode.step("half a pair \ud83d, a zero \x00, and \u2028").reward is not None


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ({"task": "base_thesis_tydy"}, "unknownTask", "base_thesis_tidy"),
        ({"tsak": TASK}, "badOptions", "task"),
        ({"task": TASK, "hints": "loud"}, "badOptions", "hints"),
        ({"task": TASK, "step_limit": -1}, "badOptions", "step_limit"),
        ({"task": "../../etc/passwd"}, "unknownTask", "passwd"),
    ],
)
def test_bad_options_are_refused_by_name(
    client: envtune.Client, options: Any, code: str, said: str
) -> None:
    with pytest.raises(envtune.EnvtuneError) as caught:
        client.start(**options)
    assert caught.value.code == code
    assert said in caught.value.message


def test_what_an_episode_cannot_do_is_refused_with_a_code(client: envtune.Client) -> None:
    def code(act: Any) -> str:
        with pytest.raises(envtune.EnvtuneError) as caught:
            act()
        return caught.value.code

    with client.start(task=TASK, mode="dialogue") as episode:
        assert code(lambda: episode.call("du")) == "wrongMode"
        assert code(lambda: episode.step(3)) == "badAction"
        assert code(lambda: episode.step({"role": "user", "content": "hi"})) == "badAction"
        assert code(lambda: episode.step({"tool_calls": [{"id": "a"}]})) == "badAction"
        assert code(lambda: client.start(task=TASK, config={"x": float("nan")})) == "notJson"
        for message in PERFECT:
            episode.step(message)
        assert code(lambda: episode.step("more")) == "episodeOver"
    assert code(lambda: episode.step("more")) == "closed"
    episode.close()
    assert code(lambda: envtune.Client("localhost:8000")) == "badUrl"


def test_two_steps_at_once_are_told_apart(client: envtune.Client) -> None:
    with client.start(task=TASK, mode="dialogue") as episode:
        other = copy.copy(episode)
        episode.step(PERFECT[0])
        with pytest.raises(envtune.EnvtuneError) as caught:
            other.step(PERFECT[0])
        assert caught.value.code == "staleStep"


def test_a_client_and_its_errors_go_to_other_processes(client: envtune.Client) -> None:
    again = pickle.loads(pickle.dumps(client))
    assert (again.url, again._settings) == (client.url, client._settings)
    with again.start(task=TASK) as episode:
        assert episode.task == TASK
    error = pickle.loads(pickle.dumps(envtune.EnvtuneError("capacity", "full", {"max": 2})))
    assert (error.code, error.message, error.details) == ("capacity", "full", {"max": 2})
    assert str(error) == "full [capacity]"


def test_an_episode_that_is_cut_off_is_paid_what_is_left(client: envtune.Client) -> None:
    mixed = "0.5*progress+0.5*format"
    with client.start(task=TASK, mode="dialogue", reward=mixed) as episode:
        for message in HALF[:2]:
            episode.step(message)
        assert episode.reward == 0
        paid = episode.end()
        assert paid == pytest.approx(0.5 / 3 + 0.5)
        assert (episode.done, episode.reward) == (True, paid)
        assert episode.metadata["ending"] == {"why": "tokenLimit"}
        assert episode.end() == 0
    with client.start(task=TASK, mode="tools") as episode:
        assert episode.end("stepLimit") == 0
        assert episode.metadata["ending"] == {"why": "stepLimit"}
    with client.start(environments=["MathAPI"]) as episode:
        assert episode.end() is None
