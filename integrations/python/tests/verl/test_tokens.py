"""Token and mask arrays against what a person would write down for the same conversation."""

import json
import os

from scripted_loop import END, play, tiny_tokenizer

import envtune

TASK = "miss_func_ferry_crew"
DELETE = (
    '<tool_call>\n{"name": "delete_message", "arguments": {"receiver_id": "DECK-5"}}\n</tool_call>'
)
SEND = (
    '<tool_call>\n{"name": "send_message", "arguments": {"receiver_id": "DECK-5",'
    ' "message": "Cast off at 06:40, fog permitting."}}\n</tool_call>'
)
VIEW = '<tool_call>\n{"name": "view_messages_sent", "arguments": {}}\n</tool_call>'


def user(text: str) -> str:
    return f"<|im_start|>user\n{text}{END}\n"


ASSISTANT = "<|im_start|>assistant\n"


def test_a_conversation_with_users_turns_and_a_tool_that_comes_later() -> None:
    with envtune.Client(os.environ["ENVTUNE_URL"]) as client, client.start(task=TASK) as episode:
        tools = episode.tools
        every = client.tools(["MessageAPI"])
    assert "delete_message" not in [tool["function"]["name"] for tool in tools]
    held = next(tool for tool in every if tool["function"]["name"] == "delete_message")
    lines = "".join("\n" + json.dumps(tool, ensure_ascii=False) for tool in tools)
    prompt = (
        f"<|im_start|>system\n<tools>{lines}\n</tools>{END}\n"
        + user(
            "Bridge here, already signed in. The last message to DECK-5 has the wrong time in it."
            " Take it back before anybody reads it."
        )
        + ASSISTANT
    )
    script = ["I have no function for that.", DELETE, "Gone.", f"{SEND}\n{VIEW}", "All sent."]
    deleted, sent, shown = results(script)
    response = [
        (script[0] + END, 1),
        (
            "\n"
            + user(
                "Available from now on:\n<tools>\n"
                + json.dumps(held, ensure_ascii=False)
                + "\n</tools>\n"
                + "I have updated some more functions you can choose from. What about now?"
            )
            + ASSISTANT,
            0,
        ),
        (script[1] + END, 1),
        ("\n" + user(f"<tool_response>\n{deleted}\n</tool_response>") + ASSISTANT, 0),
        (script[2] + END, 1),
        (
            "\n"
            + user(
                'Phew. Send DECK-5 the right one, "Cast off at 06:40, fog permitting.", and show me'
                " all that's been sent."
            )
            + ASSISTANT,
            0,
        ),
        (script[3] + END, 1),
        (
            "\n"
            + user(
                f"<tool_response>\n{sent}\n</tool_response>\n<tool_response>\n{shown}\n</tool_response>"
            )
            + ASSISTANT,
            0,
        ),
        (script[4] + END, 1),
    ]

    output, manager = play(script, {"task": TASK})

    encode = tiny_tokenizer().encode
    pieces = [(encode(text, add_special_tokens=False), ours) for text, ours in response]
    assert output.prompt_ids == encode(prompt, add_special_tokens=False)
    assert output.response_ids == [token for ids, _ in pieces for token in ids]
    assert output.response_mask == [ours for ids, ours in pieces for _ in ids]
    said = [-0.5 * (1 + at // 2) if ours else 0.0 for at, (_, ours) in enumerate(pieces)]
    assert output.response_logprobs == [
        value for value, (ids, _) in zip(said, pieces, strict=True) for _ in ids
    ]
    # Each prompt goes on from the very tokens before it.
    whole = output.prompt_ids + output.response_ids
    assert all(asked["prompt_ids"] == whole[: len(asked["prompt_ids"])] for asked in manager.asked)
    assert len({asked["request_id"] for asked in manager.asked}) == 1
    assert output.reward_score == 1
    assert output.extra_fields["turn_scores"] == [1, 1, 1]
    assert output.num_turns == 10
    assert output.extra_fields["min_global_steps"] == 1
    assert output.extra_fields["max_global_steps"] == 5


def results(script: list[str]) -> list[str]:
    """What the three calls return, as the client hears it."""
    texts: list[str] = []
    with (
        envtune.Client(os.environ["ENVTUNE_URL"]) as client,
        client.start(task=TASK, renderer="hermes") as episode,
    ):
        for text in script:
            step = episode.step(text)
            texts += [
                part.partition("\n</tool_response>")[0]
                for message in step.messages
                for part in (message["content"] or "").split("<tool_response>\n")[1:]
            ]
    return texts
