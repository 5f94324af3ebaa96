"""How counts are told: as they are to whoever may open each request, in fives wherever they leave.

Sums and differences of multiples of five are multiples of five, so no subtraction of what left, whichever
tables and days it is of, gives a number from 1 to 4. Whatever else is told of a count (a share, a difference,
a row's place, whether it is there) follows from the number that is told, never from the one behind it.
"""

STEP = 5
# A time needs as many, and a rate these: below, chance decides more than the clinic.
SMALLEST_COUNT = 5
SMALLEST_BASE = 10


def exact(count):
    """Return a count as it is."""
    return count


def in_fives(count):
    """Return the nearest multiple of five; 0 stands for fewer than 3."""
    return (count + STEP // 2) // STEP * STEP


def is_enough_for_a_time(count, told):
    """Whether a time of so many people may be told: of five at least, as far as the told number says so."""
    least_it_can_be = told(count) if told is exact else told(count) - STEP // 2
    return least_it_can_be >= SMALLEST_COUNT


def percentage(part, base):
    """Return the share in whole percent, or None where the base is too small for a rate."""
    return round(100 * part / base) if base >= SMALLEST_BASE else None
