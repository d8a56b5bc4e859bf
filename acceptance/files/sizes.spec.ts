import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CompanionClient, type Part } from "../support/companion-client.ts";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { useFilesFolder } from "../support/files-folder.ts";
import { occupiedBytes, ServerMemory } from "../support/server-usage.ts";
import { SparseContent } from "../support/sparse-content.ts";
import { target } from "../support/target.ts";
import { getChunks, putChunks } from "../support/transfer.ts";

const { kind, dataDirectory } = target;
const files = new FilesClient();
const companion = new CompanionClient(files);
const { folder, owned } = useFilesFolder(files, "sizes");

const MIB = 1024 ** 2;

/** Yields the chunks, and calls `onChunk` with each. */
function* observed(chunks: Iterable<Buffer>, onChunk: (chunk: Buffer) => void): Generator<Buffer> {
  for (const chunk of chunks) {
    onChunk(chunk);
    yield chunk;
  }
}

/** Uploads a file, and returns the SHA-256 of what was sent. */
type Upload = (key: string, content: SparseContent) => Promise<string>;

const uploadDirectly: Upload = async (key, content) => {
  const body = new Uint8Array(Buffer.concat([...content.all()]));
  const response = await files.upload(key, body);
  expect(response.status, await response.text()).toBe(200);
  return createHash("sha256").update(body).digest("hex");
};

const uploadPresigned: Upload = async (key, content) => {
  const { url } = (await files.json("GET", `/api/upload_presigned/${encodeKey(key)}`)).body;
  const hash = createHash("sha256");
  const chunks = observed(content.all(), (chunk) => hash.update(chunk));
  expect(await putChunks(url, content.size, chunks)).toMatchObject({ status: 200 });
  return hash.digest("hex");
};

const uploadParts: Upload = async (key, content) => {
  const upload = await companion.start(key);
  const hash = createHash("sha256");
  const parts: Part[] = [];
  for (let number = 1; number <= content.parts; number += 1) {
    const url = await companion.presign(upload, number);
    const chunks = observed(content.part(number), (chunk) => hash.update(chunk));
    const { status, etag, text } = await putChunks(url, content.sizeOf(number), chunks);
    expect(status, text).toBe(200);
    parts.push({ PartNumber: number, ETag: etag });
  }
  expect(await companion.complete(upload, parts)).toMatchObject({ status: 200, body: { key } });
  return hash.digest("hex");
};

/** Downloads a file, without keeping it in memory, and returns its SHA-256. */
async function download(key: string): Promise<string> {
  const hash = createHash("sha256");
  const response = await files.download(key);
  const location = response.headers.get("location");
  if (location === null) {
    expect(response.status).toBe(200);
    hash.update(new Uint8Array(await response.arrayBuffer()));
  } else {
    expect(response.status).toBe(307);
    expect(await getChunks(location, (chunk) => hash.update(chunk))).toBe(200);
  }
  return hash.digest("hex");
}

describe.each([
  ["directly", uploadDirectly, [1, 4_599_999, 4_600_000, 4_600_001]],
  ["by a presigned URL", uploadPresigned, [1, 4_599_999, 4_600_000, 4_600_001, 5_000_000, 50_000_000]],
  ["in parts", uploadParts, [1, 4_599_999, 4_600_000, 4_600_001, 5_000_000, 50_000_000]],
] as const)("a file that is uploaded %s", (route, upload, sizes) => {
  it.each(sizes)("has %i bytes when it is downloaded", async (size) => {
    const key = owned(`${folder}/${route}/${size}`);
    const sent = await upload(key, new SparseContent(size, 16 * MIB));
    expect(await download(key)).toBe(sent);
    expect(await files.listed(key)).toMatchObject({ size });
  });
});

it("does not accept 5 MB directly", async () => {
  const response = await files.upload(`${folder}/direct/5000000`, new Uint8Array(5_000_000));
  expect(response.status).toBe(413);
});

/** Bytes that the objects of a local deployment may need beside their zeros, which are not stored. */
const DISK_LIMIT = 64 * MIB;
/** Bytes by which the memory of a local deployment may grow: buffers of connections, and garbage. */
const MEMORY_LIMIT = 512 * MIB;

const objectsFolder = join(dataDirectory, "s3");
const occupied = (): number => (kind === "local" ? occupiedBytes(objectsFolder) : 0);

describe("a large file", () => {
  it.each([
    ["1 GB", "by a presigned URL", uploadPresigned, 1_000_000_000],
    ["6 GB", "in parts", uploadParts, 6_000_000_000],
  ] as const)(
    "of %s is uploaded %s and downloaded again, in bounded memory",
    async (name, _, upload, size) => {
      const key = owned(`${folder}/large/${name}`);
      const memory = kind === "local" ? new ServerMemory(dataDirectory) : undefined;
      const before = occupied();
      const sent = await upload(key, new SparseContent(size, 128 * MIB));
      expect(occupied() - before).toBeLessThan(DISK_LIMIT);
      expect(await download(key)).toBe(sent);
      expect(await files.listed(key)).toMatchObject({ size });
      expect(memory?.growth() ?? 0).toBeLessThan(MEMORY_LIMIT);
    },
    600_000,
  );
});
