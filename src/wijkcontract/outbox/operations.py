"""Queue mail inside the caller's transaction; deliver it after, with leases, retries and a growing pause.

These are steps of an operation or of the worker, not operations of a person: the operation that queues records the event.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.db import models

from wijkcontract.outbox.models import Message
from wijkcontract.rules import clock

LEASE = dt.timedelta(minutes=2)
LONGEST_PAUSE = dt.timedelta(hours=1)
LONGEST_SUBJECT = 200
WIPED = "Verstuurd. De tekst is gewist, want er stond een persoonlijke link in."
logger = logging.getLogger(__name__)


def queue_mail(
    *,
    key: str,
    kind: str,
    recipient: str,
    subject: str,
    body: str,
    about: models.Model | None = None,
    is_secret: bool = False,
) -> Message:
    """Promise one mail; the same `key` twice gives the first message back. Call inside an operation.

    The text of a secret mail, one with a personal link, is wiped as soon as it was sent.
    """
    now = clock.now()
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "recipient": recipient,
            "subject": _one_line(subject),
            "body": body,
            "is_secret": is_secret,
            "subject_kind": about._meta.label_lower if about else "",
            "subject_id": str(about.pk) if about else "",
            "queued_at": now,
            "due_at": now,
        },
    )
    return message


def queue_mails(
    *, key: str, kind: str, recipients: Iterable[str], subject: str, body: str, about: models.Model | None = None
) -> None:
    """Promise the same mail to several people with one query; `key` is made theirs with the address. A promise is kept once."""
    now = clock.now()
    Message.objects.bulk_create(
        [
            Message(
                key=f"{key}:{email}"[:200], kind=kind, recipient=email, subject=_one_line(subject), body=body,
                subject_kind=about._meta.label_lower if about else "", subject_id=str(about.pk) if about else "",
                queued_at=now, due_at=now,
            )
            for email in sorted(set(recipients))
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _one_line(subject: str) -> str:
    """A subject as a mail can carry it: what people typed in it may hold the end of a line, and such a mail is never sent."""
    return " ".join(subject.split())[:LONGEST_SUBJECT]


def deliver_due(limit: int = 50) -> int:
    """Send what is due; returns how many went out. Safe beside other workers: a message is leased before it is sent."""
    sent = 0
    now = clock.now()
    free = models.Q(leased_until=None) | models.Q(leased_until__lt=now)
    for message in list(Message.objects.filter(free, sent_at=None, due_at__lte=now)[:limit]):
        claimed = Message.objects.filter(free, pk=message.pk, sent_at=None).update(leased_until=now + LEASE)
        if claimed and _send(message):
            sent += 1
    return sent


def _send(message: Message) -> bool:
    """One attempt, outside any transaction. A failure is kept with its reason and tried again later."""
    try:
        EmailMessage(
            message.subject,
            message.body,
            to=[message.recipient],
            headers={"Message-ID": f"<{message.pk}.{message.kind}@wijkcontract.invalid>"},
        ).send()
    except (OSError, ValueError) as error:  # ValueError: a header that cannot be sent; it may not stop the other mail
        logger.warning("mail %s was not sent: %s", message.pk, error)
        attempts = message.attempts + 1
        pause = min(LONGEST_PAUSE, dt.timedelta(seconds=30 * 2 ** min(attempts, 7)))
        Message.objects.filter(pk=message.pk).update(
            attempts=attempts, last_error=str(error)[:300], due_at=clock.now() + pause, leased_until=None
        )
        return False
    Message.objects.filter(pk=message.pk).update(
        sent_at=clock.now(), attempts=message.attempts + 1, leased_until=None, last_error="",
        body=WIPED if message.is_secret else message.body,
    )  # fmt: skip
    return True
