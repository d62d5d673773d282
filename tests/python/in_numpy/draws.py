"""The draws of the method page, with NumPy's own random numbers: ranks of lenses and overall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from figures import CEILING, FLOOR, NORMALISATIONS, Lens
from numbers_drawn import Array, ranks

FLOORS, CEILINGS = (0.20, 0.33), (3.0, 5.0)
WEIGHTS = (0.75, 1.25)
LENSES_NEEDED = 5


@dataclass
class Scenario:
    """What is drawn."""

    has_choices: bool
    has_noise: bool
    # Standard deviation of a year's change in ln productivity by lens, where the next edition is drawn.
    ahead: Mapping[str, float] | None = None


@dataclass
class Choices:
    """What each draw chooses for all lenses alike, and for each lens."""

    normalisation: Array
    spend: Array
    floor: Array
    ceiling: Array
    factors: dict[str, Array]
    is_power: dict[str, Array]
    left_out: dict[str, Array]
    lens_weight: dict[str, Array]


def drawn(random: np.random.Generator, draws: int, lenses: Sequence[Lens], has_choices: bool) -> Choices:
    """Choices of so many draws; without choices every one is as published."""
    ids = sorted({lens.ranking_id for lens in lenses})
    measures = sorted({measure for lens in lenses for measure in lens.measures})
    ones, nothing = np.ones(draws), np.zeros(draws, int)
    if not has_choices:
        return Choices(
            nothing,
            nothing,
            FLOOR * ones,
            CEILING * ones,
            dict.fromkeys(measures, ones),
            dict.fromkeys(ids, nothing),
            dict.fromkeys(ids, ones),
            dict.fromkeys(ids, ones),
        )
    return Choices(
        random.integers(0, 3, draws),
        random.integers(0, 3, draws),
        random.uniform(*FLOORS, draws),
        random.uniform(*CEILINGS, draws),
        {measure: random.uniform(*WEIGHTS, draws) for measure in measures},
        {each: random.integers(0, 2, draws) for each in ids},
        {each: random.uniform(0, 1, draws) for each in ids},
        {each: random.uniform(*WEIGHTS, draws) for each in ids},
    )


def weights(lens: Lens, choices: Choices, has_choices: bool) -> Array:
    """Weight of each measure in each draw; the one left out has none."""
    factors = np.array([choices.factors[measure] for measure in lens.measures]).T
    found = lens.weights * factors
    if has_choices:
        # One of m + 1: none, or one of the m.
        out = np.floor(choices.left_out[lens.ranking_id] * (len(lens.measures) + 1)).astype(int)
        for place in range(len(lens.measures)):
            found[out == place + 1, place] = 0
    return found


def outcomes(lens: Lens, choices: Choices, has_choices: bool, mask: Array | None = None) -> Array:
    """The outcome of each council (columns) in each draw (rows), over the measures of a mask."""
    given = weights(lens, choices, has_choices)
    present = lens.present if mask is None else lens.present & mask
    found = np.full((len(given), len(lens.councils)), np.nan)
    power = choices.is_power[lens.ranking_id]
    for place, name in enumerate(NORMALISATIONS):
        scores = np.where(present, lens.scores[name], 0)
        for is_power in (0, 1):
            rows = (choices.normalisation == place) & (power == is_power)
            if rows.any():
                with np.errstate(invalid="ignore", divide="ignore"):
                    shown = np.sqrt(scores) if is_power else scores
                    mean = (given[rows] @ shown.T) / (given[rows] @ present.T)
                found[rows] = mean**2 if is_power else mean
    return found


def noise(random: np.random.Generator, lens: Lens, choices: Choices, year: float, draws: int) -> Array:
    """Sampling error and the noise of the year in points of outcome, on the scale of the draw."""
    scale = lens.noise_scale[choices.normalisation][:, None]
    shape = (draws, len(lens.councils))
    return scale * (lens.outcome_error * random.standard_normal(shape) + year * random.standard_normal(shape))


def productivity(
    random: np.random.Generator, lens: Lens, choices: Choices, scenario: Scenario, year: float
) -> Array:
    """Productivity of each council in each draw; who is beyond the draw's limits has none."""
    draws = len(choices.floor)
    found = outcomes(lens, choices, scenario.has_choices)
    if scenario.has_noise:
        found = found + noise(random, lens, choices, year, draws)
    spend = lens.spend[choices.spend] if scenario.has_choices else lens.spend[np.zeros(draws, int)]
    with np.errstate(invalid="ignore"):
        is_in = (lens.spend_index >= choices.floor[:, None]) & (lens.spend_index <= choices.ceiling[:, None])
        found = np.clip(found, 1, 100) / spend
    if scenario.ahead is not None:
        found = found * np.exp(scenario.ahead[lens.ranking_id] * random.standard_normal(found.shape))
    return np.where(is_in & lens.may_be_ranked, found, np.nan)


def overall(lenses: Sequence[Lens], found: Sequence[Array], choices: Choices) -> tuple[list[str], Array]:
    """The overall index of each draw over the lenses that it ranks a council in; its councils."""
    councils = sorted({council for lens in lenses for council in lens.councils})
    place = {council: at for at, council in enumerate(councils)}
    shape = (len(choices.floor), len(councils))
    total, weight, count = np.zeros(shape), np.zeros(shape), np.zeros(shape, int)
    for lens, each in zip(lenses, found, strict=True):
        at = [place[council] for council in lens.councils]
        ln_to_median = np.log(each) - np.log(np.nanmedian(each, axis=1))[:, None]
        there = ~np.isnan(ln_to_median)
        given = lens.weight * choices.lens_weight[lens.ranking_id][:, None] * there
        total[:, at] += np.where(there, given * lens.scale * np.nan_to_num(ln_to_median), 0)
        weight[:, at] += given
        count[:, at] += there
    with np.errstate(invalid="ignore", divide="ignore"):
        return councils, np.where(count >= LENSES_NEEDED, np.exp(total / weight), np.nan)


def drawn_ranks(
    random: np.random.Generator,
    lenses: Sequence[Lens],
    scenario: Scenario,
    years: Mapping[str, float],
    published: Mapping[str, int],
    draws: int,
) -> dict[str, tuple[list[str], Array]]:
    """Councils and places of every lens of an edition, and overall where it is published."""
    choices = drawn(random, draws, lenses, scenario.has_choices)
    found = [productivity(random, lens, choices, scenario, years[lens.ranking_id]) for lens in lenses]
    places = {
        lens.ranking_id: (lens.councils, ranks(each, published[lens.ranking_id]))
        for lens, each in zip(lenses, found, strict=True)
    }
    if "overall" in published:
        councils, index = overall(lenses, found, choices)
        places["overall"] = (councils, ranks(index, published["overall"]))
    return places
