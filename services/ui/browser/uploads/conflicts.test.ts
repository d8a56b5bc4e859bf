import { expect, it, vi } from "vitest";
import { Conflicts } from "./conflicts.ts";

it("asks one question at a time", async () => {
  const conflicts = new Conflicts();
  const answers = [conflicts.ask("a"), conflicts.ask("b")];
  await vi.waitFor(() => expect(conflicts.current.value?.key).toBe("a"));
  conflicts.current.value?.answer("skip", false);
  await vi.waitFor(() => expect(conflicts.current.value?.key).toBe("b"));
  conflicts.current.value?.answer("replace", false);
  expect(await Promise.all(answers)).toEqual(["skip", "replace"]);
});

it("does the same for all that follow, until these uploads have ended", async () => {
  const conflicts = new Conflicts();
  const answers = [conflicts.ask("a"), conflicts.ask("b")];
  await vi.waitFor(() => expect(conflicts.current.value?.key).toBe("a"));
  conflicts.current.value?.answer("keep-both", true);
  expect(await Promise.all([...answers, conflicts.ask("c")])).toEqual(["keep-both", "keep-both", "keep-both"]);
  conflicts.reset();
  void conflicts.ask("d");
  await vi.waitFor(() => expect(conflicts.current.value?.key).toBe("d"));
});
