/** The views that a table can be shown in, in the order that they are offered. */

import type { Kind, Table } from "../table.js";
import { endsOf } from "../values/links.js";
import { quantitiesOf } from "../values/quantities.js";
import type { ViewKind } from "../view.js";
import { lazily } from "./lazy.js";

function hasKind(table: Table, kind: Kind): boolean {
  return table.columns.some((column) => column.kind === kind);
}

export const VIEWS: readonly ViewKind[] = [
  lazily("table", () => true, () => import("./table/draw.js")),
  lazily("map", (table) => hasKind(table, "place"), () => import("./map/draw.js")),
  lazily("timeline", (table) => hasKind(table, "date"), () => import("./timeline/draw.js")),
  lazily("chart", (table) => quantitiesOf(table).length > 0, () => import("./chart/draw.js")),
  lazily("network", (table) => endsOf(table).length > 0 && table.rows.length > 0, () => import("./network/draw.js")),
];
