"""A claim remembers that its names were taken out, once nobody may ask for them any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("giving", "0010_bank_accounts_in_the_plural")]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="names_out_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
