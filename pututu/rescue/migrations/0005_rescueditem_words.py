from django.db import migrations, models


def take_words(apps, schema_editor):
    """What came before addresses were kept is known by its words: its fingerprint is their print."""
    rows = apps.get_model("rescue", "RescuedItem").objects.filter(address="")
    rows.update(words=models.F("fingerprint"))


class Migration(migrations.Migration):

    dependencies = [
        ('rescue', '0004_captures'),
    ]

    operations = [
        migrations.AddField(
            model_name='rescueditem',
            name='words',
            field=models.CharField(blank=True, db_index=True, default='', max_length=32),
        ),
        migrations.RunPython(take_words, migrations.RunPython.noop, elidable=True),
    ]
