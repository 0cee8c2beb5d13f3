"""The way through verl's own worker, dataset and registry."""

import asyncio
import json
import os
from pathlib import Path

import numpy as np
import pytest
import torch
import verl.experimental.agent_loop.agent_loop as agent_loops
from omegaconf import OmegaConf
from scripted_loop import (
    END,
    AgentLoopWorker,
    ScriptedServerManager,
    hermes,
    rollout_config,
    tiny_tokenizer,
)
from verl.protocol import DataProto
from verl.utils.dataset.rl_dataset import RLHFDataset, collate_fn
from verl.utils.rollout_trace import RolloutTraceConfig

import envtune
from envtune.datasets import rows, write_rows

URL = os.environ["ENVTUNE_URL"]
SCRIPTS = json.loads(Path(os.environ["ENVTUNE_SCRIPTS"]).read_text())
EXAMPLE = Path(__file__).parents[4] / "docs" / "examples" / "verl-agent.yaml"
TASK = "base_sand_grains"


def words(message: dict) -> str:
    return hermes(message["tool_calls"]) if message.get("tool_calls") else message["content"]


@pytest.fixture
def dataset(tmp_path) -> RLHFDataset:
    path = tmp_path / "rows.jsonl"
    with envtune.Client(URL) as client:
        chosen = [
            row for row in rows(client, "verl", options={"hints": "guide"}) if TASK in str(row)
        ]
    assert write_rows(path, chosen) == 1
    config = OmegaConf.create({"prompt_key": "prompt", "filter_overlong_prompts": False})
    return RLHFDataset(str(path), tiny_tokenizer(), config)


def worker(tmp_path, script: list[str], monkeypatch) -> AgentLoopWorker:
    """verl's worker, without the Ray actor and the model around it."""
    tokenizer = tiny_tokenizer()
    made = object.__new__(AgentLoopWorker)
    made.config = rollout_config(24000, 4000)
    made.rollout_config = OmegaConf.merge(
        made.config.actor_rollout_ref.rollout,
        {
            "temperature": 1.0,
            "top_p": 1.0,
            "top_k": -1,
            "calculate_log_probs": True,
            "agent": {"default_agent_loop": "single_turn_agent"},
        },
    )
    made.llm_client = ScriptedServerManager(tokenizer, [text + END for text in script])
    made.tokenizer, made.processor, made.mm_processor_kwargs = tokenizer, None, {}
    made.hf_model_type, made.dataset_cls, made.tools = "qwen3", RLHFDataset, []
    made.reward_loop_worker_handles, made.distillation_enabled = None, False
    sample = tmp_path / "agent.yaml"
    sample.write_text(EXAMPLE.read_text().replace("http://127.0.0.1:8000", URL))
    for entry in OmegaConf.load(sample):
        monkeypatch.setitem(agent_loops._agent_loop_registry, entry.name, entry)
    monkeypatch.delenv("ENVTUNE_URL")
    RolloutTraceConfig.init("test", "test", None, False, None)
    return made


def test_a_batch_through_the_worker(tmp_path, monkeypatch, dataset) -> None:
    script = [words(message) for message in SCRIPTS[TASK]]
    batch = DataProto.from_single_dict(collate_fn([dataset[0], dataset[0]]))
    made = worker(tmp_path, [*script, *script], monkeypatch)

    async def one_after_the_other() -> list[DataProto]:
        return [await made.generate_sequences(batch[[at]]) for at in range(2)]

    outputs = asyncio.run(one_after_the_other())
    output = DataProto.concat(outputs)

    assert output.batch["rm_scores"].sum(-1).tolist() == [1, 1]
    assert output.batch["responses"].shape == (2, 4000)
    assert torch.equal(output.batch["response_mask"][0], output.batch["response_mask"][1])
    assert output.non_tensor_batch["turn_scores"].tolist() == [[1, 1, 1], [1, 1, 1]]
    assert output.non_tensor_batch["turns_achieved"].tolist() == [3, 3]
    assert output.non_tensor_batch["extras"][0]["task"] == TASK
    assert output.batch["rollout_log_probs"].shape == (2, 4000)
    ended = int(output.batch["attention_mask"][0, 24000:].sum()) - 1
    assert output.batch["rm_scores"][0, ended] == 1
    assert np.all(output.non_tensor_batch["__num_turns__"] == 2 * len(script))


def test_the_config_holds_after_the_class_was_imported(tmp_path, monkeypatch, dataset) -> None:
    made = worker(tmp_path, ["x"], monkeypatch)
    assert agent_loops._agent_loop_registry["envtune"]["url"] == URL
    import importlib

    import envtune.verl

    importlib.reload(envtune.verl)
    assert agent_loops._agent_loop_registry["envtune"]["url"] == URL
    assert made.config is not None
