import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { ROOT } from "../paths/root.ts";
import { withStacks } from "../synth/with-stacks.ts";
import { DIAGRAM_ENVIRONMENT, drawDiagrams } from "./draw-diagrams.ts";

/** Writes the diagrams to `docs/diagrams`. @returns the exit code. */
export async function writeDiagrams(): Promise<number> {
  const folder = join("docs", "diagrams");
  mkdirSync(join(ROOT, folder), { recursive: true });
  await withStacks(DIAGRAM_ENVIRONMENT, (stacks) => {
    for (const [name, diagram] of Object.entries(drawDiagrams(stacks, readEnvironment(DIAGRAM_ENVIRONMENT).prefix))) {
      writeFileSync(join(ROOT, folder, name), diagram);
      console.log(join(folder, name));
    }
  });
  return 0;
}
