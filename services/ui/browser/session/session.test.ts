import { beforeEach, expect, it, vi } from "vitest";
import { Session } from "./session.ts";
import { type SessionToken, StoredSession } from "./session-token.ts";

const me = { user: "ann", grants: [], administrator: false };
const MINUTE = 60_000;

let now: number;
let stored: SessionToken | undefined;
let issued: number;
let responses: Map<string, () => Response>;
let requests: string[];
let session: Session;

beforeEach(() => {
  now = 0;
  stored = undefined;
  issued = 0;
  requests = [];
  responses = new Map([
    [
      "POST /api/session",
      () => {
        issued += 1;
        return Response.json({ token: `nvs_${issued}`, expires_in: 900 }, { status: 201 });
      },
    ],
    ["GET /api/me", () => Response.json(me)],
    ["DELETE /api/session", () => new Response(null, { status: 204 })],
  ]);
  session = new Session({
    stored: {
      read: () => stored,
      write: (token) => {
        stored = token;
      },
    },
    fetch: async (path, { method = "GET", headers } = {}) => {
      const request = `${method} ${path}`;
      requests.push(`${request} ${(headers as Record<string, string>).authorization}`);
      const respond = responses.get(request);
      if (!respond) throw new TypeError("Failed to fetch");
      return respond();
    },
    now: () => now,
  });
});

it("signs in with the password and keeps the token only", async () => {
  await session.signIn("ann", "pä:ss");
  expect(session.state.value).toEqual({ status: "signed-in", me });
  expect(requests[0]).toBe("POST /api/session Basic YW5uOnDDpDpzcw==");
  expect(stored).toEqual({ token: "nvs_1", expires: 15 * MINUTE, user: "ann" });
  expect(await session.authorize()).toEqual({ authorization: "Bearer nvs_1" });
});

it("explains a wrong password, too many attempts, and a server that cannot be reached", async () => {
  responses.set("POST /api/session", () => new Response("{}", { status: 401 }));
  await expect(session.signIn("ann", "x")).rejects.toThrow("The user name or the password is wrong.");
  responses.set("POST /api/session", () =>
    Response.json({ code: "TooManyFailedSignIns" }, { status: 429, headers: { "retry-after": "240" } }),
  );
  await expect(session.signIn("ann", "x")).rejects.toThrow("Try again in 4 minutes.");
  responses.delete("POST /api/session");
  await expect(session.signIn("ann", "x")).rejects.toThrow("cannot be reached");
  expect(stored).toBeUndefined();
});

it("renews a session that ends soon, once for all requests", async () => {
  await session.signIn("ann", "x");
  now = 11 * MINUTE;
  const headers = await Promise.all([session.authorize(), session.authorize()]);
  expect(headers).toEqual([{ authorization: "Bearer nvs_2" }, { authorization: "Bearer nvs_2" }]);
  expect(stored?.expires).toBe(26 * MINUTE);
  expect(issued).toBe(2);
});

it("renews a session that ends soon when the page is used, without a request", async () => {
  session.touch();
  await session.signIn("ann", "x");
  session.touch();
  now = 11 * MINUTE;
  session.touch();
  await vi.waitFor(() => expect(stored?.token).toBe("nvs_2"));
  now = 30 * MINUTE;
  session.touch();
  expect(issued).toBe(2);
});

it("goes on with the present token when it cannot be renewed", async () => {
  await session.signIn("ann", "x");
  now = 11 * MINUTE;
  responses.delete("POST /api/session");
  expect(await session.authorize()).toEqual({ authorization: "Bearer nvs_1" });
});

it("waits for the user when the session has ended, and keeps who it was", async () => {
  await session.signIn("ann", "x");
  now = 16 * MINUTE;
  const authorized = session.authorize();
  await vi.waitFor(() => expect(session.state.value).toEqual({ status: "expired", me }));
  await session.signIn("ann", "x");
  expect(await authorized).toEqual({ authorization: "Bearer nvs_2" });
});

it("asks for the password when the server rejects the token, but not for an older token", async () => {
  await session.signIn("ann", "x");
  session.reject({ authorization: "Bearer older" });
  expect(await session.authorize()).toEqual({ authorization: "Bearer nvs_1" });
  session.reject({ authorization: "Bearer nvs_1" });
  void session.authorize();
  await vi.waitFor(() => expect(session.state.value.status).toBe("expired"));
});

it("signs out here, even when the server cannot be reached", async () => {
  await session.signIn("ann", "x");
  responses.delete("DELETE /api/session");
  await session.signOut();
  expect(session.state.value).toEqual({ status: "signed-out" });
  expect(stored).toBeUndefined();
  expect(requests.at(-1)).toBe("DELETE /api/session Bearer nvs_1");
});

it("continues the session after a reload, unless it has ended", async () => {
  stored = { token: "nvs_0", expires: MINUTE, user: "ann" };
  await session.restore();
  expect(session.state.value).toEqual({ status: "signed-in", me });
  now = 2 * MINUTE;
  await session.restore();
  expect(session.state.value).toEqual({ status: "signed-out" });
});

it("signs out after a reload when the server rejects the token", async () => {
  stored = { token: "nvs_0", expires: MINUTE, user: "ann" };
  responses.set("GET /api/me", () => new Response("{}", { status: 401 }));
  await session.restore();
  expect(session.state.value).toEqual({ status: "signed-out" });
  expect(stored).toBeUndefined();
});

it("stores nothing but a complete session, and works without a storage", () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
  const session = new StoredSession(storage);
  expect(session.read()).toBeUndefined();
  session.write({ token: "t", expires: 1, user: "ann" });
  expect(session.read()).toEqual({ token: "t", expires: 1, user: "ann" });
  items.set("files-session", '{"token":1}');
  expect(session.read()).toBeUndefined();
  const forbidden = () => {
    throw new Error("SecurityError");
  };
  const blocked = new StoredSession({ getItem: forbidden, setItem: forbidden, removeItem: forbidden });
  blocked.write(undefined);
  expect(blocked.read()).toBeUndefined();
});
