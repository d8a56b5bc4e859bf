import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FakeTerraform } from "../testing/fake-terraform.ts";
import { writeStacks } from "../testing/written-stacks.ts";
import { restore, unlock } from "./change-state.ts";
import type { Lock, State, StateStore } from "./state-store.ts";

const LOCK: Lock = { ID: "1234", Operation: "OperationTypeApply", Who: "ada@engine", Created: "2026-11-21T12:00:00Z" };
const state = (serial: number, lineage = "one"): State => ({ serial, lineage, outputs: {}, resources: [] });

function prepare({ lock, current, old }: { lock?: Lock; current?: State; old?: State }) {
  const stacks = writeStacks({ name: "vpc" });
  const pushed: State[] = [];
  const states = {
    read: async () => pushed.at(-1) ?? current,
    lock: async () => lock,
    version: async () => old && JSON.stringify({ ...old, version: 4 }),
  } as unknown as StateStore;
  let file = "";
  const terraform = new FakeTerraform(stacks, (_, args) => {
    file = args.at(-1) ?? "";
    if (args[1] === "push") pushed.push(JSON.parse(readFileSync(file, "utf8")));
    return undefined;
  });
  return {
    stack: stacks[0] ?? { name: "", directory: "", dependencies: [] },
    states,
    terraform,
    pushed,
    file: () => file,
  };
}

describe("unlock", () => {
  it("removes the lock with that ID", async () => {
    const { stack, states, terraform } = prepare({ lock: LOCK });
    await unlock(stack, "1234", states, terraform);
    expect(terraform.commands.at(-1)).toBe("vpc: force-unlock -force 1234");
  });

  it("refuses another lock, and names its holder", async () => {
    const { stack, states, terraform } = prepare({ lock: LOCK });
    await expect(unlock(stack, "5678", states, terraform)).rejects.toThrow(
      "The state of vpc is locked by ada@engine since 2026-11-21T12:00:00Z for OperationTypeApply, lock ID 1234, not 5678.",
    );
    const free = prepare({});
    await expect(unlock(free.stack, "1234", free.states, free.terraform)).rejects.toMatchObject({ code: "NOT_LOCKED" });
    expect([...terraform.commands, ...free.terraform.commands]).toEqual([]);
  });
});

describe("restore", () => {
  it("pushes the old version as the newest, and removes its copy", async () => {
    const { stack, states, terraform, pushed, file } = prepare({ current: state(9), old: state(4) });
    expect(await restore(stack, "v4", states, terraform)).toBe(10);
    expect(pushed).toEqual([{ ...state(10), version: 4 }]);
    expect(existsSync(file())).toBe(false);
  });

  it("restores a state that was deleted", async () => {
    const { stack, states, terraform } = prepare({ old: state(4) });
    expect(await restore(stack, "v4", states, terraform)).toBe(5);
  });

  it("refuses a version that does not exist, or is of another state", async () => {
    const missing = prepare({ current: state(9) });
    await expect(restore(missing.stack, "v4", missing.states, missing.terraform)).rejects.toMatchObject({
      code: "NO_SUCH_VERSION",
    });
    const other = prepare({ current: state(9), old: state(4, "two") });
    await expect(restore(other.stack, "v4", other.states, other.terraform)).rejects.toMatchObject({
      code: "OTHER_STATE",
    });
    expect(other.pushed).toEqual([]);
  });
});
