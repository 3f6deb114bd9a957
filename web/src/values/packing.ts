/** Bars in as few lines as they fit in without touching. */

/**
 * Give each bar a line. Bars are taken in the order of their left ends; each goes to the first line
 * that is free from there on. Returns the lines in the order of the bars, and how many there are.
 */
export function packed(bars: readonly { readonly left: number; readonly right: number }[], gap: number): { lines: number[]; count: number } {
  const order = [...bars.keys()].sort((a, b) => (bars[a]?.left ?? 0) - (bars[b]?.left ?? 0));
  const ends: number[] = [];
  const lines = new Array<number>(bars.length).fill(0);
  for (const index of order) {
    const { left, right } = bars[index] ?? { left: 0, right: 0 };
    const free = ends.findIndex((end) => end + gap <= left);
    const line = free < 0 ? ends.length : free;
    ends[line] = right;
    lines[index] = line;
  }
  return { lines, count: ends.length };
}
