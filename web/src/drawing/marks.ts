/** Marks that differ in shape as well as in colour. */

export type Mark = (context: CanvasRenderingContext2D, x: number, y: number, radius: number) => void;

const MARKS: readonly Mark[] = [
  (context, x, y, radius) => context.arc(x, y, radius, 0, 2 * Math.PI),
  (context, x, y, radius) => polygon(context, x, y, radius * 1.2, 4, 0),
  (context, x, y, radius) => polygon(context, x, y, radius * 1.2, 4, Math.PI / 4),
  (context, x, y, radius) => polygon(context, x, y, radius * 1.3, 3, -Math.PI / 2),
  (context, x, y, radius) => polygon(context, x, y, radius * 1.15, 6, 0),
  (context, x, y, radius) => polygon(context, x, y, radius * 1.3, 3, Math.PI / 2),
];

/** The shape of one of several things: circle, diamond, square, triangle, hexagon, triangle upside down. */
export function markOf(index: number): Mark {
  return (context, x, y, radius) => {
    context.beginPath();
    (MARKS[index % MARKS.length] as Mark)(context, x, y, radius);
  };
}

function polygon(context: CanvasRenderingContext2D, x: number, y: number, radius: number, corners: number, turn: number): void {
  for (let at = 0; at < corners; at += 1) {
    const angle = turn + (at * 2 * Math.PI) / corners;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
}
