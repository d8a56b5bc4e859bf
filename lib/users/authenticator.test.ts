import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Authenticator } from "./authenticator.ts";
import { hashPassword } from "./password-hash.ts";
import { MAX_FAILURES_OF_ADDRESS, MAX_FAILURES_OF_USER, SignInLimit } from "./sign-in-limit.ts";
import { startTestUsers, type TestUsers } from "./testing/user-tables.ts";
import type { UserName } from "./user-name.ts";
import type { SignInCounter } from "./user-store.ts";

const actor = { who: "test", from: "test" };
const PASSWORD = "my:secret:kéy🎉";
let test: TestUsers;

beforeAll(async () => {
  test = await startTestUsers();
  for (const name of ["ann", "bob", "eve", "old"]) await test.directory.add(actor, name, { password: PASSWORD });
  await test.directory.change(actor, "eve", { state: "disabled" });
});
afterAll(() => test.remove());

let addresses = 0;
/** An address without failures. */
function freshAddress(): string {
  addresses += 1;
  return `192.0.2.${addresses}`;
}

const signIn = (username: string, password: string, address = freshAddress()) =>
  test.authenticator.authenticate({ scheme: "basic", username, password }, address);
const outcomes = async (...attempts: readonly ReturnType<typeof signIn>[]) =>
  (await Promise.all(attempts)).map(({ outcome }) => outcome);

describe("passwords", () => {
  it("accepts colons and Unicode, in composed and decomposed form", async () => {
    expect(await signIn("ann", PASSWORD)).toMatchObject({ principal: { user: "ann", method: "password" } });
    expect(await signIn("ann", PASSWORD.normalize("NFD"))).toMatchObject({ outcome: "authenticated" });
  });

  it.each([
    ["a wrong password", "ann", "my:secret"],
    ["another case", "ann", PASSWORD.toUpperCase()],
    ["an unknown user", "nobody", PASSWORD],
    ["a disabled user", "eve", PASSWORD],
    ["an invalid name", "A:nn\n", PASSWORD],
    ["the name of the item of administrators", "#administrators", PASSWORD],
    ["an empty name and password", "", ""],
  ])("rejects %s", async (_, name, password) => {
    expect(await signIn(name, password)).toEqual({ outcome: "rejected" });
  });

  it("replaces a hash with an outdated cost when its user signs in", async () => {
    const outdated = await hashPassword(PASSWORD, { memory: 4_096, passes: 1, parallelism: 1 });
    await test.users.update("old" as UserName, (user) => ({ ...user, passwordHash: outdated }));
    expect(await signIn("old", PASSWORD)).toMatchObject({ outcome: "authenticated" });
    expect(await test.users.find("old" as UserName)).toMatchObject({
      passwordHash: expect.stringContaining("$m=19456,t=2,p=1$"),
    });
    expect(await signIn("old", PASSWORD)).toMatchObject({ outcome: "authenticated" });
  });

  it("does the same work for an unknown user, a disabled one and a wrong password", async () => {
    const work = async (name: string, password: string) => {
      const calls: string[] = [];
      const counter = new CountingCounter();
      const limit = new SignInLimit({
        count: (subject) => {
          calls.push("count");
          return counter.count(subject);
        },
        add: (subject) => {
          calls.push("add");
          return counter.add(subject);
        },
      });
      const users = {
        find: (found: UserName) => {
          calls.push("find");
          return test.users.find(found);
        },
        replaceHash: async () => {},
      };
      const { credentials, clock } = test;
      const authenticator = new Authenticator({ users, credentials, limit, openIdConnect: undefined, clock });
      const started = process.cpuUsage();
      await authenticator.authenticate({ scheme: "basic", username: name, password }, "192.0.2.1");
      return { calls, hashed: process.cpuUsage(started).user > 1_000 };
    };
    const wrong = await work("ann", "wrong password");
    expect(wrong).toEqual({ calls: ["count", "count", "find", "add", "add"], hashed: true });
    for (const name of ["nobody", "eve", "In:valid"]) expect(await work(name, "wrong password")).toEqual(wrong);
  });
});

describe("the limit of failures", () => {
  it("stops a user at one address after 10 failures in 5 minutes, even with the right password", async () => {
    const address = freshAddress();
    for (let attempt = 0; attempt < MAX_FAILURES_OF_USER; attempt += 1) {
      expect(await signIn("ann", "wrong", address)).toEqual({ outcome: "rejected" });
    }
    expect(await signIn("ann", "wrong", address)).toEqual({ outcome: "limited" });
    expect(await signIn("ann", PASSWORD, address)).toEqual({ outcome: "limited" });
    expect(await outcomes(signIn("ann", PASSWORD), signIn("bob", PASSWORD, address))).toEqual([
      "authenticated",
      "authenticated",
    ]);
    test.clock.advance(301);
    expect(await signIn("ann", PASSWORD, address)).toMatchObject({ outcome: "authenticated" });
  });

  it("applies to unknown users as well, which it therefore does not reveal", async () => {
    const address = freshAddress();
    for (let attempt = 0; attempt < MAX_FAILURES_OF_USER; attempt += 1) await signIn("ghost", "wrong", address);
    expect(await signIn("ghost", "wrong", address)).toEqual({ outcome: "limited" });
  });

  it("holds for 16 parallel clients, and locks out nobody else", async () => {
    const address = freshAddress();
    const guesses = await outcomes(...Array.from({ length: 64 }, () => signIn("ann", "wrong", address)));
    expect(guesses.filter((outcome) => outcome === "rejected")).toHaveLength(MAX_FAILURES_OF_USER);
    expect(guesses.filter((outcome) => outcome === "limited")).toHaveLength(64 - MAX_FAILURES_OF_USER);
    const others = Array.from({ length: 16 }, () => signIn("bob", PASSWORD, address));
    expect(new Set(await outcomes(...others, signIn("ann", PASSWORD)))).toEqual(new Set(["authenticated"]));
  });

  it("does not count the 16 parallel requests of a page that is signed in", async () => {
    const address = freshAddress();
    const requests = await outcomes(...Array.from({ length: 16 }, () => signIn("bob", PASSWORD, address)));
    expect(new Set(requests)).toEqual(new Set(["authenticated"]));
  });

  it("stops an address that tries many users", async () => {
    const counter = new CountingCounter();
    const limit = new SignInLimit(counter);
    const address = freshAddress();
    for (let attempt = 0; attempt < MAX_FAILURES_OF_ADDRESS; attempt += 1) {
      expect(await limit.countFailure(`user-${attempt}`, address)).toBe(true);
    }
    expect(await limit.allows("another", address)).toBe(false);
    expect(await limit.allows("another", freshAddress())).toBe(true);
  });

  it("does not stop users of an address from which they have signed in before", async () => {
    const address = freshAddress();
    const limit = new SignInLimit(new CountingCounter());
    await limit.rememberSuccess("colleague", address);
    for (let attempt = 0; attempt < MAX_FAILURES_OF_ADDRESS; attempt += 1) {
      await limit.countFailure(`user-${attempt}`, address);
    }
    expect(await limit.allows("stranger", address)).toBe(false);
    expect(await limit.allows("colleague", address)).toBe(true);
    for (let attempt = 0; attempt < MAX_FAILURES_OF_USER; attempt += 1) {
      expect(await limit.countFailure("colleague", address)).toBe(true);
    }
    expect(await limit.allows("colleague", address)).toBe(false);
  });

  it("is checked before the password is hashed", async () => {
    const counter: SignInCounter = { count: async () => MAX_FAILURES_OF_ADDRESS, add: async () => 0 };
    // A hash that cannot be parsed: verifying it would throw.
    const users = { find: async () => ({ name: "ann", passwordHash: "broken" }) as never, replaceHash: async () => {} };
    const { credentials, clock } = test;
    const limit = new SignInLimit(counter);
    const authenticator = new Authenticator({ users, credentials, limit, openIdConnect: undefined, clock });
    const credential = { scheme: "basic", username: "ann", password: PASSWORD } as const;
    expect(await authenticator.authenticate(credential, "192.0.2.1")).toEqual({ outcome: "limited" });
  });

  it("treats an IPv6 network of 64 bits as one address, and stores no name and no address", async () => {
    const counter = new CountingCounter();
    const limit = new SignInLimit(counter);
    await limit.countFailure("ann", "2001:db8::1");
    await limit.countFailure("ann", "2001:0DB8:0:0:ffff:1:2:3");
    expect([...counter.counts.values()]).toEqual([2, 2]);
    await limit.countFailure("ann", "2001:db8:0:1::1");
    expect(counter.counts.size).toBe(4);
    expect([...counter.counts.keys()].join()).not.toMatch(/ann|2001/);
  });
});

describe("tokens", () => {
  it.each(["nvk_unknown", "nvs_unknown", "anything", "a.b.c"])("rejects %s", async (token) => {
    expect(await test.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1")).toEqual({
      outcome: "rejected",
    });
  });

  it("rejects a request without credentials", async () => {
    expect(await test.authenticator.authenticate(undefined, "192.0.2.1")).toEqual({ outcome: "rejected" });
  });

  it("passes tokens of an OpenID provider to its verifier, if there is one", async () => {
    const { users, credentials, clock } = test;
    const openIdConnect = {
      verify: async (token: string) => (token === "a.b.c" ? { user: "oidc:ann", grants: [] } : undefined),
    };
    const limit = new SignInLimit(new CountingCounter());
    const authenticator = new Authenticator({ users, credentials, limit, openIdConnect, clock });
    const verify = (token: string) => authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1");
    expect(await verify("a.b.c")).toEqual({
      outcome: "authenticated",
      principal: { user: "oidc:ann", grants: [], method: "oidc" },
    });
    expect(await verify("a.b.d")).toEqual({ outcome: "rejected" });
  });
});

/** Counts in memory, in one window. */
class CountingCounter implements SignInCounter {
  readonly counts = new Map<string, number>();

  async count(subject: string): Promise<number> {
    return this.counts.get(subject) ?? 0;
  }

  async add(subject: string): Promise<number> {
    const count = (this.counts.get(subject) ?? 0) + 1;
    this.counts.set(subject, count);
    return count;
  }
}
