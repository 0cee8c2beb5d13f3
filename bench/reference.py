"""Times BFCL's own executor and checker: one JSON command a line on stdin, one JSON answer a line on stdout."""

import ast
import copy
import datetime
import decimal
import gc
import hashlib
import json
import platform
import sys
from importlib.metadata import version
from time import perf_counter_ns
from typing import Any, Callable

import mpmath
from bfcl_eval.eval_checker.multi_turn_eval import multi_turn_utils as executor
from bfcl_eval.eval_checker.multi_turn_eval.func_source_code import long_context, posting_api, travel_booking
from bfcl_eval.eval_checker.multi_turn_eval.multi_turn_checker import multi_turn_checker

Entry = dict[str, Any]
# A turn to run, with the environment that owns all its calls ("" where several do).
Work = tuple[str, Callable[[], list[str]]]


class PinnedDatetime(datetime.datetime):
    """`verify_traveler_information` reads the wall clock."""

    @classmethod
    def today(cls) -> "PinnedDatetime":
        return cls(2025, 10, 24, 12)


travel_booking.datetime = PinnedDatetime

# Extensions that states take in by reference, and so change for everyone after them.
SHARED = [long_context.CREDIT_CARD_EXTENSION, long_context.BOOKING_RECORD_EXTENSION, long_context.LONG_WEATHER_EXTENSION]
PRISTINE = copy.deepcopy(SHARED)


def reset_process() -> None:
    """Undoes what a trajectory leaves behind in the process: shared defaults, shared extensions, precisions."""
    posting_api.TwitterAPI.post_tweet.__defaults__ = ([], [])
    for shared, pristine in zip(SHARED, PRISTINE):
        if shared != pristine:
            shared.clear()
            shared.update(copy.deepcopy(pristine))
    decimal.getcontext().prec = 28
    mpmath.mp.dps = 15


def build(entry: Entry, model: str) -> dict[str, Any]:
    """Builds and keeps an entry's instances under a model's name, as the executor does on its first turn."""
    return run(entry, model, [])[1]


def run(entry: Entry, model: str, calls: list[str]) -> tuple[list[str], dict[str, Any]]:
    return executor.execute_multi_turn_func_call(
        calls, entry["initial_config"], entry["involved_classes"], model, entry["id"], entry["long_context"]
    )


def forget_instances() -> None:
    for name in [name for name in vars(executor) if name.endswith("_instance")]:
        delattr(executor, name)


def digest(texts: list[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def executor_work(entries: list[Entry]) -> list[Work]:
    """Every turn as one call of the executor, on instances built before."""
    for entry in entries:
        build(entry, "bench")
    return [
        (owner, lambda entry=entry, calls=calls: run(entry, "bench", calls)[0])
        for entry in entries
        for owner, calls in zip(entry["owners"], entry["ground_truth"])
    ]


def bare_work(entries: list[Entry]) -> list[Work]:
    """The methods alone: arguments read beforehand, then the call and the executor's rule for result texts."""
    work: list[Work] = []
    for entry in entries:
        instances = build(entry, "bench")
        for owner, calls in zip(entry["owners"], entry["ground_truth"]):
            bound = [bind(instances, call) for call in calls]
            work.append((owner, lambda bound=bound: [call_bare(method, arguments) for method, arguments in bound]))
    return work


def timed(work: list[Work]) -> dict[str, Any]:
    owned: dict[str, int] = {}
    gc.collect()
    start = perf_counter_ns()
    for owner, turn in work:
        before = perf_counter_ns()
        turn()
        owned[owner] = owned.get(owner, 0) + perf_counter_ns() - before
    total = perf_counter_ns() - start
    forget_instances()
    reset_process()
    return {"total": total, "owned": owned}


def digests(entries: list[Entry], work: list[Work]) -> list[str]:
    """By entry, the SHA-256 of its result texts, a line each."""
    turns = (turn() for _, turn in work)
    found = [digest([text for _ in entry["owners"] for text in next(turns)]) for entry in entries]
    forget_instances()
    reset_process()
    return found


def bind(instances: dict[str, Any], call: str) -> tuple[Callable[..., Any], dict[str, Any]]:
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    name = node.func.id
    method = next(getattr(instance, name) for instance in instances.values() if hasattr(instance, name))
    return method, {str(argument.arg): ast.literal_eval(argument.value) for argument in node.keywords}


def call_bare(method: Callable[..., Any], arguments: dict[str, Any]) -> str:
    try:
        result = method(**arguments)
    except Exception as error:
        return f"Error during execution: {error}"
    if type(result) is str:
        return result
    if type(result) is not dict:
        return str(result)
    try:
        return json.dumps(result)
    except Exception:
        return str(result)


def grade(entries: list[Entry], with_verdicts: bool, prebuilt: bool) -> dict[str, Any]:
    """One round of the checker, nanoseconds an entry. It finds its instances built, or builds them itself as in real use."""
    times: list[int] = []
    verdicts: list[list[Any]] = []
    gc.collect()
    for entry in entries:
        spent = 0
        for number, trajectory in enumerate(entry["trajectories"]):
            model = f"bench{number}"
            reset_process()
            if prebuilt:
                build(entry, f"{model}_eval")
                build(entry, f"{model}_ground_truth_eval")
            start = perf_counter_ns()
            verdict = multi_turn_checker(trajectory, entry["ground_truth"], entry, entry["category"], model)
            spent += perf_counter_ns() - start
            forget_instances()
            if with_verdicts:
                verdicts.append([verdict["valid"], verdict.get("error_type")])
        times.append(spent)
    reset_process()
    return {"times": times, "verdicts": verdicts}


def main() -> None:
    def answer(value: Any) -> None:
        print(json.dumps(value), flush=True)

    entries: list[Entry] = []
    answer({"description": f"bfcl-eval {version('bfcl-eval')} on CPython {platform.python_version()}"})
    for line in sys.stdin:
        command: dict[str, Any] = json.loads(line)
        match command["command"]:
            case "load":
                entries.append(command["entry"])
                answer({})
            case "replay":
                answer(timed(executor_work(entries)))
            case "replay bare":
                answer(timed(bare_work(entries)))
            case "digests":
                executor_digests = digests(entries, executor_work(entries))
                answer({"executor": executor_digests, "methods": digests(entries, bare_work(entries))})
            case "grade":
                answer(grade(entries, command["verdicts"], command["prebuilt"]))


if __name__ == "__main__":
    main()
