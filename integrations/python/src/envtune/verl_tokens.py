"""The token side of an episode in verl: the sequence so far, its mask and log-probabilities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from verl.experimental.agent_loop.agent_loop import AgentLoopBase
from verl.workers.rollout.replica import TokenOutput


@dataclass
class TokenSequence:
    """Prompt and response as one sequence of ids that is only ever added to.

    Everything is built by verl's own continuous tokens: what the model sampled stays as it was
    sampled, and of the environment's messages only the new ones are tokenised.
    """

    loop: AgentLoopBase
    ids: list[int]
    tools: list[dict[str, Any]] | None
    """As the prompt holds them, which later renderings have to repeat."""
    mask: list[int] = field(default_factory=list)
    """1 for each token of the model, 0 for each of the environment; without the prompt."""
    logprobs: list[float] | None = None
    routed_experts: Any = None

    async def say(self, sampled: TokenOutput, room: int) -> list[int]:
        """Adds what the model sampled, as far as there is room, and returns that."""
        ids = list(sampled.token_ids[:room])
        given = sampled.log_probs
        logprobs = list(given[:room]) if given else None
        before = self.logprobs
        if before is None and logprobs is not None and not self.mask:
            before = []
        merged, self.mask, self.logprobs = await self.loop.ct_merge_assistant_token(
            self.ids, ids, self.mask, before, assistant_logprobs=logprobs
        )
        self.ids = merged.token_ids
        if sampled.routed_experts is not None:
            self.routed_experts = sampled.routed_experts
        return ids

    def say_nothing(self, with_logprobs: bool) -> None:
        """A token that nothing is learned from, since some of verl's code wants a last one."""
        self.ids = [*self.ids, self.loop.tokenizer.eos_token_id]
        self.mask = [0]
        self.logprobs = [0.0] if with_logprobs else None

    async def hear(
        self, before: list[dict[str, Any]], after: list[dict[str, Any]], limit: int
    ) -> bool:
        """Adds the messages that ``after`` has beyond ``before``, and the opening of the model's
        next one; adds nothing, and says so, where that would leave no room for it."""
        merged, mask, logprobs = await self.loop.ct_merge_context_msg(
            before, after, self.ids, self.mask, self.logprobs, tools=self.tools
        )
        if len(mask) >= limit:
            return False
        self.ids, self.mask, self.logprobs = merged.token_ids, mask, logprobs
        return True

    @property
    def prompt_ids(self) -> list[int]:
        return self.ids[: len(self.ids) - len(self.mask)]

    @property
    def response_ids(self) -> list[int]:
        return self.ids[len(self.ids) - len(self.mask) :]
