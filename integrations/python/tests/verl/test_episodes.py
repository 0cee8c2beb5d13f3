"""Whole episodes: every bundled task, failing calls, and responses that are too long."""

import json
import os
from pathlib import Path

import pytest
from scripted_loop import ABORTED, END, hermes, play, tiny_tokenizer

SCRIPTS = json.loads(Path(os.environ["ENVTUNE_SCRIPTS"]).read_text())
TASK = "base_sand_grains"


def words(message: dict) -> str:
    return hermes(message["tool_calls"]) if message.get("tool_calls") else message["content"]


@pytest.mark.parametrize("task", sorted(SCRIPTS))
def test_the_ground_truth_earns_everything(task: str) -> None:
    script = [words(message) for message in SCRIPTS[task]]
    output, manager = play(script, {"task": task})
    assert output.reward_score == 1
    assert set(output.extra_fields["turn_scores"]) == {1}
    assert sum(output.extra_fields["extras"]["step_rewards"]) == pytest.approx(1)
    assert output.extra_fields["extras"]["ending"] == {"why": "completed"}
    assert len(manager.asked) == len(script)


def test_text_renderers_need_no_parser_of_verl() -> None:
    script = [words(message) for message in SCRIPTS["miss_func_ferry_crew"]]
    output, _ = play(script, {"task": "miss_func_ferry_crew", "renderer": "hermes"})
    heard = heard_by_the_model(output)
    assert output.reward_score == 1
    assert "Available from now on:\n<tools>" in heard
    assert "<tool_response>" in heard


def heard_by_the_model(output) -> str:
    ids = [
        token
        for token, ours in zip(output.response_ids, output.response_mask, strict=True)
        if not ours
    ]
    return tiny_tokenizer().decode(ids)


WRONG = '<tool_call>\n{"name": "divide", "arguments": {"a": 1, "b": 0}}\n</tool_call>'


def test_a_failing_call_shows_its_hint() -> None:
    script = [WRONG, "Sorry.", "Sorry.", "Sorry."]
    plain, _ = play(script, {"task": TASK})
    hinted, _ = play(script, {"task": TASK, "hints": "guide"})
    assert "Hint: " not in heard_by_the_model(plain)
    assert "Hint: " in heard_by_the_model(hinted)


@pytest.mark.parametrize(
    "broken",
    [
        '<tool_call>\n{"name": "add", "arguments": {"a": 1,\n</tool_call>',
        '<tool_call>\n{"name": "add", "arguments": {"a": 1, "b": 2}}\n</tool_call>\n'
        '<tool_call>\n{"name": "add"\n</tool_call>',
        '<tool_call>\n{"name": "add", "arguments": {"a": 1, "b": 2}}',
    ],
)
def test_a_call_that_cannot_be_read_is_told_and_ends_no_turn(broken: str) -> None:
    output, _ = play([broken, "x", "x", "x"], {"task": TASK})
    assert "could not be read" in heard_by_the_model(output)
    assert output.num_turns == 8


def test_thoughts_are_no_part_of_what_is_read() -> None:
    script = [f"<think>\n<tool_call>?\n</think>\n\n{words(m)}" for m in SCRIPTS[TASK]]
    output, _ = play(script, {"task": TASK})
    assert output.reward_score == 1


def test_a_message_that_fills_the_response_is_the_last() -> None:
    script = [words(message) for message in SCRIPTS[TASK]]
    size = len(tiny_tokenizer().encode(script[0] + END, add_special_tokens=False))
    output, manager = play(script, {"task": TASK}, response=size)
    assert len(output.response_ids) == len(output.response_mask) == size
    assert output.extra_fields["extras"]["ending"] == {"why": "tokenLimit"}
    assert output.reward_score == 0
    assert [asked["max_tokens"] for asked in manager.asked] == [size]


def test_an_answer_that_leaves_no_room_is_left_out() -> None:
    script = [words(message) for message in SCRIPTS[TASK]]
    size = len(tiny_tokenizer().encode(script[0] + END, add_special_tokens=False))
    output, manager = play(script, {"task": TASK}, response=size + 10)
    assert len(output.response_ids) == size
    assert output.response_mask == [1] * size
    assert output.extra_fields["extras"]["ending"] == {"why": "tokenLimit"}
    assert len(manager.asked) == 1


def test_a_message_that_is_cut_is_told_its_room() -> None:
    long = "word " * 400
    output, _ = play([long], {"task": TASK}, response=100)
    assert output.response_ids == tiny_tokenizer().encode(long, add_special_tokens=False)[:100]
    assert output.response_logprobs == [-0.5] * 100
    assert output.extra_fields["extras"]["ending"] == {"why": "tokenLimit"}


def test_a_limit_on_the_messages() -> None:
    script = [words(message) for message in SCRIPTS[TASK]]
    output, manager = play(script, {"task": TASK}, max_assistant_turns=3)
    assert len(manager.asked) == 3
    assert output.extra_fields["turn_scores"] == [1, 0, 0]
    assert output.extra_fields["extras"]["ending"] == {"why": "stepLimit"}
    assert output.reward_score == pytest.approx(1 / 3)


def test_what_is_paid_at_the_end_is_paid_where_a_conversation_is_cut_off() -> None:
    script = [words(message) for message in SCRIPTS[TASK]]
    options = {"task": TASK, "reward": "0.9*progress+0.1*format"}
    output, _ = play(script, options, max_assistant_turns=3)
    assert output.reward_score == pytest.approx(0.9 / 3 + 0.1)
    assert sum(output.extra_fields["extras"]["step_rewards"]) == pytest.approx(0.9 / 3 + 0.1)


@pytest.mark.parametrize("before", [0, 2])
def test_nothing_is_learned_where_the_inference_server_broke_off(before: int) -> None:
    script = [words(message) for message in SCRIPTS[TASK]][:before]
    output, _ = play([*script, ABORTED], {"task": TASK})
    assert output.extra_fields["extras"]["ending"]["why"] == "aborted"
    assert set(output.response_mask) == {0}
    assert len(output.response_ids) == len(output.response_mask) >= 1


def test_rows_as_tables_have_them() -> None:
    """With nulls where another row has something, also within."""
    script = [words(message) for message in SCRIPTS[TASK]]
    hints = {"guide": 1.0, "off": 0.0, "direct": None}
    output, _ = play(script, {"task": TASK, "seed": None, "hints": hints})
    assert output.reward_score == 1


def test_a_row_that_names_no_episode_is_refused() -> None:
    with pytest.raises(ValueError, match="name the episode"):
        play(["x"], {"hints": "guide"})


def test_a_prompt_that_does_not_fit_is_an_error_with_its_size() -> None:
    with pytest.raises(ValueError, match=r"has \d+ tokens, more than rollout.prompt_length=100"):
        play(["x"], {"task": TASK}, prompt=100)


def test_free_play_leaves_the_reward_to_verl() -> None:
    add = '<tool_call>\n{"name": "add", "arguments": {"a": 1, "b": 2}}\n</tool_call>'
    options = {"environments": ["MathAPI"], "user": "What is 1 + 2?"}
    output, _ = play([add, "3."], options)
    assert output.reward_score is None
    assert '{"result": 3}' in heard_by_the_model(output)
