"""Give stories that were corrected before lists said so the word for it."""

from django.db import migrations


def fill(apps, schema_editor):
    correction = apps.get_model("publishing", "Correction")
    page = apps.get_model("pages", "BasePage")
    found = {}
    for key, kind in correction.objects.order_by("on", "pk").values_list("story_id", "kind"):
        found[key] = "retraction" if found.get(key) == "retraction" else kind
    for key, kind in found.items():
        page.objects.filter(pk=key).update(corrected_as=kind)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_alter_backgroundpage_body_alter_publicationpage_body_and_more"),
        ("pages", "0004_basepage_corrected_as"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
