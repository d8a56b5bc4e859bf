import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildInfo } from "../../services/build-info/build-info.ts";
import { type Service, type ServiceName, services } from "../../services/services.ts";
import { ROOT } from "../paths/root.ts";
import { browserBundles } from "./browser-bundle.ts";
import { readBuildInfo } from "./read-build-info.ts";
import { readReceipt, receiptFile, writeReceipt } from "./receipt.ts";
import { withoutUnusedModules } from "./unused-modules.ts";

/** A zip ready for Lambda or Synthetics. */
export interface Bundle {
  /** The zip file. */
  readonly path: string;
  /** SHA-256 of the zip in base64, the form of Lambda's `source_code_hash`. */
  readonly sha256: string;
  /** Bytes of the zip. */
  readonly size: number;
  /** Bytes of the program in it, which a cold start parses. */
  readonly unzippedSize: number;
}

/** CommonJS dependencies in an ES module call `require`. */
const requireBanner =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';

/**
 * The earliest local time in a zip (DOS format), so that the same program results in the same zip on any day. fflate
 * reads the local fields of the date, so a local date makes the bytes independent of the time zone.
 */
const zipTime = new Date(1980, 0, 1);

/** A service, and the commit if its bundle contains it. */
type Source = Service & { readonly build?: BuildInfo };

interface Compiled {
  readonly program: Uint8Array;
  readonly sourceMap: Uint8Array;
  /** Paths of the source files, relative to the repository. */
  readonly inputs: readonly string[];
}

/** Compiles a program as it is bundled, without a zip. */
export async function compile(service: Source): Promise<Compiled> {
  const { build } = await import("esbuild"); // Only for a build, because it is slow to load.
  const browserInputs: string[] = [];
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [service.entry],
    outfile: "bundle.js",
    bundle: true,
    minify: true,
    platform: "node",
    format: service.format,
    target: service.target,
    // ES modules are tree-shaken and CommonJS is not: a cold start parses 25 % less than with the default order of
    // Node.js.
    mainFields: ["module", "main"],
    sourcemap: "external",
    // A regular expression that valibot creates and no service uses would be kept, as its pattern could be invalid.
    pure: ["RegExp"],
    legalComments: "none",
    logLevel: "error",
    write: false,
    metafile: true,
    plugins: [browserBundles((inputs) => browserInputs.push(...inputs)), withoutUnusedModules],
    ...(service.format === "esm" ? { banner: { js: requireBanner } } : {}),
    ...(service.build ? { define: { BUILD_INFO: JSON.stringify(service.build) } } : {}),
  });
  const output = (ending: string): Uint8Array => {
    const file = outputFiles.find(({ path }) => path.endsWith(ending));
    if (!file) throw new Error(`esbuild returned no ${ending} for ${service.entry}.`);
    return file.contents;
  };
  return {
    program: output("bundle.js"),
    sourceMap: output("bundle.js.map"),
    // Names with a colon are not files, such as "browser-bundle:services/adder/browser/add-number.ts".
    inputs: [...Object.keys(metafile.inputs).filter((input) => !input.includes(":")), ...browserInputs],
  };
}

async function zip(file: string, program: Uint8Array): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  const attributes = 0o644 << 16;
  return zipSync({ [file]: [program, { mtime: zipTime, level: 9, os: 3, attrs: attributes }] });
}

async function bundleService(name: ServiceName, outDir: string, build: BuildInfo): Promise<Bundle> {
  const known: Service = services[name];
  const service: Source = known.includesBuildInfo ? { ...known, build } : known;
  const path = join(outDir, `${name}.zip`);
  const receipt = receiptFile(outDir, name);
  const unchanged = await readReceipt(receipt, ROOT, service, path);
  if (unchanged) return { path, ...unchanged };

  const startedAt = Date.now();
  const { program, sourceMap, inputs } = await compile(service);
  const archive = await zip(service.file, program);
  await Promise.all([writeFile(path, archive), writeFile(join(outDir, `${name}.map`), sourceMap)]);
  const sha256 = createHash("sha256").update(archive).digest("base64");
  const result = { sha256, size: archive.byteLength, unzippedSize: program.byteLength };
  await writeReceipt(receipt, ROOT, service, inputs, startedAt, result);
  return { path, ...result };
}

export interface BundleOptions {
  /** For the services whose bundle contains it; default: the current commit of the repository. */
  readonly build?: BuildInfo;
  /** Called when a service is bundled, with how many are. */
  readonly onBundled?: (done: number, total: number) => void;
}

/**
 * Bundles every service into `<outDir>/<name>.zip`. The same sources result in the same bytes, on any day and in any
 * folder, so that an unchanged service is not deployed again. The source map is in the same folder as `<name>.map`: it
 * resolves stack traces and does not slow down a cold start. A service whose sources have not changed since it was
 * bundled into the same folder is not bundled again.
 */
export async function bundleServices(
  outDir: string,
  { build, onBundled = () => {} }: BundleOptions = {},
): Promise<Record<ServiceName, Bundle>> {
  await mkdir(outDir, { recursive: true });
  const buildInfo = build ?? (await readBuildInfo(ROOT));
  const names = Object.keys(services) as ServiceName[];
  let done = 0;
  const bundles = await Promise.all(
    names.map(async (name) => {
      const bundle = await bundleService(name, outDir, buildInfo);
      done += 1;
      onBundled(done, names.length);
      return [name, bundle] as const;
    }),
  );
  return Object.fromEntries(bundles) as Record<ServiceName, Bundle>;
}
