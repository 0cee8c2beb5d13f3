"""``GRPOTrainer(environment_factory=...)``: tools alone."""

from __future__ import annotations

import gc
import inspect
import json
import pickle
import urllib.request
from typing import Any

import pytest
from scripted import Script, calls_text, messages_in, solution, steps_of

from envtune import Client, EnvtuneError
from envtune.datasets import rows
from envtune.trl import environment_factories, environment_factory, episode_metrics

OSPREY = "base_osprey_morning"
LIGHTHOUSE = "miss_func_lighthouse_fog"
NEXT = {"name": "next_user_request", "arguments": {}}


def row_of(client: Client, task: str, **options: Any) -> dict[str, Any]:
    return next(
        row for row in rows(client, "trl", options=options) if row["envtune"]["task"] == task
    )


def active_sessions(url: str) -> int:
    text = urllib.request.urlopen(f"{url}/metrics").read().decode()
    found = next(line for line in text.splitlines() if line.startswith("envtune_sessions_active"))
    return int(float(found.split()[-1]))


def test_an_episode_by_hand(client: Client, url: str) -> None:
    environment = environment_factory(url, ["TwitterAPI"], options={"hints": "guide"})()
    row = row_of(client, OSPREY)
    first = row["prompt"][-1]["content"]
    assert environment.reset(**row) is None, "the prompt holds the request already"
    assert environment.reset(**{**row, "prompt": [{"role": "user", "content": ""}]}) == first
    with_preface = [{"role": "user", "content": "Be brief."}]
    assert environment.reset(**{**row, "prompt": with_preface}) == f"\n\n{first}"
    for turn in solution(OSPREY):
        for call in turn:
            told = getattr(environment, call["name"])(**call["arguments"])
            assert "rror" not in told
        last = environment.next_user_request()
    assert last.endswith("The conversation is over: the user has no further request.")
    assert environment.turn_scores == [1, 1, 1]
    assert environment.get_reward() == 1
    assert environment.ending == "completed"


def test_an_answer_ends_the_turn(client: Client, url: str) -> None:
    environment = environment_factory(url, ["TwitterAPI"])()
    environment.reset(**row_of(client, OSPREY))
    for call in solution(OSPREY)[0]:
        getattr(environment, call["name"])(**call["arguments"])
    # TRL stops asking once the model answers without a call.
    assert environment.get_reward() == pytest.approx(1 / 3)
    assert environment.get_reward() == pytest.approx(1 / 3)
    assert environment.turn_scores == [1, 0, 0], "and the episode with it"


def test_a_reward_paid_at_the_end_is_paid_though_turns_are_left(client: Client, url: str) -> None:
    options = {"reward": "0.9*progress+0.1*format"}
    environment = environment_factory(url, ["TwitterAPI"], options=options)()
    environment.reset(**row_of(client, OSPREY))
    for call in solution(OSPREY)[0]:
        getattr(environment, call["name"])(**call["arguments"])
    assert environment.get_reward() == pytest.approx(0.9 / 3 + 0.1)


def test_failures_are_texts(client: Client, url: str) -> None:
    environment = environment_factory(url, ["TwitterAPI"], options={"hints": "guide"})()
    environment.reset(**row_of(client, OSPREY))
    refused, hint = environment.retweet(tweet_id=99999).split("\n")
    assert json.loads(refused) == {"error": "Tweet with ID 99999 not found."}
    assert hint.startswith("Hint: ") and "tweet_id" in hint
    assert "no argument 'wrong_name'" in environment.post_tweet(wrong_name=1)
    assert (environment.calls, environment.failed_calls) == (2, 2)
    quiet = environment_factory(url, ["TwitterAPI"], options={"hints": "off"})()
    quiet.reset(**row_of(client, OSPREY))
    assert quiet.retweet(tweet_id=99999) == refused


def test_tools_that_come_later(client: Client, url: str) -> None:
    environment = environment_factory(url, ["TwitterAPI"])()
    environment.reset(**row_of(client, LIGHTHOUSE))
    turns = solution(LIGHTHOUSE)
    for call in turns[0]:
        getattr(environment, call["name"])(**call["arguments"])
    early = environment.post_tweet(content="x")
    assert early == "Error during execution: name 'post_tweet' is not defined"
    assert environment.failed_calls == 1
    environment.next_user_request()
    assert '"name":"post_tweet"' in environment.next_user_request()
    for turn in turns[2:]:
        for call in turn:
            assert "rror" not in getattr(environment, call["name"])(**call["arguments"])
        environment.next_user_request()
    assert environment.get_reward() == 1


def test_after_the_end_and_before_the_start(client: Client, url: str) -> None:
    environment = environment_factory(url, ["TwitterAPI"])()
    assert environment.get_reward() is None
    with pytest.raises(EnvtuneError, match="reset"):
        environment.next_user_request()
    environment.reset(**row_of(client, OSPREY))
    for _ in range(3):
        environment.next_user_request()
    over = "The conversation is over: the user has no further request."
    assert environment.post_tweet(content="late") == over
    assert environment.failed_calls == 1
    assert environment.get_reward() == 0


def test_rows_that_say_too_little(client: Client, url: str) -> None:
    environment = environment_factory(url, ["TwitterAPI"])()
    with pytest.raises(ValueError, match=r"reset options are needed"):
        environment.reset(prompt=[{"role": "user", "content": ""}])
    with pytest.raises(ValueError, match="name the episode"):
        environment.reset(envtune={"hints": "off"})
    with pytest.raises(EnvtuneError, match="hints"):
        environment.reset(envtune=json.dumps({"task": OSPREY, "hint": "off"}))
    row = row_of(client, OSPREY)
    with pytest.raises(ValueError, match="system message"):
        environment.reset(envtune={"task": OSPREY, "prompt": "standard"}, prompt=row["prompt"])


def test_a_session_that_is_gone_and_a_server_that_is(client: Client, url: str) -> None:
    environment = environment_factory(url, ["TwitterAPI"])()
    row = row_of(client, OSPREY)
    environment.reset(**row)
    environment._episode.close()
    environment._episode._closed = False
    assert environment.authenticate_twitter(username="a", password="b") == (
        "The environment cannot be reached any more."
    )
    assert environment.ending == "lost"
    assert environment.get_reward() is None, "not the model's doing"
    environment.reset(**row)
    assert environment.ending is None


def test_factories_can_be_pickled_and_share_a_class(url: str) -> None:
    factory = environment_factory(url, ["TwitterAPI"], options={"hints": "guide"})
    again = pickle.loads(pickle.dumps(factory))
    assert again == factory
    assert type(again()) is type(factory())
    names = dict(inspect.getmembers(type(factory()), inspect.isfunction))
    assert {name for name in names if not name.startswith("_")} == {
        *(tool["function"]["name"] for tool in json.loads(factory.tools)),
        "reset",
        "get_reward",
    }


def test_sessions_are_given_back(client: Client, url: str) -> None:
    gc.collect()
    before = active_sessions(url)
    environment = environment_factory(url, ["TwitterAPI"])()
    row = row_of(client, OSPREY)
    environment.reset(**row)
    environment.reset(**row)
    assert active_sessions(url) == before + 1
    del environment
    gc.collect()
    assert active_sessions(url) == before


def test_two_steps_of_training(client: Client, url: str, train: Any) -> None:
    """One of each two rollouts solves its first turn and then gives up; the other says no."""
    osprey, lighthouse = (row_of(client, task, hints="guide") for task in (OSPREY, LIGHTHOUSE))
    trainer = train(
        [osprey, lighthouse],
        environment_factory=environment_factory(url, ["TwitterAPI"]),
        reward_funcs=episode_metrics,
    )
    plans = [[[*solution(task)[0], NEXT]] for task in (OSPREY, LIGHTHOUSE)]

    def say(row: int, prompt: str) -> str:
        talk = messages_in(prompt)
        step = 0 if osprey["prompt"][-1]["content"] in prompt else 1
        answered = sum(role == "assistant" for role, _ in talk) - 1
        # The loop goes on with those alone that called something.
        if answered == 0 and row == 1:
            return "No.<|im_end|>"
        plan = plans[step]
        return f"{calls_text(plan[answered]) if answered < len(plan) else 'Done.'}<|im_end|>"

    script = Script(trainer, say)
    trainer.train()
    steps = steps_of(trainer)
    assert len(steps) == 2
    # Osprey: one turn of three. Lighthouse: the turn of the missing tool is right without a call.
    expected = [((1 / 3) + 0) / 2, ((2 / 4) + 0) / 2]
    assert [step["rewards/EnvtuneEnvironment/mean"] for step in steps] == pytest.approx(expected)
    assert [step["reward"] for step in steps] == pytest.approx(expected)
    assert all(step["grad_norm"] > 0 for step in steps)
    calls = [len(plan[0]) / 2 for plan in plans]
    assert [step["tools/call_frequency"] for step in steps] == pytest.approx(calls)
    assert [step["envtune/failed_calls"] for step in steps] == [0, 0]
    assert len(trainer._environment_pool[None]) == 2, "instances are used again"
    # Every prompt goes on from an earlier one, or begins.
    for prompt in script.prompts:
        text = script.tokenizer.decode(prompt)
        assert '"next_user_request"' in text


def test_a_hint_reaches_the_model(client: Client, url: str, train: Any) -> None:
    trainer = train(
        [row_of(client, OSPREY, hints="guide")],
        environment_factory=environment_factory(url, ["TwitterAPI"]),
        reward_funcs=episode_metrics,
        settings={"max_steps": 1},
    )
    wrong = [{"name": "retweet", "arguments": {"tweet_id": 99999}}]

    def say(row: int, prompt: str) -> str:
        return f"{'Done.' if '<tool_response>' in prompt else calls_text(wrong)}<|im_end|>"

    script = Script(trainer, say)
    trainer.train()
    seen = script.tokenizer.decode(script.prompts[-1]).split("<tool_response>")[-1]
    assert '{"error": "Tweet with ID 99999 not found."}\nHint: ' in seen
    (step,) = steps_of(trainer)
    assert step["envtune/failed_calls"] == 1
    assert step["tools/failure_frequency"] == 0, "TRL counts exceptions alone"


def test_a_prompt_has_the_tools_of_its_own_environments(
    client: Client, url: str, train: Any
) -> None:
    factories = environment_factories(url, [["TwitterAPI"], ["MathAPI"]])
    assert list(factories) == ["TwitterAPI", "MathAPI"]
    everything = environment_factories(url)
    assert {row["environment"] for row in rows(client, "trl")} == everything.keys()
    trainer = train(
        [row_of(client, OSPREY), row_of(client, "base_sand_grains")],
        environment_factory=factories,
    )
    script = Script(trainer, lambda row, prompt: "No.<|im_end|>")
    trainer.train()
    twitter, maths = (script.tokenizer.decode(script.prompts[at]) for at in (0, 2))
    assert '"post_tweet"' in twitter and '"standard_deviation"' not in twitter
    assert '"standard_deviation"' in maths and '"post_tweet"' not in maths
    assert "rewards/Envtune_MathAPI/mean" in steps_of(trainer)[1]


def test_a_model_that_knows_nothing(client: Client, url: str, train: Any) -> None:
    """Sampled from random weights, as they are: it calls nothing, and earns what silence earns."""
    trainer = train(
        [row_of(client, OSPREY)],
        environment_factory=environment_factory(url, ["TwitterAPI"]),
        settings={"max_completion_length": 16},
    )
    trainer.train()
    for step in steps_of(trainer):
        assert step["tools/call_frequency"] == 0
        assert step["reward"] == 0
