import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('asking', '0004_words_in_cells'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CourageChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked', models.BooleanField(default=True)),
                ('changed_at', models.DateTimeField()),
                ('seller', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='ask',
            name='ask_outcome',
        ),
        migrations.AlterField(
            model_name='ask',
            name='outcome',
            field=models.CharField(choices=[('open', 'Open'), ('names', 'Names'), ('pass_on', 'Pass On'), ('agreed', 'Agreed'), ('later', 'Later'), ('declined', 'Declined'), ('not_asked', 'Not Asked')], default='open', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['open', 'names', 'pass_on', 'agreed', 'later', 'declined', 'not_asked'])), name='ask_outcome'),
        ),
    ]
