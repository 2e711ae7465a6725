"""The `mulin` command: Django's command line with mulin's settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
    if sys.argv[1:2] != ["match"]:
        # Only who solves in this very process waits for the compiler to load.
        os.environ.setdefault("MULIN_COMPILED", "0")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs the line above

    execute_from_command_line(sys.argv)
