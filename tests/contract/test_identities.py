"""By what the company's sign-in knows an account, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from coach.domain.errors import StoreError
from coach.domain.people import AccountRole
from coach.people import Identity, People
from coach.people.identity import fold_email
from coach.store import ReviewStore

ISSUER = "https://login.example.com"


@pytest.fixture
def people(store: ReviewStore) -> People:
    made = People(store)
    for login, role in (("root", AccountRole.ADMIN), ("li", AccountRole.AGENT), ("wang", AccountRole.AGENT)):
        made.add(login, role)
    return made


def _who(people: People, identity: Identity) -> str | None:
    actor = people.actor(people.sign_in_as(identity))
    return next((a.login for a in people.all() if actor is not None and a.id == actor.account), None)


def test_an_account_is_known_by_a_verified_e_mail_and_then_by_the_person(people: People) -> None:
    people.know_by_email("li", "Li@Example.com")
    assert _who(people, Identity(ISSUER, "1")) is None, "no e-mail was verified"
    assert _who(people, Identity(ISSUER, "1", "LI@example.com")) == "li"
    assert _who(people, Identity(ISSUER, "1")) == "li", "now by the person, whatever the e-mail"
    assert _who(people, Identity(ISSUER, "1", "new@example.com")) == "li"
    assert _who(people, Identity(ISSUER, "2", "li@example.com")) is None, "an heir of the address"
    assert _who(people, Identity("https://other.example.com", "1", "li@example.com")) is None
    people.know_by_email("li", "li@example.com")
    assert _who(people, Identity(ISSUER, "2", "li@example.com")) == "li", "an admin said so again"


def test_an_account_is_known_by_its_subject_letter_by_letter(people: People) -> None:
    people.know_by_subject("wang", ISSUER, "aB1")
    assert _who(people, Identity(ISSUER, "aB1", "not-verified-here@example.com")) == "wang"
    for stranger in (
        Identity(ISSUER, "AB1"),
        Identity(ISSUER + "/", "aB1"),
        Identity("", ""),
        Identity("", "aB1"),
    ):
        assert _who(people, stranger) is None
    people.know_by_nothing("wang")
    assert _who(people, Identity(ISSUER, "aB1")) is None


def test_nobody_shares_an_identity_and_a_removed_account_frees_it(people: People) -> None:
    people.know_by_email("li", "li@example.com")
    people.know_by_subject("wang", ISSUER, "1")
    with pytest.raises(StoreError, match="another account"):
        people.know_by_email("wang", "LI@example.com")
    with pytest.raises(StoreError, match="another account"):
        people.know_by_subject("li", ISSUER, "1")
    assert set(people.identities().values()) == {"li@example.com", "1"}, "what was refused changed nothing"
    session = people.sign_in_as(Identity(ISSUER, "9", "li@example.com"))
    people.remove("li")
    assert people.actor(session) is None
    assert _who(people, Identity(ISSUER, "9", "li@example.com")) is None
    people.know_by_email("wang", "li@example.com")
    assert _who(people, Identity(ISSUER, "10", "li@example.com")) == "wang"


def test_the_role_is_that_of_the_account(people: People) -> None:
    people.know_by_email("li", "li@example.com")
    actor = people.actor(people.sign_in_as(Identity(ISSUER, "1", "li@example.com")))
    assert actor is not None
    assert actor.role is AccountRole.AGENT


@pytest.mark.parametrize(
    "email",
    [
        "",
        "li",
        "@example.com",
        "li@",
        "li@example",
        "l i@example.com",
        "li@exa\nmple.com",
        "x" * 300 + "@a.b",
    ],
)
def test_what_is_no_e_mail_is_refused(email: str) -> None:
    with pytest.raises(StoreError, match="e-mail"):
        fold_email(email)


@pytest.mark.parametrize(
    ("issuer", "subject"), [("", "1"), ("http://a.b", "1"), (ISSUER, ""), (ISSUER, "x" * 256)]
)
def test_what_is_no_subject_is_refused(people: People, issuer: str, subject: str) -> None:
    with pytest.raises(StoreError, match="issuer"):
        people.know_by_subject("li", issuer, subject)
