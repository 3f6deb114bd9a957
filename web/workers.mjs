// Workers as files with hashed names: `import address from "./layout.worker.js?file"`.

import { basename, dirname, join } from "node:path";
import { build } from "esbuild";

const OPTIONS = { bundle: true, format: "iife", target: "es2022", minify: true, legalComments: "none", write: false, metafile: true };

/** A worker is bundled by itself and copied like a picture; the import is its address. */
const workers = {
  name: "workers",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.worker\.js\?file$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?file$/, "")),
      namespace: "worker",
    }));
    onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      const source = join(dirname(path), basename(path, ".js") + ".ts");
      const { outputFiles, metafile } = await build({ ...OPTIONS, entryPoints: [source], absWorkingDir: dirname(path) });
      const watchFiles = Object.keys(metafile.inputs).map((input) => join(dirname(path), input));
      return { contents: outputFiles[0].contents, loader: "file", watchFiles };
    });
  },
};

export const plugins = [workers];
