"""What is tried on one engine only stays out on the other."""

import os

# Needs the server that `tests.on_postgres` starts; `./run test` runs it there.
on_postgres = os.environ.get("MULIN_DATABASE", "").startswith("postgres")
collect_ignore = [] if on_postgres else ["test_backups_postgres.py"]
