/** The situation screen: what happened where and when, who says so, and since when. */

import { Refusal } from "./ask.js";
import { byId, fill, h } from "./dom.js";
import { Board } from "./situation/board.js";
import { situationOf } from "./situation/events.js";
import { addressOf, COMPARED, type Filters, filtersOf } from "./situation/filters.js";
import { say } from "./situation/words.js";

const form = byId<HTMLFormElement>("filters");
const notice = byId("notice");
const board = new Board(byId("board"));
let asking = new AbortController();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  apply();
});
form.addEventListener("change", apply);
addEventListener("popstate", () => {
  restore();
  void show();
});
byId("no-filters").addEventListener("click", (event) => {
  event.preventDefault();
  for (const field of form.querySelectorAll<HTMLSelectElement | HTMLInputElement>("select, input:not([type=hidden])")) field.value = "";
  apply();
});
void show();

/** Put what the form says into the address, and show it. */
function apply(): void {
  const search = addressOf(form).toString();
  history.pushState(null, "", search === "" ? location.pathname : `?${search}`);
  void show();
}

/** Set the form to what the address says. */
function restore(): void {
  const address = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll<HTMLSelectElement | HTMLInputElement>("select, input:not([type=hidden])")) {
    field.value = address.get(field.name) ?? "";
  }
}

async function show(): Promise<void> {
  asking.abort();
  const { signal } = (asking = new AbortController());
  const wanted = filtersOf(new URLSearchParams(location.search));
  form.setAttribute("aria-busy", "true");
  fill(notice, say("asking"));
  try {
    const situations = await Promise.all(wanted.map((filters) => situationOf(filters, signal)));
    if (signal.aborted) return;
    fill(notice);
    board.show(situations, wanted.length === 1 ? [""] : wanted.map(titleOf));
  } catch (error) {
    if (signal.aborted) return;
    board.clear();
    fill(notice, h("span", { role: "alert" }, error instanceof Refusal ? error.problem.detail : say("unreachable")));
    if (!(error instanceof Refusal)) throw error;
  } finally {
    if (!signal.aborted) form.removeAttribute("aria-busy");
  }
}

/** What sets a picture apart from the one beside it: the names of what is compared. */
function titleOf(filters: Filters, index: number): string {
  const named = COMPARED.filter((name) => (form.elements.namedItem(`${name}2`) as HTMLSelectElement).value !== "");
  return named.map((name) => nameOf(index === 0 ? name : `${name}2`, filters[name] ?? "")).join(", ");
}

function nameOf(field: string, value: string): string {
  const select = form.elements.namedItem(field) as HTMLSelectElement;
  return value === "" ? say("all") : (select.selectedOptions[0]?.textContent?.trim() ?? value);
}
