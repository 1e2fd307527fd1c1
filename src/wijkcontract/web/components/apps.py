from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "wijkcontract.web.components"
    label = "web_components"
