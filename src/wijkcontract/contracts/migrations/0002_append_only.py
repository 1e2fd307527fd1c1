"""The database keeps these rows as they were written."""

from django.db import migrations

from wijkcontract.audit.immutability import append_only


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [
        append_only("contracts_decision"),
        append_only("contracts_signature"),
        append_only("contracts_commitment"),
        append_only("contracts_postedcharge"),
        append_only("contracts_payment"),
    ]
