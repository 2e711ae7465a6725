"""The child process of `read_safely`: limits itself, reads one file, prints JSON."""

import gc
import json
import resource
import sys
from datetime import date


def main(path: str, name: str, today: str, megabytes: str, seconds: str) -> None:
    """Read one file and print its Reading as JSON on standard output."""
    gc.disable()
    limit = int(megabytes) << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    from mulin.sheets.tables import read  # noqa: PLC0415 - only once the limits stand
    from mulin.sheets.wire import pack  # noqa: PLC0415 - only once the limits stand

    reading = read(path, name, today=date.fromisoformat(today))
    sys.stdout.write(json.dumps(pack(reading), ensure_ascii=False, check_circular=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
