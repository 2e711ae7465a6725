"""Seconds from starting `mulin serve` to its first page: with nothing compiled, then five times."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

RUNS = 5
PATIENCE = 60
EVERY = 0.005
MULIN = [sys.executable, "-c", "from mulin.config.cli import main; main()"]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mulin-bench-") as folder:
        env = os.environ | {
            "MULIN_VAR": folder,
            "MULIN_DATABASE": f"sqlite:///{folder}/bench.sqlite3",
            "MULIN_HOSTS": "127.0.0.1",
            "MULIN_HTTPS": "0",
        }
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([*MULIN, *command], env=env, check=True)
        fresh = env | {"PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        print(json.dumps({"run": "nothing compiled yet"} | started(fresh)), flush=True)
        runs = [started(env) for _ in range(RUNS)]
    for run in runs:
        print(json.dumps({"run": "warm"} | run), flush=True)
    print(json.dumps({"run": "median"} | middle(runs)))


def started(env: dict[str, str]) -> dict[str, float]:
    """Seconds until the first page, the processor's beside the clock's; a busy machine shows."""
    port = free_port()
    began, worked = time.perf_counter(), children_cpu()
    server = subprocess.Popen(
        [*MULIN, "serve", "--port", str(port), "--no-clock"], env=env, stdout=subprocess.DEVNULL
    )
    wait_for_page(f"http://127.0.0.1:{port}/", server)
    seconds = time.perf_counter() - began
    server.send_signal(signal.SIGINT)
    server.wait(PATIENCE)
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds_with_its_end": round(children_cpu() - worked, 2),
        "load": round(os.getloadavg()[0], 1),
    }


def middle(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def wait_for_page(address: str, server: subprocess.Popen) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(EVERY)
    raise SystemExit("the server did not answer")


if __name__ == "__main__":
    main()
