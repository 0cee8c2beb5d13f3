"""``GRPOTrainer(rollout_func=...)``: whole conversations."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
import trl
from scripted import Script, bundled, calls_text, messages_in, solution, steps_of

from envtune import Client, EnvtuneError
from envtune.datasets import rows
from envtune.trl import episode_metrics, episode_reward, rollout_func
from envtune.trl.chat_tokens import ChatTokens

OSPREY = "base_osprey_morning"
LIGHTHOUSE = "miss_func_lighthouse_fog"


def row_of(client: Client, task: str, **options: Any) -> dict[str, Any]:
    listed = rows(client, "trl", options=options)
    return next(row for row in listed if row["envtune"]["task"] == task)


def solver(task: str, gives_up: int | None = None) -> Any:
    """Says what solves the task, a message for the calls of a turn and one that ends it; the row
    ``gives_up`` says no from the second turn on."""
    turns = solution(task)

    def say(row: int, prompt: str) -> str:
        said = sum(role == "assistant" for role, _ in messages_in(prompt)) - 1
        texts = [
            text for turn in turns for text in ([calls_text(turn)] if turn else []) + ["Done."]
        ]
        return f"{'No.' if row == gives_up and said > 1 else texts[said]}<|im_end|>"

    return say


class Recorder:
    """A rollout function, and what it returned."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.outputs: list[dict[str, Any]] = []

    def __call__(self, prompts: Any, trainer: Any) -> dict[str, Any]:
        self.outputs.append(self.inner(prompts, trainer))
        return self.outputs[-1]


def test_a_whole_conversation(client: Client, url: str, train: Any) -> None:
    recorder = Recorder(rollout_func(url, options={"hints": "guide"}))
    trainer = train(
        [row_of(client, OSPREY)],
        rollout_func=recorder,
        reward_funcs=[episode_reward, episode_metrics],
        settings={"max_steps": 2},
    )
    script = Script(trainer, solver(OSPREY, gives_up=1))
    trainer.train()
    steps = steps_of(trainer)
    assert len(steps) == 2
    for step, output in zip(steps, recorder.outputs, strict=True):
        assert output["reward"] == pytest.approx([1, 1 / 3])
        assert output["turn_scores"] == [[1, 1, 1], [1, 0, 0]]
        assert output["ending"] == ["completed", "completed"]
        assert step["rewards/episode_reward/mean"] == pytest.approx(2 / 3)
        assert step["reward"] == pytest.approx(2 / 3)
        assert step["envtune/turns_achieved"] == pytest.approx(4 / 6)
        assert step["grad_norm"] > 0

    output = recorder.outputs[0]
    tokenizer = script.tokenizer
    prompt, completion, mask = (
        output[key][0] for key in ("prompt_ids", "completion_ids", "env_mask")
    )
    assert len(mask) == len(completion)
    assert output["logprobs"] is None
    # Everything that was generated from is a beginning of what is trained on.
    whole = prompt + completion
    from_this = [one for one in script.prompts if whole[: len(one)] == one]
    assert len(from_this) >= 6 and from_this[0] == prompt
    # Masked parts are the environment's words, the others the model's.
    pieces = parts(completion, mask)
    assert [sampled for sampled, _ in pieces] == [1, 0] * 5 + [1]
    said = [tokenizer.decode(ids) for sampled, ids in pieces if sampled]
    told = [tokenizer.decode(ids) for sampled, ids in pieces if not sampled]
    turns = solution(OSPREY)
    wanted = [text for turn in turns for text in (calls_text(turn), "Done.")]
    assert said == [f"{text}<|im_end|>" for text in wanted]
    messages = output["messages"][0]
    results = [[one["content"] for one in group] for group in groups(messages, "tool")]
    requests = [turn["user"] for turn in bundled(OSPREY)["turns"]]
    opening = "<|im_start|>assistant\n"
    for at, (turn, texts) in enumerate(zip(turns, results, strict=True)):
        assert len(texts) == len(turn)
        responses = "\n".join(f"<tool_response>\n{one}\n</tool_response>" for one in texts)
        assert told[2 * at] == f"\n<|im_start|>user\n{responses}<|im_end|>\n{opening}"
        if at < 2:
            request = f"\n<|im_start|>user\n{requests[at + 1]}<|im_end|>\n{opening}"
            assert told[2 * at + 1] == request
    # As the template writes the whole conversation, but for the thoughts that it puts in and
    # leaves out.
    rendered = tokenizer.apply_chat_template(
        with_parsed_arguments(messages),
        tools=client.tools(["TwitterAPI"]),
        tokenize=False,
    )
    written = rendered.replace("<think>\n\n</think>\n\n", "").rstrip("\n")
    assert written == tokenizer.decode(whole)


def parts(ids: list[int], mask: list[int]) -> list[tuple[int, list[int]]]:
    found: list[tuple[int, list[int]]] = []
    for one, sampled in zip(ids, mask, strict=True):
        if not found or found[-1][0] != sampled:
            found.append((sampled, []))
        found[-1][1].append(one)
    return found


def groups(messages: list[dict[str, Any]], role: str) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = []
    before = None
    for message in messages:
        if message["role"] == role:
            if before != role:
                found.append([])
            found[-1].append(message)
        before = message["role"]
    return found


def with_parsed_arguments(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    copied = json.loads(json.dumps(messages))
    for message in copied:
        for call in message.get("tool_calls", ()):
            call["function"]["arguments"] = json.loads(call["function"]["arguments"])
        message["content"] = message["content"] or ""
    return copied


def test_tools_that_come_later(client: Client, url: str, train: Any) -> None:
    recorder = Recorder(rollout_func(url))
    trainer = train(
        [row_of(client, LIGHTHOUSE)],
        rollout_func=recorder,
        reward_funcs=episode_reward,
        settings={"max_steps": 1},
    )
    script = Script(trainer, solver(LIGHTHOUSE))
    trainer.train()
    assert recorder.outputs[0]["reward"] == [1, 1]
    tokenizer = script.tokenizer
    assert '"name": "post_tweet"' not in tokenizer.decode(recorder.outputs[0]["prompt_ids"][0])
    seen = tokenizer.decode(script.prompts[-1])
    _, document, after = seen.partition("<|im_start|>user\nAvailable from now on:\n<tools>\n")
    assert document
    line, _, request = after.partition("\n</tools>\n")
    (post_tweet,) = [
        tool for tool in client.tools(["TwitterAPI"]) if tool["function"]["name"] == "post_tweet"
    ]
    assert json.loads(line) == post_tweet
    assert request.startswith("I have updated some more functions")


def test_hints_and_calls_that_cannot_be_read(client: Client, url: str, train: Any) -> None:
    recorder = Recorder(rollout_func(url, options={"hints": "guide"}))
    trainer = train(
        [row_of(client, OSPREY)],
        rollout_func=recorder,
        reward_funcs=episode_reward,
        settings={"max_steps": 1},
    )
    wrong = [{"name": "retweet", "arguments": {"tweet_id": 99999}}]
    texts = [calls_text(wrong), '<tool_call>\n{"name": "retweet"\n</tool_call>']

    def say(row: int, prompt: str) -> str:
        said = sum(role == "assistant" for role, _ in messages_in(prompt)) - 1
        return f"{texts[said] if said < len(texts) else 'Done.'}<|im_end|>"

    script = Script(trainer, say)
    trainer.train()
    seen = script.tokenizer.decode(script.prompts[-1])
    assert '{"error": "Tweet with ID 99999 not found."}\nHint: ' in seen
    assert "make native tool calls" in seen, "an unreadable call is explained"


def test_the_token_limit_ends_a_rollout(client: Client, url: str, train: Any) -> None:
    rollouts = rollout_func(url)
    row = row_of(client, OSPREY)
    trainer = train([row], rollout_func=rollouts, reward_funcs=episode_reward)
    solve = solver(OSPREY)
    Script(trainer, solve)
    (whole,) = rollouts([row["prompt"]], trainer)["env_mask"]
    pieces = parts(whole, whole)
    until_third_message = sum(len(ids) for _, ids in pieces[:5])
    trainer.max_completion_length = until_third_message + 3

    def say(at: int, prompt: str) -> str:
        said = sum(role == "assistant" for role, _ in messages_in(prompt)) - 1
        # One goes on for too long; what the other is told has no room any more.
        return "word " * 200 + "<|im_end|>" if at == 0 and said == 2 else solve(at, prompt)

    script = Script(trainer, say)
    output = rollouts([row["prompt"]] * 2, trainer)
    assert output["ending"] == ["tokenLimit", "tokenLimit"]
    assert output["reward"] == pytest.approx([1 / 3, 1 / 3])
    long, other = output["completion_ids"]
    assert len(long) == trainer.max_completion_length
    assert long[-1] != script.tokenizer.eos_token_id
    assert len(other) == until_third_message
    for mask in output["env_mask"]:
        assert mask[-1] == 1, "ends with the model's own words"


def test_a_reward_paid_at_the_end_is_paid_where_there_is_no_room(
    client: Client, url: str, train: Any
) -> None:
    rollouts = rollout_func(url, options={"reward": "0.9*progress+0.1*format"})
    row = row_of(client, OSPREY)
    trainer = train([row], rollout_func=rollouts, reward_funcs=episode_reward)
    solve = solver(OSPREY)
    Script(trainer, solve)
    whole = rollouts([row["prompt"]], trainer)
    assert whole["reward"] == [1]
    pieces = parts(*whole["env_mask"], *whole["env_mask"])
    trainer.max_completion_length = sum(len(ids) for _, ids in pieces[:5]) + 3
    output = rollouts([row["prompt"]], trainer)
    assert output["ending"] == ["tokenLimit"]
    assert output["turn_scores"] == [[1, 0, 0]]
    assert output["reward"] == pytest.approx([0.9 / 3 + 0.1])


def test_a_server_of_text_renderers(client: Client, url: str, train: Any) -> None:
    """Tools and calls as text: nothing is asked of the template but roles."""
    recorder = Recorder(rollout_func(url, options={"renderer": "hermes"}))
    trainer = train(
        [row_of(client, LIGHTHOUSE)],
        rollout_func=recorder,
        reward_funcs=episode_reward,
        settings={"max_steps": 1},
    )
    Script(trainer, solver(LIGHTHOUSE))
    trainer.train()
    assert recorder.outputs[0]["reward"] == [1, 1]


def test_a_model_that_knows_nothing(client: Client, url: str, train: Any) -> None:
    """Sampled from random weights, as they are: no message ever ends, and nothing is earned."""
    recorder = Recorder(rollout_func(url))
    trainer = train(
        [row_of(client, OSPREY)],
        rollout_func=recorder,
        reward_funcs=episode_reward,
        settings={"max_completion_length": 16},
    )
    trainer.train()
    for output in recorder.outputs:
        assert output["reward"] == [0, 0]
        assert output["ending"] == ["tokenLimit", "tokenLimit"]
    assert [step["reward"] for step in steps_of(trainer)] == [0, 0]


def test_sessions_are_used_again(client: Client, url: str, train: Any) -> None:
    rollouts = rollout_func(url)
    trainer = train([row_of(client, OSPREY)], rollout_func=rollouts, reward_funcs=episode_reward)
    Script(trainer, lambda row, prompt: "No.<|im_end|>")
    trainer.train()
    assert len({episode.id for episode in rollouts._sessions}) == 2
    rollouts._sessions[0].close()
    rollouts._sessions[0]._closed = False
    prompts = [row_of(client, OSPREY)["prompt"]] * 2
    assert rollouts(prompts, trainer)["ending"] == ["completed", "completed"]


def test_what_cannot_go_together(client: Client, url: str, train: Any) -> None:
    def add(a: int) -> int:
        """Adds.

        Args:
            a: A number.
        """
        return a

    row = row_of(client, OSPREY)
    rollouts = rollout_func(url)
    trainer = train([row], rollout_func=rollouts, reward_funcs=episode_reward, tools=[add])
    with pytest.raises(ValueError, match="give the trainer none"):
        rollouts([row["prompt"]], trainer)
    trainer = train([row], rollout_func=rollouts, reward_funcs=episode_reward)
    with pytest.raises(ValueError, match="reset options are needed"):
        rollouts([[{"role": "user", "content": "hello"}]], trainer)
    with pytest.raises(EnvtuneError, match="no_such_task"):
        rollouts(
            [[{"role": "user", "content": "", "envtune": '{"task": "no_such_task"}'}]], trainer
        )


def test_a_prompt_without_room_is_left_out(client: Client, url: str, train: Any) -> None:
    rollouts = rollout_func(url)
    trainer = train([row_of(client, OSPREY)], rollout_func=rollouts, reward_funcs=episode_reward)
    trainer.model.config.max_position_embeddings = 100
    output = rollouts([row_of(client, OSPREY)["prompt"]], trainer)
    assert output["ending"] == ["promptTooLong"]
    assert output["reward"] == [None]
    assert output["env_mask"] == [[0]] and len(output["completion_ids"][0]) == 1


def test_log_probabilities_and_several_processes(client: Client, url: str, tokenizer: Any) -> None:
    """Generation that tells log-probabilities, in two processes of which the other has more to do:
    both generate the same number of messages, as often."""
    solve = solver(OSPREY)
    widths = []

    def generate(prompts: Any, images: Any, fields: Any, generations: int) -> Any:
        widths.append(len(prompts))
        assert generations == 1
        said = [tokenizer(solve(0, tokenizer.decode(ids)))["input_ids"] for ids in prompts[:1]]
        said += [[tokenizer.eos_token_id]] * (len(prompts) - 1)
        return said, [[-0.5] * len(ids) for ids in said]

    busy = iter([3, 3, 2, 2, 2, 2, 1, 0])

    def gather(here: torch.Tensor) -> torch.Tensor:
        return torch.cat([here, torch.tensor([next(busy)])])

    trainer = SimpleNamespace(
        processing_class=tokenizer,
        chat_template=None,
        chat_template_kwargs={},
        eos_token_ids=[tokenizer.eos_token_id],
        tools=[],
        use_vllm=False,
        max_completion_length=4096,
        model=SimpleNamespace(config=SimpleNamespace(get_text_config=lambda: SimpleNamespace())),
        accelerator=SimpleNamespace(num_processes=2, device="cpu", gather=gather),
        _generate_single_turn=generate,
    )
    output = rollout_func(url)([row_of(client, OSPREY)["prompt"]], trainer)
    assert output["reward"] == [1]
    assert widths == [3, 3, 2, 2, 2, 2, 1]
    (logprobs,), (mask,) = output["logprobs"], output["env_mask"]
    assert logprobs == [-0.5 if sampled else 0.0 for sampled in mask]


TEMPLATES = ["qwen2_5", "qwen3", "qwen3_training", "qwen3_instruct_2507", "llama3_1"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_follows_a_message_in_other_templates(name: str, tokenizer: Any) -> None:
    """The ids of new messages are those that the template gives the whole conversation."""
    folder = Path(trl.__file__).parent / "chat_templates"
    own = copy.deepcopy(tokenizer)
    if name.startswith("llama"):
        own.add_tokens(["<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>"])
        own.eos_token, own.bos_token = "<|eot_id|>", "<|endoftext|>"
    own.chat_template = (folder / f"{name}.jinja").read_text("utf8")
    tokens = ChatTokens(
        SimpleNamespace(
            processing_class=own,
            chat_template=None,
            chat_template_kwargs={},
            eos_token_ids=[own.eos_token_id],
        )
    )
    call = {
        "id": "call_0",
        "type": "function",
        "function": {"name": "ls", "arguments": '{"a": true}'},
    }
    calling = {"role": "assistant", "content": "", "tool_calls": [call]}
    result = {"role": "tool", "tool_call_id": "call_0", "content": "<|im_end|> is no end"}
    request = {"role": "user", "content": "and now?"}
    for message, new in [
        (calling, [result]),
        (calling, [result, request]),
        ({"role": "assistant", "content": "Done."}, [request]),
    ]:
        first = {"role": "user", "content": "list"}
        whole = own.apply_chat_template(
            with_parsed_arguments([first, message, *new]),
            tokenize=True,
            return_dict=False,
            add_generation_prompt=True,
        )
        following = tokens.following(message, new)
        assert whole[-len(following) :] == following
        assert whole[-len(following) - 1] == own.eos_token_id
        assert own.decode(following).count("and now?") == (new[-1] is request)
