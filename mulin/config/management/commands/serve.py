"""mulin serve: the server and its clock, in one go."""

import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from mulin.config import clock
from mulin.config.management.commands.doctor import misses_migrations
from mulin.config.parent import name_parent


class Command(BaseCommand):
    help = "Serve mulin; with --cert and --key over https, which camera and passkeys need."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 serves the whole network")
        parser.add_argument("--cert", type=Path, help="certificate chain (PEM)")
        parser.add_argument("--key", type=Path, help="private key (PEM)")
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--no-clock", action="store_true", help="leave scheduled work to cron")

    def handle(
        self, *, host: str, port: int, cert: Path | None, key: Path | None, **options
    ) -> None:
        from granian import Granian  # noqa: PLC0415 - only the server needs it
        from granian.constants import Interfaces, SSLProtocols  # noqa: PLC0415 - as above

        self.require_pair(cert, key)
        if cert and not settings.HTTPS:
            self.start_again_secure()
        self.require_free(host, port)
        self.require_migrated()
        name_parent()
        server = Granian(
            "mulin.config.server:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=options["threads"],
            respawn_failed_workers=True,
            websockets=False,
            log_enabled=False,
            ssl_cert=cert,
            ssl_key=key,
            # Chat applications on older phones speak nothing newer.
            ssl_protocol_min=SSLProtocols.tls12,
        )
        self.announce("https" if cert else "http", host, port)
        if not options["no_clock"]:
            clock.start()
        server.serve()

    def start_again_secure(self) -> None:
        """The settings (secure cookies, HSTS) were read as for plain http: read them anew."""
        os.environ["MULIN_HTTPS"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - the same command

    def require_pair(self, cert: Path | None, key: Path | None) -> None:
        if bool(cert) != bool(key):
            raise CommandError("--cert and --key belong together")
        for path in (cert, key):
            if path and not path.is_file():
                raise CommandError(f"there is no file {path}")

    def require_free(self, host: str, port: int) -> None:
        """Granian shares a port that is taken: every second request would reach somebody else."""
        try:
            family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address[0], port, *address[2:]))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"can't listen on {host}:{port}: {error}. Choose another with --port, or stop what"
                " listens there"
            ) from error

    def require_migrated(self) -> None:
        """Else every page would fail, for everybody, in an hour in which nobody looks."""
        try:
            missing = misses_migrations()
        except DatabaseError as error:
            raise CommandError(f"the database doesn't answer: {error}") from error
        connection.close()
        if missing:
            raise CommandError("the database is of an older version: run `mulin migrate` first")

    def announce(self, scheme: str, host: str, port: int) -> None:
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::"} else host  # noqa: S104
        self.stdout.write(f"mulin is at {scheme}://{shown}:{port}/  (stop it with Ctrl+C)")
        open_to_all = host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
        if open_to_all and settings.ALLOWED_HOSTS == ["localhost", "127.0.0.1", "[::1]"]:
            self.stdout.write("others reach it once MULIN_HOSTS names this machine")
        if not settings.STATIC_ROOT.is_dir():
            self.stdout.write("pages have no colours: run `mulin collectstatic --noinput`")
        self.stdout.flush()
