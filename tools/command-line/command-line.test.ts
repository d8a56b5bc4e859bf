import { describe, expect, it } from "vitest";
import { readCommandLine } from "./command-line.ts";

const OPTIONS = { out: { type: "string" }, json: { type: "boolean" } } as const;
const read = (args: readonly string[], variables = {}) => readCommandLine(OPTIONS, args, variables);

describe("readCommandLine", () => {
  it("takes the environment that is named first, and what follows as names", () => {
    const { environment, names, values } = read(["dev", "vpc", "--out", "plans", "postgres", "--json"]);
    expect({ environment, names }).toEqual({ environment: "dev", names: ["vpc", "postgres"] });
    expect(values.out).toBe("plans");
    expect(values.json).toBe(true);
  });

  it("takes that of the variable when none is named, and local when there is neither", () => {
    expect(read(["vpc"], { NV_DEMO_ENVIRONMENT: "prod" })).toMatchObject({ environment: "prod", names: ["vpc"] });
    expect(read(["dev"], { NV_DEMO_ENVIRONMENT: "prod" }).environment).toBe("dev");
    expect(read([]).environment).toBe("local");
    expect(read([], { NV_DEMO_ENVIRONMENT: "" }).environment).toBe("local");
  });

  it("refuses what it does not know in one line", () => {
    expect(() => read(["--outt"])).toThrow(
      expect.objectContaining({ code: "USAGE", message: "Unknown option '--outt'" }),
    );
    expect(() => read([], { NV_DEMO_ENVIRONMENT: "staging" })).toThrow("it must be one of local, dev, prod");
  });
});
