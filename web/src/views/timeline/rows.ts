/** The rows of a timeline by kind. */

import type { Colours } from "../../drawing/colours.js";
import type { Table } from "../../table.js";
import { textOf } from "../../terms.js";
import { labelColumns, layerColumn, mainColumn, titleOf } from "../../values/titles.js";
import { say } from "../words.js";
import type { Lane } from "./lanes.js";

/** More kinds than this share a lane. */
const MOST = 10;

export class TimelineRows {
  readonly #labels: readonly number[];
  readonly #main: number;
  readonly #names: readonly string[];
  readonly #laneOf: Uint16Array;

  constructor(readonly table: Table) {
    this.#labels = labelColumns(table);
    this.#main = mainColumn(table);
    const column = layerColumn(table);
    const kinds = table.rows.map((row) => {
      const cell = row[column];
      return cell === undefined ? "" : textOf(cell);
    });
    const counts = new Map<string, number>();
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const named = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    this.#names = named.length > MOST ? [...named.slice(0, MOST - 1), say("others")] : named;
    const index = new Map(named.map((name, at) => [name, Math.min(at, MOST - 1)]));
    this.#laneOf = Uint16Array.from(kinds, (kind) => index.get(kind) ?? 0);
  }

  /** What a row is about. */
  title(row: number): string {
    return titleOf(this.table.rows[row] ?? [], this.#main, this.#labels);
  }

  /** The lanes that have rows which pass. */
  lanes(passes: (row: number) => boolean, colours: Colours): Lane[] {
    const kinds = colours.kinds(this.#names);
    const rows = this.#names.map((): number[] => []);
    this.#laneOf.forEach((lane, row) => {
      if (passes(row)) rows[lane]?.push(row);
    });
    return this.#names
      .map((name, lane) => ({ name, colour: name === "" ? colours.token("--series-1") : (kinds.get(name) ?? ""), rows: rows[lane] ?? [] }))
      .filter((lane) => lane.rows.length > 0);
  }
}
