from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "wijkcontract.contracts"
    label = "contracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wijkcontract.audit.invariants import register
        from wijkcontract.contracts.invariants import INVARIANTS

        for name, check in INVARIANTS.items():
            register(name, check)
