import { dirname, join, relative } from "node:path";
import type { Plugin as EsbuildPlugin } from "esbuild";
import type { Plugin as VitePlugin } from "vitest/config";
import { ROOT } from "../paths/root.ts";

/** Baseline "widely available" since 2023: https://web.dev/baseline */
const BROWSER_TARGET = "es2022";

const NAME = "browser-bundle";
const QUERY = /\?bundle$/;

export interface BrowserBundle {
  /**
   * The minified script or style sheet. It can be embedded in a `<script>` or `<style>` element: esbuild escapes end
   * tags.
   */
  readonly text: string;
  /** Paths of the source files, relative to the repository. */
  readonly inputs: readonly string[];
}

/**
 * Bundles a script (an ES module) or a style sheet.
 *
 * @param entry path relative to the repository.
 */
export async function bundleForBrowser(entry: string): Promise<BrowserBundle> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outdir: ".",
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: BROWSER_TARGET,
    jsx: "automatic",
    jsxImportSource: "preact",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    write: false,
    metafile: true,
  });
  return { text: outputFiles.map((file) => file.text).join(""), inputs: Object.keys(metafile.inputs) };
}

/**
 * Makes `import text from "./script.ts?bundle"` work in a program that esbuild bundles.
 *
 * @param onInputs receives the source files of a bundle, which the metafile of esbuild does not list.
 */
export const browserBundles = (onInputs: (inputs: readonly string[]) => void): EsbuildPlugin => ({
  name: NAME,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: QUERY }, ({ path, resolveDir }) => ({
      path: entryOf(join(resolveDir, path)),
      namespace: NAME,
    }));
    onLoad({ filter: /.*/, namespace: NAME }, async ({ path }) => {
      const { text, inputs } = await bundleForBrowser(path);
      onInputs(inputs);
      return { contents: text, loader: "text" };
    });
  },
});

/** Makes the same imports work in vitest. */
export const browserBundlesForVitest = (): VitePlugin => ({
  name: NAME,
  enforce: "pre",
  resolveId(source, importer) {
    if (!QUERY.test(source) || importer === undefined) return undefined;
    // A virtual ID: Vite would transform one that ends in .css or .ts once more.
    return `\0${NAME}:${entryOf(join(dirname(importer), source))}:text`;
  },
  async load(id) {
    const [, entry] = new RegExp(`^\0${NAME}:(.+):text$`).exec(id) ?? [];
    if (entry === undefined) return undefined;
    const { text, inputs } = await bundleForBrowser(entry);
    for (const input of inputs) this.addWatchFile(join(ROOT, input));
    return `export default ${JSON.stringify(text)};`;
  },
});

/** Relative, so that a bundle does not depend on the folder of the repository. */
const entryOf = (path: string): string => relative(ROOT, path.replace(QUERY, ""));
