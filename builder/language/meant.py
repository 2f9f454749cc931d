"""What was meant: another word for a key, a part that stands deeper, a value as other programs and people spell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from builder.clock import NoSuchTime, read_moment
from builder.language.grammar import Schema, deref
from builder.language.ids import valid_id
from builder.nearest import nearest

# What people write for a key of ours; of several, the first that the place knows.
_MEANT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("message", "msg", "error", "提示语", "报错"), ("say",)),
    **dict.fromkeys(("name", "title", "label", "caption", "text", "标签", "标题", "名称"), ("label", "title")),
    **dict.fromkeys(("hint", "description", "desc", "note", "tip", "备注", "说明", "提示"), ("help",)),
    **dict.fromkeys(("mandatory", "must", "obligatory", "必须"), ("required",)),
    **dict.fromkeys(("show", "show_if", "if", "when", "visible", "条件", "显示"), ("visible", "when", "where")),
    **dict.fromkeys(("formula", "calc", "calculate", "公式"), ("compute",)),
    **dict.fromkeys(("choices", "values", "items", "list", "children", "sub", "下级", "子选项"), ("options",)),
    **dict.fromkeys(("columns", "cols"), ("fields",)), "fields": ("columns",),
    **dict.fromkeys(("edit", "update", "change"), ("write",)), **dict.fromkeys(("view", "see"), ("read",)),
    **dict.fromkeys(("unique", "dedupe", "唯一", "去重"), ("duplicates",)),
    **dict.fromkeys(("leader", "manager", "head", "主管", "经理"), ("lead",)), "parent": ("in",),
    **dict.fromkeys(("to", "end", "结束"), ("until",)), **dict.fromkeys(("start", "begin"), ("from",)),
    **dict.fromkeys(("accept", "formats", "格式"), ("kinds",)), "mask": ("masked",), "masked": ("mask",),
    **dict.fromkeys(("entry", "door", "doors"), ("entries",)), **dict.fromkeys(("max", "上限"), ("limit",)),
    **dict.fromkeys(("template", "target", "模板"), ("to",)),
    "capture": ("link",), "placeholder": ("example",), "value": ("default",), "regex": ("pattern",), "who": ("by",),
    "condition": ("when", "visible", "where"),
}  # fmt: skip


def meant_key(key: str, free: list[str], known: Mapping[str, Any]) -> str:
    """The known key that another word stands for, one still free before one that is written; "" when nobody knows."""
    said = next((name for name in _MEANT.get(key.casefold(), ()) if name in known), "")
    return _by_title(key, known) or said or nearest(key, free) or nearest(key, known)


def _by_title(key: str, known: Mapping[str, Any]) -> str:
    """The key whose title in either language this is: people write what the documentation calls it."""
    titles = ((name, body.get("x-title", {})) for name, body in known.items() if isinstance(body, Mapping))
    return next((name for name, title in titles if key in title.values()), "")


def home_of(
    unknown: Mapping[str, object], free: list[str], known: Mapping[str, Any], root: Schema
) -> tuple[str, list[str]]:
    """The property still free whose definition has most of some unknown keys, and which: `check` belongs under `valid`.

    In a collection any key may stand, so its members must look like what is written (an option is a text, a field has a
    `type`), and the key must be no other spelling of a known one.
    """
    strange = {key for key in unknown if not meant_key(key, free, known)}
    homes = ((name, [key for key, value in unknown.items() if _names(known[name], key, root)
                     or (key in strange and _collects(known[name], value, root))]) for name in free)  # fmt: skip
    return max(homes, key=lambda home: len(home[1]), default=("", []))


def _names(body: Mapping[str, Any], key: str, root: Schema) -> bool:
    return any(key in form.get("properties", {}) for form in _forms(dict(body), root))


def _collects(body: Mapping[str, Any], value: object, root: Schema) -> bool:
    collections = (form for form in _forms(dict(body), root) if form.get("x-ids") not in (None, "language"))
    members = [form["additionalProperties"] for form in collections if isinstance(form["additionalProperties"], dict)]
    return any(_looks_like(value, form) for member in members for form in _forms(member, root))


def _looks_like(value: object, member: Schema) -> bool:
    if isinstance(value, dict):
        wanted = set(member.get("required", ()))
        return bool(wanted) and wanted <= value.keys()
    return isinstance(value, str) and member.get("x-read") == "text"


def _forms(schema: Schema, root: Schema) -> Iterator[Schema]:
    """A schema and what it may be instead, references followed."""
    schema = deref(schema, root)
    yield schema
    for branch in schema.get("anyOf", ()):
        yield from _forms(branch, root)


def as_definition(schema: Schema, instance: object, root: Schema) -> str:
    """A text or list as the definition it was meant to be: in the first property that is obligatory and takes it."""
    wanted = schema.get("required", ())
    kind = "string" if isinstance(instance, str) else "array" if isinstance(instance, list) else ""
    first = next((key for key in wanted if any(form.get("type") == kind for form in
                 _forms(dict(schema["properties"][key]), root))), "") if kind else ""  # fmt: skip
    if not first or (isinstance(instance, list) and not all(isinstance(item, str) for item in instance)):
        return ""
    written = f"[{', '.join(instance)}]" if isinstance(instance, list) else str(instance)
    return "{" + ", ".join(f"{key}: {written if key == first else '…'}" for key in wanted) + "}"


def as_map(instance: object) -> str:
    """A list of words as the ids and labels it was meant to be."""
    items = (
        [item if isinstance(item, str) else "" for item in instance]
        if isinstance(instance, list)
        else re.split(r"[,，、;；]", str(instance))
    )
    words = [word.strip() for word in items]
    named = [(valid_id(word), word) for word in words if valid_id(word)]
    return "{" + ", ".join(f"{id}: {word}" for id, word in named) + "}" if len(named) == len(words) > 1 else ""


def as_list(instance: object) -> str:
    """The words of a map as a list."""
    inner = instance.values() if isinstance(instance, Mapping) else ()
    words = [word for each in inner for word in (each if isinstance(each, list) else [each])]
    return f"[{', '.join(words)}]" if words and all(isinstance(word, str) for word in words) else "[…]"


_UNITS = {
    **dict.fromkeys(("分钟", "分", "minute", "minutes", "mins"), "min"), "小时": "h", "hour": "h", "hours": "h",
    **dict.fromkeys(("天", "日", "day", "days"), "d"), **dict.fromkeys(("周", "星期", "week", "weeks"), "w"),
    **dict.fromkeys(("月", "个月", "month", "months"), "mo"), **dict.fromkeys(("年", "year", "years"), "y"),
    "个工作日": "wd", "工作日": "wd", "工作小时": "wh",
}  # fmt: skip
_CURRENCIES = {"人民币": "CNY", "元": "CNY", "rmb": "CNY", "¥": "CNY", "美元": "USD", "$": "USD",
               "欧元": "EUR", "€": "EUR", "港币": "HKD", "日元": "JPY", "英镑": "GBP"}  # fmt: skip
_ZONES = dict.fromkeys(
    ("北京", "北京时间", "上海", "中国", "beijing", "china", "utc+8", "gmt+8", "东八区"), "Asia/Shanghai"
)


def meant_spelling(kind: str, text: str) -> str:
    """How the language spells a value that people spell otherwise: 3年, 2026/1/5, 人民币, 1.0; "" when nobody knows."""
    return _SPELLINGS[kind](text.strip()) if kind in _SPELLINGS else ""


def _duration(text: str) -> str:
    found = re.fullmatch(r"([1-9][0-9]{0,3})\s*(\w+)", text)
    unit = _UNITS.get(found[2].lower(), "") if found else ""
    return f"{found[1]}{unit}" if found and unit else ""


def _moment(text: str) -> str:
    try:
        found = read_moment(text, "UTC") or read_moment(f"{text} 00:00", "UTC")
    except NoSuchTime:
        return ""
    at = found[0][:16].replace("T", " ") if found else ""
    return at.removesuffix(" 00:00")


def _version(text: str) -> str:
    found = re.fullmatch(r"[vV]?([0-9]+)(?:\.([0-9]+))?", text)
    return f"{found[1]}.{found[2] or 0}.0" if found else ""


_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "duration": _duration,
    "moment": _moment,
    "day": lambda text: _moment(text)[:10],
    "version": _version,
    "currency": lambda text: _CURRENCIES.get(text.lower(), text.upper() if re.fullmatch("[A-Za-z]{3}", text) else ""),
    "timezone": lambda text: _ZONES.get(text.lower(), ""),
    "slug": lambda text: re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-"),
}
