/** The places as a list, for those who do not see the map. */

import { fill, h } from "../../dom.js";
import { say } from "../words.js";
import type { Places } from "./sites.js";
import type { PlacesState } from "./state.js";

const MOST = 200;

/** The list, those with the most rows first; `choose` is told of a site that was chosen in it. */
export function placeList(places: Places, state: PlacesState, choose: (site: number) => void) {
  const items = h("ul", { class: "view-list" });
  const more = h("p", { class: "view-help" });
  const element = h("details", { class: "view-alternative", ontoggle: update }, h("summary", {}, say("as-list")), items, more);

  function update(): void {
    if (!element.open) return;
    const inside = (site: number) => state.rowsOf(site).filter((row) => state.selection.passes(row)).length;
    const found = places.sites
      .map((site, index) => ({ site, index, count: (state.counts[index] ?? 0) > 0 ? inside(index) : 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
    fill(items, ...found.slice(0, MOST).map(({ site, index, count }) => {
      const name = site.name !== "" ? site.name : `${site.latitude}, ${site.longitude}`;
      const about = [site.precision, site.radius > 0 ? say("within-km", { count: site.radius }) : "", say("rows", { count })].filter((text) => text !== "");
      return h("li", {}, h("button", { type: "button", class: "as-link", onclick: () => choose(index) }, name), ` ${about.join(" · ")}`);
    }));
    fill(more, found.length > MOST && say("more-in-table", { count: found.length - MOST }));
  }

  return { element, update };
}
