import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ROOT } from "../support/root.ts";
import { target } from "../support/target.ts";

const { shoutUrl: url = "", kind, dataDirectory } = target;

/** Runs `npm run system -- shout` with lines on standard input. */
function run(lines: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...(kind === "local" && { NV_DEMO_DATA: dataDirectory }) };
    const child = spawn("npm", ["run", "--silent", "system", "--", "shout", ...args], { cwd: ROOT, env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
    child.stdin.end(lines);
  });
}

describe.skipIf(url === "")("npm run system -- shout", () => {
  it("prints request and response for each line, and exits at the end of the input", async () => {
    const { code, output } = await run("hello\nnoe\u0308l\n", [url]);
    expect(output).toContain(`POST ${url}/\n{"data":"hello"}\n\n200 OK\n{"data":"OLLEH"}\n`);
    expect(output).toContain('{"data":"LE\u0308ON"}');
    expect(code).toBe(0);
  });

  it.skipIf(kind !== "local")("uses the local deployment by default", async () => {
    const { code, output } = await run("found", []);
    expect(output).toContain(`POST ${url}/`);
    expect(output).toContain('{"data":"DNUOF"}');
    expect(code).toBe(0);
  });

  it("reports that there was no response", async () => {
    const { code, output } = await run("hello", ["http://127.0.0.1:1"]);
    expect(output).toContain("no response: ");
    expect(code).toBe(1);
  });
});
