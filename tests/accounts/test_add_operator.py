"""The command that makes the first account."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mulin.accounts.models import Person


def test_operator_gets_a_link_to_a_password(client, db):
    out = StringIO()
    call_command("add_operator", "Root", "--name", "管理", stdout=out)
    link = re.search(r"/me/welcome/\S+", out.getvalue())[0]
    person = Person.objects.get()
    assert (person.username, person.name, person.is_operator, client.get(link).status_code) == (
        "root", "管理", True, 200,
    )  # fmt: skip


@pytest.mark.parametrize("username", ["lin", "a b"])
def test_taken_and_impossible_names_are_refused(lin, username):
    with pytest.raises(CommandError):
        call_command("add_operator", username)
