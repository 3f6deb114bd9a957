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
