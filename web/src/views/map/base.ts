/** Land and border lines, projected once; no country is filled, named or looked up (map/NOTE.md). */

import { geoPath, type GeoProjection } from "d3-geo";
import type { Geometry } from "geojson";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import boundaries from "../../../map/boundaries.topojson";
import far from "../../../map/land.topojson";
import near from "../../../map/land-near.topojson";
import type { Colours } from "../../drawing/colours.js";
import { pause } from "../../pause.js";
import type { Box, Camera } from "./camera.js";

interface Piece {
  readonly path: Path2D;
  readonly box: Box;
}

/** From this scale on, the coast of the coarse file looks broken. */
const NEAR = 0.6;
/** Pieces that are projected before the page may draw again. */
const STRETCH = 40;

export class Base {
  #far: readonly Piece[] = [];
  #near: readonly Piece[] | undefined;
  #agreed: readonly Piece[] = [];
  #disputed: readonly Piece[] = [];
  readonly #sphere: Path2D;

  /** `changed` is called when there is more to draw. */
  constructor(
    readonly projection: GeoProjection,
    readonly changed: () => void,
  ) {
    this.#sphere = new Path2D(geoPath(projection)({ type: "Sphere" }) ?? "");
    void this.#load();
  }

  draw(context: CanvasRenderingContext2D, camera: Camera, colours: Colours): void {
    if (camera.scale >= NEAR && this.#near === undefined) void this.#approach();
    const seen = camera.seen(2);
    const pixel = 1 / camera.scale;
    context.fillStyle = colours.token("--water");
    context.fill(this.#sphere);
    context.fillStyle = colours.token("--land");
    const land = camera.scale >= NEAR && this.#near?.length ? this.#near : this.#far;
    for (const { path, box } of land) if (meets(box, seen)) context.fill(path);
    context.strokeStyle = colours.token("--border");
    context.lineWidth = pixel;
    for (const { path, box } of this.#agreed) if (meets(box, seen)) context.stroke(path);
    context.setLineDash([4 * pixel, 4 * pixel]);
    for (const { path, box } of this.#disputed) if (meets(box, seen)) context.stroke(path);
    context.setLineDash([]);
  }

  async #load(): Promise<void> {
    const [land, lines] = await Promise.all([fetched(far), fetched(boundaries)]);
    this.#far = await this.#pieces(parts(land, "land"));
    this.changed();
    this.#agreed = await this.#pieces(parts(lines, "agreed"));
    this.#disputed = await this.#pieces(parts(lines, "disputed"));
    this.changed();
  }

  async #approach(): Promise<void> {
    this.#near = [];
    this.#near = await this.#pieces(parts(await fetched(near), "land"));
    this.changed();
  }

  async #pieces(geometries: readonly Geometry[]): Promise<Piece[]> {
    const path = geoPath(this.projection);
    const pieces: Piece[] = [];
    for (const [at, geometry] of geometries.entries()) {
      const [[left, top], [right, bottom]] = path.bounds(geometry);
      if (Number.isFinite(left)) pieces.push({ path: new Path2D(path(geometry) ?? ""), box: { left, top, right, bottom } });
      if (at % STRETCH === STRETCH - 1) await pause();
    }
    return pieces;
  }
}

async function fetched(address: string): Promise<Topology> {
  const response = await fetch(new URL(address, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return (await response.json()) as Topology;
}

/** The polygons or lines of an object, each by itself. */
function parts(topology: Topology, name: string): Geometry[] {
  const object = topology.objects[name];
  if (object === undefined) throw new Error(`The base map has no “${name}”.`);
  const found = feature(topology, object);
  const geometries = found.type === "FeatureCollection" ? found.features.map((each) => each.geometry) : [found.geometry];
  return geometries.flatMap((geometry): Geometry[] => {
    if (geometry.type === "MultiPolygon") return geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    if (geometry.type === "MultiLineString") return geometry.coordinates.map((coordinates) => ({ type: "LineString", coordinates }));
    return [geometry];
  });
}

export function meets(one: Box, other: Box): boolean {
  return one.left <= other.right && one.right >= other.left && one.top <= other.bottom && one.bottom >= other.top;
}
