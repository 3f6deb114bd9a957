/** The content of cells, by what they hold. */

import { root } from "../../ask.js";
import { h, type Child } from "../../dom.js";
import type { Cell, Column, Table } from "../../table.js";
import type { Literal } from "../../terms.js";
import { addressOf, curieOf } from "../../values/names.js";
import { readable } from "../../values/titles.js";
import { everyPosition, geometryOf } from "../../values/wkt.js";
import { number } from "../../words.js";
import { say } from "../words.js";

/** A cell's content. `label` is the term that names the thing in it, where the row has one. */
export function contentOf(cell: Cell, column: Column, label: Cell): Child[] {
  if (cell === undefined) return [];
  if (cell.type === "uri") return [linkOf(cell.value, label)];
  if (cell.type !== "literal") return [readable(cell)];
  if (column.kind === "place") return [placeOf(cell)];
  if (column.kind === "date") return [dateOf(cell.value)];
  if (column.kind === "number") return [digits(cell.value)];
  return textOf(cell, column);
}

/** The link of an IRI; its text where there is no address that a browser should follow. */
export function linkOf(iri: string, label: Cell): Child {
  const text = label === undefined ? curieOf(iri) : readable(label);
  const language = label?.type === "literal" ? label["xml:lang"] : undefined;
  const address = addressOf(iri, root);
  if (address === undefined) return h("span", { title: iri, lang: language }, text);
  const outside = address.external ? { rel: "noreferrer", class: "outside" } : {};
  return h("a", { href: address.href, title: iri, lang: language, tabindex: -1, ...outside }, text);
}

function textOf(cell: Literal, column: Column): Child[] {
  const language = cell["xml:lang"];
  const tag = language === undefined ? undefined : h("span", { class: "tongue" }, language);
  const text = column.role === "quote" ? h("q", { lang: language }, cell.value) : h("span", { lang: language }, cell.value);
  return [text, tag];
}

/** A dateTime with a space for its T; its seconds and zone are part of what was said. */
function dateOf(value: string): string {
  return value.replace("T", " ");
}

/** A whole number with its thousands apart; any other as the answer has it. */
function digits(value: string): string {
  return /^[+-]?\d{4,15}$/.test(value) ? number(Number(value)) : value;
}

function placeOf(cell: Literal): string {
  const geometry = geometryOf(cell);
  if (geometry === undefined) return cell.value;
  if (geometry.type !== "Point") return say("shape", { type: geometry.type, count: everyPosition(geometry).length });
  const [longitude = 0, latitude = 0] = geometry.coordinates;
  const side = (value: number, positive: string, negative: string) =>
    say("latitude", { value: String(Math.abs(value)), side: value < 0 ? negative : positive });
  return `${side(latitude, say("north"), say("south"))}, ${side(longitude, say("east"), say("west"))}`;
}

/** Rows as tab-separated text with a heading, as spreadsheets take it: no tabs or line ends in cells. */
export function tabbed(table: Table, rows: Iterable<number>): string {
  const lines = [table.columns.map((column) => column.name)];
  for (const row of rows) {
    const cells = table.rows[row] ?? [];
    lines.push(cells.map((cell) => (cell === undefined ? "" : cell.type === "uri" ? cell.value : readable(cell))));
  }
  return lines.map((line) => line.map((text) => text.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
}
