/** How many kilometres a stretch of the map is. */

import { h } from "../../dom.js";
import { say } from "../words.js";

const LONGEST = 140;

export class ScaleBar {
  readonly #line = h("div", { class: "map-scale" });

  constructor(host: HTMLElement) {
    host.append(this.#line);
  }

  /** `pixels` to a kilometre, in the middle of the map. */
  show(pixels: number): void {
    const most = LONGEST / pixels;
    const power = 10 ** Math.floor(Math.log10(most));
    const kilometres = [5, 2, 1].map((step) => step * power).find((each) => each <= most) ?? power;
    this.#line.style.width = `${kilometres * pixels}px`;
    this.#line.textContent = say("kilometres", { count: kilometres });
  }
}
