/** The views that a table can be shown in, in the order that they are offered. */

import { endsOf } from "../values/links.js";
import type { ViewKind } from "../view.js";
import { lazily } from "./lazy.js";

export const VIEWS: readonly ViewKind[] = [
  lazily("table", () => true, () => import("./table/draw.js")),
  lazily("network", (table) => endsOf(table).length > 0 && table.rows.length > 0, () => import("./network/draw.js")),
];
