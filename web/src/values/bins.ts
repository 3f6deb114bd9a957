/** Many points in few circles: those in one cell of a grid together. */

export interface Bin {
  /** The middle of what is in it, not of the cell. */
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** The numbers of the points. */
  readonly points: readonly number[];
}

/**
 * Gather points by the cells of a grid. The grid is fixed to the plane and not to the window, so
 * that nothing jumps while one moves; a point with no weight is left out.
 */
export function binned(xs: ArrayLike<number>, ys: ArrayLike<number>, weights: ArrayLike<number>, points: Iterable<number>, cell: number): Bin[] {
  const cells = new Map<number, { x: number; y: number; count: number; points: number[] }>();
  for (const point of points) {
    const weight = weights[point] ?? 0;
    if (weight === 0) continue;
    const [x, y] = [xs[point] ?? 0, ys[point] ?? 0];
    const key = Math.floor(x / cell) * 67_108_864 + Math.floor(y / cell);
    const found = cells.get(key);
    if (found === undefined) cells.set(key, { x: x * weight, y: y * weight, count: weight, points: [point] });
    else {
      found.x += x * weight;
      found.y += y * weight;
      found.count += weight;
      found.points.push(point);
    }
  }
  return [...cells.values()].map(({ x, y, count, points: within }) => ({ x: x / count, y: y / count, count, points: within }));
}

/** The cell's size in the plane that is about `pixels` in the window; a power of two, so that it seldom changes. */
export function cellFor(pixels: number, scale: number): number {
  return 2 ** Math.round(Math.log2(pixels / scale));
}
