"""The agent loop ``envtune`` for verl: whole multi-turn episodes, with user turns.

Name it in an agent loop config (``actor_rollout_ref.rollout.agent.agent_loop_config_path``):

.. code-block:: yaml

    - name: envtune
      _target_: envtune.verl.EnvtuneAgentLoop
      url: http://127.0.0.1:8000
      options: {hints: guide}

and take dataset rows of ``python -m envtune rows --for verl``: their ``agent_name`` is ``envtune``,
and their column ``envtune`` holds the reset options of an episode, as an object or as JSON text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from omegaconf import OmegaConf
from verl.experimental.agent_loop.agent_loop import (
    AgentLoopBase,
    AgentLoopMetrics,
    AgentLoopOutput,
    _agent_loop_registry,
    register,
)
from verl.experimental.agent_loop.tool_agent_loop import SPEC_DECODE_EXTRA_KEYS
from verl.experimental.agent_loop.tool_parser import ToolParser
from verl.utils.profiler import simple_timer
from verl.utils.rollout_trace import rollout_trace_op
from verl.workers.rollout.replica import TokenOutput

from .async_client import AsyncEpisode
from .datasets import KEY
from .row_options import row_options
from .shared_client import shared_client
from .token_env import token_in
from .told_tools import with_tools_told
from .types import CutOff
from .verl_speech import for_template, native_message, text_of
from .verl_tokens import TokenSequence


class EnvtuneAgentLoop(AgentLoopBase):
    """Plays one episode of a server of ``envtune serve``, in dialogue mode.

    ``url`` is the server's address (``ENVTUNE_URL`` where it is not given), ``token_env`` the name
    of the environment variable with its token, and ``options`` are reset options for every episode
    that a row's own come before.
    """

    def __init__(
        self,
        *args: Any,
        url: str | None = None,
        token_env: str | None = None,
        options: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.url = url or os.environ.get("ENVTUNE_URL", "")
        if not self.url:
            raise ValueError(
                "envtune: give the server's `url` in the agent loop config, or ENVTUNE_URL"
            )
        self.token = token_in(token_env)
        plain = OmegaConf.to_container(options) if OmegaConf.is_config(options) else options
        self.options: dict[str, Any] = dict(plain or {})
        self.prompt_length: int = self.rollout_config.prompt_length
        self.response_length: int = self.rollout_config.response_length
        multi_turn = self.rollout_config.get("multi_turn") or {}
        self.max_messages: int | None = multi_turn.get("max_assistant_turns")
        self.parser = ToolParser.get_tool_parser(
            multi_turn.get("format") or "hermes", self.tokenizer
        )

    @rollout_trace_op
    async def run(
        self, sampling_params: dict[str, Any], priority: int = 0, **row: Any
    ) -> AgentLoopOutput:
        determined = self.rollout_config.get("full_determinism")
        request_id = f"det-{priority}" if determined else uuid4().hex
        client = shared_client(self.url, self.token)
        async with await client.start(**self._options_of(row)) as episode:
            return await _Play(self, episode, sampling_params, request_id).to_the_end()

    def _options_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        # verl pads every prompt to prompt_length; so counted, a message that fills the response
        # is one too many.
        limit = self.prompt_length + self.response_length - 1
        own = row_options(row.get(KEY))
        return {"token_limit": limit, **self.options, **own, "mode": "dialogue"}


# An agent loop config names the class, so it is imported by the first episode, after the config was
# read. Registering it then would drop what the config says.
if KEY not in _agent_loop_registry:
    register(KEY)(EnvtuneAgentLoop)


class _Play:
    """One episode being played."""

    def __init__(
        self,
        loop: EnvtuneAgentLoop,
        episode: AsyncEpisode,
        sampling_params: dict[str, Any],
        request_id: str,
    ) -> None:
        self.loop = loop
        self.episode = episode
        self.request_id = request_id
        # Where the tools stand in the messages, calls are text, which the environment reads itself.
        self.native = bool(episode.tools)
        stops = loop.parser.stop_token_ids if self.native else []
        given = list(sampling_params.get("stop_token_ids") or [])
        stopping = {"stop_token_ids": [*dict.fromkeys([*given, *stops])]} if stops else {}
        self.sampling_params = {**sampling_params, **stopping}
        self.messages = [for_template(message) for message in episode.messages]
        self.timing: dict[str, Any] = {}
        self.preempted: int | None = None
        self.served: dict[str, Any] = {}
        """What the inference server says of its own, such as the version of the weights."""
        self.step_rewards: list[float] = []
        self.said = 0
        self.heard = 0
        self.broken_off = False
        """Whether the inference server broke a message off."""

    async def to_the_end(self) -> AgentLoopOutput:
        sequence = await self._prompt()
        why = await self._converse(sequence)
        paid = await self.episode.end(why) or 0.0
        if self.step_rewards:
            self.step_rewards[-1] += paid
        return self._output(sequence)

    async def _converse(self, sequence: TokenSequence) -> CutOff:
        """Until the episode is over, or has to end here for the reason that is returned."""
        while not self.episode.done:
            if self.said == self.loop.max_messages:
                return "stepLimit"
            sampled = await self._sample(sequence)
            if sampled is None or not await self._answer(sequence, sampled):
                break
        return "tokenLimit"

    async def _prompt(self) -> TokenSequence:
        """The first prompt, whole: cutting it at the front, as verl would, cuts the tools off."""
        tools: Any = self.episode.tools or None
        build = self.loop.continuous_token_builder.build_initial_tokens
        ids = await self.loop.loop.run_in_executor(None, lambda: build(self.messages, tools=tools))
        if len(ids) > self.loop.prompt_length:
            raise ValueError(
                f"envtune: the first prompt of {self.episode.task} has {len(ids)} tokens, more than"
                f" rollout.prompt_length={self.loop.prompt_length}: raise data.max_prompt_length"
            )
        return TokenSequence(self.loop, list(ids), tools)

    async def _sample(self, sequence: TokenSequence) -> TokenOutput | None:
        room = self.loop.response_length - len(sequence.mask)
        wanted = min(room, self.sampling_params.get("max_tokens", room))
        with simple_timer("generate_sequences", self.timing):
            output: TokenOutput = await self.loop.server_manager.generate(
                request_id=self.request_id,
                prompt_ids=sequence.ids,
                sampling_params={**self.sampling_params, "max_tokens": wanted},
            )
        self._account(output)
        self.broken_off = not output.token_ids or output.stop_reason in ("aborted", "abort")
        return None if self.broken_off else output

    def _account(self, output: TokenOutput) -> None:
        if self.preempted is None:
            self.preempted = -1 if output.num_preempted is None else output.num_preempted
        else:
            self.preempted += output.num_preempted or 0
        if not self.served:
            self.served = dict(output.extra_fields)
            return
        if output.extra_fields.get("max_global_steps"):
            self.served["max_global_steps"] = output.extra_fields["max_global_steps"]
        for key in SPEC_DECODE_EXTRA_KEYS:
            if key in self.served and key in output.extra_fields:
                self.served[key] = int(self.served[key]) + int(output.extra_fields[key])

    async def _answer(self, sequence: TokenSequence, sampled: TokenOutput) -> bool:
        """Hands the model's message to the environment, and its answer to the model; False where
        the answer leaves no room for another message."""
        loop, episode = self.loop, self.episode
        ids = await sequence.say(sampled, loop.response_length - len(sequence.mask))
        message = await self._message(ids)
        message["tokens"] = loop.prompt_length + len(sequence.mask)
        offered = list(episode.tools)
        with simple_timer("tool_calls", self.timing):
            step = await episode.step(message)
        self.said += 1
        self.step_rewards.append(step.reward or 0.0)
        self.messages.append(for_template(episode.messages[-1 - len(step.messages)]))
        if episode.done:
            return False
        before = list(self.messages)
        answer = with_tools_told(step.messages, offered, episode.tools)
        self.messages += [for_template(heard) for heard in answer]
        self.heard += 1
        return await sequence.hear(before, self.messages, loop.response_length)

    async def _message(self, ids: list[int]) -> dict[str, Any]:
        tokenizer = self.loop.tokenizer
        if not self.native:
            return {"role": "assistant", "content": text_of(tokenizer, ids)}
        tools = self.episode.tools
        return await native_message(tokenizer, self.loop.parser, ids, tools, self.said)

    def _output(self, sequence: TokenSequence) -> AgentLoopOutput:
        metadata = self.episode.metadata
        ending = dict(metadata["ending"])
        if self.broken_off:
            ending = {"why": "aborted", "reason": "the inference server broke the message off"}
        # What broke for a fault that is not the model's is no lesson.
        broken = ending["why"] == "aborted"
        if not sequence.mask:
            sequence.say_nothing(with_logprobs=self.loop.rollout_config.get("calculate_log_probs"))
        experts, whole = sequence.routed_experts, len(sequence.ids)
        return AgentLoopOutput(
            prompt_ids=sequence.prompt_ids,
            response_ids=sequence.response_ids,
            response_mask=[0] * len(sequence.mask) if broken else sequence.mask,
            response_logprobs=sequence.logprobs,
            routed_experts=None if experts is None else experts[:whole],
            multi_modal_data={},
            reward_score=metadata["total_reward"],
            num_turns=self.said + self.heard + 1,
            metrics=AgentLoopMetrics(
                generate_sequences=self.timing.get("generate_sequences", 0.0),
                tool_calls=self.timing.get("tool_calls", 0.0),
                num_preempted=-1 if self.preempted is None else self.preempted,
            ),
            extra_fields={
                **self.served,
                "turn_scores": list(metadata["turn_scores"]),
                "tool_rewards": [],
                "extras": {
                    "task": metadata["task"],
                    "step_rewards": self.step_rewards,
                    "ending": ending,
                },
                "reward_extra_info": {
                    "turns_achieved": float(sum(metadata["turn_scores"])),
                    "completed": float(ending["why"] == "completed"),
                },
            },
        )
