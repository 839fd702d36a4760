from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_card_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="card",
            name="words",
            field=models.CharField(blank=True, max_length=400),
        ),
    ]
