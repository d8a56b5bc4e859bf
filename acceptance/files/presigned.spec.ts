import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { curl } from "../support/curl.ts";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { useFilesFolder } from "../support/files-folder.ts";

const files = new FilesClient();
const { folder, put, owned } = useFilesFolder(files, "presigned");

describe("presigned URLs", () => {
  it("allow a download without authentication, but no other request", async () => {
    const key = await put("shared", "for everyone with the URL");
    await files.listed(key);
    const response = await files.request(`/api/download_presigned/${encodeKey(key)}`);
    const { url } = (await response.json()) as { url: string };
    expect(await (await fetch(url)).text()).toBe("for everyone with the URL");
    expect((await fetch(url.replace("shared", "other"))).status).toBe(403);
    expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(403);
  });

  it("restrict an upload by curl to a size, a type and a checksum", async () => {
    const key = owned(`${folder}/restricted`);
    const local = mkdtempSync(join(tmpdir(), "nv-demo-restricted-"));
    try {
      writeFileSync(join(local, "file"), "hello");
      writeFileSync(join(local, "longer"), "hello!");
      writeFileSync(join(local, "other"), "hullo");
      const sha256 = createHash("sha256").update("hello").digest("hex");
      const query = new URLSearchParams({ size: "5", type: "text/plain", sha256 });
      const presigned = await files.json("GET", `/api/upload_presigned/${encodeKey(key)}?${query}`);
      const { url, headers } = presigned.body as { url: string; headers: Record<string, string> };
      const put = async (file: string, sent: Record<string, string>) => {
        const options = Object.entries(sent).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
        const { stdout } = await curl(["-o", "/dev/null", "-w", "%{http_code}", "-T", file, ...options, url], local);
        return Number(stdout.toString());
      };
      const { "content-length": length, ...others } = headers;
      expect(length).toBe("5");
      expect(await put("longer", others)).toBe(403);
      expect(await put("other", others)).toBe(400);
      expect(await put("file", { ...others, "content-type": "text/html" })).toBe(403);
      expect(await put("file", { "content-type": "text/plain" })).toBe(403);
      expect(await put("file", {})).toBe(403);
      expect((await files.download(key)).status).toBe(404);
      expect(await put("file", others)).toBe(200);
      expect(await put("file", headers)).toBe(200);
    } finally {
      rmSync(local, { recursive: true });
    }
    expect(await (await files.download(key)).text()).toBe("hello");
  });

  it("are not issued for missing files or invalid expiry times", async () => {
    expect((await files.request(`/api/download_presigned/${folder}/nothing`)).status).toBe(404);
    for (const expires of ["0", "-1", "100000", "soon"]) {
      const response = await files.request(`/api/upload_presigned/${folder}/x?expires=${expires}`);
      expect(response.status, expires).toBe(400);
    }
  });
});
