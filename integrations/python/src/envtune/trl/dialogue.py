"""``rollout_func`` of TRL: whole conversations, in which the environment speaks for the user."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..client import Episode
from ..errors import EnvtuneError
from ..launch import Server
from ..told_tools import with_tools_told
from ..types import ResetOptions
from .chat_tokens import ChatTokens, Ids, Trainer
from .environment import OF_THE_MODEL, address_of, client_of, close_all
from .row import reset_options


@dataclass
class Rollout:
    """One conversation, as token ids and as messages."""

    episode: Episode
    prompt: Ids
    completion: Ids = field(default_factory=list)
    mask: list[int] = field(default_factory=list)
    """1 for what the model sampled, 0 for what it was told."""
    logprobs: list[float | None] = field(default_factory=list)
    calls: int = 0
    ending: str | None = None
    """Why it is over, or None while it goes on."""

    @property
    def ids(self) -> Ids:
        return self.prompt + self.completion

    def sampled(self, ids: Ids, logprobs: Sequence[float | None]) -> None:
        self.completion += ids
        self.mask += [1] * len(ids)
        self.logprobs += logprobs

    def told(self, ids: Ids) -> None:
        self.completion += ids
        self.mask += [0] * len(ids)
        self.logprobs += [0.0] * len(ids)

    @property
    def reward(self) -> float | None:
        """What the episode earned before it ended or was cut off; None, which TRL leaves out, in
        free play, and where something broke that is none of the model's doing."""
        broken = self.ending in ("aborted", "lost", "promptTooLong")
        return None if broken else self.episode.metadata["total_reward"]

    def cut_off(self) -> None:
        """Ends the episode where it stands, which pays what is left of its reward."""
        try:
            self.episode.end()
        except EnvtuneError:
            self.ending = "lost"
        else:
            self.ending = self.episode.metadata["ending"]["why"]


class DialogueRollouts:
    """A rollout function; keeps its sessions from one batch to the next."""

    def __init__(self, url: str, token: str | None, defaults: dict[str, Any]) -> None:
        self._client = client_of(url, token)
        self._defaults = defaults
        self._sessions: list[Episode] = []
        self._tokens: tuple[Trainer, ChatTokens] | None = None
        weakref.finalize(self, close_all, self._sessions)

    def __call__(self, prompts: Sequence[Any], trainer: Trainer) -> dict[str, Any]:
        """One rollout for each prompt, in order; TRL has repeated them already."""
        if trainer.tools:
            raise ValueError("rollout_func brings the tools of its episodes: give the trainer none")
        tokens = self._tokens_of(trainer)
        limit = _context_length(trainer)
        rollouts = [
            self._start(place, prompt, tokens, limit) for place, prompt in enumerate(prompts)
        ]
        with_logprobs = False
        while True:
            going = [rollout for rollout in rollouts if rollout.ending is None]
            generated = _generate(trainer, [rollout.ids for rollout in going], rollouts[0].prompt)
            if generated is None:
                break
            ids, logprobs = generated
            with_logprobs = with_logprobs or logprobs is not None
            for place, rollout in enumerate(going):
                given = logprobs[place] if logprobs is not None else [0.0] * len(ids[place])
                _go_on(rollout, ids[place], given, tokens, trainer.max_completion_length, limit)
        return _columns(rollouts, with_logprobs, trainer)

    def _tokens_of(self, trainer: Trainer) -> ChatTokens:
        if self._tokens is None or self._tokens[0] is not trainer:
            self._tokens = (trainer, ChatTokens(trainer))
        return self._tokens[1]

    def _start(self, place: int, prompt: Any, tokens: ChatTokens, limit: int | None) -> Rollout:
        options = {**self._defaults, **reset_options({"prompt": prompt}), "mode": "dialogue"}
        episode = self._session(place, options)
        ids = tokens.prompt(episode.messages, episode.tools)
        rollout = Rollout(episode, ids)
        if limit is not None and len(ids) >= limit:
            rollout.ending = "promptTooLong"
        return rollout

    def _session(self, place: int, options: dict[str, Any]) -> Episode:
        if place == len(self._sessions):
            self._sessions.append(self._client.start(**options))
            return self._sessions[place]
        try:
            self._sessions[place].reset(**options)
        except EnvtuneError as error:
            if error.code != "unknownSession":
                raise
            self._sessions[place] = self._client.start(**options)
        return self._sessions[place]


def _go_on(
    rollout: Rollout,
    ids: Ids,
    logprobs: Sequence[float | None],
    tokens: ChatTokens,
    most: int,
    limit: int | None,
) -> None:
    """The model's message, and what the environment says to it."""
    before, episode = rollout.ids, rollout.episode
    room = most - len(rollout.completion)
    rollout.sampled(ids[:room], logprobs[:room])
    if len(ids) > room or not ids or ids[-1] not in tokens.ends:
        # Half a message is not acted upon.
        rollout.cut_off()
        return
    offered = list(episode.tools)
    message = tokens.read(ids, before, offered, rollout.calls)
    rollout.calls += len(message.get("tool_calls", ()))
    try:
        step = episode.step({**message, "tokens": len(before) + len(ids)})
    except EnvtuneError as error:
        if error.code not in OF_THE_MODEL:
            rollout.ending = "lost"
            return
        rollout.cut_off()
        rollout.ending = error.code
        return
    if step.done:
        rollout.ending = step.metadata["ending"]["why"]
        return
    new = tokens.following(message, with_tools_told(step.messages, offered, episode.tools))
    whole = len(rollout.ids) + len(new)
    if len(rollout.completion) + len(new) >= most or (limit is not None and whole >= limit):
        rollout.cut_off()
        return
    rollout.told(new)


def _generate(
    trainer: Trainer, prompts: list[Ids], filler: Ids
) -> tuple[list[Ids], list[list[float | None]] | None] | None:
    """A message for each prompt, with the trainer's own generation; None once no process has a
    prompt left.

    All processes generate as often, and as many messages, as the one with the most prompts, since
    with a vLLM server or sharded weights they generate together.
    """
    most = len(prompts)
    if trainer.accelerator.num_processes > 1:
        import torch

        here = torch.tensor([most], device=trainer.accelerator.device)
        most = int(trainer.accelerator.gather(here).max())
    if most == 0:
        return None
    padded = [*prompts, *[filler] * (most - len(prompts))]
    ids, logprobs = trainer._generate_single_turn(padded, None, {}, 1)
    return ids, logprobs


def _context_length(trainer: Trainer) -> int | None:
    if trainer.use_vllm and trainer.vllm_mode == "colocate":
        return int(trainer.vllm_generation.llm.llm_engine.model_config.max_model_len)
    config = trainer.model.config.get_text_config()
    return getattr(config, "max_position_embeddings", None)


def _columns(rollouts: Iterable[Rollout], with_logprobs: bool, trainer: Trainer) -> dict[str, Any]:
    rollouts = list(rollouts)
    for rollout in rollouts:
        if not rollout.completion:
            # TRL looks at the last token of each completion.
            rollout.told([trainer.eos_token_ids[0]])
    return {
        "prompt_ids": [rollout.prompt for rollout in rollouts],
        "completion_ids": [rollout.completion for rollout in rollouts],
        "logprobs": [rollout.logprobs for rollout in rollouts] if with_logprobs else None,
        "env_mask": [rollout.mask for rollout in rollouts],
        "reward": [rollout.reward for rollout in rollouts],
        "turn_scores": [list(rollout.episode.turn_scores) for rollout in rollouts],
        "ending": [rollout.ending for rollout in rollouts],
        "messages": [list(rollout.episode.messages) for rollout in rollouts],
    }


def rollout_func(
    server: str | Server, *, token: str | None = None, options: ResetOptions | None = None
) -> DialogueRollouts:
    """For ``GRPOTrainer(rollout_func=..., reward_funcs=episode_reward)``: multi-turn conversations
    in dialogue mode.

    A row's episode is named by the key ``envtune`` of its prompt's last message (see
    ``envtune.datasets.rows``); what the model is shown is the episode's own beginning.
    ``options`` are reset options for rows that say nothing else. The columns ``reward``,
    ``turn_scores``, ``ending`` and ``messages`` go to the reward functions.
    """
    url, given = address_of(server, token)
    return DialogueRollouts(url, given, dict(options or {}))


def episode_reward(prompts: Any, completions: Any, **columns: Any) -> list[float | None]:
    """A reward function for ``rollout_func``: what each episode earned."""
    rewards: list[float | None] = columns["reward"]
    return rewards
