/** The words of the views. */

import en from "../../words/views.en.json";
import uk from "../../words/views.uk.json";
import { speaker } from "../words.js";

export const say = speaker(en, uk);
