"""The database keeps these rows as they were written."""

from django.db import migrations

from wijkcontract.audit.immutability import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [
        append_only("reporting_relancereport"),
    ]
