from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "pututu.delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        from pututu.delivery.rendering.head import head_of
        from pututu.shell.heads import register

        register(head_of)
