"""Numbers in Vietnamese notation: what is read, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from egovkg.loaders.text.numbers import LONGEST, comparators, plain, read_amount, read_number
from egovkg.problems import FaultError
from hypothesis import given
from hypothesis import strategies as st

WHOLE = st.integers(0, 10**LONGEST - 1)
THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
EXACT = st.decimals(0, 10**9, places=4, allow_nan=False, allow_infinity=False)


def vietnamese(value: Decimal, *, grouped: bool) -> str:
    whole, _, fraction = plain(value).partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{fraction}" if fraction else whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("75.005", "75005"),
        ("6,5", "6.5"),
        ("05", "5"),
        ("1.933,5", "1933.5"),
        ("1.300.000", "1300000"),
        ("61,25", "61.25"),
        ("0,125", "0.125"),
        ("0", "0"),
    ],
)
def test_reads(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("1,933", "write 1933 or 1.933"),
        ("1,933,000", "write 1933000 or 1.933.000"),
        ("6.5", "write 6,5"),
        ("1.93", "write 1,93"),
        ("1 933", "write it like 1.933 or 6,5"),
        ("12a", "write it like 1.933 or 6,5"),
        ("١٢", "write it like 1.933 or 6,5"),
        ("1" * 19, "write at most 18 digits"),
        ("", "write it like 1.933 or 6,5"),
    ],
)
def test_refuses_another_notation(text: str, fix: str) -> None:
    with pytest.raises(FaultError) as caught:
        read_number(text)
    assert (caught.value.fault.code, caught.value.fault.fix.text("en")) == ("KG050", fix)


@pytest.mark.parametrize("sign", comparators())
def test_comparators(sign: str) -> None:
    assert read_amount(f"{sign}70").comparator == comparators()[sign]


@pytest.mark.parametrize(
    ("text", "value", "scale"),
    [("138/138", "138", "138"), ("61,25/100", "61.25", "100"), ("55/63", "55", "63")],
)
def test_ratios_and_scales(text: str, value: str, scale: str) -> None:
    amount = read_amount(text)
    assert (amount.value, amount.denominator) == (Decimal(value), Decimal(scale))


@pytest.mark.parametrize("text", ["-5", "~-1", "5/0", "0/0"])
def test_impossible_amounts(text: str) -> None:
    with pytest.raises(FaultError) as caught:
        read_amount(text)
    assert caught.value.fault.code == "KG051"


@pytest.mark.parametrize("text", ["", ">", "//", "1/2/3", "a", "≥5", "=>5", "1/", "NaN", "1e5"])
def test_no_amount(text: str) -> None:
    with pytest.raises(FaultError) as caught:
        read_amount(text)
    assert caught.value.fault.code == "KG050"


@given(st.one_of(WHOLE.map(Decimal), EXACT), st.booleans())
def test_writing_and_reading_is_the_identity(value: Decimal, grouped: bool) -> None:
    text = vietnamese(value, grouped=grouped)
    if THOUSANDS.fullmatch(text):
        with pytest.raises(FaultError, match="groups thousands by a comma"):  # it may be meant in English
            read_number(text)
    else:
        assert read_number(text) == value


@given(EXACT)
def test_plain_is_one_form_a_value(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert plain(value.quantize(Decimal("1.00000000"))) == plain(value)
    assert "E" not in plain(value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(FaultError):
        assert read_amount(text).value >= 0
