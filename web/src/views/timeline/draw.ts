/** The timeline view: an overview with a range as its brush, lanes below it, and the two clocks. */

import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import type { Drawing } from "../lazy.js";
import { TimelineView } from "./view.js";

export function draw(host: HTMLElement, table: Table, selection: Selection): Drawing {
  return new TimelineView(host, table, selection);
}
