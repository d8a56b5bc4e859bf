import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const FOLDER = fileURLToPath(new URL("../.github/workflows", import.meta.url));

describe.each(readdirSync(FOLDER))("%s", (name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");

  it("pins every action to a commit, and says which version that is", () => {
    const actions = [...text.matchAll(/uses: *(.+)/g)].map(([, action = ""]) => action);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  it("may do nothing but what a job asks for, and no job runs for ever", () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    const jobs = text
      .slice(text.indexOf("\njobs:"))
      .split(/^ {2}[\w-]+:$/m)
      .slice(1);
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) expect(job).toMatch(/^ {4}timeout-minutes: \d+$/m);
  });

  it("never checks out code of a pull request with rights of the repository", () => {
    expect(text).not.toContain("pull_request_target");
    expect(text).toContain("persist-credentials: false");
  });
});
