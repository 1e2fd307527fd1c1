from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "wijkcontract.jury"
    label = "jury"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the other rooms who reads its files, to whom a conflict closes a proposal, and what must hold."""
        from wijkcontract.audit.invariants import register
        from wijkcontract.files.queries import register_guard
        from wijkcontract.jury.guards import closed_by_conflict, reads_appointment, reads_attachment
        from wijkcontract.jury.invariants import INVARIANTS
        from wijkcontract.jury.models import Jury
        from wijkcontract.proposals.attachments import ATTACHMENT_KIND
        from wijkcontract.proposals.policy import register_bar

        register_guard(ATTACHMENT_KIND, reads_attachment)
        register_guard(Jury._meta.label_lower, reads_appointment)
        register_bar(closed_by_conflict)
        for name, check in INVARIANTS.items():
            register(name, check)
