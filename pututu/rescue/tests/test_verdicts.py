"""Does weighing claims give the date that they allow, and never a guess?"""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.dates import HonestDate
from pututu.rescue.claims import About, Claim, Witness, claims_of
from pututu.rescue.reading.scraped import Kind, Reading
from pututu.rescue.verdict import State, Verdict, common, judge


def claim(witness: Witness, edtf: str, *, about: About = About.PUBLISHED) -> Claim:
    return Claim(about, witness, edtf, HonestDate.parse(edtf), "page.txt, line 3")


def stand_in() -> Claim:
    return Claim(About.PUBLISHED, Witness.DATE_LINE, "31 December 1969", None, "page.txt, line 3", "…", True)


def verdict(*claims: Claim) -> tuple[str, State]:
    found = judge(claims, about=About.PUBLISHED)
    return found.date.edtf, found.state


def test_the_best_witness_dates_it_whatever_the_order() -> None:
    claims = [
        claim(Witness.DATE_LINE, "2013-09"),
        claim(Witness.ADDRESS, "2013"),
        claim(Witness.LAST_MODIFIED, "2019-01-01"),
    ]
    assert {verdict(*order) for order in itertools.permutations(claims)} == {("2013-09", State.DATED)}


def test_the_two_best_narrow_each_other_to_the_days_that_both_allow() -> None:
    assert verdict(claim(Witness.DATE_LINE, "2013-09"), claim(Witness.METADATA, "2013-09-16")) == (
        "2013-09-16",
        State.DATED,
    )
    assert verdict(claim(Witness.TEXT, "2013-09-24/2013-10-07"), claim(Witness.ADDRESS, "2013-09")) == (
        "2013-09-24/2013-09-30",
        State.DATED,
    )


def test_two_good_witnesses_that_exclude_each_other_are_a_conflict_without_a_date() -> None:
    found = judge(
        [claim(Witness.DATE_LINE, "2013-12-16"), claim(Witness.FEED, "2014-01-05")], about=About.PUBLISHED
    )
    assert (found.date, found.state) == (HonestDate.unknown(), State.CONFLICT)
    assert [evidence.statement for evidence in found.evidence] == [
        "The old page prints “2013-12-16”.",
        "The feed says “2014-01-05”.",
    ]


def test_one_rank_that_contradicts_itself_is_a_conflict() -> None:
    assert (
        verdict(claim(Witness.DATE_LINE, "2013-12-16"), claim(Witness.DATE_LINE, "2013-12-18"))[1]
        is State.CONFLICT
    )
    assert (
        verdict(claim(Witness.DATE_LINE, "2013-12-16"), claim(Witness.DATE_LINE, "2013-12"))[1] is State.DATED
    )


def test_a_third_witness_cannot_overturn_two_that_agree() -> None:
    agreeing = [claim(Witness.DATE_LINE, "2013-12-16"), claim(Witness.METADATA, "2013-12-16")]
    assert verdict(*agreeing, claim(Witness.PDF, "2016-02-01")) == ("2013-12-16", State.DATED)


def test_a_capture_is_a_limit_and_never_a_date() -> None:
    assert verdict(claim(Witness.CAPTURE, "[..2019-05-01]")) == ("[..2019-05-01]", State.UNDATED)
    assert verdict(claim(Witness.DATE_LINE, "2013"), claim(Witness.CAPTURE, "[..2019-05-01]")) == (
        "2013",
        State.DATED,
    )
    assert (
        verdict(claim(Witness.DATE_LINE, "2020"), claim(Witness.CAPTURE, "[..2019-05-01]"))[1]
        is State.CONFLICT
    )


def test_a_stand_in_is_no_date_and_stays_as_evidence() -> None:
    found = judge([stand_in()], about=About.PUBLISHED)
    assert (found.date, found.state) == (HonestDate.unknown(), State.UNDATED)
    assert "“31 December 1969”: a stand-in" in found.evidence[0].statement
    assert verdict(stand_in(), claim(Witness.ADDRESS, "2013-09")) == ("2013-09", State.DATED)


def test_nothing_claimed_is_nothing_known() -> None:
    assert judge([], about=About.PUBLISHED) == Verdict(HonestDate.unknown(), State.UNDATED, ())
    assert judge([claim(Witness.TEXT, "2013", about=About.HELD)], about=About.PUBLISHED).date.is_unknown


ranges = st.tuples(st.dates(), st.dates()).map(
    lambda pair: HonestDate.parse("/".join(map(str, sorted(pair))))
)


@given(one=ranges, other=ranges)
def test_the_common_days_lie_within_both_and_do_not_depend_on_the_order(
    one: HonestDate, other: HonestDate
) -> None:
    both, turned = common(one, other), common(other, one)
    assert one.earliest
    assert one.latest
    assert other.earliest
    assert other.latest
    if both is None or turned is None:
        assert both is turned
        assert one.latest < other.earliest or other.latest < one.earliest
        return
    assert (both.earliest, both.latest) == (turned.earliest, turned.latest)
    assert both.earliest == max(one.earliest, other.earliest)
    assert both.latest == min(one.latest, other.latest)


def reading(kind: Kind, standfirst: str, date_line: str | None = "") -> Reading:
    return Reading(kind, "Title", 1, date_line, 3, standfirst, ())


def claimed(read: Reading) -> dict[tuple[About, Witness], str | None]:
    return {
        (claim.about, claim.witness): claim.value.edtf if claim.value else None
        for claim in claims_of(read, source="page.txt")
    }


def test_an_event_claims_its_day_and_the_limit_of_its_announcement() -> None:
    assert claimed(reading(Kind.EVENT, "7 May 2011, Leeds. An afternoon.")) == {
        (About.PUBLISHED, Witness.DATE_LINE): None,
        (About.HELD, Witness.TEXT): "2011-05-07",
        (About.PUBLISHED, Witness.EVENT_DAY): "[..2011-05-06]",
    }
    assert (
        claimed(reading(Kind.EVENT, "Saturday, 7 May 2011: an afternoon."))[(About.HELD, Witness.TEXT)]
        == "2011-05-07"
    )
    assert (
        claimed(reading(Kind.EVENT, "7–9 May 2011, Leeds."))[(About.HELD, Witness.TEXT)]
        == "2011-05-07/2011-05-09"
    )


def test_an_event_whose_text_opens_without_a_day_claims_none() -> None:
    only_the_date_line = {(About.PUBLISHED, Witness.DATE_LINE): None}
    assert claimed(reading(Kind.EVENT, "In Leeds. The year was 2011, and it rained.")) == only_the_date_line
    assert claimed(reading(Kind.EVENT, "2011, a bad year.")) == only_the_date_line
    assert claimed(reading(Kind.EVENT, "31 December 1969, Leeds.")) == only_the_date_line


def test_a_story_that_opens_with_a_day_is_not_dated_by_it() -> None:
    assert claimed(reading(Kind.STORY, "7 May 2011, Leeds.")) == {(About.PUBLISHED, Witness.DATE_LINE): None}


def test_a_standing_block_claims_nothing() -> None:
    assert claims_of(reading(Kind.BLOCK, "", None), source="page.txt") == ()
