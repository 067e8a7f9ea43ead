"""Which EDTF values are worth trying? Strategies for property tests: every shape that the module reads."""

from hypothesis import strategies as st

from pututu.lib.dates import DateError, HonestDate

YEARS = st.one_of(st.integers(1950, 2030), st.integers(-9999, 9999))
QUALIFIERS = st.sampled_from(["", "", "", "~", "?", "%"])


def _year(number: int) -> str:
    return f"-{-number:04d}" if number < 0 else f"{number:04d}"


def _masked(text: str, places: list[int]) -> str:
    return "".join("X" if place in places and sign.isdigit() else sign for place, sign in enumerate(text))


years = YEARS.map(_year)
months = st.builds("{}-{:02d}".format, years, st.integers(1, 12))
days = st.builds("{}-{:02d}-{:02d}".format, years, st.integers(1, 12), st.integers(1, 31))
groupings = st.builds("{}-{}".format, years, st.integers(21, 41))
long_years = st.integers(10_000, 10**11).flatmap(lambda n: st.sampled_from([f"Y{n}", f"Y-{n}", f"Y{n}S3"]))
masked = st.builds(_masked, days | months | years, st.lists(st.integers(0, 9), min_size=1, max_size=4))
plain_points = st.one_of(days, months, years)
points = st.builds(str.__add__, st.one_of(days, months, years, groupings, masked), QUALIFIERS) | long_years
ends = st.one_of(points, plain_points)
intervals = st.builds("{}/{}".format, ends | st.sampled_from(["", ".."]), ends | st.sampled_from(["", ".."]))
near_days = st.builds(
    lambda year, month, pair: "/".join(f"{year}-{month:02d}-{day:02d}" for day in sorted(pair)),
    years,
    st.integers(1, 12),
    st.tuples(st.integers(1, 28), st.integers(1, 28)),
)
spans = st.builds("{}..{}".format, ends, ends)


def _set(brackets: str, first: str, members: list[str], last: str) -> str:
    return (
        brackets[0]
        + ",".join([*([first] if first else []), *members, *([last] if last else [])])
        + brackets[1]
    )


sets = st.builds(
    _set,
    st.sampled_from(["[]", "{}"]),
    st.just("") | ends.map("..{}".format),
    st.lists(points | spans, min_size=0, max_size=3),
    st.just("") | ends.map("{}..".format),
)

texts = st.one_of(st.just(""), points, plain_points, intervals, near_days, sets)


def _is_a_date(text: str) -> bool:
    try:
        HonestDate.parse(text)
    except DateError:
        return False
    return True


dates = texts.filter(_is_a_date).map(HonestDate.parse)
