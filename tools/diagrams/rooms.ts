import { CommandError } from "../command-line/errors.ts";
/** A group of stacks that a picture keeps together; also the name of its color. */
export interface Room {
  readonly name: "shared" | "files" | "sum" | "shout" | "hello" | "releases";
  readonly title: string;
  readonly stacks: readonly string[];
}

/** The systems, and what all of them share. */
export const ROOMS: readonly Room[] = [
  { name: "shared", title: "Shared", stacks: ["state-bucket", "delivery", "vpc", "secrets", "route53"] },
  {
    name: "files",
    title: "Files",
    stacks: ["client-api-key", "postgres", "elasticache", "s3-storage", "frontend", "monitoring"],
  },
  { name: "shout", title: "Shout", stacks: ["shout"] },
  { name: "sum", title: "Sum", stacks: ["images", "sum", "bastion"] },
  { name: "releases", title: "Releases", stacks: ["releases"] },
  { name: "hello", title: "Hello", stacks: ["hello"] },
];

/** There is a stack that no picture has a place for. */
export class NoRoomError extends CommandError {
  override readonly name = "NoRoomError";
  readonly code = "NoRoom";
}

/** @throws NoRoomError */
export function roomOf(stack: string): Room {
  const room = ROOMS.find(({ stacks }) => stacks.includes(stack));
  if (room) return room;
  throw new NoRoomError(`The stack "${stack}" is in no room: put it into one in tools/diagrams/rooms.ts.`);
}
