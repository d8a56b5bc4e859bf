import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { target } from "../support/target.ts";

/** Runs Terraform in the folder of a stack. */
function terraform(stack: string, ...args: string[]) {
  const directory = `${target.dataDirectory}/cdktf.out/stacks/${stack}`;
  return command("npm", ["run", "--silent", "local", "--", "terraform", `-chdir=${directory}`, ...args], {
    NV_DEMO_DATA: target.dataDirectory,
  });
}

describe.skipIf(target.kind !== "local")("Terraform commands through npm run local", () => {
  it.each(["state-bucket", "vpc", "postgres", "s3-storage", "frontend", "monitoring"])(
    "plan no changes of %s after a start",
    async (stack) => {
      const plan = await terraform(stack, "plan", "-detailed-exitcode", "-input=false", "-no-color");
      expect(plan.code, plan.output).toBe(0);
    },
  );

  it("list and show the resources of a state", async () => {
    const list = await terraform("vpc", "state", "list");
    expect(list.code, list.output).toBe(0);
    const vpc = list.stdout.split("\n").find((address) => address.startsWith("aws_vpc."));
    expect(vpc).toBeDefined();
    const shown = await terraform("vpc", "state", "show", "-no-color", String(vpc));
    expect(shown.stdout).toContain("cidr_block");
    expect(shown.stdout).toContain("10.23.0.0/16");
  });

  it("lock the state during an apply and report who holds the lock", async () => {
    const directory = `${target.dataDirectory}/cdktf.out/stacks/vpc`;
    const list = await terraform("vpc", "state", "list");
    const address = list.stdout.split("\n").find((line) => line.startsWith("aws_eip.")) ?? "";
    const first = spawn(
      "npm",
      [
        "run",
        "--silent",
        "local",
        "--",
        "terraform",
        `-chdir=${directory}`,
        "apply",
        "-no-color",
        `-replace=${address}`,
      ],
      { env: { ...process.env, NV_DEMO_DATA: target.dataDirectory } },
    );
    let prompt = "";
    first.stdout.on("data", (chunk) => {
      prompt += String(chunk);
    });
    await expect.poll(() => prompt, { timeout: 30_000 }).toContain("Enter a value");

    const second = await terraform("vpc", "apply", "-auto-approve", "-input=false", "-no-color");
    expect(second.code).toBe(1);
    expect(second.output).toContain("Error acquiring the state lock");
    expect(second.output).toMatch(/Who: +\S+@\S+/);

    first.stdin.end("no\n");
    await once(first, "exit");
    expect(prompt).toContain("Apply cancelled");
    expect((await terraform("vpc", "plan", "-detailed-exitcode", "-input=false", "-no-color")).code).toBe(0);
  });

  it("store no secrets in any state", async () => {
    for (const stack of ["secrets", "client-api-key", "postgres", "s3-storage", "frontend"]) {
      const state = await terraform(stack, "state", "pull");
      expect(state.code, state.output).toBe(0);
      expect(state.stdout).not.toContain(target.password);
    }
  });
});
