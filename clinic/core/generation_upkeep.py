"""What happens to the triggers of the generation with every migration."""

from . import generation, generation_triggers


def make_way_for_migration(plan=(), using="default", **kwargs) -> None:
    """Take the triggers off where tables are about to change: no column can be dropped under one."""
    if plan:
        generation_triggers.take_off(using)


def make_triggers_again(plan=(), using="default", **kwargs) -> None:
    """Put the triggers on; what changed while they were off starts a generation now."""
    if generation_triggers.put_on(using) and plan:
        generation.start_new()
