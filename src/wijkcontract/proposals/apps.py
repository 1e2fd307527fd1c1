from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "wijkcontract.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rooms below who may read the documents of local decisions and the frozen figures of a proposal."""
        from wijkcontract.files.queries import register_guard
        from wijkcontract.places.policy import register_door
        from wijkcontract.proposals.documents import DECISION_KIND
        from wijkcontract.proposals.queries import may_read_decision_file, opened_analyses

        register_guard(DECISION_KIND, may_read_decision_file)
        register_door(opened_analyses)
