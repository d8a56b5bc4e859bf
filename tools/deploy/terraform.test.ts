import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { errorsOf, type Spawn, Terraform } from "./terraform.ts";

/** A program in the place of Terraform. @param said gets what each process says. */
const instead =
  (program: string, said: string[] = []): Spawn =>
  (_command, _args, options) => {
    const child = spawn("sh", ["-c", program], options);
    const index = said.push("") - 1;
    child.stdout?.on("data", (data) => {
      said[index] += String(data);
    });
    return child;
  };

const run = (program: string) => new Terraform(process.env, undefined, instead(program)).run(tmpdir(), ["plan"]);

it("reads events and plain lines apart, and keeps the output as it came", async () => {
  const result = await run(`echo '{"type":"version"}'; echo; echo text; echo problem >&2; exit 2`);
  expect(result).toMatchObject({ code: 2, events: [{ type: "version" }], output: '{"type":"version"}\n\ntext\n' });
  expect(result.text.split("\n").sort()).toEqual(["problem", "text"]);
});

it("tells the errors of a result, with where they are", async () => {
  const diagnostic = { severity: "error", summary: "no right", detail: "ask for it", address: "aws_vpc.Main" };
  const result = await run(`echo '${JSON.stringify({ type: "diagnostic", diagnostic })}'; exit 1`);
  expect(errorsOf(result)).toBe("aws_vpc.Main: no right\nask for it");
});

it("interrupts what runs when it is stopped, lets it end in its own way, and starts nothing any more", async () => {
  const said: string[] = [];
  const patient = "trap 'echo gave the lock back; exit 1' INT; echo ready; while :; do sleep 0.02; done";
  const terraform = new Terraform(process.env, undefined, instead(patient, said));
  const running = terraform.run(tmpdir(), ["apply"]);
  await expect.poll(() => said).toEqual(["ready\n"]);
  terraform.stop();
  expect(await running).toMatchObject({ code: 1, output: "ready\ngave the lock back\n" });
  expect(await terraform.run(tmpdir(), ["apply"])).toMatchObject({ code: 1, text: "Interrupted before it began." });
  expect(said).toHaveLength(1);
});
