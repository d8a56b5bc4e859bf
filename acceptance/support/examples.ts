import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The examples in a document of `docs/systems`: each has a command and, after `# →`, its output. */
export function examplesOf(system: string): [command: string, output: string][] {
  const page = readFileSync(fileURLToPath(new URL(`../../docs/systems/${system}.md`, import.meta.url)), "utf8");
  return [...page.matchAll(/^((?:curl|npm) .*?) +# → (.*)$/gm)].map(([, line = "", output = ""]) => [line, output]);
}
