"""Typed records to and from JSON: one reader, writer and schema per field, from the annotation alone.

The proposal form and the programme file are frozen dataclasses. Their field types say everything: `str`,
`bool`, `date`, a string enum, `Cents`, `Number`, `Share`, `Month`, `Whole(...)`, another record, a tuple,
a text mapping, or one of these `| None`. Every fault is collected with its JSON pointer, none is thrown
away. Reading never guesses: an amount is a string with two decimals, a date is ISO, a number a string.
"""

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Final, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from wijkcontract.rules.money import format_cents
from wijkcontract.rules.periods import parse_day, parse_month, year_fault
from wijkcontract.rules.verdicts import Fault, Invalid

_AMOUNT: Final = r"^[0-9]{1,13}\.[0-9]{2}$"
_NUMBER: Final = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"
_SHARE: Final = r"^[0-9]{1,6}/[1-9][0-9]{0,5}$"
_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MONTH: Final = r"^[0-9]{4}-[0-9]{2}$"
_LINK: Final = r"^(https?://\S{1,193})?$"
_ID: Final = r"^[A-Za-z0-9._:-]{1,100}$"
T = TypeVar("T")
Value: TypeAlias = Any
"""A value before it is read or before it is written: only its codec knows its type."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class DocumentError(Invalid):
    """A document that cannot be read; carries every fault, each at the JSON pointer of its place."""

    def __str__(self) -> str:
        return "\n".join(f"{fault.where or '/'}: {fault.message}" for fault in self.faults)


class _Unreadable(Exception):
    """Raised inside a scalar reader; the message becomes a fault at the place of the value."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of value is read (collecting faults), written as JSON, and described as a schema."""

    read: Callable[[Value, str, list[Fault]], Value]
    write: Callable[[Value], Value]
    schema: Mapping[str, Any]
    empty: Value = None
    """What JSON null, or an absent key, reads as when the field has no default of its own."""


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest whole number that a field takes."""

    lowest: int
    highest: int


class _Mark(StrEnum):
    CENTS = "cents"
    NUMBER = "number"
    SHARE = "share"
    MONTH = "month"
    LINK = "link"
    ID = "id"


Cents = Annotated[int, _Mark.CENTS]
"""Integer cents, in JSON "326000.00"."""
Number = Annotated[Decimal, _Mark.NUMBER]
"""An indicator value, in JSON a decimal string."""
Share = Annotated[Fraction, _Mark.SHARE]
"""An exact share, in JSON "1/5"."""
Month = Annotated[date, _Mark.MONTH]
"""The last day of a month, in JSON "2026-07"."""
Link = Annotated[str, _Mark.LINK]
"""The address of a page on the web, or empty: it is drawn as a link, so that nothing that runs may stand there."""
Id = Annotated[str, _Mark.ID]
"""The name by which other parts of the document refer to this one; never empty."""


def decode(record: type[T], data: Value) -> tuple[T | None, list[Fault]]:
    """Read JSON data as a record, with all faults; the record is None when there is any."""
    faults: list[Fault] = []
    value = codec_of(cast(Value, record)).read(data, "", faults)
    return (None, faults) if faults else (cast(T, value), faults)


def encode(record: Value) -> dict[str, Any]:
    """Write a record as JSON data (dicts, lists, strings, whole numbers, booleans and None)."""
    return cast(dict[str, Any], codec_of(cast(Value, type(record))).write(record))


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901) to a place in a document."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@cache
def codec_of(hint: Value) -> Codec:
    """The codec of an annotation. Raises TypeError for a type that has none."""
    origin: Value = get_origin(hint)
    arguments = get_args(hint)
    if origin is Annotated:
        return _annotated(arguments[1])
    if origin in (Union, types.UnionType):
        return _optional(codec_of(next(part for part in arguments if part is not types.NoneType)))
    if origin is tuple:
        return _list(codec_of(arguments[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _texts()
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    raise TypeError(f"no codec for {hint!r}")


def _scalar(
    parse: Callable[[Value], Value], write: Callable[[Value], Value], schema: Mapping[str, Any], empty: Value = None
) -> Codec:
    def read(value: Value, path: str, faults: list[Fault]) -> Value:
        try:
            return parse(value)
        except _Unreadable as unreadable:
            faults.append(Fault(path, str(unreadable)))
            return empty

    return Codec(read, write, schema, empty)


def _string(value: Value, needed: str) -> str:
    if not isinstance(value, str):
        raise _Unreadable(f"hier hoort {needed}, tussen aanhalingstekens.")
    return value


def _text(value: Value) -> str:
    text = _string(value, "tekst")
    if _CONTROL.search(text):
        raise _Unreadable("de tekst bevat een teken dat niet kan worden bewaard. Verwijder dat teken.")
    return text


def _day(text: str) -> date:
    day = parse_day(text)
    if wrong := year_fault(day.year):
        raise _Unreadable(wrong)
    return day


def _flag(value: Value) -> bool:
    if not isinstance(value, bool):
        raise _Unreadable("hier hoort true of false.")
    return value


def _whole(bounds: Range) -> Codec:
    def parse(value: Value) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _Unreadable("hier hoort een geheel getal.")
        if not bounds.lowest <= value <= bounds.highest:
            raise _Unreadable(f"het getal moet tussen {bounds.lowest} en {bounds.highest} liggen.")
        return value

    return _scalar(parse, int, {"type": "integer", "minimum": bounds.lowest, "maximum": bounds.highest})


def _patterned(pattern: str, needed: str, convert: Callable[[str], Value], write: Callable[[Value], str]) -> Codec:
    compiled = re.compile(pattern[1:-1])

    def parse(value: Value) -> Value:
        text = _string(value, needed)
        if compiled.fullmatch(text) is None:
            raise _Unreadable(f"'{text}' is niet goed geschreven. Hier hoort {needed}.")
        try:
            return convert(text)
        except ValueError:
            raise _Unreadable(f"'{text}' bestaat niet. Hier hoort {needed}.") from None

    return _scalar(parse, write, {"type": "string", "pattern": pattern})


def _annotated(mark: Value) -> Codec:
    if isinstance(mark, Range):
        return _whole(mark)
    return _MARKED[_Mark(mark)]


def _choice(enum: type[StrEnum]) -> Codec:
    allowed = [member.value for member in enum]

    def parse(value: Value) -> StrEnum:
        if value not in allowed:
            raise _Unreadable(f"kies een van deze waarden: {', '.join(allowed)}.")
        return enum(value)

    return _scalar(parse, str, {"type": "string", "enum": allowed})


def _optional(inner: Codec) -> Codec:
    def read(value: Value, path: str, faults: list[Fault]) -> Value:
        return None if value is None else inner.read(value, path, faults)

    def write(value: Value) -> Value:
        return None if value is None else inner.write(value)

    return Codec(read, write, _nullable(inner.schema))


def _list(inner: Codec) -> Codec:
    def read(value: Value, path: str, faults: list[Fault]) -> tuple[Value, ...]:
        if not isinstance(value, list | tuple):
            faults.append(Fault(path, "hier hoort een lijst."))
            return ()
        return tuple(inner.read(item, f"{path}/{index}", faults) for index, item in enumerate(value))

    def write(value: Value) -> list[Value]:
        return [inner.write(item) for item in value]

    return Codec(read, write, {"type": "array", "items": inner.schema}, ())


def _texts() -> Codec:
    def read(value: Value, path: str, faults: list[Fault]) -> Mapping[str, str]:
        if not isinstance(value, Mapping):
            faults.append(Fault(path, "hier hoort een object met teksten."))
            return {}
        text = _PLAIN[str]
        return {
            text.read(key, path, faults): "" if item is None else text.read(item, path + pointer(key), faults)
            for key, item in sorted(value.items())
        }

    return Codec(read, dict, {"type": "object", "additionalProperties": {"type": ["string", "null"]}}, {})


def _record(record: type[Any]) -> Codec:
    hints = get_type_hints(record, include_extras=True)
    members = [(field, codec_of(hints[field.name])) for field in fields(record)]
    names = {field.name for field, _ in members}

    def read(value: Value, path: str, faults: list[Fault]) -> Value:
        if not isinstance(value, Mapping):
            faults.append(Fault(path, "hier hoort een object."))
            return None
        before = len(faults)
        for key in value:
            if key not in names:
                faults.append(Fault(path + pointer(key), "dit veld bestaat niet in dit formulier."))
        read_fields = {
            field.name: _read_field(field, codec, value.get(field.name), path, faults) for field, codec in members
        }
        return record(**read_fields) if len(faults) == before else None

    def write(value: Value) -> dict[str, Any]:
        return {field.name: codec.write(getattr(value, field.name)) for field, codec in members}

    return Codec(read, write, _record_schema(members))


def _read_field(field: Field[Any], codec: Codec, value: Value, path: str, faults: list[Fault]) -> Value:
    place = f"{path}/{field.name}"
    if value is not None:
        return codec.read(value, place, faults)
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    faults.append(Fault(place, "dit veld is verplicht en ontbreekt."))
    return codec.empty


def _record_schema(members: list[tuple[Field[Any], Codec]]) -> dict[str, Any]:
    required = [field.name for field, _ in members if field.default is MISSING and field.default_factory is MISSING]
    properties = {
        field.name: codec.schema if field.name in required else _nullable(codec.schema) for field, codec in members
    }
    schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return schema | ({"required": required} if required else {})


def _nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same schema with null allowed, for a draft in which the field is still empty."""
    kind = schema["type"]
    kinds = kind if isinstance(kind, list) else [kind]
    opened = {**schema, "type": kinds if "null" in kinds else [*kinds, "null"]}
    if "enum" in schema and None not in schema["enum"]:
        opened["enum"] = [*schema["enum"], None]
    return opened


_PLAIN: Final[Mapping[Value, Codec]] = {
    str: _scalar(_text, str, {"type": "string"}, ""),
    bool: _scalar(_flag, bool, {"type": "boolean"}),
    int: _whole(Range(0, 2**31 - 1)),
    date: _patterned(_DAY, "een datum zoals 2022-01-31", _day, date.isoformat),
}
_MARKED: Final[Mapping[_Mark, Codec]] = {
    _Mark.CENTS: _patterned(
        _AMOUNT, "een bedrag met twee decimalen, zoals 1234.50", lambda text: int(text.replace(".", "")), format_cents
    ),
    _Mark.NUMBER: _patterned(_NUMBER, "een getal zoals 12.5", Decimal, lambda value: format(value, "f")),
    _Mark.SHARE: _patterned(
        _SHARE, "een breuk zoals 1/5", Fraction, lambda value: f"{value.numerator}/{value.denominator}"
    ),
    _Mark.ID: _patterned(_ID, "een kenmerk van letters, cijfers, punten of streepjes, zoals M1", str, str),
    _Mark.LINK: _patterned(_LINK, "een adres dat begint met https:// of http://", _text, str),
    _Mark.MONTH: _patterned(_MONTH, "een maand zoals 2026-07", parse_month, lambda value: value.isoformat()[:7]),
}
