"""Does each reader get an issue once, and is every mail accounted for?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from pututu.bulletins.models import Choice, Delivery, Issue, Series
from pututu.bulletins.providers.contract import NobodyKnows, Unreachable
from pututu.bulletins.rules.ledger import Answer, State, balance_of
from pututu.bulletins.rules.mail import Mail
from pututu.bulletins.services.choosing import leave_series
from pututu.bulletins.services.freezing import begin_sending
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.services.sending import send_due
from pututu.bulletins.services.workers import begin_work, end_work, settle_the_dead
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.recording import Recorder
from tests.factories import make_site, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue() -> Issue:
    """An issue with one story, for three readers."""
    story = make_story(make_site()["en"], "New extractives index")
    for name in ("ana", "ben", "cruz"):
        make_reader(f"{name}@example.org", name.capitalize())
    return make_issue(make_series(), story)


def send(channel: Recorder, **options: Any) -> int:
    return send_due(channel, Composers(), **options)


def states(issue: Issue) -> dict[str, str]:
    return dict(issue.deliveries.values_list("address", "state"))


def is_even(issue: Issue) -> bool:
    issue.refresh_from_db()
    return balance_of(issue.frozen, issue.deliveries.counts()).is_even


def test_each_reader_gets_it_once_however_often_it_is_sent(issue: Issue) -> None:
    channel = Recorder()
    start(issue)
    assert send(channel) == 3
    assert send(channel) == 0
    assert sorted(channel.addresses) == ["ana@example.org", "ben@example.org", "cruz@example.org"]
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENT
    assert is_even(issue)


def test_an_issue_is_frozen_once(issue: Issue) -> None:
    start(issue)
    assert not begin_sending(issue)
    assert issue.deliveries.count() == 3


def test_whoever_agrees_after_the_freezing_is_not_on_the_list(issue: Issue) -> None:
    start(issue)
    make_reader("late@example.org")
    channel = Recorder()
    send(channel)
    assert "late@example.org" not in channel.addresses


def test_whoever_leaves_after_the_freezing_gets_nothing(issue: Issue) -> None:
    start(issue)
    leaving = issue.deliveries.get(address="ben@example.org")
    leave_series(leaving.person, leaving.email, issue.series, page="test")
    channel = Recorder()
    send(channel)
    assert sorted(channel.addresses) == ["ana@example.org", "cruz@example.org"]
    assert states(issue)["ben@example.org"] == State.SUPPRESSED
    assert is_even(issue)


def test_a_mail_that_is_refused_for_now_is_tried_again_later(issue: Issue) -> None:
    start(issue)
    send(Recorder(lambda _mail: Answer(451, "Greylisted, come back")))
    assert set(states(issue).values()) == {State.DEFERRED}
    channel = Recorder()
    assert send(channel) == 0, "too early"
    later = timezone.now() + dt.timedelta(hours=1)
    assert send(channel, clock=lambda: later) == 3
    assert set(states(issue).values()) == {State.ACCEPTED}
    assert is_even(issue)


def test_the_words_of_the_server_are_kept(issue: Issue) -> None:
    start(issue)
    send(Recorder(lambda _mail: Answer(550, "5.1.1 No such user here")))
    row = issue.deliveries.first()
    assert (row.state, row.code, row.words) == (State.REFUSED, 550, "5.1.1 No such user here")


def test_where_nobody_knows_a_mail_is_in_doubt_and_never_sent_again_by_itself(issue: Issue) -> None:
    def broken(mail: Mail) -> Answer:
        if mail.to.username == "ben":
            raise NobodyKnows("The line broke.")
        return Answer(250)

    start(issue)
    send(Recorder(broken))
    channel = Recorder()
    assert send(channel) == 0
    assert states(issue)["ben@example.org"] == State.IN_DOUBT
    assert is_even(issue)


def test_a_server_that_cannot_be_reached_costs_nothing(issue: Issue) -> None:
    def away(_mail: Mail) -> Answer:
        raise Unreachable("The mail server can't be reached.")

    start(issue)
    with pytest.raises(Unreachable):
        send(Recorder(away))
    assert set(states(issue).values()) == {State.WAITING}
    assert set(issue.deliveries.values_list("tries", flat=True)) == {0}
    assert send(Recorder()) == 3


def test_a_mail_that_cannot_be_written_is_set_aside_and_the_others_go(issue: Issue) -> None:
    compose = Composers()

    def faulty(delivery: Delivery) -> Mail:
        if delivery.address.startswith("ana"):
            raise KeyError("a template error")
        return compose(delivery)

    start(issue)
    channel = Recorder()
    send_due(channel, faulty)
    assert sorted(channel.addresses) == ["ben@example.org", "cruz@example.org"]
    assert states(issue)["ana@example.org"] == State.SET_ASIDE
    assert is_even(issue)


def test_an_issue_that_is_stopped_stops_at_the_next_mail(issue: Issue) -> None:
    def stop(_mail: Mail) -> Answer:
        Issue.objects.filter(pk=issue.pk).update(state=Issue.State.PAUSED)
        return Answer(250)

    start(issue)
    channel = Recorder(stop)
    send(channel)
    assert len(channel.mails) == 1
    assert sorted(states(issue).values()) == [State.ACCEPTED, State.WAITING, State.WAITING]
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.SENDING)
    assert send(Recorder()) == 2


def test_rates_are_kept_in_the_database(issue: Issue, settings: Any) -> None:
    settings.MAIL_AN_HOUR = 60
    start(issue)
    now = timezone.now()
    assert send(Recorder(), clock=lambda: now) == 1
    assert send(Recorder(), clock=lambda: now) == 0, "another worker, the same bucket"
    assert send(Recorder(), clock=lambda: now + dt.timedelta(minutes=1)) == 1


def test_one_domain_that_is_full_keeps_no_other_waiting(issue: Issue, settings: Any) -> None:
    make_reader("dora@example.net", "Dora")
    settings.MAIL_AN_HOUR_AND_DOMAIN = 60
    start(issue)
    channel, now = Recorder(), timezone.now()
    send(channel, clock=lambda: now)
    assert sorted(address.partition("@")[2] for address in channel.addresses) == [
        "example.net",
        "example.org",
    ]


def test_an_empty_audience_is_an_issue_that_is_sent_to_nobody() -> None:
    issue = start(make_issue(make_series(), make_story(make_site()["en"])))
    assert issue.frozen == 0
    assert send(Recorder()) == 0
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENT


def test_two_who_share_an_address_leave_each_for_themselves(issue: Issue) -> None:
    make_reader("ana@example.org", "Alberto")
    start(issue)
    alberto = issue.deliveries.get(person__name="Alberto")
    leave_series(alberto.person, alberto.email, issue.series, page="test")
    channel = Recorder()
    send(channel)
    assert channel.addresses.count("ana@example.org") == 1


def test_a_reader_gets_their_topics_or_nothing() -> None:
    homes = make_site()
    from tests.factories import make_topic

    mining, rights = make_topic("mining"), make_topic("rights")
    story = make_story(homes["en"], "A mine", topics=[mining])
    series = make_series()
    for slug, topic in (("miner", mining), ("lawyer", rights)):
        person = make_reader(f"{slug}@example.org", slug)
        choice = Choice.objects.create(
            person=person, email=person.addresses.get(), series=series, languages=["en"]
        )
        choice.topics.set([topic])
    issue = start(make_issue(series, story))
    assert [row.address for row in issue.deliveries.all()] == ["miner@example.org"]
    assert issue.left_out == {"nothing-for-them": 1}


def test_who_paused_gets_nothing_until_the_day(issue: Issue) -> None:
    person = make_reader("eva@example.org", "Eva")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    choice = {"person": person, "email": person.addresses.get(), "series": Series.objects.get()}
    Choice.objects.create(**choice, languages=["en"], paused_until=tomorrow)
    start(issue)
    assert "eva@example.org" not in states(issue)
    assert issue.left_out["paused"] == 1


def test_what_a_dead_worker_asked_for_last_may_come_late(issue: Issue) -> None:
    """PostgreSQL carries out what it was asked for, whoever is alive; then nobody is seen to twice or never."""
    start(issue)
    worker = begin_work()
    assert end_work(worker) == 0
    first, second = issue.deliveries.order_by("pk")[:2]
    issue.deliveries.filter(pk=first.pk).update(state=State.CLAIMED, worker=worker)
    issue.deliveries.filter(pk=second.pk).update(state=State.HANDED_OVER, worker=worker)
    assert settle_the_dead() == 1
    assert sorted(states(issue).values()) == [State.IN_DOUBT, State.WAITING, State.WAITING]
    assert settle_the_dead() == 0
    assert is_even(issue)
