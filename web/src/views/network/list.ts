/** The links of a network as a list, for those who do not see the picture. */

import { fill, h } from "../../dom.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { textOf } from "../../terms.js";
import type { Link, Network } from "../../values/links.js";
import { linkOf } from "../table/cells.js";
import { say } from "../words.js";

/** More are in the table. */
const MOST = 200;
const QUOTES = 3;

/** The list; `choose` is told of a link that was chosen in it. */
export function linkList(table: Table, { nodes, links }: Network, choose: (link: Link) => void) {
  const names = new Map(nodes.map((node) => [node.key, node.label]));
  const quote = table.columns.findIndex((column) => column.role === "quote");
  const items = h("ul", { class: "view-list" });
  const more = h("p", { class: "view-help" });
  const element = h("details", { class: "view-alternative" }, h("summary", {}, say("as-list")), items, more);

  function item(link: Link): HTMLElement {
    const end = (key: string) => linkOf(key, { type: "literal", value: names.get(key) ?? key });
    const words = new Set(link.rows.map((row) => table.rows[row]?.[quote]).filter((cell) => cell !== undefined).map(textOf));
    return h(
      "li",
      {},
      end(link.source), " → ", end(link.target), " ",
      h("button", { type: "button", class: "as-link", onclick: () => choose(link) }, link.label),
      link.contested && ` (${say("contested")})`,
      ...[...words].slice(0, QUOTES).map((text) => h("q", {}, text)),
    );
  }

  /** Show the links that pass, or only those that are selected while any is. */
  function update(selection: Selection): void {
    const any = selection.selected.size > 0;
    const found = links.filter(({ rows }) => rows.some((row) => (any ? selection.selected.has(row) : selection.passes(row))));
    fill(items, ...found.slice(0, MOST).map(item));
    for (const anchor of items.querySelectorAll("a")) anchor.removeAttribute("tabindex");
    fill(more, found.length > MOST && say("more-in-table", { count: found.length - MOST }));
    if (any) element.open = true;
  }

  return { element, update };
}
