/** The words of the explorer. */

import { speaker } from "../words.js";
import en from "../../words/explore.en.json";
import uk from "../../words/explore.uk.json";

export const say = speaker(en, uk);
