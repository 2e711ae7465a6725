"""What mulin asks of people: taps, corrections and facts typed twice, in a real browser.

python -m benchmarks.burden [--sheets N] [--seed N] [--show]
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]


def main() -> None:
    """Found an alliance in an empty database, serve it, and let scripted people use it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=10, help="bring only the first so many")
    parser.add_argument("--seed", type=int, default=1, help="draw other items into the sheets")
    parser.add_argument("--show", action="store_true", help="print every correction made")
    args = parser.parse_args()
    args.port = free_port()
    with tempfile.TemporaryDirectory(prefix="mulin-burden-") as name:
        folder = Path(name)
        found(folder, f"http://localhost:{args.port}")
        server = serve(args.port)
        try:
            print(json.dumps(walk(folder, args), ensure_ascii=False, indent=1))
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def found(folder: Path, url: str) -> None:
    """Migrate, found the example's alliance without its lists, give everyone a password."""
    os.environ |= {
        "MULIN_VAR": str(folder), "MULIN_DATABASE": f"sqlite:///{folder}/mulin.sqlite3",
        "MULIN_SITE_URL": url, "DJANGO_SETTINGS_MODULE": "mulin.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }  # fmt: skip
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    from mulin.accounts.models import Person
    from mulin.home.demo.founding import PASSWORD, Founding

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Founding().build()
    Person.objects.update(password=make_password(PASSWORD))


def serve(port: int) -> subprocess.Popen:
    """`mulin serve` on the same database; returns once it answers."""
    mulin = Path(sys.executable).parent / "mulin"
    server = subprocess.Popen([mulin, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    for _ in range(200):
        if server.poll() is not None:
            break
        try:
            with urlopen(f"http://localhost:{port}/", timeout=1):
                return server
        except OSError:
            time.sleep(0.1)
    server.terminate()
    raise RuntimeError(f"no server on port {port}")


def walk(folder: Path, args: Any) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    from benchmarks.burden_journey import journey

    chromium = next(filter(None, map(shutil.which, NAMES)))
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *sandbox])
        try:
            return journey(browser, f"http://localhost:{args.port}", folder, args)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
