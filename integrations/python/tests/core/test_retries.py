from __future__ import annotations

import asyncio
import gc
import json
import os
import socket
import threading
import time
import weakref
from typing import Any

import pytest
from lossy_proxy import LossyProxy
from script import PERFECT, TASK
from scripted_server import ScriptedServer

import envtune
from envtune.exchange import PASSING
from envtune.shared_client import shared_client


def failure(act: Any) -> envtune.EnvtuneError:
    with pytest.raises(envtune.EnvtuneError) as caught:
        act()
    return caught.value


def refusal(code: str, **details: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": f"this is {code}", **details}}


def test_a_step_whose_answer_was_lost_is_done_once(server: envtune.Server) -> None:
    with LossyProxy(server.url) as proxy, envtune.Client(proxy.url) as client:
        with client.start(task=TASK, mode="dialogue") as episode:
            first = len(proxy.requests)
            for message in PERFECT:
                proxy.losing = 2
                episode.step(message)
            steps = [request for request in proxy.requests[first:] if b"/step " in request]
            assert len(steps) == 3 * len(PERFECT)
            ids = [json.loads(step.partition(b"\r\n\r\n")[2])["request_id"] for step in steps]
            assert len(set(ids)) == len(PERFECT)
            assert ids[0] == ids[1] == ids[2] != ids[3]
            assert episode.state()["step_count"] == len(PERFECT)
            assert (episode.turn_scores, episode.reward) == ([1, 1, 1], 1.0)
            # A tool answers once for each call, whatever was lost.
            results = [message for message in episode.messages if message["role"] == "tool"]
            assert len(results) == sum(isinstance(message, dict) for message in PERFECT)


def test_lost_answers_awaited(server: envtune.Server) -> None:
    async def play() -> int:
        with LossyProxy(server.url) as proxy:
            async with envtune.AsyncClient(proxy.url) as client:
                async with await client.start(task=TASK, mode="dialogue") as episode:
                    proxy.losing = 3
                    await episode.step(PERFECT[0])
                    return int((await episode.state())["step_count"])

    assert asyncio.run(play()) == 1


def test_a_full_server_is_asked_again_until_there_is_room() -> None:
    with envtune.launch(dataset="bundled", max_sessions=2) as server:
        with (
            envtune.Client(server.url, retry_for=0.3) as hasty,
            envtune.Client(server.url, retry_for=30.0) as patient,
        ):
            refused = failure(lambda: hasty.start(task="no such task"))
            assert refused.code == "unknownTask"
            # The refused one took no place.
            episodes = [hasty.start(task=TASK) for _ in range(2)]
            full = failure(lambda: hasty.start(task=TASK))
            assert full.code == "capacity"
            assert (full.details["active"], full.details["max"]) == (2, 2)
            threading.Timer(0.5, episodes[0].close).start()
            with patient.start(task=TASK) as third:
                assert third.task == TASK


@pytest.mark.parametrize("status, code", [(503, "draining"), (429, "capacity"), (503, "capacity")])
def test_what_may_pass_is_asked_again(status: int, code: str) -> None:
    with ScriptedServer((status, refusal(code)), (200, {"tasks": [], "splits": ["a"]})) as server:
        with envtune.Client(server.url) as client:
            assert client.splits() == ["a"]
            assert server.asked == ["/tasks", "/tasks"]


def test_what_will_not_pass_is_asked_once() -> None:
    with ScriptedServer((400, refusal("badOptions", key="tsak"))) as server:
        with envtune.Client(server.url) as client:
            error = failure(client.splits)
    assert (error.code, error.message) == ("badOptions", "this is badOptions")
    assert error.details == {"key": "tsak"}
    assert len(server.asked) == 1
    assert "badOptions" not in PASSING


def test_giving_up_says_how_often_and_how_long() -> None:
    with ScriptedServer((503, refusal("draining"))) as server:
        with envtune.Client(server.url, retry_for=0.5) as client:
            error = failure(client.splits)
        assert error.code == "draining"
        assert f"asked {len(server.asked)} times" in error.message
        assert len(server.asked) > 1


def test_a_silent_server_is_a_timeout() -> None:
    with ScriptedServer((200, {}, 2.0)) as server:
        with envtune.Client(server.url, timeout=0.1, retry_for=0.0) as client:
            assert failure(client.health).code == "timeout"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, "<html>"), "badAnswer"),
        ((404, "<html>not here"), "badAnswer"),
        ((500, {"error": "text"}), "badAnswer"),
        ((502, "<html>bad gateway"), "unavailable"),
    ],
)
def test_answers_of_somebody_else_are_recognised(answer: Any, code: str) -> None:
    with ScriptedServer(answer) as server:
        with envtune.Client(server.url, retry_for=0.0) as client:
            assert failure(client.health).code == code


def test_an_unreachable_server_is_told_by_its_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with envtune.Client(f"http://127.0.0.1:{port}", retry_for=0.3) as client:
        error = failure(client.health)
    assert error.code == "unreachable"
    assert "/health" in error.message


def test_a_server_that_starts_late_is_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found: list[Any] = []

    def ask() -> None:
        with envtune.Client(f"http://127.0.0.1:{port}") as client:
            found.append(client.splits())

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.2)
    with envtune.launch(dataset="bundled", port=port) as server:
        asking.join(timeout=30)
        assert server.url.endswith(f":{port}")
    assert found


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    server: envtune.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with envtune.Client(server.url, retry_for=0.0) as client:
        assert client.splits()


def test_an_error_within_a_block_is_told_though_the_server_is_gone() -> None:
    answer = {
        "session_id": "s",
        "observation": {"messages": [], "tools": []},
        "reward": None,
        "done": False,
        "metadata": {"total_reward": None, "step_count": 0, "turn_scores": [], "turn": 0},
    }

    async def awaited(url: str) -> None:
        async with await envtune.AsyncClient(url).start():
            server.__exit__(None, None, None)
            raise KeyError("mine")

    with ScriptedServer((201, answer)) as server, pytest.raises(KeyError, match="mine"):
        with envtune.Client(server.url).start():
            server.__exit__(None, None, None)
            raise KeyError("mine")
    with ScriptedServer((201, answer)) as server, pytest.raises(KeyError, match="mine"):
        asyncio.run(awaited(server.url))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_forked_process_has_connections_of_its_own() -> None:
    with ScriptedServer((200, {"status": "ok"})) as server, envtune.Client(server.url) as client:
        client.health()
        child = os.fork()
        if child == 0:
            client.health()
            os._exit(0)
        os.waitpid(child, 0)
        client.health()
        assert len(server.asked) == 3
        assert len(server.connections) == 2


def test_a_loop_s_shared_client_goes_once_the_loop_is_closed(server: envtune.Server) -> None:
    async def use() -> weakref.ref[envtune.AsyncClient]:
        client = shared_client(server.url)
        assert shared_client(server.url) is client
        await client.health()
        return weakref.ref(client)

    first = asyncio.run(use())
    second = asyncio.run(use())
    gc.collect()
    assert first() is None and second() is not None
