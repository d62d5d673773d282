"""Arithmetic of the other code: errors, ranks, quantiles, and what chance in a number of draws amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
# Draws of which the published intervals are made.
INTERVAL = 200


def sampling_error(cell: Sequence[Any] | None) -> float:
    """Standard error of a value in its own unit, rounding included; not a number where neither is known."""
    if cell is None:
        return float("nan")
    value, kind, numerator, denominator, periods, multiplier, count, share, per, deviation, step = cell
    part = 1 if share is None else share
    people = None if count is None else max(1.0, count * part)
    rounding = 0.0 if step is None else step**2 / 12
    variance = None
    if kind == "published_margin" and count is not None:
        variance = (count / sqrt(part) / 1.96) ** 2
    elif kind == "binomial" and numerator is not None:
        chance = numerator / denominator
        variance = multiplier**2 * max(0.0, chance * (1 - chance)) / denominator
    elif kind == "poisson" and numerator is not None:
        variance = multiplier**2 * max(1.0, abs(numerator)) / denominator**2
    elif kind == "poisson_stock" and numerator is not None:
        variance = multiplier**2 * max(1.0, numerator / periods) * periods**2 / denominator**2
    elif kind == "binomial_of_count" and people is not None:
        chance = min(max(value / per, 0.5 / people), 1 - 0.5 / people) if people > 1 else 0.5
        variance = per**2 * chance * (1 - chance) / people
    elif kind == "poisson_of_rate" and people is not None:
        variance = (per / people) ** 2 * max(1.0, value * people / per)
    elif kind == "mean_of_count" and people is not None:
        variance = deviation**2 / people
    if variance is None and step is None:
        return float("nan")
    return sqrt((variance or 0.0) + rounding)


def percent_ranks(values: Array) -> Array:
    """Where each value stands among those of its column, 0 to 1; equal ones share the lower place."""
    found = np.full(values.shape, np.nan)
    for place in range(values.shape[1]):
        held = ~np.isnan(values[:, place])
        column = np.round(values[held, place], 9)
        if len(column) > 1:
            found[held, place] = np.searchsorted(np.sort(column), column) / (len(column) - 1)
    return found


def ranks(productivity: Array, published: int | None = None) -> Array:
    """Places in each row, best first, brought to the number that is published; who is not there has none."""
    rounded = np.round(productivity, 9)
    missing = np.isnan(rounded)
    ordered = np.sort(np.where(missing, np.inf, -rounded), axis=1)
    places = np.full(rounded.shape, np.nan)
    for draw in range(len(rounded)):
        there = ~missing[draw]
        found = np.searchsorted(ordered[draw], -rounded[draw, there]) + 1.0
        if published is not None:
            found = np.floor(1.5 + (found - 1) * (published - 1) / max(there.sum() - 1, 1))
        places[draw, there] = found
    return places


def ends(places: Array) -> tuple[Array, Array]:
    """Where nine tenths of the draws lie that rank a council: ends are places that occurred."""
    ordered = np.sort(places, axis=0)
    counted = (~np.isnan(places)).sum(axis=0)
    at = np.arange(places.shape[1])
    low = np.maximum(np.ceil(0.05 * counted - 1e-9).astype(int) - 1, 0)
    high = np.maximum(np.ceil(0.95 * counted - 1e-9).astype(int) - 1, 0)
    return ordered[low, at], ordered[high, at]


def batches(places: Array, size: int) -> list[Array]:
    """The draws in lots of a size."""
    return [places[start : start + size] for start in range(0, len(places) - size + 1, size)]


def interval_score(low: Array, high: Array, came: Array) -> Array:
    """Width and twenty times the miss."""
    return high - low + 20 * np.maximum(0, np.maximum(low - came, came - high))


def apart(theirs: Array, ours: Array, size: int) -> tuple[float, float, float]:
    """How far the mean places of their draws lie from ours, in errors of so many draws.

    Returns:
        The mean over councils of the squared distance, over the variance of a mean of ``size`` draws; the
        same for lots of our own draws, in the mean; and its standard deviation over those lots.
    """
    there = (~np.isnan(ours)).sum(axis=0) > len(ours) / 2
    mean, variance = np.nanmean(ours[:, there], axis=0), np.nanvar(ours[:, there], axis=0)
    moves = variance > 1e-6
    mean, variance = mean[moves], variance[moves]

    def distance(means: Array) -> float:
        return float(np.nanmean((means - mean) ** 2 / variance * size))

    own = [distance(np.nanmean(lot[:, there], axis=0)[moves]) for lot in batches(ours, size)]
    return distance(theirs[there][moves]), float(np.mean(own)), float(np.std(own, ddof=1))
