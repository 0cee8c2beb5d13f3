"""Plays entries with bfcl-eval's own handler against the server of OPENAI_BASE_URL.

Standard input holds a JSON list of {"name": model to ask for, "id": entry, "native": tool calls or prompting mode}.
"""

import contextlib
import json
import os
import sys

from bfcl_eval.model_handler.api_inference.openai_completion import OpenAICompletionsHandler
from bfcl_eval.utils import load_dataset_entry

entries = {}


def entry(entry_id):
    category = entry_id.rsplit("_", 1)[0]
    if category not in entries:
        entries[category] = {each["id"]: each for each in load_dataset_entry(category)}
    # An inference changes its entry.
    return json.loads(json.dumps(entries[category][entry_id]))


for scenario in json.load(sys.stdin):
    with open(os.devnull, "w") as silence, contextlib.redirect_stdout(silence):
        handler = OpenAICompletionsHandler(scenario["name"], 0.001, scenario["name"], scenario["native"])
        handler.inference(entry(scenario["id"]), False, True)
