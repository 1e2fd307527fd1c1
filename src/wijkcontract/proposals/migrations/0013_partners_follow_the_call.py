"""What a partner was given until the last day of the call follows the call: nobody could choose another day until now."""

import datetime as dt

from django.db import migrations


def follow(apps, schema_editor):
    apps.get_model("proposals", "ReadGrant").objects.update(until=None)
    links = apps.get_model("proposals", "PledgeLink").objects.filter(answered_at=None, revoked_at=None)
    for link in links.select_related("proposal__call"):
        days = link.proposal.call.terms["limits"].get("pledge_link_days")
        own = link.sent_at + dt.timedelta(days=days or 0)
        if own > link.expires_at:
            link.expires_at = own
            link.save(update_fields=["expires_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_append_only"),
        ("proposals", "0012_team_and_reuse"),
    ]

    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
