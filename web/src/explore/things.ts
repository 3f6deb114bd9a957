/** What the explorer shows: things, and the ties between them. */

/** The broad classes, in the order that gives them their colours. */
export const GROUPS = ["attack", "conflict", "diplomacy", "statement", "actor", "place", "other"] as const;
export type Group = (typeof GROUPS)[number];

/** A stretch of time as ISO 8601; a bound that is missing is open. */
export interface Dated {
  readonly start?: string;
  readonly end?: string;
}

export interface Thing extends Dated {
  readonly iri: string;
  readonly label: string;
  readonly group: Group;
  /** Its class in words; empty where the graph has none. */
  readonly kind: string;
  /** For many things drawn as one: how many. */
  readonly many?: number;
}

export interface Claim {
  readonly iri: string;
  readonly speaker: string;
  readonly quote: string;
  /** Who published it, or else who said it: what counts as one source. */
  readonly source: string;
  readonly contested: boolean;
}

/** One statement that joins two things, with all claims that state it. */
export interface Tie extends Dated {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly kind: string;
  readonly label: string;
  /** What the statement is about: an event, an office being held, or its own source. */
  readonly about: string;
  readonly claims: readonly Claim[];
  /** Records of datasets that have what it is about. */
  readonly records: readonly string[];
}

export type Direction = "in" | "out";

/** How many neighbours there are by one property or role, on one side. */
export interface Count {
  readonly direction: Direction;
  readonly kind: string;
  readonly label: string;
  readonly count: number;
}

/** Above this the server does not count. */
export const COUNTED = 100_000;

export function contested(tie: Tie): boolean {
  return tie.claims.some((claim) => claim.contested);
}

/** How many independent sources tell of it: outlets of claims and records of datasets. */
export function sources(tie: Tie): number {
  return new Set([...tie.claims.map(({ source }) => source), ...tie.records]).size;
}

export function isGroup(value: string | undefined): value is Group {
  return (GROUPS as readonly (string | undefined)[]).includes(value);
}
