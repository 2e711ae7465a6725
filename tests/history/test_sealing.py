"""Sealing from several processes at once: the clock, cron and a backup may meet."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from mulin.accounts.models import Person
from mulin.history.actions import record, seal_events
from mulin.history.models import Event, Seal
from mulin.history.queries import broken_seal


@pytest.mark.django_db(transaction=True)
def test_sealers_at_once_make_one_chain():
    person = Person.objects.create_user("lin", name="林")

    def note_and_seal(_: int) -> None:
        try:
            for _round in range(15):
                record("noted", person, by=person)
                seal_events()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(note_and_seal, range(4)))
    seal_events()
    assert (broken_seal(), Seal.objects.count()) == (None, Event.objects.count())
