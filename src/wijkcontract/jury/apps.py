from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "wijkcontract.jury"
    label = "jury"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the files room who reads what the jury keeps or is given to read, and the nightly check what must hold."""
        from wijkcontract.audit.invariants import register
        from wijkcontract.files.queries import register_guard
        from wijkcontract.jury.guards import reads_appointment, reads_decision_file
        from wijkcontract.jury.invariants import INVARIANTS
        from wijkcontract.jury.models import Jury
        from wijkcontract.proposals.documents import DECISION_KIND

        register_guard(DECISION_KIND, reads_decision_file)
        register_guard(Jury._meta.label_lower, reads_appointment)
        for name, check in INVARIANTS.items():
            register(name, check)
