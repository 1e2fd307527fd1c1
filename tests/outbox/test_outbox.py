"""Mail that was promised in a transaction: once each, after the transaction, and again when the server of the mail is down."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction

from wijkcontract.outbox.models import Message
from wijkcontract.outbox.operations import deliver_due, queue_mail, queue_mails
from wijkcontract.rules import clock

pytestmark = pytest.mark.django_db
START = clock.parse_moment("2022-03-01T09:00:00")


def promise(key: str = "call:1:notice", subject: str = "Oproep gelanceerd") -> Message:
    return queue_mail(
        key=key, kind="notice", recipient="if@overheid.example", subject=subject, body="Ter kennisgeving."
    )


def be_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the mail does not answer."""

    def send(message: EmailMessage) -> int:
        raise SMTPServerDisconnected("geen verbinding")

    monkeypatch.setattr(EmailMessage, "send", send)


class Failed(Exception):
    """The operation of a test fails."""


def test_the_same_promise_twice_is_one_mail() -> None:
    assert promise().pk == promise(subject="Nog eens").pk
    assert deliver_due() == 1
    assert [message.subject for message in mail.outbox] == ["Oproep gelanceerd"]


def test_a_promise_of_a_transaction_that_failed_was_never_made() -> None:
    with suppress(Failed), transaction.atomic():
        promise()
        raise Failed
    assert (deliver_due(), mail.outbox) == (0, [])


def test_what_was_sent_is_not_sent_again() -> None:
    promise()
    assert (deliver_due(), deliver_due()) == (1, 0)


def test_two_workers_with_the_same_list_send_each_mail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []

    def send(message: EmailMessage) -> int:
        """While one worker sends its first mail, another sends everything that is free."""
        sent.append(message.subject)
        deliver_due()
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    promise("eerste", subject="Eerste")
    promise("tweede", subject="Tweede")
    assert deliver_due() == 1, "the other worker took the second"
    assert sent == ["Eerste", "Tweede"]


def test_a_failure_is_kept_with_its_reason_and_tried_later_after_a_growing_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    be_down(monkeypatch)
    pauses = []
    with clock.frozen(START):
        message = promise()
    moment = START
    for _ in range(9):
        with clock.frozen(moment):
            assert deliver_due() == 0
            assert deliver_due() == 0, "it waits for its pause"
        message.refresh_from_db()
        pauses.append((message.due_at - moment).total_seconds())
        moment = message.due_at
    assert pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert (message.attempts, message.last_error) == (9, "geen verbinding")


def test_the_mail_goes_out_when_the_server_is_back() -> None:
    with clock.frozen(START), pytest.MonkeyPatch.context() as monkeypatch:
        promise()
        be_down(monkeypatch)
        assert deliver_due() == 0
    with clock.frozen(START + dt.timedelta(days=1)):
        assert deliver_due() == 1
    assert Message.objects.get().sent_at is not None


def test_a_subject_is_one_line_of_at_most_two_hundred_characters() -> None:
    typed = "De wijk\r\nBcc: kanarie@x.example\t\u2028" + "lang " * 60
    promise(subject=typed)
    queue_mails(key="receipt:1", kind="receipt", recipients=["saar@stad.example"], subject=typed, body="Ontvangen.")
    assert deliver_due() == 2
    for message in mail.outbox:
        assert message.subject.startswith("De wijk Bcc: kanarie@x.example lang lang")
        assert len(message.subject) <= 200
        assert message.recipients() in (["if@overheid.example"], ["saar@stad.example"])


def test_a_mail_that_cannot_be_sent_does_not_stop_the_next_one() -> None:
    promise("eerste")
    Message.objects.filter(key="eerste").update(subject="Twee\nregels")
    promise("tweede")
    assert deliver_due() == 1
    assert Message.objects.get(key="eerste").last_error != ""


def test_a_worker_that_was_killed_leaves_its_mail_to_the_next_after_the_lease() -> None:
    with clock.frozen(START):
        message = promise()
        Message.objects.filter(pk=message.pk).update(leased_until=START + dt.timedelta(minutes=2))
        assert deliver_due() == 0
    with clock.frozen(START + dt.timedelta(minutes=3)):
        assert deliver_due() == 1
