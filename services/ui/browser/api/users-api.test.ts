import { expect, it } from "vitest";
import type { ApiRequest } from "./api-client.ts";
import { UsersApi } from "./users-api.ts";

function open(body: unknown) {
  const sent: string[] = [];
  const send = async (path: string, { method = "GET", json }: ApiRequest = {}) => {
    sent.push(`${method} ${path}${json === undefined ? "" : ` ${JSON.stringify(json)}`}`);
    return Response.json(body);
  };
  const json = async <Body>(path: string, request?: ApiRequest) => (await (await send(path, request)).json()) as Body;
  return { users: new UsersApi({ send, json }), sent };
}

it("manages users", async () => {
  const { users, sent } = open({ password: "generated" });
  expect(await users.add("ann", [{ role: "reader", prefix: "" }])).toBe("generated");
  expect(await users.newPassword("a@b")).toBe("generated");
  await users.change("ann", { state: "disabled" });
  await users.remove("ann");
  expect(sent).toEqual([
    'POST /api/users {"name":"ann","grants":[{"role":"reader","prefix":""}]}',
    "PUT /api/users/a%40b/password",
    'PATCH /api/users/ann {"state":"disabled"}',
    "DELETE /api/users/ann",
  ]);
});

it("changes one's own password", async () => {
  const { users, sent } = open(null);
  await users.changeMyPassword("old", "new");
  expect(sent).toEqual(['PUT /api/me/password {"current_password":"old","new_password":"new"}']);
});

it("manages one's own keys and those of others", async () => {
  const { users, sent } = open({ token: "nvk_1" });
  expect(await users.addKey(undefined, { name: "laptop" })).toBe("nvk_1");
  await users.keys("ann");
  await users.revokeKey("ann", "k1");
  expect(sent).toEqual([
    'POST /api/keys {"name":"laptop"}',
    "GET /api/users/ann/keys",
    "DELETE /api/users/ann/keys/k1",
  ]);
});
