/** What is chosen among the rows of a table; one for all views of it. */

export type Listener = () => void;

/**
 * Rows that are selected by hand, and rows that pass every brush. A view sets the brush that bears
 * its own name and draws what `passes` says; an empty set of selected rows means that none is.
 */
export class Selection {
  #selected: ReadonlySet<number> = new Set();
  readonly #brushes = new Map<string, (row: number) => boolean>();
  readonly #listeners = new Set<Listener>();

  get selected(): ReadonlySet<number> {
    return this.#selected;
  }

  /** Whether any view has a brush set. */
  get brushed(): boolean {
    return this.#brushes.size > 0;
  }

  /** Whether a row lies within every brush but the one named. */
  passes(row: number, except?: string): boolean {
    for (const [name, within] of this.#brushes) if (name !== except && !within(row)) return false;
    return true;
  }

  select(rows: Iterable<number>): void {
    this.#selected = new Set(rows);
    this.#tell();
  }

  /** Set a view's brush, or take it away. */
  brush(name: string, within: ((row: number) => boolean) | undefined): void {
    if (within === undefined) this.#brushes.delete(name);
    else this.#brushes.set(name, within);
    this.#tell();
  }

  clear(): void {
    this.#selected = new Set();
    this.#brushes.clear();
    this.#tell();
  }

  /** Be told of each change; call what is returned to end that. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
