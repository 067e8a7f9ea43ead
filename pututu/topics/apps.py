from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "pututu.topics"
    verbose_name = "Topics and places"
