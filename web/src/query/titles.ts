/** What the views are called on their tabs. */

import { say } from "./words.js";

const TITLES: Readonly<Record<string, () => string>> = {
  table: () => say("view-table"), map: () => say("view-map"), timeline: () => say("view-timeline"),
  network: () => say("view-network"), chart: () => say("view-chart"), turtle: () => say("view-turtle"),
};

/** The title of a kind of view; its own name where it has none here. */
export function viewTitle(name: string): string {
  return TITLES[name]?.() ?? name;
}
