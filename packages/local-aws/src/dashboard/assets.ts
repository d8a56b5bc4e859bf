import { fileURLToPath } from "node:url";
import type { ContentType } from "./responses.ts";

const BROWSER = fileURLToPath(new URL("browser", import.meta.url));

/** Baseline "widely available" since 2023: https://web.dev/baseline */
const TARGET = "es2022";

export interface Asset {
  readonly type: ContentType;
  readonly body: string;
}

let bundled: Promise<ReadonlyMap<string, Asset>> | undefined;

/** The files of the browser by name. They are bundled when the dashboard is first opened, so a start does not wait. */
export function assets(): Promise<ReadonlyMap<string, Asset>> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<ReadonlyMap<string, Asset>> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: BROWSER,
    entryPoints: { app: "main.ts", style: "style.css" },
    outdir: ".",
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    write: false,
  });
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return new Map<string, Asset>([
    ["app.js", { type: "text/javascript", body: textOf("app.js") }],
    ["app.css", { type: "text/css", body: textOf("style.css") }],
    ["icon.svg", { type: "image/svg+xml", body: ICON }],
  ]);
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4f46e5"/><path d="M8 20.5 16 25l8-4.500M8 16l8 4.500 8-4.500M16 7 8 11.500 16 16l8-4.500z" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>`;
