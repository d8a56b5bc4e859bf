import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { encodeKey, FilesClient } from "../support/files-client.ts";

/**
 * The conformance of the Files API with RFC 9110 (HTTP Semantics), 9111 (HTTP Caching), 9457 (Problem Details), 6266
 * and 8187 (Content-Disposition), and 3986 (URI). Each title begins with the section that it verifies.
 */
const files = new FilesClient();
const { apiUrl } = inject("target");
const folder = `http-${randomBytes(4).toString("hex")}`;
const key = `${folder}/digits`;
const emptyKey = `${folder}/empty`;
const missing = `/api/files/${folder}/missing`;
const path = `/api/files/${key}`;
const upload = `/api/upload/${key}`;
const created = new Set<string>();
const WRONG = '"wrong"';
const LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The validators of the file with the content `0123456789`. */
let etag: string;
let modified: string;

async function store(name: string, body: string): Promise<void> {
  created.add(name);
  const response = await files.upload(name, body, "text/plain");
  expect(response.status, await response.text()).toBe(200);
}

beforeAll(async () => {
  await store(key, "0123456789");
  await store(emptyKey, "");
  const { headers } = await files.download(key);
  etag = headers.get("etag") ?? "";
  modified = headers.get("last-modified") ?? "";
});

afterAll(async () => {
  for (const name of created) await files.delete(name);
});

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Header names are in lower case; null for a header that must be absent. */
interface Expected {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  readonly body?: string;
}

/** By default a GET of the file. The headers of a request are known when the file is stored. */
type Row = readonly [title: string, sent: () => Sent, expected: Expected];

async function verify(sent: Sent, expected: Expected): Promise<void> {
  const { path: sentPath = path, ...init } = sent;
  const response = await files.request(sentPath, init);
  const text = await response.text();
  expect(response.status, text).toBe(expected.status);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const actual = response.headers.get(name);
    if (value instanceof RegExp) expect(actual, name).toMatch(value);
    else expect(actual, name).toBe(value);
  }
  if (expected.body !== undefined) expect(text).toBe(expected.body);
  if (expected.status >= 400 && init.method !== "HEAD") verifyProblem(response, text);
}

/** RFC 9457, section 3: `type` is absent, which means `about:blank`, so `title` is the phrase of the status. */
function verifyProblem(response: Response, text: string): void {
  expect(response.headers.get("content-type"), text).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(JSON.parse(text)).toMatchObject({
    status: response.status,
    title: expect.stringMatching(/^[A-Z]/),
    detail: expect.stringMatching(/\.$/),
    instance: expect.any(String),
    code: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
    requestId: response.headers.get("x-request-id"),
  });
}

function rows(title: string, table: readonly Row[]): void {
  describe(title, () => {
    it.each(table)("%s", (_, sent, expected) => verify(sent(), expected));
  });
}

const allow = (methods: string) => ({ status: 405, headers: { allow: methods } });
const having = (headers: Record<string, string>, more: Sent = {}): Sent => ({ ...more, headers });

rows("methods", [
  [
    "RFC 9110 9.3.1: GET → 200 with the bytes",
    () => ({}),
    { status: 200, body: "0123456789", headers: { "content-length": "10", "content-type": "text/plain" } },
  ],
  ["RFC 9110 9.3.3: POST to a file → 405", () => ({ method: "POST" }), allow("DELETE, GET, HEAD")],
  ["RFC 9110 9.3.4: PUT to a file → 405", () => ({ method: "PUT", body: "x" }), allow("DELETE, GET, HEAD")],
  [
    "RFC 9110 9.3.4: PUT with Content-Range → 400",
    () => having({ "content-range": "bytes 0-0/10" }, { method: "PUT", path: upload, body: "x" }),
    { status: 400 },
  ],
  ["RFC 9110 9.3.5: DELETE of nothing → 204", () => ({ method: "DELETE", path: missing }), { status: 204, body: "" }],
  ["RFC 9110 9.3.7: OPTIONS → 405", () => ({ method: "OPTIONS" }), allow("DELETE, GET, HEAD")],
  ["RFC 9110 10.2.1: Allow of the list", () => ({ method: "DELETE", path: "/api/list" }), allow("GET, HEAD")],
  ["RFC 9110 10.2.1: Allow of the root", () => ({ method: "POST", path: "/" }), allow("GET, HEAD")],
  [
    "RFC 9110 10.2.1: Allow of a user",
    () => ({ method: "PUT", path: "/api/users/a" }),
    allow("DELETE, GET, HEAD, PATCH"),
  ],
  ["RFC 9110 15.5.5: an unknown path → 404", () => ({ path: "/api/nothing/here" }), { status: 404 }],
  [
    "RFC 9110 15.5.6: an unknown path, another method → 405",
    () => ({ method: "PATCH", path: "/x/y" }),
    allow("GET, HEAD"),
  ],
]);

describe("RFC 9110 9.3.2: HEAD has the headers of GET and no body", () => {
  it.each([
    path,
    `/${key}`,
    `/api/files/${emptyKey}`,
    missing,
    "/",
    `/api/list?prefix=${folder}/`,
    "/api/list?limit=0",
    "/api/search?q=digits",
    "/api/me",
    "/api/users/unknown",
    `${path}?versions`,
    "/health",
  ])("%s", async (target) => {
    const [head, get] = [await files.request(target, { method: "HEAD" }), await files.request(target)];
    const body = await get.arrayBuffer();
    expect(await head.text()).toBe("");
    expect(head.status).toBe(get.status);
    const own = ["apigw-requestid", "connection", "date", "keep-alive", "x-request-id"];
    // The number of milliseconds in the body of /health varies.
    if (target === "/health") own.push("content-length");
    const headersOf = ({ headers }: Response) => [...headers].filter(([name]) => !own.includes(name));
    expect(headersOf(head)).toEqual(headersOf(get));
    if (target !== "/health") expect(head.headers.get("content-length")).toBe(String(body.byteLength));
  });
});

const partial = (range: string) => ({ "content-range": `bytes ${range}/10` });
const unsatisfiable = { status: 416, headers: { "content-range": "bytes */10" } };
const whole = { status: 200, body: "0123456789", headers: { "content-range": null } };

rows("ranges", [
  [
    "RFC 9110 14.1.2: first and last byte → 206",
    () => having({ range: "bytes=2-4" }),
    { status: 206, body: "234", headers: partial("2-4") },
  ],
  [
    "RFC 9110 14.1.2: no last byte → 206",
    () => having({ range: "bytes=8-" }),
    { status: 206, body: "89", headers: partial("8-9") },
  ],
  [
    "RFC 9110 14.1.2: a last byte beyond the end → 206",
    () => having({ range: "bytes=8-99" }),
    { status: 206, body: "89", headers: partial("8-9") },
  ],
  [
    "RFC 9110 14.1.2: a suffix → 206",
    () => having({ range: "bytes=-3" }),
    { status: 206, body: "789", headers: partial("7-9") },
  ],
  [
    "RFC 9110 14.1.2: a suffix longer than the file → 206",
    () => having({ range: "bytes=-99" }),
    { status: 206, body: "0123456789", headers: partial("0-9") },
  ],
  ["RFC 9110 14.1.2: a suffix of no bytes → 416", () => having({ range: "bytes=-0" }), unsatisfiable],
  [
    "RFC 9110 14.1.2: a suffix of an empty file → 200",
    () => having({ range: "bytes=-5" }, { path: `/api/files/${emptyKey}` }),
    { status: 200, body: "" },
  ],
  [
    "RFC 9110 14.1.1: the last byte before the first one is invalid → ignored",
    () => having({ range: "bytes=5-2" }),
    whole,
  ],
  [
    "RFC 9110 14.1: units are compared without case",
    () => having({ range: "Bytes=2-4" }),
    { status: 206, body: "234" },
  ],
  ["RFC 9110 14.2: an unknown unit → ignored", () => having({ range: "lines=1-2" }), whole],
  ["RFC 9110 14.2: several ranges → the whole", () => having({ range: "bytes=0-1,3-4" }), whole],
  [
    "RFC 9110 14.2: Range of a HEAD → ignored",
    () => having({ range: "bytes=2-4" }, { method: "HEAD" }),
    { status: 200, headers: { "content-length": "10", "content-range": null } },
  ],
  ["RFC 9110 14.3: Accept-Ranges", () => ({}), { status: 200, headers: { "accept-ranges": "bytes" } }],
  ["RFC 9110 14.4: beyond the end → 416 with the size", () => having({ range: "bytes=10-" }), unsatisfiable],
  [
    "RFC 9110 14.4: an empty file → 416",
    () => having({ range: "bytes=0-" }, { path: `/api/files/${emptyKey}` }),
    { status: 416, headers: { "content-range": "bytes */0" } },
  ],
  [
    "RFC 9110 13.1.5: If-Range with the strong tag → 206",
    () => having({ range: "bytes=2-4", "if-range": etag }),
    { status: 206, body: "234" },
  ],
  [
    "RFC 9110 13.1.5: If-Range with another tag → the whole",
    () => having({ range: "bytes=2-4", "if-range": WRONG }),
    whole,
  ],
  [
    "RFC 9110 13.1.5: If-Range with a weak tag → the whole",
    () => having({ range: "bytes=2-4", "if-range": `W/${etag}` }),
    whole,
  ],
  [
    "RFC 9110 13.1.5: If-Range with the date → 206",
    () => having({ range: "bytes=2-4", "if-range": modified }),
    { status: 206, body: "234" },
  ],
  [
    "RFC 9110 13.1.5: If-Range with another date → the whole",
    () => having({ range: "bytes=2-4", "if-range": LONG_AGO }),
    whole,
  ],
  [
    "RFC 9110 13.1.5: a range beyond the end with another tag → the whole",
    () => having({ range: "bytes=10-", "if-range": WRONG }),
    whole,
  ],
]);

for (const method of ["GET", "HEAD"]) {
  const read = (headers: Record<string, string>): Sent => ({ method, headers });
  const notModified = {
    status: 304,
    body: "",
    headers: { "content-type": "text/plain", "content-disposition": null, "cache-control": "private, no-cache" },
  };
  rows(`conditional ${method}`, [
    ["RFC 9110 13.1.1: If-Match with the tag → 200", () => read({ "if-match": etag }), { status: 200 }],
    ["RFC 9110 13.1.1: If-Match with a list → 200", () => read({ "if-match": `${WRONG}, ${etag}` }), { status: 200 }],
    ["RFC 9110 13.1.1: If-Match: * → 200", () => read({ "if-match": "*" }), { status: 200 }],
    ["RFC 9110 13.1.1: If-Match with another tag → 412", () => read({ "if-match": WRONG }), { status: 412 }],
    ["RFC 9110 13.1.1: If-Match with a weak tag → 412", () => read({ "if-match": `W/${etag}` }), { status: 412 }],
    ["RFC 9110 13.1.2: If-None-Match with the tag → 304", () => read({ "if-none-match": etag }), notModified],
    ["RFC 9110 13.1.2: If-None-Match with a weak tag → 304", () => read({ "if-none-match": `W/${etag}` }), notModified],
    ["RFC 9110 13.1.2: If-None-Match: * → 304", () => read({ "if-none-match": "*" }), notModified],
    ["RFC 9110 13.1.2: If-None-Match with another tag → 200", () => read({ "if-none-match": WRONG }), { status: 200 }],
    [
      "RFC 9110 13.1.3: If-Modified-Since with the date → 304",
      () => read({ "if-modified-since": modified }),
      notModified,
    ],
    ["RFC 9110 13.1.3: If-Modified-Since before → 200", () => read({ "if-modified-since": LONG_AGO }), { status: 200 }],
    [
      "RFC 9110 13.1.3: If-Modified-Since with no HTTP date → ignored",
      () => read({ "if-modified-since": "2099-01-01" }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.1.4: If-Unmodified-Since with the date → 200",
      () => read({ "if-unmodified-since": modified }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.1.4: If-Unmodified-Since before → 412",
      () => read({ "if-unmodified-since": LONG_AGO }),
      { status: 412 },
    ],
    [
      "RFC 9110 13.2.1: preconditions of a missing file → 404",
      () => ({ ...read({ "if-match": "*" }), path: missing }),
      { status: 404 },
    ],
    [
      "RFC 9110 13.2.2: If-Match precedes If-Unmodified-Since",
      () => read({ "if-match": etag, "if-unmodified-since": LONG_AGO }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.2.2: If-Match precedes If-None-Match",
      () => read({ "if-match": WRONG, "if-none-match": etag }),
      { status: 412 },
    ],
    [
      "RFC 9110 13.2.2: If-None-Match precedes If-Modified-Since",
      () => read({ "if-none-match": WRONG, "if-modified-since": modified }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.2.2: preconditions precede Range",
      () => read({ "if-match": WRONG, range: "bytes=10-" }),
      { status: 412 },
    ],
    [
      "RFC 9110 15.4.5: 304 has the validators",
      () => read({ "if-none-match": etag }),
      { status: 304, headers: { etag: /^"/, "last-modified": HTTP_DATE } },
    ],
  ]);
}

for (const [method, target, status] of [
  ["PUT", upload, 200],
  ["DELETE", path, 204],
] as const) {
  const write = (headers: Record<string, string>): Sent => ({
    method,
    path: target,
    headers: { "content-type": "text/plain", ...headers },
    ...(method === "PUT" && { body: "0123456789" }),
  });
  const refused = [
    ["RFC 9110 13.1.1: If-Match with another tag → 412", () => write({ "if-match": WRONG })],
    ["RFC 9110 13.1.1: If-Match with a weak tag → 412", () => write({ "if-match": `W/${etag}` })],
    ["RFC 9110 13.1.2: If-None-Match: * → 412", () => write({ "if-none-match": "*" })],
    ["RFC 9110 13.1.2: If-None-Match with a weak tag → 412", () => write({ "if-none-match": `W/${etag}` })],
    ["RFC 9110 13.1.4: If-Unmodified-Since before → 412", () => write({ "if-unmodified-since": LONG_AGO })],
    [
      "RFC 9110 13.2.2: If-None-Match after a true If-Match → 412",
      () => write({ "if-match": etag, "if-none-match": etag }),
    ],
  ] as const;
  const accepted = [
    ["RFC 9110 13.1.1: If-Match with the tag", () => write({ "if-match": etag })],
    ["RFC 9110 13.1.1: If-Match with a list", () => write({ "if-match": `W/${etag}, ${WRONG}, ${etag}` })],
    ["RFC 9110 13.1.1: If-Match: *", () => write({ "if-match": "*" })],
    ["RFC 9110 13.1.2: If-None-Match with another tag", () => write({ "if-none-match": WRONG })],
    [
      "RFC 9110 13.1.3: If-Modified-Since is ignored",
      () => write({ "if-modified-since": "Sun, 06 Nov 2095 08:49:37 GMT" }),
    ],
    [
      "RFC 9110 13.1.4: If-Unmodified-Since with no HTTP date is ignored",
      () => write({ "if-unmodified-since": "never" }),
    ],
    [
      "RFC 9110 13.2.2: If-Match precedes If-Unmodified-Since",
      () => write({ "if-match": etag, "if-unmodified-since": LONG_AGO }),
    ],
  ] as const;
  describe(`conditional ${method}`, () => {
    it.each(refused)("%s, and the file remains", async (_, sent) => {
      await verify(sent(), { status: 412 });
      await verify({}, { status: 200, body: "0123456789" });
    });
    it.each(accepted)(`%s → ${status}`, async (_, sent) => {
      await verify(sent(), { status });
      await store(key, "0123456789");
    });
    it("RFC 9110 13.1.1: If-Match: * of a missing file → 412", () =>
      verify({ ...write({ "if-match": "*" }), path: target.replace("digits", "missing") }, { status: 412 }));
  });
}

rows("representations", [
  ["RFC 9110 8.8.3: ETag is strong", () => ({}), { status: 200, headers: { etag: /^"[^"]+"$/ } }],
  [
    "RFC 9110 5.6.7: Last-Modified is an HTTP date",
    () => ({}),
    { status: 200, headers: { "last-modified": HTTP_DATE } },
  ],
  ["RFC 9110 6.6.1: Date is an HTTP date", () => ({}), { status: 200, headers: { date: HTTP_DATE } }],
  [
    "RFC 9110 8.6: an empty file has Content-Length: 0",
    () => ({ path: `/api/files/${emptyKey}` }),
    { status: 200, body: "", headers: { "content-length": "0" } },
  ],
  [
    "RFC 9110 8.6: 204 has no Content-Length",
    () => ({ method: "DELETE", path: missing }),
    { status: 204, headers: { "content-length": null, "transfer-encoding": null } },
  ],
  [
    "RFC 9112 6.1: Content-Length and no Transfer-Encoding",
    () => ({}),
    { status: 200, headers: { "content-length": "10", "transfer-encoding": null } },
  ],
  [
    "RFC 9110 8.4: PUT with Content-Encoding → 415",
    () => having({ "content-encoding": "gzip" }, { method: "PUT", path: upload, body: "x" }),
    { status: 415, headers: { "accept-encoding": "identity" } },
  ],
  [
    "RFC 9110 12.5.1: Accept that a file does not meet → ignored",
    () => having({ accept: "application/xml" }),
    { status: 200 },
  ],
  [
    "RFC 9110 12.5.1: Accept that a list does not meet → ignored",
    () => having({ accept: "text/html;q=1, */*;q=0" }, { path: "/api/list?limit=1" }),
    { status: 200, headers: { "content-type": "application/json" } },
  ],
  [
    "RFC 9110 12.5.1: Accept that an error does not meet → ignored",
    () => having({ accept: "text/html" }, { path: missing }),
    { status: 404 },
  ],
  [
    "RFC 9110 12.5.3: Accept-Encoding → no coding",
    () => having({ "accept-encoding": "gzip" }),
    { status: 200, headers: { "content-encoding": null } },
  ],
  // Nothing is negotiated, and responses to requests with Authorization are not reused for others without Vary.
  ["RFC 9110 12.5.5: no Vary", () => ({}), { status: 200, headers: { vary: null } }],
]);

const noStore = { status: 200, headers: { "cache-control": "no-store" } };
const revalidate = { status: 200, headers: { "cache-control": "private, no-cache" } };

rows("caching", [
  ["RFC 9111 5.2.2: a file is private and revalidated", () => ({}), revalidate],
  [
    "RFC 9111 5.2.2: a part of a file is private and revalidated",
    () => having({ range: "bytes=0-1" }),
    { ...revalidate, status: 206 },
  ],
  ["RFC 9111 5.2.2: a list is private and revalidated", () => ({ path: "/api/list?limit=1" }), revalidate],
  ["RFC 9111 5.2.2: a search is private and revalidated", () => ({ path: "/api/search?q=x" }), revalidate],
  ["RFC 9111 5.2.2: versions are private and revalidated", () => ({ path: `${path}?versions` }), revalidate],
  ["RFC 9111 5.2.2.5: a presigned download is not stored", () => ({ path: `/api/download_presigned/${key}` }), noStore],
  ["RFC 9111 5.2.2.5: a presigned upload is not stored", () => ({ path: `/api/upload_presigned/${key}` }), noStore],
  ["RFC 9111 5.2.2.5: the health is not stored", () => ({ path: "/health" }), noStore],
  ["RFC 9111 5.2.2.5: the caller is not stored", () => ({ path: "/api/me" }), noStore],
  ["RFC 9111 5.2.2.5: an error is not stored", () => ({ path: missing }), { ...noStore, status: 404 }],
]);

describe("errors", () => {
  const anonymous = (target: string, init: RequestInit = {}) => fetch(apiUrl + target, init);

  it.each([
    ["RFC 9457 3: 400", { path: "/api/list?limit=0" }, 400, "Bad Request"],
    ["RFC 9457 3: 404", { path: missing }, 404, "Not Found"],
    ["RFC 9457 3: 405", { method: "POST" }, 405, "Method Not Allowed"],
    ["RFC 9457 3: 412", { headers: { "if-match": WRONG } }, 412, "Precondition Failed"],
    ["RFC 9457 3: 416", { headers: { range: "bytes=10-" } }, 416, "Range Not Satisfiable"],
  ] as const)("%s has the phrase of its status as title", async (_, sent: Sent, status, title) => {
    const { path: target = path, ...init } = sent;
    const response = await files.request(target, init);
    expect(await response.json()).toMatchObject({ status, title, instance: target.split("?")[0] });
    expect(response.status).toBe(status);
  });

  it("RFC 9110 15.5.2: wrong credentials → 401 with WWW-Authenticate, as problem details", async () => {
    const response = await anonymous(path, { headers: { authorization: "Bearer wrong" } });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("Basic"),
    ]);
    verifyProblem(response, await response.text());
  });

  it.each([
    ["POST", "/"],
    ["PUT", path],
    ["OPTIONS", "/api/me"],
    ["PATCH", missing],
  ])("RFC 9110 15.5.6: %s %s without a sign-in → 405 as problem details", async (method, target) => {
    const response = await anonymous(target, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toContain("GET, HEAD");
    verifyProblem(response, await response.text());
  });

  it("RFC 9110 15.5.6: says nothing about which files there are", async () => {
    const responses = await Promise.all([path, missing].map((target) => anonymous(target, { method: "POST" })));
    const [there, nowhere] = await Promise.all(
      responses.map(async (response) => ({ ...((await response.json()) as object), instance: "", requestId: "" })),
    );
    expect(there).toEqual(nowhere);
  });
});

describe("names", () => {
  it.each([
    ["digits.txt", "digits.txt"],
    ["ü € 日本.txt", "%C3%BC%20%E2%82%AC%20%E6%97%A5%E6%9C%AC.txt"],
    ["quo\"te'(1)*;=%,\\.txt", "quo%22te%27%281%29%2A%3B%3D%25%2C%5C.txt"],
    ["\u202egnp.exe", "%E2%80%AEgnp.exe"],
  ])("RFC 6266 4.3, RFC 8187 3.2: the filename* of %s", async (name, encoded) => {
    await store(`${folder}/${name}`, "x");
    const { headers } = await files.download(`${folder}/${name}`);
    expect(headers.get("content-disposition")).toBe(`inline; filename*=UTF-8''${encoded}`);
  });

  it("RFC 6266 4.3: no filename for a key that ends with a slash", async () => {
    await store(`${folder}/slash/`, "x");
    expect((await files.download(`${folder}/slash/`)).headers.get("content-disposition")).toBe("inline");
  });

  it.each([
    [
      "RFC 3986 6.2.2.1: the case of hexadecimal digits",
      (name: string) => encodeKey(name).replace(/%../g, (part) => part.toLowerCase()),
    ],
    [
      "RFC 3986 6.2.2.2: escaped letters, digits and -._~",
      (name: string) => encodeKey(name).replace("tilde", "%74%69lde").replace("~", "%7E"),
    ],
    ["RFC 3986 6.2.2.3: . and .. segments, which the client removes", (name: string) => `x/../${encodeKey(name)}`],
  ])("%s does not matter", async (_, encode) => {
    const name = `${folder}/ü ~tilde`;
    await store(name, "equivalent");
    expect(await (await files.request(`/api/files/${encode(name)}`)).text()).toBe("equivalent");
  });
});
