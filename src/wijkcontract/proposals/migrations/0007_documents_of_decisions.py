"""The documents of local decisions become attachments of their records, as every file of a proposal is."""

import uuid

from django.db import migrations


def carry(apps, schema_editor):
    StoredFile = apps.get_model("files", "StoredFile")
    Decision = apps.get_model("proposals", "LocalDecision")
    Attachment = apps.get_model("proposals", "Attachment")
    Person = apps.get_model("accounts", "Person")
    Submission = apps.get_model("proposals", "Submission")
    files = StoredFile.objects.filter(owner_kind="proposals.localdecision").order_by("stored_at")
    for position, file in enumerate(files, 1):
        decision = Decision.objects.filter(pk=file.owner_id).first()
        if decision is None:
            continue
        person = Person.objects.filter(pk=file.stored_by).first() if file.stored_by else None
        submitted = Submission.objects.filter(proposal=decision.proposal_id, content__contains=str(file.pk))
        one = Attachment.objects.create(
            id=uuid.uuid4(),
            proposal_id=decision.proposal_id,
            kind="local_decision",
            record_id=decision.pk,
            position=position,
            file=file,
            added_by_name=person.name if person else "",
            is_frozen=submitted.exists(),
        )
        file.owner_kind, file.owner_id = "proposals.attachment", str(one.pk)
        file.save(update_fields=["owner_kind", "owner_id"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("proposals", "0006_attachments"),
    ]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
