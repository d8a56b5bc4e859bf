import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The examples of a system's page in `docs/systems`: each a command, and after `# →` its answer. */
export function examplesOf(system: string): [command: string, answer: string][] {
  const page = readFileSync(fileURLToPath(new URL(`../../docs/systems/${system}.md`, import.meta.url)), "utf8");
  return [...page.matchAll(/^((?:curl|npm) .*?) +# → (.*)$/gm)].map(([, line = "", answer = ""]) => [line, answer]);
}
