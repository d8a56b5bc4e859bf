/**
 * Runs the script of a canary once, in its process: loads the handler, calls it and sends the result to the parent
 * process. CloudWatch Synthetics expects the script below `nodejs/node_modules`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { LAMBDA_TASK_ROOT: taskRoot, _HANDLER: handler } = process.env;

try {
  const [, script, name] = /^(.+)\.(\w+)$/.exec(handler) ?? [];
  const path = ["js", "cjs", "mjs"]
    .map((extension) => join(taskRoot, "nodejs", "node_modules", `${script}.${extension}`))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`The script nodejs/node_modules/${script}.js is not in the canary's zip.`);
  const module = await import(pathToFileURL(path).href);
  const run = module[name] ?? module.default?.[name];
  if (typeof run !== "function") throw new Error(`${script} exports no function ${name}.`);
  await run();
  end({ passed: true });
} catch (error) {
  console.error(error);
  end({ passed: false, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
}

/** Exits after the output is flushed, since a script may leave timers and connections open. */
function end(result) {
  process.send(result, () => process.stdout.write("", () => process.stderr.write("", () => process.exit(0))));
}
