import django.db.models.deletion
import uuid
from django.db import migrations, models

from wijkcontract.audit.immutability import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0007_documents_of_decisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="contact_mail",
            field=models.EmailField(blank=True, help_text="where the link to confirm a pledge is sent", max_length=254),
        ),
        migrations.AddField(
            model_name="pledge",
            name="measures",
            field=models.ManyToManyField(blank=True, related_name="pledges", to="proposals.measure"),
        ),
        migrations.CreateModel(
            name="PledgeLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("recipient", models.EmailField(max_length=254)),
                ("sent_at", models.DateTimeField()),
                ("sent_by_id", models.CharField(max_length=36)),
                ("sent_by_name", models.CharField(max_length=200)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="proposals.partner"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pledge_links",
                        to="proposals.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ("-sent_at",),
            },
        ),
        migrations.CreateModel(
            name="PledgeAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("link_id", models.UUIDField()),
                ("partner_id", models.UUIDField()),
                ("pledge_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmed", "Bevestigd"),
                            ("declined", "Geweigerd"),
                            ("change_asked", "Wijziging gevraagd"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.JSONField(help_text="what the pledge said: what, form, amount_cents, due_on")),
                ("words_sha256", models.CharField(max_length=64)),
                ("signed_by", models.CharField(max_length=200)),
                ("function", models.CharField(max_length=200)),
                ("remark", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledge_answers",
                        to="proposals.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("link_id", "pledge_id"), name="proposals_one_pledge_answer")
                ],
            },
        ),
        append_only("proposals_pledgeanswer"),
    ]
