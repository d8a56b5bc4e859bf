import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packaged from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** Whether the Chromium of the npm package runs here. Its pictures are the same on all such machines. */
export const hasPackagedBrowser = process.platform === "linux" && process.arch === "x64";

// The pages are our own, and neither root nor every distribution allows a sandbox.
const ARGS = ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--hide-scrollbars"];

/** Starts the Chromium of the npm package, or an installed Chrome where it does not run. */
export async function launchBrowser(): Promise<Browser> {
  if (!hasPackagedBrowser) return chromium.launch({ channel: "chrome" });
  const executablePath = await packaged.executablePath();
  return chromium.launch({ executablePath, args: ARGS, env: { ...process.env, FONTCONFIG_FILE: writeFontSettings() } });
}

/** Settings that know only the fonts that the package contains, so that those of the machine do not matter. */
function writeFontSettings(): string {
  const file = join(tmpdir(), "nv-demo-fonts.conf");
  const fonts = join(tmpdir(), "fonts");
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>
`,
  );
  return file;
}
