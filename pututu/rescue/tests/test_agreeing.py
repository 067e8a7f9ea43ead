"""Which days do two dates both allow?"""

from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.dates import HonestDate
from pututu.rescue.dating.agreeing import common

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
