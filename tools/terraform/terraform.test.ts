import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { errorsOf, type Spawn, Terraform } from "./terraform.ts";

/** Runs a shell program instead of Terraform. @param outputs receives the standard output of each process. */
const fakeSpawn =
  (program: string, outputs: string[] = []): Spawn =>
  (_command, _args, options) => {
    const child = spawn("sh", ["-c", program], options);
    const index = outputs.push("") - 1;
    child.stdout?.on("data", (data) => {
      outputs[index] += String(data);
    });
    return child;
  };

const run = (program: string) => new Terraform(process.env, undefined, fakeSpawn(program)).run(tmpdir(), ["plan"]);

it("separates events from plain lines, and keeps the unchanged output", async () => {
  const result = await run(`echo '{"type":"version"}'; echo; echo text; echo problem >&2; exit 2`);
  expect(result).toMatchObject({ code: 2, events: [{ type: "version" }], output: '{"type":"version"}\n\ntext\n' });
  expect(result.text.split("\n").sort()).toEqual(["problem", "text"]);
});

it("returns the errors of a result with their addresses", async () => {
  const diagnostic = { severity: "error", summary: "access denied", detail: "ask for it", address: "aws_vpc.Main" };
  const result = await run(`echo '${JSON.stringify({ type: "diagnostic", diagnostic })}'; exit 1`);
  expect(errorsOf(result)).toBe("aws_vpc.Main: access denied\nask for it");
});

it("interrupts a running command when it is stopped, waits for its end, and starts no others", async () => {
  const outputs: string[] = [];
  const interruptible = "trap 'echo released the lock; exit 1' INT; echo ready; while :; do sleep 0.02; done";
  const terraform = new Terraform(process.env, undefined, fakeSpawn(interruptible, outputs));
  const running = terraform.run(tmpdir(), ["apply"]);
  await expect.poll(() => outputs).toEqual(["ready\n"]);
  terraform.stop();
  expect(await running).toMatchObject({ code: 1, output: "ready\nreleased the lock\n" });
  expect(await terraform.run(tmpdir(), ["apply"])).toMatchObject({ code: 1, text: "Interrupted before it started." });
  expect(outputs).toHaveLength(1);
});
