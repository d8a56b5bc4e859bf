import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readTar } from "../processes/tar.ts";
import { DockerfileError, parseDockerfile } from "./dockerfile.ts";
import { buildImage } from "./image.ts";

const text = `FROM node:24
ENV NODE_ENV=production
WORKDIR /app
COPY index.mjs /app/index.mjs
USER node
ENTRYPOINT ["node", "/app/index.mjs"]
`;
const context = { "index.mjs": Buffer.from("hello") };

describe("a Dockerfile", () => {
  it.each(["RUN npm ci", "COPY --from=build /a /b", "COPY a b c", "ADD a b"])(
    "is rejected with the instruction %s",
    (line) => {
      expect(() => parseDockerfile(`FROM x\n${line}\nENTRYPOINT ["node"]`)).toThrow(DockerfileError);
    },
  );

  it("must have an entry point", () => {
    expect(() => parseDockerfile("FROM x\n")).toThrow("ENTRYPOINT");
  });
});

describe("an image", () => {
  it("has the same bytes for the same program, and different ones for another", async () => {
    const build = (program: string) => buildImage(parseDockerfile(text), { "index.mjs": Buffer.from(program) });
    expect(await build("one")).toEqual(await build("one"));
    expect((await build("one")).manifest).not.toBe((await build("two")).manifest);
  });

  it("identifies each blob by its digest, and contains the files at the paths of the Dockerfile", async () => {
    const { manifest, blobs } = await buildImage(parseDockerfile(text), context);
    for (const { digest, content } of blobs) {
      expect(digest).toBe(`sha256:${createHash("sha256").update(content).digest("hex")}`);
      expect(manifest).toContain(digest);
    }
    const [config, layer] = blobs.map(({ content }) => content);
    const files = await readTar(gunzipSync(layer ?? new Uint8Array()));
    expect(files.map(({ path, content }) => [path, Buffer.from(content).toString()])).toEqual([
      ["app/index.mjs", "hello"],
    ]);
    expect(JSON.parse(Buffer.from(config ?? []).toString()).config).toEqual({
      User: "node",
      WorkingDir: "/app",
      Env: ["NODE_ENV=production"],
      Entrypoint: ["node", "/app/index.mjs"],
    });
  });

  it("requires every file that the Dockerfile copies", async () => {
    await expect(buildImage(parseDockerfile(text), {})).rejects.toThrow("no index.mjs");
  });
});
