"""Reading the environment."""

from mulin.config.settings import _database


def test_sqlite_keeps_what_it_acknowledged():
    options = _database("sqlite:////srv/mulin.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_sqlite_path_follows_three_slashes():
    assert _database("sqlite:////srv/a b.sqlite3")["NAME"] == "/srv/a b.sqlite3"


def test_postgres_address_is_taken_apart():
    found = _database("postgres://li:p%40ss@db.example:5433/mulin")
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[name] for name in names] == ["mulin", "li", "p@ss", "db.example", 5433]


def test_postgres_socket_is_a_host():
    assert _database("postgres://li@/mulin?host=/run/Postgres")["HOST"] == "/run/Postgres"
