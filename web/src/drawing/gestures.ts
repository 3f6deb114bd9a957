/** The pointer, the wheel and two fingers on a drawing: pan, zoom, drag out a rectangle, point, choose. */

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Places are in pixels from the drawing's corner. */
export interface Handlers {
  /** Whether a drag makes a rectangle and does not move the picture. */
  brushing(): boolean;
  pan(right: number, down: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** A rectangle is being dragged out, or was (`done`). */
  brush(rectangle: Rectangle, done: boolean): void;
  point(x: number, y: number): void;
  leave(): void;
  choose(x: number, y: number, toggle: boolean): void;
}

/** A pointer that moves less than this was not dragged. */
const STILL = 4;

export function listen(element: HTMLElement, handlers: Handlers): void {
  const pointers = new Map<string | number, { x: number; y: number }>();
  let from: { x: number; y: number } | undefined;
  let dragged = false;

  const at = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    from = at(event);
    dragged = pointers.size > 1;
  });

  element.addEventListener("pointermove", (event) => {
    const now = at(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined || from === undefined) return handlers.point(now.x, now.y);
    if (!dragged && Math.hypot(now.x - from.x, now.y - from.y) < STILL) return;
    dragged = true;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other !== undefined) pinch(handlers, before, now, other);
    else if (handlers.brushing()) handlers.brush(between(from, now), false);
    else handlers.pan(now.x - before.x, now.y - before.y);
  });

  const end = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId) || from === undefined) return;
    const now = at(event);
    if (!dragged) handlers.choose(now.x, now.y, event.ctrlKey || event.metaKey || event.shiftKey);
    else if (handlers.brushing() && pointers.size === 0) handlers.brush(between(from, now), true);
    from = undefined;
  };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
  element.addEventListener("pointerleave", () => handlers.leave());
  element.addEventListener(
    "wheel",
    (event) => {
      const { x, y } = at(event);
      handlers.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002)), x, y);
      event.preventDefault();
    },
    { passive: false },
  );
}

function pinch(handlers: Handlers, before: { x: number; y: number }, now: { x: number; y: number }, other: { x: number; y: number }): void {
  const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
  handlers.zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
  handlers.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
}

function between(one: { x: number; y: number }, other: { x: number; y: number }): Rectangle {
  return { left: Math.min(one.x, other.x), top: Math.min(one.y, other.y), right: Math.max(one.x, other.x), bottom: Math.max(one.y, other.y) };
}
