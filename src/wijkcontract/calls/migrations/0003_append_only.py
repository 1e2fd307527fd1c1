"""The database keeps published answers as they were written; a correction is a new version."""

from django.db import migrations

from wijkcontract.audit.immutability import append_only


class Migration(migrations.Migration):
    dependencies = [("calls", "0002_questions_phases_and_answers")]
    operations = [
        append_only("calls_callanswer"),
    ]
