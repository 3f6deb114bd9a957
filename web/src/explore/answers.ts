/** What the server answered, each question asked once. */

import { canned } from "../ask.js";
import { language } from "../words.js";
import {
  type Act, actsOf, type Brief, briefOf, countOf, different, type Division, divisionOf, type Neighbours, neighboursOf, type Row,
  type Said, saidOf, text,
} from "./reading.js";
import type { Count, Direction } from "./things.js";

/** The query `neighbours` gives so many connections at a time. */
const PAGE = 200;

export class Answers {
  readonly #kept = new Map<string, Promise<unknown>>();
  readonly #pages = new Map<string, { rows: Row[]; done: boolean }>();

  brief(entity: string): Promise<Brief> {
    return this.#once(`brief ${entity}`, async () => briefOf(entity, await this.#rows("in-brief", { entity })));
  }

  counts(entity: string): Promise<readonly Count[]> {
    return this.#once(`counts ${entity}`, async () => (await this.#rows("neighbour-counts", { entity })).map(countOf));
  }

  divisions(entity: string, direction: Direction, kind: string): Promise<readonly Division[]> {
    return this.#once(`divisions ${entity} ${direction} ${kind}`, async () =>
      (await this.#rows("neighbour-classes", { entity, direction, kind })).map(divisionOf));
  }

  /** At least so many neighbours, or all there are. */
  async neighbours(entity: string, direction: Direction, kind: string, count: number): Promise<Neighbours> {
    const key = `${entity} ${direction} ${kind}`;
    const page = this.#pages.get(key) ?? { rows: [], done: false };
    this.#pages.set(key, page);
    while (!page.done && different(page.rows) < count) {
      const after = text(page.rows.at(-1) ?? {}, "key");
      const rows = await this.#rows("neighbours", { entity, direction, kind, after });
      page.rows.push(...rows);
      page.done = new Set(rows.map((row) => text(row, "key"))).size < PAGE;
    }
    return neighboursOf(entity, page.rows, count);
  }

  said(claim: string): Promise<readonly Said[]> {
    return this.#once(`said ${claim}`, async () => (await this.#rows("claim-in-context", { claim })).map(saidOf));
  }

  acts(event: string): Promise<readonly Act[]> {
    return this.#once(`acts ${event}`, async () => actsOf(await this.#rows("network-of-actors", { event })));
  }

  async #rows(name: string, values: Readonly<Record<string, string>>): Promise<readonly Row[]> {
    return (await canned(name, { ...values, language })).results?.bindings ?? [];
  }

  #once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const kept = this.#kept.get(key) as Promise<Answer> | undefined;
    if (kept !== undefined) return kept;
    const asked = ask();
    this.#kept.set(key, asked);
    // What failed may be asked again.
    asked.catch(() => this.#kept.delete(key));
    return asked;
  }
}
