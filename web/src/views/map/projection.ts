/** From longitude and latitude to a plane. Always of equal area, so that discs and densities are honest. */

import { geoAzimuthalEqualArea, geoCentroid, geoDistance, geoEqualEarth, type GeoProjection } from "d3-geo";

/** Units of the plane to a radian of the Earth. */
export const UNIT = 1000;
/** Kilometres to a unit of the plane, where the plane has the Earth's scale. */
export const KILOMETRES = 6371 / UNIT;
/** What lies within this angle of its middle, in radians, is drawn around that middle. */
const REGION = 0.9;

/**
 * The projection for these points: Lambert's azimuthal one around their middle where they lie in one
 * part of the world, or else Equal Earth.
 */
export function projectionFor(points: readonly [number, number][]): GeoProjection {
  const middle = geoCentroid({ type: "MultiPoint", coordinates: points as [number, number][] });
  const known = Number.isFinite(middle[0]);
  const far = points.reduce((most, point) => Math.max(most, geoDistance(point, middle)), 0);
  const projection = known && far < REGION
    ? geoAzimuthalEqualArea().rotate([-middle[0], -middle[1]]).clipAngle(120)
    : geoEqualEarth().rotate([-11, 0]);
  return projection.scale(UNIT).translate([0, 0]).precision(0.2);
}
