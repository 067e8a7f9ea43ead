from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "pututu.delivery"
    verbose_name = "Delivery"
