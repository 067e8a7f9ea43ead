from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pututu.people"
    verbose_name = "People"
