import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "../stacks/environment/read-environment.ts";
import { readCommandLine, runCommand } from "../tools/command-line/command-line.ts";
import { PICTURED, pictures } from "../tools/diagrams/pictures.ts";
import { ROOT } from "../tools/synth/settings.ts";
import { withStacks } from "../tools/synth/with-stacks.ts";

/** `npm run diagrams`: draws the stacks and the network anew, of what is synthesized for production, into `docs/diagrams`. A test fails while they are stale. */
await runCommand(async () => {
  readCommandLine({});
  const drawn = join(ROOT, "docs", "diagrams");
  mkdirSync(drawn, { recursive: true });
  await withStacks(PICTURED, (stacks) => {
    for (const [name, picture] of Object.entries(pictures(stacks, readEnvironment(PICTURED).prefix))) {
      writeFileSync(join(drawn, name), picture);
      console.log(join("docs", "diagrams", name));
    }
  });
  return 0;
});
