"""A new post begins with what its writer is likely to choose."""

import pytest
from django.utils import timezone

from blog.first_choices import first_choices
from clinic.core.models import RegulatoryStatement
from tests.factories.pages import HomePageFactory
from tests.factories.review import ClinicalSite, a_statement

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def clinic():
    return ClinicalSite(HomePageFactory.make_site())


def expire(statement):
    RegulatoryStatement.objects.filter(pk=statement.pk).update(expires_on=timezone.localdate())


def test_the_author_and_the_statement_of_the_last_post_stand_there(clinic):
    post = clinic.draft()
    type(post).objects.filter(pk=post.pk).update(owner=clinic.writer)
    assert first_choices(clinic.writer) == {"author": post.author_id, "statement": post.statement_id}


def test_somebody_elses_posts_say_nothing_of_the_author(clinic):
    post = clinic.draft()
    assert first_choices(clinic.writer) == {"statement": post.statement_id}


def test_a_statement_whose_day_is_over_is_not_put_there(clinic):
    post = clinic.draft()
    expire(post.statement)
    assert "statement" not in first_choices(clinic.writer)


def test_of_several_statements_none_is_chosen_for_a_first_post(clinic):
    a_statement(name="Another")
    assert first_choices(clinic.writer) == {}


def test_a_statement_stays_away_from_news_of_the_clinic(clinic, client):
    post = clinic.draft(nothing_medical=True, title="New hours", body=[("text", "<p>We open at nine.</p>")])
    post.get_latest_revision().publish()
    assert clinic.statement.text not in client.get(post.url).content.decode()
