/** The screen “compare”. */

import { say } from "./words.js";

document.documentElement.dataset["rows"] = say("rows", { count: 0 });
