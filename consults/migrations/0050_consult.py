from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("consults", "0049_actions")]

    operations = [
        migrations.RenameField("consultnote", "request", "consult"),
        migrations.RenameField("timelineevent", "request", "consult"),
        migrations.RenameField("sealedreply", "request", "consult"),
    ]
