/** The selection as one of two pictures sees it: the rows of the other do not pass. */

import { type Listener, Selection } from "../selection.js";

export class Side extends Selection {
  constructor(private readonly shared: Selection, private readonly own: (row: number) => boolean) {
    super();
  }

  override get selected(): ReadonlySet<number> {
    return this.shared.selected;
  }

  override get brushed(): boolean {
    return this.shared.brushed;
  }

  override passes(row: number, except?: string): boolean {
    return this.own(row) && this.shared.passes(row, except);
  }

  override select(rows: Iterable<number>): void {
    this.shared.select(rows);
  }

  override brush(name: string, within: ((row: number) => boolean) | undefined): void {
    this.shared.brush(name, within);
  }

  override clear(): void {
    this.shared.clear();
  }

  override watch(listener: Listener): () => void {
    return this.shared.watch(listener);
  }
}
