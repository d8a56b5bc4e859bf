import { CommandError } from "../command-line/errors.ts";

/** A group of stacks that is drawn together; its name is also the name of its color. */
export interface System {
  readonly name: "shared" | "files" | "sum" | "shout" | "hello" | "releases";
  readonly title: string;
  readonly stacks: readonly string[];
}

/** The systems, and the stacks that all of them share. */
export const SYSTEMS: readonly System[] = [
  {
    name: "shared",
    title: "Shared",
    stacks: ["state-bucket", "delivery", "logs", "vpc", "secrets", "route53", "notifications", "slo", "overview"],
  },
  {
    name: "files",
    title: "Files",
    stacks: ["client-api-key", "users", "postgres", "elasticache", "s3-storage", "frontend", "monitoring"],
  },
  { name: "shout", title: "Shout", stacks: ["shout"] },
  { name: "sum", title: "Sum", stacks: ["images", "sum", "bastion"] },
  { name: "releases", title: "Releases", stacks: ["releases"] },
  { name: "hello", title: "Hello", stacks: ["hello"] },
];

/** A stack belongs to no system, so the diagrams have no place for it. */
export class UnknownStackError extends CommandError {
  override readonly name = "UnknownStackError";
  readonly code = "UNKNOWN_STACK";
}

/** @throws UnknownStackError */
export function systemOf(stack: string): System {
  const system = SYSTEMS.find(({ stacks }) => stacks.includes(stack));
  if (system) return system;
  throw new UnknownStackError(`The stack "${stack}" belongs to no system: add it to one in tools/diagrams/systems.ts.`);
}
