// What is bundled that is not TypeScript.

declare module "*.rq" {
  const text: string;
  export default text;
}

/** The address of a worker's file, beside the script that imports it (workers.mjs). */
declare module "*.worker.js?file" {
  const address: string;
  export default address;
}

declare module "*.topojson" {
  const address: string;
  export default address;
}

/** One round of ForceAtlas2; the package has no types for this part of it. */
declare module "graphology-layout-forceatlas2/iterate.js" {
  export default function iterate(
    settings: Readonly<Record<string, number | boolean>>,
    nodes: Float32Array,
    edges: Float32Array,
  ): void;
}

declare module "*.txt" {
  const text: string;
  export default text;
}
