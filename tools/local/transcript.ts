import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalEndpoints } from "./local-endpoints.ts";

/** A command of the transcript and the expected output. */
interface Step {
  readonly command: string;
  /** @returns what is wrong with the output; undefined when it is correct. */
  check(output: Buffer): string | undefined;
}

/** How long an upload may take to appear in the list: its record is written on an event. */
const MAX_DELAY_MS = 20_000;

/** The commands of the README, ready to paste. `download` gets the file of `uploadExample`. */
export function curlCommands({ apiUrl, username, password }: LocalEndpoints) {
  const curl = `curl -s -u ${username}:${password}`;
  const upload = (file: string) => `${curl} -XPUT -T ${file} ${apiUrl}/api/upload/${file}`;
  return {
    uploadExample: upload("example"),
    list: `${curl} ${apiUrl}`,
    download: `${curl} ${apiUrl}/example`,
    upload: upload("anotherfile"),
  };
}

/**
 * Runs the commands of the README in a temporary folder, and prints each with its output.
 *
 * @returns whether every output was correct.
 */
export async function runTranscript(endpoints: LocalEndpoints, print: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-try-"));
  const lines = curlCommands(endpoints);
  writeFileSync(join(folder, "example"), "The quick brown fox jumps over the lazy dog.\n");
  writeFileSync(join(folder, "anotherfile"), createHash("sha512").update("binary").digest());
  const steps: Step[] = [
    { command: lines.uploadExample, check: (output) => expectText(output, '"File uploaded"') },
    { command: lines.list, check: (output) => expectListed(output, "example") },
    { command: lines.download, check: (output) => expectBytes(output, readFileSync(join(folder, "example"))) },
    { command: lines.upload, check: (output) => expectText(output, '"File uploaded"') },
    { command: lines.list, check: (output) => expectListed(output, "anotherfile") },
    {
      command: lines.download.replace(/example$/, "anotherfile"),
      check: (output) => expectBytes(output, readFileSync(join(folder, "anotherfile"))),
    },
  ];
  try {
    for (const step of steps) {
      const { output, problem } = await retryUntilCorrect(step, folder);
      print(`$ ${step.command}`);
      print(printable(output));
      if (problem !== undefined) {
        print(`Wrong output: ${problem}.`);
        return false;
      }
    }
    print("Every output was correct.");
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Repeats a command until its output is correct: an upload appears in the list a moment later. */
async function retryUntilCorrect(step: Step, cwd: string): Promise<{ output: Buffer; problem: string | undefined }> {
  const deadline = performance.now() + MAX_DELAY_MS;
  for (;;) {
    const output = await run(step.command, cwd);
    const problem = step.check(output);
    if (problem === undefined || performance.now() > deadline) return { output, problem };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function run(command: string, cwd: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const [program = "", ...args] = command.split(" ");
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", () => resolve(Buffer.concat(chunks)));
  });
}

function expectText(output: Buffer, text: string): string | undefined {
  return output.toString() === text ? undefined : `expected ${text}`;
}

function expectBytes(output: Buffer, bytes: Buffer): string | undefined {
  return output.equals(bytes) ? undefined : `expected the ${bytes.length} bytes that were uploaded`;
}

function expectListed(output: Buffer, key: string): string | undefined {
  try {
    const records = JSON.parse(output.toString()) as { prefix_path?: string }[];
    return records.some(({ prefix_path }) => prefix_path === key) ? undefined : `expected a record of ${key}`;
  } catch {
    return "expected a JSON array";
  }
}

function printable(output: Buffer): string {
  const text = output.toString();
  return Buffer.from(text).equals(output) ? text.trimEnd() : `(${output.length} bytes, binary)`;
}
