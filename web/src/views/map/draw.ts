/** The map view: the places of the rows on a base map, with a rectangle as its brush. */

import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import type { Drawing } from "../lazy.js";
import { MapView } from "./view.js";

export function draw(host: HTMLElement, table: Table, selection: Selection): Drawing {
  return new MapView(host, table, selection);
}
