/** How edges are drawn: arrows, curved where several join the same two nodes, dashed where contested. */

import { createEdgeCurveProgram } from "@sigma/edge-curve";
import type Graph from "graphology";
import { DEFAULT_EDGE_ARROW_HEAD_PROGRAM_OPTIONS, EdgeArrowProgram, EdgeLineProgram, type EdgeProgramType } from "sigma/rendering";

/** The type that a curved program has beside what sigma tells of it. */
interface Shaded {
  getDefinition(): { FRAGMENT_SHADER_SOURCE: string };
}

const Curve = createEdgeCurveProgram({ arrowHead: DEFAULT_EDGE_ARROW_HEAD_PROGRAM_OPTIONS });
const SOLID = "gl_FragColor = mix(v_color, transparent, t);";
/** Gaps by the distance along the line from end to end; none in the arrow's head. */
const DASHED = `
    vec2 chord = v_cpC - v_cpA;
    float along = dot(gl_FragCoord.xy - v_cpA, chord) / max(length(chord), 1.0);
    float unit = 3.0 * v_thickness + 4.0;
    bool gap = mod(along, unit) > 0.58 * unit && distToTarget > targetArrowLength;
    gl_FragColor = gap ? transparent : mix(v_color, transparent, t);`;

/** The curved program with dashes put into its shader. */
const Dashed = class extends (Curve as unknown as new (...parts: never[]) => Shaded) {
  override getDefinition(): ReturnType<Shaded["getDefinition"]> {
    const definition = super.getDefinition();
    return { ...definition, FRAGMENT_SHADER_SOURCE: definition.FRAGMENT_SHADER_SOURCE.replace(SOLID, DASHED) };
  }
} as unknown as EdgeProgramType;

export const PROGRAMS: Readonly<Record<string, EdgeProgramType>> = {
  straight: EdgeArrowProgram, curved: Curve, dashed: Dashed, thin: EdgeLineProgram,
};

/** How far apart the curves of parallel edges are, as a part of their length. */
const STEP = 0.16;
const MOST = 0.9;
/** A curve so flat that it looks straight; the curved programs cannot draw a straight line. */
const FLAT = 0.01;

/** For each edge that is not alone between its nodes, how far it bends out; positive to its left. */
export function curvatures(graph: Graph): Map<string, number> {
  const pairs = new Map<string, string[]>();
  graph.forEachEdge((edge, _, source, target) => {
    const pair = source < target ? `${source}\n${target}` : `${target}\n${source}`;
    const edges = pairs.get(pair);
    if (edges === undefined) pairs.set(pair, [edge]);
    else edges.push(edge);
  });
  const found = new Map<string, number>();
  for (const edges of pairs.values()) {
    if (edges.length < 2) continue;
    const step = Math.min(STEP, (2 * MOST) / (edges.length - 1));
    edges.forEach((edge, at) => {
      const bend = (at - (edges.length - 1) / 2) * step;
      const forward = graph.source(edge) < graph.target(edge);
      found.set(edge, forward ? bend : -bend);
    });
  }
  return found;
}

/** The program for an edge and the bend to give it. */
export function shapeOf(bend: number | undefined, contested: boolean): { type: string; curvature: number } {
  const flat = bend === undefined || Math.abs(bend) < FLAT;
  if (!contested && flat) return { type: "straight", curvature: 0 };
  return { type: contested ? "dashed" : "curved", curvature: flat ? FLAT : bend };
}
