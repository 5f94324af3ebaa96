"""The stylesheet as it is sent: in words that browsers of 2020 know, and saying the same."""

import re

import pytest

from clinic.core.plain_css import plain
from clinic.core.stylesheet import joined_css, source_css

pytestmark = pytest.mark.once


ORDER = "@layer one, two;\n"
INSET = "top: 0; right: 0; bottom: 0; left: 0;"


def in_layer(name, rules):
    return f"@layer {name} {{\n{rules}\n}}\n"


def test_a_later_layer_wins_wherever_it_stands_and_however_it_selects():
    css = plain(ORDER + in_layer("two", "p { a: 1; }") + in_layer("one", "#main p,\nq::after { a: 2; }"))
    assert css.split() == "#main p, q::after { a: 2; } p:not(#_) { a: 1; }".split()


def test_what_lies_in_no_layer_and_what_is_no_selector_stays_as_it_is():
    css = plain(ORDER + in_layer("two", "@media print {\n@page { margin: 1cm; }\n}") + "hr { a: 1; }\n")
    assert ":not" not in css
    assert css.index("@page") < css.index("hr {")


def test_commas_and_spaces_within_brackets_separate_nothing():
    rule = ":is(a, b:not(.c, .d)) i {\n  margin-inline: max(1px, (2px - 1px) / 2) auto;\n}"
    css = plain(ORDER + in_layer("two", rule))
    assert ":is(a, b:not(.c, .d)) i:not(#_) {" in css
    assert "margin-inline-start: max(1px, (2px - 1px) / 2);" in css
    assert "margin-inline-end: auto;" in css


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("inset: 0", INSET),
        ("inset: 0 1px auto", "top: 0; right: 1px; bottom: auto; left: 1px;"),
        ("inset-inline: 0", "left: 0; right: 0;"),
        ("inset-block-start: 2px", "top: 2px;"),
        (
            "padding-block: 1px 2px !important",
            "padding-block-start: 1px !important; padding-block-end: 2px !important;",
        ),
        (
            "border-inline: 1px solid red",
            "border-inline-start: 1px solid red; border-inline-end: 1px solid red;",
        ),
    ],
)
def test_shorthands_are_written_out(short, long):
    assert " ".join(plain(f"p {{\n  {short};\n}}\n").split()) == f"p {{ {long} }}"


def test_colours_of_both_schemes_are_listed_for_who_can_not_choose_in_one_value():
    css = plain(
        "@layer tokens;\n@layer tokens {\n  :root {\n    --ink: light-dark(#000, rgb(1 2 3 / 0.5));\n  }\n}\n"
    )
    fallback = css[css.index("@supports not") :]
    assert ":root { --ink: #000; }" in fallback
    assert "@media (prefers-color-scheme: dark) { :root { --ink: rgb(1 2 3 / 0.5); } }" in fallback


def test_nothing_is_sent_that_old_browsers_throw_away_whole():
    css = joined_css()
    assert (
        re.findall(r"@layer|@container|@import|&|(?<![\w-])(?:margin|padding|inset)-(?:inline|block):", css)
        == []
    )
    assert css.count("{") == css.count("}")


def test_colours_are_chosen_in_the_tokens_alone():
    """Elsewhere an old browser would have none."""
    others = re.sub(r"--[\w-]+: light-dark\(", "", source_css())
    assert "light-dark(" not in others
