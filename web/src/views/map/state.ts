/** What of the places is shown: which rows pass, which are selected. */

import type { Selection } from "../../selection.js";
import type { Places } from "./sites.js";

export interface Layered {
  readonly layer: number;
  readonly count: number;
}

export class PlacesState {
  /** How many rows of each site pass the brushes of the other views. */
  counts: Float64Array;
  readonly #selected: Uint8Array;
  readonly #layered = new Map<number, readonly Layered[]>();

  constructor(
    readonly places: Places,
    readonly selection: Selection,
  ) {
    this.counts = new Float64Array(places.sites.length);
    this.#selected = new Uint8Array(places.sites.length);
    this.refresh();
  }

  refresh(): void {
    const { places, selection } = this;
    this.counts.fill(0);
    this.#selected.fill(0);
    this.#layered.clear();
    places.siteOf.forEach((site, row) => {
      if (site < 0 || !selection.passes(row, "map")) return;
      this.counts[site] = (this.counts[site] ?? 0) + 1;
      if (selection.selected.has(row)) this.#selected[site] = 1;
    });
  }

  get anySelected(): boolean {
    return this.selection.selected.size > 0;
  }

  isSelected(site: number): boolean {
    return this.#selected[site] === 1;
  }

  /** The rows of a site that are shown. */
  rowsOf(site: number): number[] {
    return (this.places.sites[site]?.rows ?? []).filter((row) => this.selection.passes(row, "map"));
  }

  /** How many of a site's rows are in each layer, the largest first. */
  layersOf(site: number): readonly Layered[] {
    const known = this.#layered.get(site);
    if (known !== undefined) return known;
    const counts = new Map<number, number>();
    for (const row of this.rowsOf(site)) {
      const layer = this.places.layerOf[row] ?? 0;
      counts.set(layer, (counts.get(layer) ?? 0) + 1);
    }
    const found = [...counts].map(([layer, count]) => ({ layer, count })).sort((a, b) => b.count - a.count);
    this.#layered.set(site, found);
    return found;
  }

  /** How many rows of each layer are shown. */
  totals(): number[] {
    const totals = this.places.layers.map(() => 0);
    this.places.siteOf.forEach((site, row) => {
      const layer = this.places.layerOf[row] ?? 0;
      if (site >= 0 && this.selection.passes(row)) totals[layer] = (totals[layer] ?? 0) + 1;
    });
    return totals;
  }
}
