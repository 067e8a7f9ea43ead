"""Is what a bank writes read as it is meant, whichever bank, and is what cannot be read named line by line?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.giving.rules.days import NotADay, read_day
from pututu.giving.rules.lines import (
    MAX_BYTES,
    RawLine,
    Reading,
    Refused,
    StatementError,
    Wrong,
    fingerprints,
    payer_words,
)
from pututu.giving.rules.statements import open_statement
from pututu.giving.rules.tables import Columns, guess_columns

DAY = dt.date(2026, 4, 3)
FILES = {
    "Barclays": "Number,Date,Account,Amount,Subcategory,Memo\n ,03/04/2026,20-00-00 1,36.00,Credit,R QUISPE\tKM7\n"
    " ,03/04/2026,20-00-00 1,-5.00,Debit,FEE\n",
    "HSBC": "03/04/2026,R QUISPE KM7,36.00\n03/04/2026,FEE,-5.00\n",
    "HSBC business": "Date,Type,Description,Paid out,Paid in,Balance\n03 Apr 2026,CR,R QUISPE KM7,,36.00,1.00\n"
    '03 Apr 2026,DR,FEE,5.00,,"1,000.00"\n',
    "Lloyds": "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,"
    "Credit Amount,Balance\n03/04/2026,FPI,'30-00-00,123,R QUISPE KM7,,36.00,36.00\n"
    "03/04/2026,CHG,'30-00-00,123,FEE,5.00,,31.00\n",
    "NatWest": "Date, Type, Description, Value, Balance, Account Name, Account Number\n\n"
    '03 Apr 2026,BAC,"\'R QUISPE KM7",36.00,100.00,"\'GROUP","\'600000-1",\n'
    '03 Apr 2026,CHG,FEE,-5.00,95.00,"\'GROUP","\'600000-1",\n',
    "Santander": "Date;Type;Merchant/Description;Debit/Credit;Balance\n03/04/2026;CR;R QUISPE KM7;£36.00;£1,036.00\n"
    "03/04/2026;DR;FEE;-£5.00;£1,031.00\n",
    "Nationwide": '"Account Name:","FlexAccount ****1"\n"Account Balance:","£31.00"\n\n'
    '"Date","Transaction type","Description","Paid out","Paid in","Balance"\n'
    '"03 Apr 2026","Bank credit","R QUISPE KM7","","£36.00","£36.00"\n"03 Apr 2026","Fee","FEE","£5.00","","£31.00"\n',
    "Co-operative": "Date,Description,Type,Money In,Money Out,Balance\n2026-04-03,R QUISPE KM7,CREDIT,36.00,,36.00\n"
    "2026-04-03,FEE,DEBIT,,5.00,31.00\n",
    "Monzo": "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,"
    "Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In\n"
    "tx_1,03/04/2026,09:00:00,Faster payment,R QUISPE,,Income,36.00,GBP,36.00,GBP,KM7,,,KM7,,,36.00\n"
    "tx_2,03/04/2026,09:01:00,Fee,Monzo,,Fees,-5.00,GBP,-5.00,GBP,,,,FEE,,-5.00,\n",
    "Starling": "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n"
    "03/04/2026,R QUISPE,KM7,FASTER PAYMENT,36.00,36.00,INCOME,\n03/04/2026,Bank,FEE,FEE,-5.00,31.00,FEES,\n",
    "CAF Bank": "Transaction Date,Transaction Details,Money Out,Money In,Balance\n03-Apr-26,R QUISPE KM7,,36.00,36.00\n"
    "03-Apr-26,FEE,5.00,,31.00\n",
}


def read(content: str | bytes, columns: Columns | None = None) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return open_statement(raw, currency="GBP").read(columns, currency="GBP")


@pytest.mark.parametrize("bank", FILES)
def test_the_files_of_british_banks_are_recognised(bank):
    reading = read(FILES[bank])
    assert not reading.troubles
    assert [(line.booked_on, line.minor) for line in reading.lines] == [(DAY, 3600), (DAY, -500)]
    line = reading.lines[0]
    assert "QUISPE" in f"{line.text} {line.payer_text}"
    assert "KM7" in line.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_out(encoding):
    words = "Date,Description,Amount\n03/04/2026,Inés Núñez £,36.00\n".encode(encoding)
    assert read(words).lines[0].text == "Inés Núñez £"


def test_a_bad_line_is_named_and_the_others_go_on():
    reading = read(
        "Date,Description,Paid out,Paid in,Balance\n"
        "31/02/2026,A,,1.00,\n03/04/2026,B,,one,\n03/04/2026,C,1.00,2.00,\n03/04/2026,D,,,\n,E,,1.00,\n"
        "03/04/2026,F,,36.00,\n"
    )
    assert [(each.number, each.wrong) for each in reading.troubles] == [
        (2, Wrong.BAD_DATE),
        (3, Wrong.BAD_AMOUNT),
        (4, Wrong.TWO_AMOUNTS),
        (5, Wrong.NO_AMOUNT),
        (6, Wrong.NO_DATE),
    ]
    assert [line.text for line in reading.lines] == ["F"]


def test_a_mapping_that_was_confirmed_is_used_and_one_of_another_file_is_refused():
    file = "When,What,Sum\n04/03/2026,A,36.00\n"
    table = open_statement(("Date" + file[4:]).encode(), currency="GBP").table
    assert guess_columns(table).amount == ""  # nobody knows the heading "Sum"
    columns = Columns(date="Date", amount="Sum", text=("What",), day_first=False)
    assert read("Date" + file[4:], columns).lines[0].booked_on == DAY
    with pytest.raises(StatementError) as refused:
        read(FILES["Lloyds"], columns)
    assert (refused.value.why, refused.value.where) == (Refused.COLUMNS, "Date, Sum, What")
    assert Columns.from_json(columns.as_json()) == columns


def test_days_in_figures_are_british_unless_one_cannot_be():
    assert read("Date,Description,Amount\n03/04/2026,A,1\n").lines[0].booked_on == DAY
    american = read("Date,Description,Amount\n04/03/2026,A,1\n04/23/2026,B,1\n")
    assert [line.booked_on.day for line in american.lines] == [3, 23]


OFX_OLD = """OFXHEADER:100
DATA:OFXSGML
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP
<BANKTRANLIST>
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20260403120000[0:GMT]
<TRNAMT>36.00
<FITID>1
<NAME>R QUISPE
<MEMO>KM7 &amp; GIFT
</STMTTRN>
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20260403
<TRNAMT>-5.00
<NAME>FEE
</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
OFX_NEW = """<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?><OFX><CURDEF>GBP</CURDEF>
<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20260403</DTPOSTED><TRNAMT>36.000</TRNAMT><NAME>R QUISPE</NAME>
<MEMO>KM7 &amp; GIFT</MEMO></STMTTRN>
<STMTTRN><DTPOSTED>20260403</DTPOSTED><TRNAMT>-5,00</TRNAMT><NAME>FEE</NAME></STMTTRN></OFX>"""


@pytest.mark.parametrize("file", [OFX_OLD, OFX_NEW], ids=["sgml", "xml"])
def test_ofx_is_read_whether_its_tags_are_closed_or_not(file):
    first, second = read(file).lines
    assert (first.booked_on, first.minor, first.payer_text) == (DAY, 3600, "R QUISPE")
    assert "KM7 & GIFT" in first.text
    assert second.minor == -500


def test_a_bad_transaction_of_ofx_is_named_by_its_line():
    reading = read(OFX_OLD.replace("20260403\n", "20260243\n"))
    assert [(each.number, each.wrong) for each in reading.troubles] == [(16, Wrong.BAD_DATE)]
    assert len(reading.lines) == 1


def entry(amount="36.00", direction="CRDT", *, state="BOOK", day="2026-04-03", details="", currency="GBP"):
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts><Cd>{state}</Cd></Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def camt(*entries: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
        f"<BkToCstmrStmt><Stmt>{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    )


def details(amount: str, name: str, words: str) -> str:
    return (
        f'<TxDtls><Amt Ccy="GBP">{amount}</Amt><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr></RltdPties>'
        f"<RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls>"
    )


def test_camt_gives_payer_words_and_direction_and_leaves_out_what_is_only_announced():
    reading = read(
        camt(
            entry(details=details("36.00", "Rosa Quispe", "KM7-XQ3T")),
            entry("5.00", "DBIT"),
            entry("7.00", state="PDNG"),
        )
    )
    first, second = reading.lines
    assert (first.booked_on, first.minor, first.payer_text) == (DAY, 3600, "Rosa Quispe")
    assert "KM7-XQ3T" in first.text
    assert second.minor == -500


def test_a_batch_of_camt_becomes_its_transactions_where_they_add_up():
    both = details("30.00", "Rosa", "a") + details("6.00", "Hugo", "b")
    assert [line.minor for line in read(camt(entry(details=both))).lines] == [3000, 600]
    assert [line.minor for line in read(camt(entry("40.00", details=both))).lines] == [4000]


def test_another_currency_in_camt_is_named():
    reading = read(camt(entry(currency="EUR"), entry()))
    assert [each.wrong for each in reading.troubles] == [Wrong.CURRENCY]
    assert len(reading.lines) == 1


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Refused.EMPTY),
        (b" \n", Refused.EMPTY),
        (b"x" * (MAX_BYTES + 1), Refused.TOO_BIG),
        (b"%PDF-1.7 ...", Refused.PDF),
        (b"PK\x03\x04....", Refused.SPREADSHEET),
        (b"just some words\n", Refused.NO_TABLE),
        (b"\x00\x01\x02,\x03,\x04", Refused.NO_TABLE),
        (b"<html><p>Sign in</p></html>", Refused.NO_LINES),
        (b"<html><p>Sign in</html>", Refused.BROKEN),
        (b"<OFX></OFX>", Refused.NO_LINES),
        (OFX_OLD.replace("GBP", "USD").encode(), Refused.COLUMNS),
        (camt(entry(), before=BOMB).encode(), Refused.UNSAFE),
        (camt(entry(), before=OUTSIDE).encode(), Refused.UNSAFE),
        (camt(entry(), before="<!DOCTYPE x>").encode(), Refused.UNSAFE),
    ],
)
def test_what_is_no_statement_is_refused_with_the_reason(content, why):
    with pytest.raises(StatementError) as refused:
        read(content)
    assert refused.value.why == why
    assert read(camt(entry())).lines  # the control: without the attack it is read


@given(some.binary(max_size=400) | some.text(max_size=400).map(str.encode))
def test_whatever_is_uploaded_is_read_or_refused(content):
    for wrapped in (content, b"Date,Description,Amount\n" + content, b"<OFX><STMTTRN>" + content):
        try:
            reading = read(wrapped)
        except StatementError:
            continue
        assert all(line.minor for line in reading.lines)


# --- days, fingerprints, words


@pytest.mark.parametrize(
    "written",
    ["2026-04-03", "20260403", "03/04/2026", "3.4.26", "03 Apr 2026", "03-APR-26", "2026-04-03T09:00:00Z"],
)
def test_the_days_that_banks_write(written):
    assert read_day(written) == DAY


@pytest.mark.parametrize("written", ["", "31/04/2026", "2026-13-01", "yesterday", "01/01/0001", "3 Xyz 2026"])
def test_what_is_no_day_is_none(written):
    with pytest.raises(NotADay):
        read_day(written)


def eleven(times: int, *, day: dt.date = DAY) -> list[RawLine]:
    return [RawLine(number, day, 1100, "STANDING ORDER") for number in range(times)]


def test_the_same_eleven_pounds_six_times_are_six():
    assert len(set(fingerprints(eleven(6)))) == 6


def test_an_overlapping_file_knows_what_was_there_and_adds_what_was_not():
    before = fingerprints(eleven(6))
    after = fingerprints([*eleven(1, day=DAY - dt.timedelta(1)), *eleven(7)])
    assert len(set(after) - set(before)) == 2


@given(some.integers(0, 6), some.integers(0, 6))
def test_the_longer_of_two_files_of_a_day_holds_the_shorter(few, many):
    shorter, longer = sorted((few, many))
    assert set(fingerprints(eleven(shorter))) <= set(fingerprints(eleven(longer)))


@pytest.mark.parametrize(
    "text",
    ["R QUISPE KM7XQ3T BGC", "R QUISPE 15MAR 40-01-02 12345678", "r quispe  FPI", "QUISPE R"],
)
def test_the_payers_words_stay_when_codes_and_days_change(text):
    assert set(payer_words(text).split()) >= {"R", "QUISPE"}
    assert not any(sign.isdigit() for sign in payer_words(text))


def test_a_column_with_the_payers_name_counts_alone():
    assert payer_words("thanks for all", "Inés Núñez-Ortiz") == "INÉS NÚÑEZ-ORTIZ"
