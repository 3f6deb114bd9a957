/** The words of the situation screen. */

import en from "../../words/situation.en.json";
import uk from "../../words/situation.uk.json";
import { speaker } from "../words.js";

export const say = speaker(en, uk);
