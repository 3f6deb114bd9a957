/** The screen “compare”: the table is the server's; here one finds events and opens all quotes at once. */

import { root } from "./ask.js";
import { byId } from "./dom.js";
import { shortOf } from "./explore/iris.js";
import { propose } from "./site/proposals.js";

const MOST = 4;

propose(byId<HTMLInputElement>("compare-search"), {
  id: "compare-proposals",
  choose: ({ id }) => location.assign(`${root}compare?${withEvent(id)}`),
});

/** The address of this comparison with one more event; the first goes where there are too many. */
function withEvent(iri: string): URLSearchParams {
  const search = new URLSearchParams(location.search);
  const events = [...search.getAll("event").filter((each) => each !== shortOf(iri)), shortOf(iri)];
  search.delete("event");
  for (const event of events.slice(-MOST)) search.append("event", event);
  return search;
}

const button = document.getElementById("compare-quotes");
if (button !== null) {
  const [opens, closes] = [button.textContent, button.dataset["close"] ?? ""];
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = button.textContent === opens;
    for (const value of document.querySelectorAll<HTMLDetailsElement>("details.value")) value.open = open;
    button.textContent = open ? closes : opens;
  });
}
