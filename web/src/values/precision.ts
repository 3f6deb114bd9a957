/** How far from its point a place may be. */

/**
 * Kilometres by what is said of the precision: the codes of the scheme place-precision and its
 * labels, UCDP's `where_prec`, and the kinds of regions that a point stands for. "Near" is UCDP's
 * own 25 km; the others are the order of size of such areas, not the size of any one.
 */
const RADII: readonly (readonly [number, RegExp])[] = [
  [0, /^(exact|точно|1|facility|об’єкт)$/i],
  [10, /^(city|town|village|місто|село)$/i],
  [25, /^(near|поблизу|2)$/i],
  [40, /^(second-?level-?region|second-level region|регіон другого рівня|district|район|3)$/i],
  [100, /^(first-?level-?region|first-level region|регіон першого рівня|oblast|область|province|governorate|4)$/i],
  [100, /^(fuzzy|розмито|5)$/i],
  [200, /^(informal-?region|informal region|неформальний регіон|region|регіон)$/i],
  [400, /^(country|країна|6)$/i],
  [400, /^(international|міжнародний простір|7)$/i],
];

/** The radius of the disc to draw, in kilometres; 0 for an exact place and where nothing is said. */
export function radiusOf(precision: string | undefined): number {
  if (precision === undefined) return 0;
  const word = /([^/#]*)$/.exec(precision)?.[1] ?? "";
  return RADII.find(([, words]) => words.test(word))?.[0] ?? 0;
}
