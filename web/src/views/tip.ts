/** A small panel at a place of a drawing: what is there, and links to it. */

import { fill, h, type Child } from "../dom.js";
import type { Table } from "../table.js";
import { labelColumns, mainColumn, titleOf } from "../values/titles.js";
import { linkOf } from "./table/cells.js";
import { say } from "./words.js";

const ROWS = 6;

export class Tip {
  readonly element = h("div", { class: "tip", hidden: true });
  /** Whether it stays when the pointer moves on. */
  pinned = false;

  constructor(readonly host: HTMLElement) {
    host.append(this.element);
  }

  /** Show it beside a place of the host, within the host. */
  show(x: number, y: number, pinned: boolean, ...content: Child[]): void {
    this.pinned = pinned;
    this.element.hidden = false;
    this.element.classList.toggle("pinned", pinned);
    fill(this.element, ...content);
    const [width, height] = [this.host.clientWidth, this.host.clientHeight];
    const [own, tall] = [this.element.offsetWidth, this.element.offsetHeight];
    this.element.style.left = `${Math.max(4, Math.min(width - own - 4, x + 14))}px`;
    this.element.style.top = `${Math.max(4, y + 14 + tall > height ? y - tall - 10 : y + 14)}px`;
  }

  hide(): void {
    this.pinned = false;
    this.element.hidden = true;
  }
}

/** The first rows by what they are about, with links, and how many more there are. */
export function rowList(table: Table, rows: readonly number[]): HTMLElement {
  const labels = labelColumns(table);
  const main = mainColumn(table);
  const titles = new Map<string, Child>();
  for (const row of rows) {
    if (titles.size >= ROWS) break;
    const cells = table.rows[row] ?? [];
    const cell = cells[main];
    const title = titleOf(cells, main, labels);
    titles.set(`${title}\n${cell?.type === "uri" ? cell.value : ""}`, cell?.type === "uri" ? linkOf(cell.value, cells[labels[main] ?? -1]) : title);
  }
  const items = [...titles.values()].map((content) => h("li", {}, content));
  const more = rows.length > ROWS && items.length === ROWS;
  const list = h("ul", {}, ...items, more && h("li", { class: "more" }, say("more-rows", { count: rows.length - ROWS })));
  for (const link of list.querySelectorAll("a")) link.removeAttribute("tabindex");
  return list;
}
