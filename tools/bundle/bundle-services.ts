import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildInfo } from "../../services/build-info/build-info.ts";
import { type Service, type ServiceName, services } from "../../services/services.ts";
import { browserBundles } from "./browser-bundle.ts";
import { readBuildInfo } from "./read-build-info.ts";
import { readReceipt, writeReceipt } from "./receipt.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A zip ready for Lambda or Synthetics. */
export interface Bundle {
  /** The zip file. */
  readonly path: string;
  /** SHA-256 of the zip in base64, the form of Lambda's `source_code_hash`. */
  readonly sha256: string;
  /** Bytes of the zip. */
  readonly size: number;
  /** Bytes of the program inside it, which is what a cold start parses. */
  readonly unzippedSize: number;
}

/** CommonJS dependencies inside an ES module still ask for `require`. */
const requireBanner = `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;

/**
 * The earliest local time a zip can hold (DOS format), so that the same program is the same zip on any day.
 * fflate reads the date's local fields, so a local date makes the bytes independent of the time zone, too.
 */
const zipTime = new Date(1980, 0, 1);

/** What is bundled: another commit makes another bundle of a service that tells it. */
type Source = Service & { readonly build?: BuildInfo };

interface Compiled {
  readonly program: Uint8Array;
  readonly sourceMap: Uint8Array;
  /** Files that went into it, relative to the repository. */
  readonly inputs: readonly string[];
}

async function compile(service: Source): Promise<Compiled> {
  const { build } = await import("esbuild"); // only when there is something to build: a synthesis of unchanged services is quicker
  const browserInputs: string[] = [];
  const { outputFiles, metafile } = await build({
    absWorkingDir: repository,
    entryPoints: [service.entry],
    outfile: "bundle.js",
    bundle: true,
    minify: true,
    platform: "node",
    format: service.format,
    target: service.target,
    // ES modules are tree-shaken, CommonJS is not: a quarter less to parse at cold start than with Node's own order.
    mainFields: ["module", "main"],
    // An optional native driver that `pg` asks for and does not need.
    external: ["pg-native"],
    sourcemap: "external",
    legalComments: "none",
    logLevel: "error",
    write: false,
    metafile: true,
    plugins: [browserBundles((inputs) => browserInputs.push(...inputs))],
    ...(service.format === "esm" ? { banner: { js: requireBanner } } : {}),
    ...(service.build ? { define: { BUILD_INFO: JSON.stringify(service.build) } } : {}),
  });
  const output = (ending: string): Uint8Array => {
    const file = outputFiles.find(({ path }) => path.endsWith(ending));
    if (!file) throw new Error(`esbuild made no ${ending} for ${service.entry}`);
    return file.contents;
  };
  return {
    program: output("bundle.js"),
    sourceMap: output("bundle.js.map"),
    // Names with a colon are no files, such as "(disabled):pg-native".
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
  const receipt = join(outDir, `${name}.receipt.json`);
  const unchanged = await readReceipt(receipt, repository, service, path);
  if (unchanged) return { path, ...unchanged };

  const { program, sourceMap, inputs } = await compile(service);
  const archive = await zip(service.file, program);
  await Promise.all([writeFile(path, archive), writeFile(join(outDir, `${name}.map`), sourceMap)]);
  const sha256 = createHash("sha256").update(archive).digest("base64");
  const result = { sha256, size: archive.byteLength, unzippedSize: program.byteLength };
  await writeReceipt(receipt, repository, service, inputs, result);
  return { path, ...result };
}

/**
 * Bundles every service into `<outDir>/<name>.zip`. The same sources make the same bytes, on any day and in any folder,
 * so that an unchanged service is not deployed again. The source map lies beside the zip as `<name>.map`: it reads a
 * stack trace when needed, and costs no cold start. A service whose sources are unchanged since it was bundled into
 * the same folder is not bundled again.
 *
 * @param build what the services that tell it are told; the repository's own commit if not given.
 */
export async function bundleServices(outDir: string, build?: BuildInfo): Promise<Record<ServiceName, Bundle>> {
  await mkdir(outDir, { recursive: true });
  const told = build ?? (await readBuildInfo(repository));
  const names = Object.keys(services) as ServiceName[];
  const bundles = await Promise.all(
    names.map(async (name) => [name, await bundleService(name, outDir, told)] as const),
  );
  return Object.fromEntries(bundles) as Record<ServiceName, Bundle>;
}
