/** What keys and the pointer do in the grid. */

import type { RowModel } from "./model.js";
import type { Grid, Place } from "./grid.js";

const WIDER = 24;

/** Listen to a grid. The anchor is the row from which Shift selects. */
export function handle(grid: Grid, model: RowModel, copy: () => void): void {
  let anchor = 0;
  const { element } = grid;

  const choose = (row: number, how: { toggle: boolean; range: boolean }): void => {
    const number = model.shown[row];
    if (number === undefined) return;
    const chosen = new Set(model.selection.selected);
    if (how.range) {
      const [from, to] = [Math.min(anchor, row), Math.max(anchor, row)];
      if (!how.toggle) chosen.clear();
      for (let at = from; at <= to; at += 1) chosen.add(model.shown[at] ?? 0);
    } else {
      anchor = row;
      const was = chosen.has(number) && (how.toggle || chosen.size === 1);
      if (!how.toggle) chosen.clear();
      if (was) chosen.delete(number);
      else chosen.add(number);
    }
    model.selection.select(chosen);
  };

  const sortBy = (column: number): void => {
    const index = grid.columns[column];
    if (index === undefined) return;
    const now = model.order?.column === index ? model.order : undefined;
    const next = now === undefined ? { column: index, descending: false } : now.descending ? undefined : { ...now, descending: true };
    void model.sort(next);
  };

  element.addEventListener("click", (event) => {
    const place = grid.placeOf(event.target);
    if (place === undefined) return;
    if (event.target instanceof Element && event.target.closest("a, .edge") !== null) return;
    grid.go(place);
    if (place.row < 0) return sortBy(place.column);
    choose(place.row, { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey });
  });

  const moves: Readonly<Record<string, (at: Place, far: boolean) => Place>> = {
    ArrowDown: (at) => ({ ...at, row: at.row + 1 }),
    ArrowUp: (at) => ({ ...at, row: at.row - 1 }),
    ArrowRight: (at) => ({ ...at, column: at.column + 1 }),
    ArrowLeft: (at) => ({ ...at, column: at.column - 1 }),
    PageDown: (at) => ({ ...at, row: at.row + grid.page() }),
    PageUp: (at) => ({ ...at, row: Math.max(0, at.row - grid.page()) }),
    Home: (at, far) => ({ row: far ? 0 : at.row, column: 0 }),
    End: (at, far) => ({ row: far ? model.shown.length - 1 : at.row, column: grid.columns.length - 1 }),
  };

  const acts: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    " ": (event) => choose(grid.active.row, { toggle: true, range: event.shiftKey }),
    Enter: () => (grid.active.row < 0 ? sortBy(grid.active.column) : grid.cell()?.querySelector("a")?.click()),
    Escape: () => model.selection.select([]),
    "+": () => grid.widen(grid.active.column, WIDER),
    "-": () => grid.widen(grid.active.column, -WIDER),
  };

  element.addEventListener("keydown", (event) => {
    if (event.altKey || event.target !== element) return;
    const far = event.ctrlKey || event.metaKey;
    const move = moves[event.key];
    if (move !== undefined) {
      const to = move(grid.active, far);
      grid.go(within(to, model.shown.length, grid.columns.length));
      if (event.shiftKey && grid.active.row >= 0) choose(grid.active.row, { toggle: false, range: true });
    } else if (far && event.key === "a") model.selection.select(model.shown);
    else if (far) return;
    else if (acts[event.key] !== undefined) acts[event.key]?.(event);
    else return;
    event.preventDefault();
  });

  element.addEventListener("copy", (event) => {
    if (String(getSelection()) !== "") return;
    copy();
    event.preventDefault();
  });
}

function within(place: Place, rows: number, columns: number): Place {
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
  return { row: clamp(place.row, -1, rows - 1), column: clamp(place.column, 0, columns - 1) };
}
