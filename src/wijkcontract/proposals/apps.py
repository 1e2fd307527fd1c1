from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "wijkcontract.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rooms below who may read the files of a proposal and its frozen figures, and who writes for a call."""
        from wijkcontract.calls.notices import register_writers
        from wijkcontract.files.queries import register_guard
        from wijkcontract.places.policy import register_door
        from wijkcontract.proposals.attachments import ATTACHMENT_KIND, may_read_attachment
        from wijkcontract.proposals.followers import writers_for
        from wijkcontract.proposals.queries import opened_analyses

        register_guard(ATTACHMENT_KIND, may_read_attachment)
        register_door(opened_analyses)
        register_writers(writers_for)
