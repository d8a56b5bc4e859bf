import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import packaged from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { ROOT } from "./root.ts";

/** Whether the Chromium of the npm package runs here. Its pictures are the same on all such machines. */
export const hasPackagedBrowser = process.platform === "linux" && process.arch === "x64";

// The pages are our own, and neither root nor every distribution allows a sandbox.
const ARGS = ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--hide-scrollbars"];
const MODULES = join(ROOT, "node_modules");

/** Starts the Chromium of the npm package, or an installed Chrome where it does not run. */
export async function launchBrowser(): Promise<Browser> {
  if (!hasPackagedBrowser) return chromium.launch({ channel: "chrome" });
  const folder = await unpackedBrowser();
  // Without a language, Chromium reports one that is not a valid language tag.
  const env = { ...process.env, LANG: "en_US.UTF-8", FONTCONFIG_FILE: join(folder, "fonts.conf") };
  return chromium.launch({ executablePath: join(folder, "chromium"), args: ARGS, env });
}

/**
 * The folder with the browser, its fonts, and settings that know only these fonts, so that those of the machine do not
 * matter. The package unpacks into the folder for temporary files and takes what is there for complete, so it gets a
 * folder of its own, which is renamed when it is complete.
 */
async function unpackedBrowser(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(MODULES, "@sparticuz", "chromium", "package.json"), "utf8"));
  const folder = join(MODULES, ".cache", `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const unpacking = mkdtempSync(`${folder}-`);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = unpacking;
  try {
    await packaged.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  writeFileSync(join(unpacking, "fonts.conf"), fontSettings(join(folder, "fonts")));
  try {
    renameSync(unpacking, folder);
  } catch (error) {
    rmSync(unpacking, { recursive: true, force: true });
    // Another process was first.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

const fontSettings = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>
`;
