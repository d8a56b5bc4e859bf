import { expect, it } from "vitest";
import { NOT_STARTED } from "../terraform/terraform.ts";
import { isInterruption } from "./interrupted.ts";

const INIT = "Initializing the backend...\nInitializing provider plugins...\n";
const CANCELED = "Error: Provider installation was canceled by an interrupt signal.\n";

it.each([
  ["a stack that was not started", NOT_STARTED],
  ["an interrupted apply", "execution halted"],
  ["an interrupted init, after its progress", `${INIT}${CANCELED}${CANCELED}`],
  ["an interrupted init with details", `${INIT}│ Error: Failed to query packages\n│\n│ context canceled`],
])("recognizes %s", (_, errors) => expect(isInterruption(errors)).toBe(true));

it.each([
  ["another error", "AccessDenied: not authorized"],
  ["another error beside the interruption", "execution halted\nAccessDenied: not authorized"],
  ["another error of an init", `${INIT}${CANCELED}Error: Failed to read the backend's state\n`],
])("does not recognize %s", (_, errors) => expect(isInterruption(errors)).toBe(false));
