"""SkyRL's Tinker API on the CPU: its own server and engine, without uv, PyTorch or peft.

    python serve.py --base-model FOLDER --folder STATE --backend-config JSON [--port PORT]

Prints one line of JSON with the port once it listens. STATE holds the database and the checkpoints.
"""

import argparse
import json
import socket
import sys
import types
import typing
from pathlib import Path

import typing_extensions


def stand_in_for_torch_and_peft() -> None:
    """The JAX backend names torch.Tensor for images, and has peft write an adapter's configuration; no more than that."""
    from transformers.utils import is_torch_available

    # The answer is kept, so that the stand-in below is never taken for PyTorch.
    assert not is_torch_available()
    torch = types.ModuleType("torch")
    torch.Tensor = type("Tensor", (), {})
    sys.modules["torch"] = torch

    class LoraConfig:
        def __init__(self, **values):
            self.values = values

        def save_pretrained(self, folder):
            (Path(folder) / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA", **self.values}))

    peft = types.ModuleType("peft")
    peft.LoraConfig = LoraConfig
    sys.modules["peft"] = peft


def serve() -> None:
    import uvicorn
    from skyrl.tinker import api
    from skyrl.tinker.config import EngineConfig, config_to_argv

    parser = argparse.ArgumentParser()
    parser.add_argument("--base-model", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--backend-config", type=json.loads, default={})
    parser.add_argument("--port", type=int, default=0)
    args = parser.parse_args()
    api.app.state.engine_config = EngineConfig(
        base_model=args.base_model,
        backend="jax",
        backend_config=args.backend_config,
        checkpoints_base=args.folder / "checkpoints",
        database_url=f"sqlite:///{args.folder / 'tinker.db'}",
    )
    # The server starts its engine with `uv run`; here it is this file again.
    api._build_uv_run_cmd_engine = lambda _, config: [sys.executable, __file__, "engine", *config_to_argv(config)]
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", args.port))
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    uvicorn.Server(uvicorn.Config(api.app, log_level="warning")).run(sockets=[listener])


def engine() -> None:
    from skyrl.tinker.engine import main

    sys.argv.remove("engine")
    main()


if __name__ == "__main__":
    if sys.version_info < (3, 12):
        # pydantic asks for this one there, and SkyRL imports the other.
        typing.TypedDict = typing_extensions.TypedDict
    stand_in_for_torch_and_peft()
    engine() if sys.argv[1:2] == ["engine"] else serve()
