"""What is new on the site, by day: changes of pathways, translations, places that were checked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from stepwell.resolve.view import Reading, View


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on a day: (pathway's id, its view, the change) each, and so on.

    `translated` and `reviewed` name the languages whose translation was made or reviewed,
    `places` are the resources that were last checked then.
    """

    date: datetime.date
    changes: list[tuple[str, View, View]] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)
    places: list[View] = field(default_factory=list)


def news(reading: Reading, pathways: Iterable[tuple[str, View, str]]) -> list[Day]:
    """The days on which something changed, the latest first."""
    days: dict[datetime.date, Day] = {}

    def day(date: datetime.date) -> Day:
        return days.setdefault(date, Day(date))

    definitions = reading.edition.definitions
    for name, view, _ in pathways:
        for raw, change in zip(definitions.pathways[name].changes, view.changes, strict=True):
            day(raw.date).changes.append((name, view, change))
    for translation in definitions.site.translations:
        day(translation.translated).translated.append(str(translation.language))
        if translation.reviewed:
            day(translation.reviewed).reviewed.append(str(translation.language))
    for resource in definitions.resources.resources:
        day(resource.verified).places.append(reading.find("resource", str(resource.id)))
    return [days[date] for date in sorted(days, reverse=True)]
