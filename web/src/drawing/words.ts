/** The words of the drawings. */

import en from "../../words/drawing.en.json";
import uk from "../../words/drawing.uk.json";
import { speaker } from "../words.js";

export const say = speaker(en, uk);
