"""The database keeps frozen evidence as it was written."""

from django.db import migrations

from wijkcontract.audit.immutability import append_only


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [append_only("places_frozenevidence")]
