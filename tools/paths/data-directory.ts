import { resolve } from "node:path";
import { ROOT } from "./root.ts";

/** The folder with all data of a local deployment: `NV_DEMO_DATA`, or `.local` in the repository. */
export function dataDirectory(): string {
  return resolve(ROOT, process.env.NV_DEMO_DATA ?? ".local");
}
