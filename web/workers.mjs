// Workers as files with hashed names: `import address from "./layout.worker.js?file"`.

import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));

const OPTIONS = { bundle: true, format: "iife", target: "es2022", minify: true, legalComments: "none", write: false, metafile: true };

/** A worker is bundled by itself and copied like a picture; the import is its address. */
const workers = {
  name: "workers",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.worker\.js\?file$/ }, ({ path, resolveDir }) => ({
      // Below this folder, so that the hashes of names are the same wherever the checkout lies.
      path: relative(HERE, join(resolveDir, path.replace(/\?file$/, ""))),
      namespace: "worker",
    }));
    onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      const folder = join(HERE, dirname(path));
      const source = join(folder, basename(path, ".js") + ".ts");
      const { outputFiles, metafile } = await build({ ...OPTIONS, entryPoints: [source], absWorkingDir: folder });
      const watchFiles = Object.keys(metafile.inputs).map((input) => join(folder, input));
      return { contents: outputFiles[0].contents, loader: "file", watchFiles };
    });
  },
};

export const plugins = [workers];
