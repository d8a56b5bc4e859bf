import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "../stacks/environments.ts";
import { readCommandLine, runCommand } from "./deployment/command-line.ts";
import { PICTURED, pictures } from "./diagrams/pictures.ts";
import { ROOT } from "./local/settings.ts";
import { synthesize } from "./local/synthesize.ts";

/** `npm run diagrams`: draws the stacks and the network anew, of what is synthesized for production, into `docs/diagrams`. A test fails while they are stale. */
await runCommand(async () => {
  readCommandLine({});
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-diagrams-"));
  const drawn = join(ROOT, "docs", "diagrams");
  mkdirSync(drawn, { recursive: true });
  try {
    const stacks = await synthesize(folder, PICTURED);
    for (const [name, picture] of Object.entries(pictures(stacks, readEnvironment(PICTURED).prefix))) {
      writeFileSync(join(drawn, name), picture);
      console.log(join("docs", "diagrams", name));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});
