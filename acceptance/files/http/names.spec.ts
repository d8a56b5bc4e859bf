import { describe, expect, it } from "vitest";
import { encodeKey } from "../../support/files-client.ts";
import { useHttpTable } from "../../support/http-table.ts";

/** RFC 6266 and 8187 (Content-Disposition), and RFC 3986 (URI). */
const { files, folder, put } = useHttpTable();

describe("names", () => {
  it.each([
    ["digits.txt", "digits.txt"],
    ["ü € 日本.txt", "%C3%BC%20%E2%82%AC%20%E6%97%A5%E6%9C%AC.txt"],
    ["quo\"te'(1)*;=%,\\.txt", "quo%22te%27%281%29%2A%3B%3D%25%2C%5C.txt"],
    ["\u202egnp.exe", "%E2%80%AEgnp.exe"],
  ])("RFC 6266 4.3, RFC 8187 3.2: the filename* of %s", async (name, encoded) => {
    await put(name, "x", "text/plain");
    const { headers } = await files.download(`${folder}/${name}`);
    expect(headers.get("content-disposition")).toBe(`inline; filename*=UTF-8''${encoded}`);
  });

  it("RFC 6266 4.3: no filename for a key that ends with a slash", async () => {
    await put("slash/", "x", "text/plain");
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
    const name = await put("ü ~tilde", "equivalent", "text/plain");
    expect(await (await files.request(`/api/files/${encode(name)}`)).text()).toBe("equivalent");
  });
});
