"""Fine dust in Beijing, hour by hour: does the weather help an autoregressive model?

Fitted to 2010-2012, chosen on 2013, tested on 2014. The target is log(1 + PM2.5). Every model sees the last
24 hours of dust. "weather" models see the last 4 hours of weather too, up to the hour of the origin: the
weather of the hours to come is not known then, and is held at its last value. The rows "weather foreseen" are
no forecast: they are given the true weather of the hours to come, to show what a perfect weather forecast
would bring.

    python chapters/sequence-modelling/real/air_quality.py            # about three minutes on two cores
    python chapters/sequence-modelling/real/air_quality.py --quick    # seconds, numbers without meaning

The file is downloaded (2 MB), or taken from the folder that SEQGRAPH_DATA names.
"""

import argparse
from statistics import fmean, stdev

import torch
from torch import Tensor, nn
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import beijing_air
from seqgraph.timeseries import NARX, least_squares, narx_features

LAGS, WEATHER_LAGS = 24, 3
HORIZONS = (1, 6, 24)
KNOWN = LAGS + 1


class Change(nn.Module):
    """A network that predicts the change since the last hour, on scaled features."""

    def __init__(self, features: Tensor, hidden: int, last: int):
        super().__init__()
        self.last = last
        self.register_buffer("mean", features.mean(0))
        self.register_buffer("scale", features.std(0).clamp(min=1e-3))
        self.net = nn.Sequential(nn.Linear(features.shape[1], hidden), nn.Tanh(), nn.Linear(hidden, 1))

    def forward(self, a: Tensor) -> Tensor:
        return a[..., self.last, None] + self.net((a - self.mean) / self.scale)


def pieces(dust: Tensor, weather: Tensor, hours: Tensor, length: int) -> tuple[Tensor, Tensor]:
    """All stretches of ``length`` hours inside ``hours`` without a missing value: weather, dust."""
    first = hours.nonzero().min().item()
    span = slice(first, hours.nonzero().max().item() + 1)
    y = dust[span].unfold(0, length, 1)
    x = weather[span].unfold(0, length, 1).transpose(1, 2)
    whole = ~y.isnan().any(1)
    return x[whole], y[whole]


def past_weather(x: Tensor) -> Tensor:
    """Move the weather by one hour, so that a model at t sees nothing later than t - 1."""
    return torch.cat([x[:, :1], x[:, :-1]], dim=1)


def held(x: Tensor) -> Tensor:
    """The weather as it is known at the origin: after it, the last value stays."""
    x = x.clone()
    x[:, LAGS:] = x[:, LAGS - 1 : LAGS]
    return x


def errors(
    model: NARX | None, x: Tensor, y: Tensor, mean: Tensor | None = None, foreseen: bool = False
) -> list[float]:
    """Mean squared error at each horizon; without a model, of persistence or of the mean."""
    if model is None:
        ahead = (y[:, LAGS - 1 : LAGS] if mean is None else mean).expand(len(y), max(HORIZONS))
    else:
        with torch.no_grad():
            inputs = None if model.input_lags == 0 else past_weather(x if foreseen else held(x))
            ahead = model.simulate(inputs, y[:, :LAGS], None if inputs is not None else max(HORIZONS))
    squares = (ahead - y[:, LAGS:]).square().mean(0)
    return [squares[n - 1].item() for n in HORIZONS]


def rows(x: Tensor, y: Tensor, with_weather: bool) -> tuple[Tensor, Tensor]:
    """Features and target of the last hour of each stretch of LAGS + 1 hours."""
    if not with_weather:
        return narx_features(None, y, 0, LAGS)[:, 0], y[:, -1]
    return narx_features(past_weather(x), y, WEATHER_LAGS, LAGS)[:, 0], y[:, -1]


def network(train_rows, valid_rows, hidden: int, updates: int, seed: int, input_lags: int) -> NARX:
    """Train on random rows; keep the weights that are best on 2013, looked at every 200 updates."""
    a, y = train_rows
    generator = train.seeded(seed)
    f = Change(a, hidden, last=a.shape[1] - LAGS)
    adam = torch.optim.Adam(f.parameters(), lr=2e-3)
    picks = (torch.randint(len(a), (256,), generator=generator) for _ in range(updates))
    best, kept = float("inf"), None

    def loss(f, a, y):
        return (f(a)[:, 0] - y).square().mean()

    for step in train.steps(f, loss, ((a[pick], y[pick]) for pick in picks), adam):
        if step.number % 200 == 0 or step.number == updates:
            value = (train.predict(f, valid_rows[0])[:, 0] - valid_rows[1]).square().mean().item()
            if value < best:
                best, kept = value, {name: part.cpu().clone() for name, part in f.state_dict().items()}
    f.load_state_dict(kept)
    return NARX(f.cpu(), input_lags, LAGS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3, help="networks of each kind")
    parser.add_argument("--updates", type=int, default=4000, help="updates of each network")
    parser.add_argument("--quick", action="store_true", help="one seed, few updates, every tenth hour")
    options = parser.parse_args()
    if options.quick:
        options.seeds, options.updates = 1, 200
    data = beijing_air()
    dust = data.dust.log1p()
    fitted, chosen, tested = data.year <= 2012, data.year == 2013, data.year == 2014
    weather = data.weather.clone()
    weather[:, 3:6] = weather[:, 3:6].log1p()
    weather = (weather - weather[fitted].mean(0)) / weather[fitted].std(0)
    step = 10 if options.quick else 1
    x_train, y_train = (part[::step] for part in pieces(dust, weather, fitted, KNOWN))
    x_valid, y_valid = (part[::step] for part in pieces(dust, weather, chosen, KNOWN))
    x, y = (part[::step] for part in pieces(dust, weather, tested, LAGS + max(HORIZONS)))
    print(f"stretches: {len(y_train)} to fit, {len(y_valid)} to choose, {len(y)} to test")
    table = {
        "mean of 2010-2012": [errors(None, x, y, dust[fitted].nanmean())],
        "persistence": [errors(None, x, y)],
    }
    for with_weather in (False, True):
        a, target = rows(x_train, y_train, with_weather)
        valid = rows(x_valid, y_valid, with_weather)
        lags, name = (WEATHER_LAGS, " + weather") if with_weather else (0, "")
        linear = NARX(least_squares(a, target), lags, LAGS)
        networks = [
            network((a, target), valid, 32, options.updates, seed, lags)
            for seed in tqdm(range(options.seeds), desc=f"network{name}")
        ]
        table[f"linear{name}"] = [errors(linear, x, y)]
        table[f"network{name}"] = [errors(one, x, y) for one in networks]
        if with_weather:
            table["linear, weather foreseen"] = [errors(linear, x, y, foreseen=True)]
            table["network, weather foreseen"] = [errors(one, x, y, foreseen=True) for one in networks]
    print(f"mean squared error of log(1 + PM2.5) in 2014, closed loop; {options.seeds} seeds")
    print(f"{'hours ahead':26}" + "".join(f"{n:>17}" for n in HORIZONS))
    for name, runs in table.items():
        cells = [
            f"{fmean(v):.4f}" + (f" ± {stdev(v):.4f}" if len(v) > 1 else "") for v in zip(*runs, strict=True)
        ]
        print(f"{name:26}" + "".join(f"{cell:>17}" for cell in cells))


if __name__ == "__main__":
    main()
