"""How many mails may go out now?

A bucket fills evenly, so many an hour, and never holds more than what a few minutes bring: so neither a restart nor the
turn of an hour lets a burst through. It is kept in the database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

HOUR = 3600
HOLDS_FOR = 60  # seconds: what a full bucket has gathered


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many mails are allowed for, in thousandths, and when that was true."""

    thousandths: int
    at: dt.datetime


def capacity(an_hour: int) -> int:
    """What a full bucket holds, in thousandths; at least one mail, or none could ever go."""
    return max(1000, an_hour * 1000 * HOLDS_FOR // HOUR)


def filled(bucket: Bucket | None, an_hour: int, now: dt.datetime) -> Bucket:
    """The bucket as it is ``now``; a clock that was put back takes nothing and gives nothing."""
    most = capacity(an_hour)
    if bucket is None:
        return Bucket(most, now)
    passed = max(dt.timedelta(), now - bucket.at)
    gained = passed // dt.timedelta(microseconds=1) * an_hour // 3_600_000
    if bucket.thousandths + gained >= most:
        return Bucket(most, now)
    counted = dt.timedelta(
        microseconds=gained * 3_600_000 // an_hour
    )  # what is under a thousandth goes on counting
    return Bucket(bucket.thousandths + gained, now if now < bucket.at else bucket.at + counted)


def allowed(bucket: Bucket) -> int:
    """How many mails the bucket allows now."""
    return bucket.thousandths // 1000


def taken(bucket: Bucket, number: int) -> Bucket:
    """The bucket after ``number`` mails went out of it."""
    return Bucket(bucket.thousandths - number * 1000, bucket.at)
