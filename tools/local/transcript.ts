import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalEndpoints } from "./local-endpoints.ts";

/** A line of the transcript: the command as it is shown and run, and what its answer must be. */
interface Step {
  readonly command: string;
  /** Undefined when the answer is right, else what is wrong with it. */
  check(answer: Buffer): string | undefined;
}

/** How long an upload may take to show in the list: its record travels by event. */
const LISTED_WITHIN_MS = 20_000;

/** The lines of the README, ready to paste: `uploadExample` sends what `download` asks for. */
export function curlLines({ apiUrl, username, password }: LocalEndpoints) {
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
 * Runs the transcript in a folder of its own, printing each command and its answer.
 *
 * @returns whether every answer was right.
 */
export async function tryTranscript(deployment: LocalEndpoints, print: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-try-"));
  const lines = curlLines(deployment);
  writeFileSync(join(folder, "example"), "The quick brown fox jumps over the lazy dog.\n");
  writeFileSync(join(folder, "anotherfile"), createHash("sha512").update("binary").digest());
  const steps: Step[] = [
    { command: lines.uploadExample, check: (answer) => expectText(answer, '"File uploaded"') },
    { command: lines.list, check: (answer) => expectListed(answer, "example") },
    { command: lines.download, check: (answer) => expectBytes(answer, readFileSync(join(folder, "example"))) },
    { command: lines.upload, check: (answer) => expectText(answer, '"File uploaded"') },
    { command: lines.list, check: (answer) => expectListed(answer, "anotherfile") },
    {
      command: lines.download.replace(/example$/, "anotherfile"),
      check: (answer) => expectBytes(answer, readFileSync(join(folder, "anotherfile"))),
    },
  ];
  try {
    for (const step of steps) {
      const { answer, problem } = await untilRight(step, folder);
      print(`$ ${step.command}`);
      print(printable(answer));
      if (problem !== undefined) {
        print(`wrong answer: ${problem}`);
        return false;
      }
    }
    print("Every answer was right.");
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Repeats a command until its answer is right, because what an upload does to the list it does by an event, a moment later. */
async function untilRight(step: Step, cwd: string): Promise<{ answer: Buffer; problem: string | undefined }> {
  const deadline = performance.now() + LISTED_WITHIN_MS;
  for (;;) {
    const answer = await shell(step.command, cwd);
    const problem = step.check(answer);
    if (problem === undefined || performance.now() > deadline) return { answer, problem };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function shell(command: string, cwd: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const [program = "", ...args] = command.split(" ");
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", () => resolve(Buffer.concat(chunks)));
  });
}

function expectText(answer: Buffer, text: string): string | undefined {
  return answer.toString() === text ? undefined : `expected ${text}`;
}

function expectBytes(answer: Buffer, bytes: Buffer): string | undefined {
  return answer.equals(bytes) ? undefined : `expected the ${bytes.length} bytes that were uploaded`;
}

function expectListed(answer: Buffer, key: string): string | undefined {
  try {
    const records = JSON.parse(answer.toString()) as { prefix_path?: string }[];
    return records.some(({ prefix_path }) => prefix_path === key) ? undefined : `expected a record of ${key}`;
  } catch {
    return "expected a JSON array";
  }
}

function printable(answer: Buffer): string {
  const text = answer.toString();
  return Buffer.from(text).equals(answer) ? text.trimEnd() : `(${answer.length} bytes, binary)`;
}
