"""Telling whoever saved other opening hours what becomes of requests. Counts alone: editors read none."""

from django.contrib import messages

from consults import workflow


def tell_of_closed_days(request) -> None:
    """Say how many plans move and how many agreed times need a call, where the hours were changed."""
    closed = workflow.count_for_closures()
    if closed:
        level = messages.WARNING if closed.to_tell else messages.INFO
        messages.add_message(request, level, in_words(closed))


def in_words(closed) -> str:
    """Return what the worker does about it, within two minutes."""
    said = []
    if closed.moved:
        plans = "plan moves" if closed.moved == 1 else "plans move"
        said.append(f"{closed.moved} {plans} to when the clinic is open.")
    if closed.to_tell:
        times = "agreed time falls" if closed.to_tell == 1 else "agreed times fall"
        said.append(
            f"{closed.to_tell} {times} into hours that are closed now and can’t move by itself: the front "
            f"desk finds {'it' if closed.to_tell == 1 else 'them'} as “tell them”, and calls before."
        )
    if closed.reopened:
        times = "agreed time is" if closed.reopened == 1 else "agreed times are"
        said.append(f"{closed.reopened} {times} open again, and nobody has to be told.")
    if closed.is_part:
        said.append("There are more: these are the first.")
    return f"The hours changed what is planned for requests: {' '.join(said)} It is done within two minutes."
