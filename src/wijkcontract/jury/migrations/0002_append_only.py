"""The database keeps these rows as they were written."""

from django.db import migrations

from wijkcontract.audit.immutability import append_only


class Migration(migrations.Migration):
    dependencies = [("jury", "0001_initial")]
    operations = [
        append_only("jury_conflictdeclaration"),
        append_only("jury_assessment"),
        append_only("jury_score"),
        append_only("jury_advice"),
        append_only("jury_position"),
    ]
