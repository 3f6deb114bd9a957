/** What every view of a table is: the table view, the map, the timeline, the network, the chart. */

import type { Selection } from "./selection.js";
import type { Table } from "./table.js";

export interface View {
  readonly element: HTMLElement;
  /** The element has another size now. */
  resize(): void;
  /** Stop listening and drawing; the element is taken away by whoever put it there. */
  destroy(): void;
}

export interface ViewKind {
  /** Its name in addresses and in `#defaultView:`, in lower case: "map". */
  readonly name: string;
  /** Whether the table has what this view draws. */
  suits(table: Table): boolean;
  make(table: Table, selection: Selection): View;
}
