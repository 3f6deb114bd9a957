/** What every page has: the search box, the colours, the menu of narrow screens. */

import { byId } from "./dom.js";
import { openMenu } from "./site/menu.js";
import { propose } from "./site/proposals.js";
import { turnColours } from "./site/theme.js";

for (const button of document.querySelectorAll<HTMLElement>("header.site .theme")) turnColours(button);
for (const button of document.querySelectorAll<HTMLElement>("header.site .menu")) openMenu(button);
propose(byId<HTMLInputElement>("site-search"));
