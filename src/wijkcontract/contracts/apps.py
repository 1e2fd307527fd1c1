from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "wijkcontract.contracts"
    label = "contracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the invariants of this room, and tell the proposals which of them go on to a next phase."""
        from wijkcontract.audit.invariants import register
        from wijkcontract.contracts.invariants import INVARIANTS
        from wijkcontract.contracts.queries.contracts import granted_proposals
        from wijkcontract.proposals.policy import register_selection

        for name, check in INVARIANTS.items():
            register(name, check)
        register_selection(granted_proposals)
