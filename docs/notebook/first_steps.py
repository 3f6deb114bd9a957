# %% [markdown]
# # First steps: a plot, a map and a network
#
# A notebook in the percent format, which Jupyter (with jupytext), VS Code and Spyder open. It needs
# polars, pandas with pyarrow, matplotlib and networkx, and a server: `polemos serve --build`.

# %%
import os
from urllib.request import urlopen

import matplotlib.pyplot as plt
import networkx
import pandas
import polars

POLEMOS = os.environ.get("POLEMOS", "http://127.0.0.1:8000")

# %% [markdown]
# ## Figures, each with who gave it
# The address of a canned query, with `.parquet` at its end, is a data frame with types.

# %%
figures = polars.read_parquet(f"{POLEMOS}/queries/figures.parquet?language=en")
print(
    figures.select(
        "eventLabel", "kindLabel", "verbatim", "lowerBound", "upperBound", "speakerLabel"
    )
)

# %% [markdown]
# A figure is an interval: "more than 370" has no upper bound. Where one is missing, none is drawn.

# %%
harm = figures.filter(polars.col("kindLabel").is_in(["killed", "injured"])).unique(
    ["event", "kindLabel", "lowerBound", "upperBound", "speaker"], maintain_order=True
)
low = harm["lowerBound"].cast(polars.Float64)
high = harm["upperBound"].cast(polars.Float64).fill_null(low)
names = [f"{row['eventLabel']}: {row['kindLabel']}" for row in harm.iter_rows(named=True)]
figure, axes = plt.subplots(figsize=(9, 1 + 0.4 * len(names)))
axes.hlines(range(len(names)), low, high)
axes.plot(low, range(len(names)), "|", color="black")
axes.plot(high, range(len(names)), "|", color="black")
axes.set_yticks(range(len(names)), names)
axes.set_xlabel("persons, as reported")
figure.savefig("figures.png", bbox_inches="tight")

# %% [markdown]
# ## Events on a map
# Each point says what it is the point of, and how precise that is.

# %%
places = pandas.read_parquet(f"{POLEMOS}/queries/events-on-a-map.parquet", dtype_backend="pyarrow")
points = places["wkt"].str.extract(r"POINT\((\S+) (\S+)\)").astype(float)
figure, axes = plt.subplots(figsize=(7, 5))
for precision, group in points.groupby(places["pointPrecision"]):
    axes.scatter(group[0], group[1], label=precision, alpha=0.6)
named = points.assign(name=places["pointLabel"]).drop_duplicates()
for longitude, latitude, name in named.itertuples(index=False):
    axes.annotate(name, (longitude, latitude), xytext=(4, 4), textcoords="offset points")
axes.set_xlabel("longitude")
axes.set_ylabel("latitude")
axes.legend(title="precision")
figure.savefig("map.png", bbox_inches="tight")

# %% [markdown]
# ## Who did what to or with whom
# An export of the network of actors; parallel edges are the rule.

# %%
with urlopen(f"{POLEMOS}/exports/graphml?network=actors") as answer:
    actors = networkx.parse_graphml(answer.read().decode(), force_multigraph=True)
labels = networkx.get_node_attributes(actors, "label")
for source, target, edge in actors.edges(data=True):
    print(
        f"{labels[source]} | {edge['interaction']} | {labels[target]} | {edge.get('speakers', '')}"
    )

# %%
layout = networkx.circular_layout(actors)
figure, axes = plt.subplots(figsize=(9, 7))
networkx.draw_networkx(actors, layout, labels=labels, font_size=7, node_size=80, ax=axes)
axes.margins(0.3)
axes.set_axis_off()
figure.savefig("network.png", bbox_inches="tight")
