/** The places in a table: rows at one point with one precision together. */

import { geoCentroid } from "d3-geo";
import type { Geometry } from "geojson";
import type { Table } from "../../table.js";
import { textOf } from "../../terms.js";
import { radiusOf } from "../../values/precision.js";
import { labelColumns, layerColumn, titleOf } from "../../values/titles.js";
import { geometryOf } from "../../values/wkt.js";

export interface Site {
  readonly longitude: number;
  readonly latitude: number;
  /** How far from there it may be, in kilometres. */
  readonly radius: number;
  readonly precision: string;
  readonly name: string;
  readonly rows: readonly number[];
}

export interface Shape {
  readonly geometry: Geometry;
  /** The number of its site. */
  readonly site: number;
}

export interface Places {
  readonly sites: readonly Site[];
  /** What is no point: lines and areas; each has a site at its middle as well. */
  readonly shapes: readonly Shape[];
  /** The site of each row, or -1. */
  readonly siteOf: Int32Array;
  /** The layer of each row, a number in `layers`. */
  readonly layerOf: Uint16Array;
  readonly layers: readonly string[];
}

/** The columns that hold places. */
export function placeColumns(table: Table): number[] {
  return [...table.columns.keys()].filter((index) => table.columns[index]?.kind === "place");
}

export function placesOf(table: Table): Places {
  const column = placeColumns(table)[0] ?? -1;
  const precision = precisionColumn(table);
  const name = nameColumn(table);
  const labels = labelColumns(table);
  const sites = new Map<string, Site & { rows: number[] }>();
  const numbers = new Map<string, number>();
  const shapes: Shape[] = [];
  const siteOf = new Int32Array(table.rows.length).fill(-1);
  table.rows.forEach((row, number) => {
    const cell = row[column];
    if (cell?.type !== "literal") return;
    const said = row[precision];
    const key = `${cell.value}\n${said === undefined ? "" : textOf(said)}`;
    if (!numbers.has(key)) {
      const geometry = geometryOf(cell);
      if (geometry === undefined) return;
      const [longitude, latitude] = geometry.type === "Point" ? [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0] : geoCentroid(geometry);
      const word = said === undefined ? "" : textOf(said);
      const radius = geometry.type === "Point" ? radiusOf(said === undefined ? undefined : word) : 0;
      numbers.set(key, sites.size);
      if (geometry.type !== "Point") shapes.push({ geometry, site: sites.size });
      sites.set(key, { longitude, latitude, radius, precision: word, name: name < 0 ? "" : titleOf(row, name, labels), rows: [] });
    }
    sites.get(key)?.rows.push(number);
    siteOf[number] = numbers.get(key) ?? -1;
  });
  return { sites: [...sites.values()], shapes, siteOf, ...layersOf(table) };
}

function precisionColumn(table: Table): number {
  const all = [...table.columns.keys()].filter((index) => table.columns[index]?.role === "precision");
  const notDates = all.filter((index) => !/date|time/i.test(table.columns[index]?.name ?? ""));
  return notDates[0] ?? -1;
}

/** The column that names the point: `point`, `place`, `location`, `where`, `region`. */
function nameColumn(table: Table): number {
  for (const test of [/^point$/i, /^(place|location|where|region|city)$/i, /^(place|location|where|region|city)Label$/i]) {
    const found = table.columns.findIndex(({ name, kind }) => test.test(name) && (kind === "iri" || kind === "text"));
    if (found >= 0) return found;
  }
  return -1;
}

function layersOf(table: Table): Pick<Places, "layerOf" | "layers"> {
  const column = layerColumn(table);
  const layers = new Map<string, number>();
  const layerOf = Uint16Array.from(table.rows, (row) => {
    const cell = row[column];
    const name = cell === undefined ? "" : textOf(cell);
    if (!layers.has(name)) layers.set(name, layers.size);
    return layers.get(name) ?? 0;
  });
  return { layerOf, layers: [...layers.keys()] };
}
