"""How much one request may bring."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


@pytest.mark.parametrize(("size", "status"), [(900, 404), (1100, 413)])
def test_what_is_too_large_is_not_read(client, db, settings, size, status):
    settings.LARGEST_REQUEST = 1000
    sheet = SimpleUploadedFile("a.xlsx", b"x" * (size - 200))
    assert client.post("/a/nothing/", {"file": sheet}).status_code == status


def test_strange_length_is_refused(client, db):
    assert client.post("/a/nothing/", CONTENT_LENGTH="-1").status_code == 413


@pytest.mark.parametrize("address", ["/lists/?alliance=%00", "/a/%00/"])
def test_address_with_a_nul_is_refused(client, db, address):
    assert client.get(address).status_code == 400
