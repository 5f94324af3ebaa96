"""The workflow *Medical review*, in the place of the one that Wagtail brings where nobody has touched that.

A clinic that chose another workflow for its pages, or took all away, keeps what it chose: *Medical review* is then there to
be chosen under *Settings → Workflows*.
"""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES

NAME = "Medical review"
# As Wagtail made it, and as the core called it since.
UNTOUCHED = {"Moderators approval", "Editors approval"}


def bring_medical_review(apps, schema_editor):
    """Make the workflow with its one step, for the reviewers, and let all pages have it."""
    grant(apps, ROLES["review"])
    wagtail = lambda name: apps.get_model("wagtailcore", name).objects  # noqa: E731
    task = _task(apps)
    workflow = wagtail("Workflow").create(name=NAME)
    wagtail("WorkflowTask").create(workflow=workflow, task_id=task.pk, sort_order=0)
    root = wagtail("Page").get(depth=1)
    chosen = wagtail("WorkflowPage").filter(page=root).first()
    if chosen is None or not _is_untouched(wagtail, chosen.workflow):
        return
    chosen.workflow = workflow
    chosen.save()


def _task(apps):
    task_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="review", model="medicalreviewtask"
    )
    task = apps.get_model("review", "MedicalReviewTask").objects.create(
        name=NAME, active=True, content_type=task_type
    )
    task.groups.add(apps.get_model("auth", "Group").objects.get(name="Medical reviewers"))
    return task


def _is_untouched(wagtail, workflow):
    """Whether it is Wagtail's own, with its one step, and nothing ever went through it."""
    steps = wagtail("WorkflowTask").filter(workflow=workflow)
    return (
        workflow.name in UNTOUCHED
        and [step.task.name for step in steps] == [workflow.name]
        and not wagtail("WorkflowState").filter(workflow=workflow).exists()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0004_reading"),
        # Where editors and Wagtail's workflow got its name.
        ("core", "0003_people_editors_publish"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(bring_medical_review, migrations.RunPython.noop)]
