/** The words of the query screen. */

import en from "../../words/query.en.json";
import uk from "../../words/query.uk.json";
import { speaker } from "../words.js";

export const say = speaker(en, uk);
