import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { ROOT } from "../synth/repository.ts";
import { withStacks } from "../synth/with-stacks.ts";
import { PICTURED, pictures } from "./pictures.ts";

/** Writes the diagrams to `docs/diagrams`. @returns the exit code. */
export async function writeDiagrams(): Promise<number> {
  const folder = join("docs", "diagrams");
  mkdirSync(join(ROOT, folder), { recursive: true });
  await withStacks(PICTURED, (stacks) => {
    for (const [name, picture] of Object.entries(pictures(stacks, readEnvironment(PICTURED).prefix))) {
      writeFileSync(join(ROOT, folder, name), picture);
      console.log(join(folder, name));
    }
  });
  return 0;
}
