import { beforeAll, describe, expect, it } from "vitest";
import { FilesClient } from "./files-client.ts";
import { type FilesFolder, useFilesFolder } from "./files-folder.ts";

export const WRONG = '"wrong"';
export const LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
export const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
export const DIGITS = "0123456789";

export interface Sent {
  readonly method?: string;
  /** By default, that of the file. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Header names are in lower case; null for a header that must be absent. */
export interface Expected {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  readonly body?: string;
}

/** By default a GET of the file. The headers of a request are known when the file is stored. */
export type Row = readonly [title: string, sent: () => Sent, expected: Expected];

export const having = (headers: Record<string, string>, more: Sent = {}): Sent => ({ ...more, headers });

export interface HttpTable extends FilesFolder {
  readonly files: FilesClient;
  /** Of the file. */
  readonly key: string;
  readonly path: string;
  readonly upload: string;
  readonly emptyPath: string;
  readonly missing: string;
  /** The validators of the file, once it is stored. */
  readonly validators: { readonly etag: string; readonly modified: string };
  store(): Promise<string>;
  verify(sent: Sent, expected: Expected): Promise<void>;
  /** A test of each row, whose title begins with the section of the RFC that it verifies. */
  rows(title: string, table: readonly Row[]): void;
}

/** Requests in a table, about a file with the content {@link DIGITS} and an empty one. */
export function useHttpTable(): HttpTable {
  const files = new FilesClient();
  const folder = useFilesFolder(files, "http");
  const key = `${folder.folder}/digits`;
  const path = `/api/files/${key}`;
  const validators = { etag: "", modified: "" };
  const store = () => folder.put("digits", DIGITS, "text/plain");

  beforeAll(async () => {
    await store();
    await folder.put("empty", "", "text/plain");
    const { headers } = await files.download(key);
    validators.etag = headers.get("etag") ?? "";
    validators.modified = headers.get("last-modified") ?? "";
  });

  const verify = async ({ path: target = path, ...init }: Sent, expected: Expected): Promise<void> => {
    const response = await files.request(target, init);
    const text = await response.text();
    expect(response.status, text).toBe(expected.status);
    for (const [name, value] of Object.entries(expected.headers ?? {})) {
      const actual = response.headers.get(name);
      if (value instanceof RegExp) expect(actual, name).toMatch(value);
      else expect(actual, name).toBe(value);
    }
    if (expected.body !== undefined) expect(text).toBe(expected.body);
    if (expected.status >= 400 && init.method !== "HEAD") verifyProblem(response, text);
  };
  const rows = (title: string, table: readonly Row[]): void => {
    describe(title, () => {
      it.each(table)("%s", (_, sent, expected) => verify(sent(), expected));
    });
  };
  return {
    ...folder,
    files,
    key,
    path,
    upload: `/api/upload/${key}`,
    emptyPath: `/api/files/${folder.folder}/empty`,
    missing: `/api/files/${folder.folder}/missing`,
    validators,
    store,
    verify,
    rows,
  };
}

/** RFC 9457, section 3: `type` is absent, which means `about:blank`, so `title` is the phrase of the status. */
export function verifyProblem(response: Response, text: string): void {
  expect(response.headers.get("content-type"), text).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(JSON.parse(text)).toMatchObject({
    status: response.status,
    title: expect.stringMatching(/^[A-Z]/),
    detail: expect.stringMatching(/\.$/),
    instance: expect.any(String),
    code: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
    requestId: response.headers.get("x-request-id"),
    traceId: expect.stringMatching(/^1-[\da-f]{8}-[\da-f]{24}$/),
  });
}
