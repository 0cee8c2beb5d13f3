"""Groups of rollouts through the cookbook's own code, by scripts in place of a model."""

from __future__ import annotations

import asyncio
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from byte_tokenizer import NAME, byte_tokenizer
from scripted_policy import ScriptedPolicy
from tinker_cookbook.renderers import Renderer
from tinker_cookbook.rl.data_processing import assemble_training_data, compute_advantages
from tinker_cookbook.rl.metric_util import RLTestSetEvaluator, compute_trajectory_metrics
from tinker_cookbook.rl.rollout_strategy import RetryOnFailure
from tinker_cookbook.rl.rollouts import do_group_rollout
from tinker_cookbook.rl.train import Config
from tinker_cookbook.rl.types import Trajectory, TrajectoryGroup
from tinker_cookbook.tokenizer_utils import register_tokenizer
from tinker_cookbook.utils.ml_log import dump_config

import envtune
from envtune.tinker_cookbook import EnvtuneDatasetBuilder, EnvtuneGroupBuilder

Scenario = dict[str, Any]


def roll_out(
    scenario: Scenario,
    task: envtune.TaskInfo,
    renderer: Renderer,
    *names: str,
    strategy: RetryOnFailure | None = None,
    **settings: Any,
) -> TrajectoryGroup:
    builder = EnvtuneGroupBuilder(
        scenario["url"], task, renderer, group_size=len(names), **settings
    )
    builder = pickle.loads(pickle.dumps(builder))
    scripts = [scenario["cases"][name]["script"] for name in names]
    policy = ScriptedPolicy(renderer, scripts, together=len(names))
    return asyncio.run(do_group_rollout(builder, policy, strategy=strategy))


def prompts(trajectory: Trajectory) -> list[str]:
    decode = byte_tokenizer().decode
    return [decode(transition.ob.to_ints()) for transition in trajectory.transitions]


def test_rewards_steps_and_metrics_are_those_of_the_episodes(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    names = ["solves", "fails", "stumbles"]
    group = roll_out(scenario, task, renderer, *names)
    expected = [scenario["cases"][name]["expected"] for name in names]
    assert group.get_total_rewards() == pytest.approx([one["total_reward"] for one in expected])
    for trajectory, one in zip(group.trajectories_G, expected, strict=True):
        assert [step.reward for step in trajectory.transitions] == one["rewards"]
        assert trajectory.stop_reason == "completed"
    assert group.final_rewards_G == [0.0, 0.0, 0.0]
    assert group.metrics_G == [
        {
            "episode_reward": one["total_reward"],
            "turns_achieved": sum(one["turn_scores"]) / task.turns,
            "solved": float(all(one["turn_scores"])),
            "cut_off": 0.0,
            "steps": one["step_count"],
        }
        for one in expected
    ]
    metrics = compute_trajectory_metrics([group], [["envtune", task.category]])
    assert metrics["env/all/solved"] == pytest.approx(2 / 3)


def test_a_model_reads_results_hints_and_the_next_user_message(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    group = roll_out(scenario, task, renderer, "fails")
    seen = prompts(group.trajectories_G[0])
    assert seen[0].startswith("<|im_start|>system\n# Tools\n")
    assert "Soundcheck in an hour" in seen[0] and "I need lyrics.txt" not in seen[0]
    assert seen[1].endswith("<|im_start|>assistant\n") and '"lyrics.txt"' in seen[1]
    failed = seen[2].rsplit("<tool_response>", 1)[1]
    assert "cat: 'lyric.txt': No such file or directory" in failed
    assert "\nHint: " in failed and "'lyrics.txt'" in failed
    assert "I need lyrics.txt in the gigs folder" in seen[3]


def test_a_released_tool_is_written_among_the_tools_and_not_before(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    group = roll_out(scenario, task, renderer, "solves")
    offered = [
        '"name": "cp"' in prompt.split("<|im_end|>", 1)[0]
        for prompt in prompts(group.trajectories_G[0])
    ]
    assert offered == [False, False, False, True, True, True, True]


def test_a_call_that_the_renderer_cannot_read_is_explained_and_not_executed(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    group = roll_out(scenario, task, renderer, "stumbles")
    told = prompts(group.trajectories_G[0])[1].rsplit("<|im_start|>user\n", 1)[1]
    assert told.startswith(
        "Your last message could not be read, so nothing in it was executed: Invalid JSON"
    )


def test_the_tokens_that_were_sampled_are_the_tokens_that_are_trained(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    group = roll_out(scenario, task, renderer, "solves", "fails")
    data, _ = assemble_training_data([group], compute_advantages([group]))
    # The release of tools changes the prompt's beginning; nothing else splits an episode.
    assert len(data) == 2 + 2
    trained = [
        [token for token, kept in zip(target, mask, strict=True) if kept]
        for target, mask in (
            (d.loss_fn_inputs["target_tokens"].tolist(), d.loss_fn_inputs["mask"].tolist())
            for d in data
        )
    ]
    sampled = [
        token
        for trajectory in group.trajectories_G
        for transition in trajectory.transitions
        for token in transition.ac.tokens
    ]
    assert [token for piece in trained for token in piece] == sampled


def test_an_episode_that_outgrows_the_context_keeps_what_it_earned(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    whole = roll_out(scenario, task, renderer, "solves").trajectories_G[0]
    room = whole.transitions[2].ob.length - 1
    group = roll_out(
        scenario,
        task,
        renderer,
        "solves",
        "fails",
        max_trajectory_tokens=room,
        context_overflow_reward=-0.1,
    )
    cut, _ = group.trajectories_G
    rewards = scenario["cases"]["solves"]["expected"]["rewards"]
    assert [step.reward for step in cut.transitions] == [rewards[0], -0.1]
    assert cut.stop_reason == "context_overflow"
    assert rewards[1] > 0 and group.final_rewards_G[0] == pytest.approx(rewards[1])
    assert group.metrics_G[0]["cut_off"] == 1.0 and group.metrics_G[0]["solved"] == 0.0
    assert group.metrics_G[0]["episode_reward"] == pytest.approx(sum(rewards[:2]))


def test_what_is_paid_at_the_end_is_paid_where_the_cookbook_cut_an_episode_off(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    options = {"reward": "0.9*progress+0.1*format"}
    whole = roll_out(scenario, task, renderer, "solves", options=options).trajectories_G[0]
    room = whole.transitions[2].ob.length - 1
    group = roll_out(
        scenario, task, renderer, "solves", max_trajectory_tokens=room, options=options
    )
    assert sum(step.reward for step in group.trajectories_G[0].transitions) == 0
    earned = 0.9 / task.turns + 0.1
    assert group.get_total_rewards() == pytest.approx([earned])
    assert group.metrics_G[0]["episode_reward"] == pytest.approx(earned)


def test_a_prompt_that_is_too_long_from_the_start_ends_the_episode_gracefully(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    group = roll_out(scenario, task, renderer, "solves", max_trajectory_tokens=100)
    assert group.get_total_rewards() == [0.0]
    assert group.trajectories_G[0].stop_reason == "max_tokens"


def test_an_option_that_does_not_exist_is_named(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    with pytest.raises(envtune.EnvtuneError, match=r"hint: .*hints"):
        roll_out(scenario, task, renderer, "solves", options={"hint": "guide"})


def test_a_rollout_that_breaks_is_made_again_in_a_session_of_its_own(
    scenario: Scenario, task: envtune.TaskInfo, renderer: Renderer
) -> None:
    builder = EnvtuneGroupBuilder(scenario["url"], task, renderer, group_size=2)
    scripts = [scenario["cases"][name]["script"] for name in ("solves", "fails", "fails")]
    # The first script ends in the middle of the episode: its rollout raises.
    policy = ScriptedPolicy(renderer, [scripts[0][:2], *scripts[1:]], together=2)
    group = asyncio.run(do_group_rollout(builder, policy, strategy=RetryOnFailure(max_retries=1)))
    assert group.get_total_rewards() == pytest.approx([0.5, 0.5])
    assert len(group.rollout_errors) == 1


def test_a_dataset_trains_on_one_split_and_is_measured_on_the_other(
    scenario: Scenario, renderer: Renderer
) -> None:
    configured = EnvtuneDatasetBuilder(
        url=scenario["url"],
        model_name_for_tokenizer=NAME,
        renderer_name="qwen3_instruct",
        batch_size=4,
        group_size=3,
        train_split="train",
        test_split="test",
        options={"hints": "guide"},
    )
    train, test = asyncio.run(configured())
    assert test is not None
    groups = [group for batch in range(len(train)) for group in train.get_batch(batch)]
    assert sorted(group.task.id for group in groups) == sorted(scenario["splits"]["train"])
    assert [group.task.id for group in groups] != scenario["splits"]["train"]
    assert {group.group_size for group in groups} == {3}
    assert len({group.options["seed"] for group in groups}) == len(groups)
    assert [group.task.id for group in test.groups] == scenario["splits"]["test"]
    done = [{"content": "Done."}] * 10
    policy = ScriptedPolicy(renderer, [done] * len(test.groups))
    metrics = asyncio.run(RLTestSetEvaluator(test, max_tokens=100).eval_token_completer(policy))
    assert metrics["test/env/all/solved"] == 0.0
    assert metrics["test/env/all/total_episodes"] == len(test.groups)


def test_a_token_stands_in_no_log(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_TOKEN", "a secret")
    configured = EnvtuneDatasetBuilder(
        url=scenario["url"],
        model_name_for_tokenizer=NAME,
        renderer_name="qwen3_instruct",
        batch_size=4,
        group_size=1,
        token_env="SERVER_TOKEN",
    )
    train, _ = asyncio.run(configured())
    assert train.groups[0].token == "a secret"
    for logged in (dump_config(configured), repr(train.groups[0])):
        assert "a secret" not in str(logged)


def test_the_page_runs_as_printed_up_to_the_training_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = Path(os.environ["ENVTUNE_PAGE"]).read_text()
    program = page.split("```python\n", 1)[1].split("```", 1)[0]
    model = "Qwen/Qwen3-4B-Instruct-2507"
    register_tokenizer(model, byte_tokenizer)
    prompts: list[str] = []

    async def main(config: Config) -> None:
        """In place of training, which needs a Tinker server: one group's first prompts."""
        train, test = await config.dataset_builder()
        assert test is None and len(train) == 5
        group = train.get_batch(0)[0]
        for env in await group.make_envs():
            observed = await env.initial_observation()
            assert isinstance(observed, tuple)
            prompts.append(byte_tokenizer().decode(observed[0].to_ints()))
        await group.cleanup()

    monkeypatch.setattr("tinker_cookbook.rl.train.main", main)
    exec(compile(program, "tinker-cookbook.md", "exec"), {})
    assert len(prompts) == 8 and len(set(prompts)) == 1
    assert prompts[0].startswith("<|im_start|>system\n# Tools")
