/** The views that a table can be shown in, in the order that they are offered. */

import type { ViewKind } from "../view.js";
import { lazily } from "./lazy.js";

export const VIEWS: readonly ViewKind[] = [
  lazily("table", () => true, () => import("./table/draw.js")),
];
