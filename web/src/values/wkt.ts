/** Well-known text (OGC 06-103r4 section 7) with the CRS that GeoSPARQL lets stand before it. */

import type { Geometry, Position } from "geojson";
import type { Cell } from "../table.js";
import { WKT } from "./datatypes.js";

const CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
/** Latitude first, as the authority has it (GeoSPARQL 1.1, section 8.7.1). */
const EPSG4326 = /^http:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/4326$/;
const FORM = /^\s*(?:<([^>]*)>\s*)?([A-Z]+)\s*(?:ZM|Z|M)?\s*(\(.*\))\s*$/is;

/**
 * The geometry of a wktLiteral in longitude and latitude. Undefined for an empty one, for a
 * coordinate reference system other than CRS84 and EPSG 4326, and for what is not well-known text.
 */
export function geometryOf(cell: Cell): Geometry | undefined {
  if (cell?.type !== "literal" || cell.datatype !== WKT) return undefined;
  const found = FORM.exec(cell.value);
  if (found === null) return undefined;
  const [, crs = CRS84, type, body] = found;
  if (crs !== CRS84 && !EPSG4326.test(crs)) return undefined;
  const numbers = nested(body ?? "");
  return numbers === undefined ? undefined : shaped(type ?? "", crs === CRS84 ? numbers : swapped(numbers));
}

/** No geometry has more than four brackets in each other. */
const TOO_DEEP = /\((?:\s*\(){4}/;

type Nested = number[] | Nested[];

/** `((1 2, 3 4))` as [[[1, 2], [3, 4]]], by way of JSON; undefined where that is not what it is. */
function nested(body: string): Nested | undefined {
  if (TOO_DEEP.test(body)) return undefined;
  const json = body
    .trim()
    .replace(/[^(),]+/g, (words) => (words.trim() === "" ? "" : `[${words.trim().split(/\s+/).join(",")}]`))
    .replaceAll("(", "[")
    .replaceAll(")", "]");
  try {
    return JSON.parse(json) as Nested;
  } catch {
    return undefined;
  }
}

function swapped(value: Nested): Nested {
  if (typeof value[0] === "number") return [value[1] as number, value[0]];
  return (value as Nested[]).map(swapped);
}

function shaped(type: string, value: Nested): Geometry | undefined {
  const shape = SHAPES[type.toUpperCase()];
  if (shape === undefined || !shape.depths.includes(depthOf(value))) return undefined;
  const geometry = shape.make(value);
  return everyPosition(geometry).every(onEarth) ? geometry : undefined;
}

const SHAPES: Readonly<Record<string, { depths: readonly number[]; make(value: Nested): Geometry }>> = {
  POINT: { depths: [2], make: (value) => ({ type: "Point", coordinates: (value as Position[])[0] ?? [] }) },
  // Each point of a multipoint may stand in brackets of its own, or not.
  MULTIPOINT: { depths: [2, 3], make: (value) => ({ type: "MultiPoint", coordinates: (depthOf(value) > 2 ? value.flat() : value) as Position[] }) },
  LINESTRING: { depths: [2], make: (value) => ({ type: "LineString", coordinates: value as Position[] }) },
  MULTILINESTRING: { depths: [3], make: (value) => ({ type: "MultiLineString", coordinates: value as Position[][] }) },
  POLYGON: { depths: [3], make: (value) => ({ type: "Polygon", coordinates: (value as Position[][]).map(wound) }) },
  MULTIPOLYGON: {
    depths: [4],
    make: (value) => ({ type: "MultiPolygon", coordinates: (value as Position[][][]).map((rings) => rings.map(wound)) }),
  },
};

/**
 * A ring in the winding that d3-geo wants: outer rings clockwise, holes the other way. In the
 * plane, which holds for all that does not reach around a pole.
 */
function wound(ring: Position[], index: number): Position[] {
  let area = 0;
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [x1 = 0, y1 = 0] = ring[at] ?? [];
    const [x2 = 0, y2 = 0] = ring[at + 1] ?? [];
    area += x1 * y2 - x2 * y1;
  }
  return area > 0 === (index === 0) ? [...ring].reverse() : ring;
}

function depthOf(value: unknown): number {
  return Array.isArray(value) ? 1 + depthOf(value[0]) : 0;
}

function onEarth(position: Position): boolean {
  const [longitude, latitude] = position;
  return Math.abs(longitude ?? NaN) <= 360 && Math.abs(latitude ?? NaN) <= 90;
}

/** All corners of a geometry, in one list. */
export function everyPosition(geometry: Geometry): Position[] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(everyPosition);
  const flat = (value: unknown): Position[] =>
    Array.isArray(value) && typeof value[0] !== "number" ? value.flatMap(flat) : [value as Position];
  return flat(geometry.coordinates);
}
