import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Authenticator } from "../../lib/users/authenticator.ts";
import { hashPassword } from "../../lib/users/password-hash.ts";
import { SignInLimit } from "../../lib/users/sign-in-limit.ts";
import type { User } from "../../lib/users/user.ts";
import type { UserName } from "../../lib/users/user-name.ts";
import { ROOT } from "../paths/root.ts";
import { welch, withoutOutliers } from "./welch.ts";

const execute = promisify(execFile);

const SAMPLES = 400;
const MAX_T = 4.5;
const PASSWORD = "correct horse battery";

/** Sign-ins that fail for different reasons, which the time must not reveal. */
const failures = {
  "wrong password": "ann",
  "disabled user": "eve",
  "unknown user": "nobody",
  "invalid name": "No:body",
} as const;

type Failure = keyof typeof failures;

/**
 * Compares the times of sign-ins that fail for different reasons, and measures what a sign-in costs. The users are in
 * memory, so that only the work of the authenticator is compared: DynamoDB is asked for one item in each case.
 *
 * @returns whether every goal is met
 */
export async function benchSignIn(): Promise<boolean> {
  const authenticator = await createAuthenticator();
  const signIn = async (name: string): Promise<number> => {
    const started = process.hrtime.bigint();
    await authenticator.authenticate({ scheme: "basic", username: name, password: "wrong" }, "192.0.2.1");
    return Number(process.hrtime.bigint() - started) / 1e6;
  };
  for (const name of Object.values(failures)) await signIn(name);
  const times = await measureInRandomOrder(signIn);
  const areEqual = printTimes(times);
  return (await printCost()) && areEqual;
}

async function measureInRandomOrder(signIn: (name: string) => Promise<number>): Promise<Record<Failure, number[]>> {
  const times: Record<Failure, number[]> = {
    "wrong password": [],
    "disabled user": [],
    "unknown user": [],
    "invalid name": [],
  };
  const kinds = Object.keys(failures) as Failure[];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const order = kinds.map((kind) => ({ kind, rank: Math.random() })).toSorted((one, other) => one.rank - other.rank);
    for (const { kind } of order) times[kind].push(await signIn(failures[kind]));
  }
  return times;
}

function printTimes(times: Readonly<Record<Failure, readonly number[]>>): boolean {
  const reference = withoutOutliers(times["wrong password"]);
  const statistics = Object.entries(times).map(([kind, list]) => {
    const kept = withoutOutliers(list);
    const mean = kept.reduce((sum, time) => sum + time, 0) / kept.length;
    const t = kind === "wrong password" ? 0 : welch(kept, reference);
    console.log(`${`sign-in, ${kind}`.padEnd(34)} ${mean.toFixed(2).padStart(6)} ms  t = ${t.toFixed(2).padStart(5)}`);
    return Math.abs(t);
  });
  return printGoal(`|t| < ${MAX_T} against a wrong password, ${SAMPLES} samples each`, Math.max(...statistics) < MAX_T);
}

/** Ten hashes at once, which is more than one execution environment of the authorizer ever computes. */
async function printCost(): Promise<boolean> {
  const started = performance.now();
  await Promise.all(Array.from({ length: 10 }, () => hashPassword(PASSWORD)));
  const seconds = (performance.now() - started) / 1_000;
  const megabytes = await memoryOf(10);
  const time = `${(seconds * 1_000).toFixed(0).padStart(6)} ms`;
  console.log(`${"10 hashes at once".padEnd(34)} ${time}  ${megabytes.toFixed(0)} MiB more memory`);
  const isFast = printGoal("10 sign-ins per second", seconds < 1);
  return printGoal("in less than half of the 512 MB of the authorizer", megabytes < 256) && isFast;
}

/**
 * The memory in MiB that hashes need at the same time, in a new process. It is sampled, because the maximum that the
 * operating system reports includes that of the parent process.
 */
async function memoryOf(hashes: number): Promise<number> {
  const module = JSON.stringify(pathToFileURL(join(ROOT, "lib/users/password-hash.ts")).href);
  const script = `
    const { hashPassword } = await import(${module});
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 1);
    await Promise.all(Array.from({ length: ${hashes} }, () => hashPassword("password")));
    clearInterval(sampler);
    console.log(peak - before);`;
  const { stdout } = await execute(process.execPath, ["--input-type=module", "-e", script]);
  return Number(stdout) / 1024 ** 2;
}

function printGoal(goal: string, isMet: boolean): boolean {
  console.log(`  ${isMet ? "met" : "NOT MET"}: ${goal}`);
  return isMet;
}

async function createAuthenticator(): Promise<Authenticator> {
  const passwordHash = await hashPassword(PASSWORD);
  const user = (name: string, state: User["state"]): User => {
    return { name: name as UserName, state, grants: [], createdAt: 0, passwordHash };
  };
  const users = new Map([
    ["ann", user("ann", "active")],
    ["eve", user("eve", "disabled")],
  ]);
  return new Authenticator({
    users: { find: async (name) => users.get(name), replaceHash: async () => {} },
    credentials: { find: async () => undefined },
    limit: new SignInLimit({ count: async () => 0, add: async () => 1 }),
    openIdConnect: undefined,
    clock: { now: () => Date.now() },
  });
}
