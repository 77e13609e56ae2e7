"""What a client is driven with: by the environment, so that no secret stands in a list of processes."""

import json
import os
import time

GATEWAY = os.environ["GATEWAY"]
TOKEN = os.environ["LATCHKEY_TOKEN"]
ANSWER = os.environ["ANSWER"]


def run_cases(cases):
    """Runs (what, function) one after the other and writes the outcome of each as a JSON line, as in client.ts."""
    for what, run in cases:
        try:
            run()
            failure = None
        except Exception as error:  # whatever a client throws is what is to be reported
            failure = str(error) or type(error).__name__
        print(json.dumps({"what": what, "failure": failure, "endedAt": time.time() * 1000}), flush=True)


def expect_equal(actual, expected):
    """Raises an error that names both when they differ."""
    if actual != expected:
        raise AssertionError(f"got {actual!r}, wanted {expected!r}")
