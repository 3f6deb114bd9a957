/** The screen “explore”: from an entity to what it is connected to, and to who says so. */

import { byId } from "./dom.js";
import { Explorer } from "./explore/explorer.js";
import { propose } from "./site/proposals.js";

const explorer = new Explorer(byId("explorer"));
const field = byId<HTMLInputElement>("explore-search");
propose(field, {
  id: "explore-proposals",
  choose: ({ id }) => {
    field.value = "";
    explorer.begin(id);
  },
});
void explorer.start();
