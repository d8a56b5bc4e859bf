import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { CommandError, UsageError } from "../command-line/errors.ts";
import { findLocalEndpoints, type LocalEndpoints } from "../local/local-endpoints.ts";
import { ROOT } from "../paths/root.ts";
import { sendLines } from "./conversation.ts";

/** The local deployment could not be started; it printed the reason. */
class StartError extends CommandError {
  override readonly name = "StartError";
  readonly code = "START_FAILED";
}

/**
 * Sends the lines of the standard input to a Shout API.
 *
 * @param url default: the API of the local deployment.
 * @returns the exit code.
 */
export async function shoutLines(environment: EnvironmentName, url: string | undefined): Promise<number> {
  if (url !== undefined) return (await sendStandardInput(url)) ? 0 : 1;
  if (environment !== "local") {
    throw new UsageError(`Missing argument <url>. Print it: npm run output -- ${environment} shout url`);
  }
  const running = await findLocalEndpoints();
  if (running) return (await sendStandardInput(running.shoutUrl)) ? 0 : 1;
  const { shoutUrl, stop } = await startDeployment();
  const succeeded = await sendStandardInput(shoutUrl);
  await stop();
  return succeeded ? 0 : 1;
}

function sendStandardInput(url: string): Promise<boolean> {
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, ...(isTerminal && { output: process.stdout }) });
  return sendLines(url.replace(/\/$/, ""), lines, {
    isTerminal,
    print: (text) => console.log(text),
    prompt: () => {
      if (!isTerminal) return;
      lines.setPrompt("Text to shout: ");
      lines.prompt();
    },
  });
}

/** Starts a local deployment for this process. */
async function startDeployment(): Promise<{ readonly shoutUrl: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [...process.execArgv, join(ROOT, "scripts", "start.ts"), "--json"], {
    // The channel closes when this process terminates; the program then ends too.
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const exit = once(child, "exit");
  const failed = exit.then(() => Promise.reject(new StartError("The local deployment did not start.")));
  failed.catch(() => {}); // It also ends after it was stopped.
  const { shoutUrl } = await Promise.race([readEndpoints(child), failed]);
  return {
    shoutUrl,
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
    },
  };
}

function readEndpoints({ stdout }: ChildProcess): Promise<LocalEndpoints> {
  return new Promise((resolve) => {
    if (stdout) createInterface({ input: stdout }).once("line", (line) => resolve(JSON.parse(line)));
  });
}
