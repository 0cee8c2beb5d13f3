"""An echo environment on OpenEnv's own server: as its template has it, or with the settings that were fastest (docs/load.md)."""

import argparse
import uuid
from typing import Any

import uvicorn
from openenv.core.env_server import create_app
from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import Action, Observation, State


class EchoAction(Action):
    message: str


class EchoObservation(Observation):
    echoed_message: str
    message_length: int


class EchoEnvironment(Environment[EchoAction, EchoObservation, State]):
    """As OpenEnv's template has it: `step` runs in the session's own thread."""

    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self) -> None:
        super().__init__()
        self._state = State(episode_id=str(uuid.uuid4()), step_count=0)

    def reset(self, seed: int | None = None, episode_id: str | None = None, **kwargs: Any) -> EchoObservation:
        self._state = State(episode_id=episode_id or str(uuid.uuid4()), step_count=0)
        return EchoObservation(echoed_message="Ready.", message_length=0, reward=0.0)

    def step(self, action: EchoAction, timeout_s: float | None = None, **kwargs: Any) -> EchoObservation:
        self._state.step_count += 1
        return EchoObservation(echoed_message=action.message, message_length=len(action.message), reward=0.0)

    @property
    def state(self) -> State:
        return self._state


class AsyncEchoEnvironment(EchoEnvironment):
    """The same without threads: an environment that is asynchronous runs on the server's event loop."""

    async def reset_async(self, seed: int | None = None, episode_id: str | None = None, **kwargs: Any) -> EchoObservation:
        return self.reset(seed=seed, episode_id=episode_id)

    async def step_async(self, action: EchoAction, timeout_s: float | None = None, **kwargs: Any) -> EchoObservation:
        return self.step(action)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--template", action="store_true", help="environment and settings as OpenEnv's template has them")
    arguments = parser.parse_args()
    environment = EchoEnvironment if arguments.template else AsyncEchoEnvironment
    app = create_app(environment, EchoAction, EchoObservation, env_name="echo", max_concurrent_envs=100_000)
    if arguments.template:
        # Without uvloop, which OpenEnv does not require.
        uvicorn.run(app, host="127.0.0.1", port=arguments.port, loop="asyncio")
        return
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=arguments.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
        backlog=4096,
    )


if __name__ == "__main__":
    main()
