"""Wagtail's own migrations leave a welcome page and a site behind; a group begins with neither."""

from django.db import migrations


def take_the_welcome_page_away(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    welcome = page.objects.filter(depth=2, slug="home", content_type__model="page", numchild=0)
    if page.objects.filter(depth__gte=2).count() == 1 and welcome.exists():
        apps.get_model("wagtailcore", "Site").objects.filter(root_page__in=welcome).delete()
        welcome.delete()
        page.objects.filter(depth=1).update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(take_the_welcome_page_away, migrations.RunPython.noop)]
