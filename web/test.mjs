// Runs the tests of the parts that need no browser: bundled with esbuild, then by Node's own runner.

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const TESTS = join(dirname(fileURLToPath(import.meta.url)), "tests");
const entryPoints = (await readdir(TESTS)).filter((name) => name.endsWith(".test.ts")).map((name) => join(TESTS, name));
if (entryPoints.length === 0) throw new Error(`There are no tests in ${TESTS}.`);

const outdir = await mkdtemp(join(tmpdir(), "polemos-web-"));
await build({ entryPoints, outdir, bundle: true, platform: "node", format: "esm", target: "node18", outExtension: { ".js": ".mjs" }, sourcemap: "inline", logLevel: "warning" });
const files = (await readdir(outdir)).map((name) => join(outdir, name));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
await rm(outdir, { recursive: true });
process.exit(status ?? 1);
