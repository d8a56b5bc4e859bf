import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findLocalEndpoints, type LocalEndpoints } from "../tools/local/local-endpoints.ts";
import { converse } from "../tools/shout/conversation.ts";
import { ROOT } from "../tools/synth/settings.ts";

/**
 * `npm run shout [-- <url>]`: asks for a line, has it shouted, shows request and answer, and asks again, until an empty line or Ctrl-D; lines may
 * come through a pipe. Without a URL it talks to the local deployment; when none runs, it deploys one for as long as it is used.
 */
const [url, ...more] = process.argv.slice(2);
if (more.length > 0 || (url !== undefined && !URL.canParse(url))) {
  console.error("usage: npm run shout [-- <url>]");
  process.exit(2);
}

const { shoutUrl, stop } = url === undefined ? await deployment() : { shoutUrl: url, stop: undefined };
const succeeded = await talk(shoutUrl);
await stop?.();
process.exit(succeeded ? 0 : 1);

function talk(to: string): Promise<boolean> {
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, ...(isTerminal && { output: process.stdout }) });
  return converse(to.replace(/\/$/, ""), lines, {
    isTerminal,
    print: (text) => console.log(text),
    prompt: () => {
      if (!isTerminal) return;
      lines.setPrompt("What shall be shouted? ");
      lines.prompt();
    },
  });
}

/** The one that runs, or one of our own. */
async function deployment(): Promise<{ readonly shoutUrl: string; readonly stop?: () => Promise<void> }> {
  const running = await findLocalEndpoints();
  if (running) return running;
  const child = spawn(process.execPath, [...process.execArgv, join(ROOT, "scripts", "start.ts"), "--json"], {
    stdio: ["ignore", "pipe", "inherit", "ipc"], // by the channel it knows when this program is gone
  });
  const exit = once(child, "exit");
  const { shoutUrl } = await Promise.race([described(child), exit.then(([code]) => process.exit(code ?? 1))]); // it said why
  return {
    shoutUrl,
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
    },
  };
}

function described({ stdout }: ChildProcess): Promise<LocalEndpoints> {
  return new Promise((resolve) => {
    if (stdout) createInterface({ input: stdout }).once("line", (line) => resolve(JSON.parse(line)));
  });
}
