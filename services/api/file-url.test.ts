import fc from "fast-check";
import { expect, it } from "vitest";
import { parseObjectKey } from "../../lib/keys/object-key.ts";
import { routes as docsRoutes } from "../docs/routes.ts";
import { routes as pageRoutes } from "../ui/routes.ts";
import { routes as userRoutes } from "../users/routes.ts";
import { fileUrl } from "./file-url.ts";
import { routes } from "./routes.ts";

const BASE = "https://nv-demo.nv.lfc.sh";

it.each([
  ["file2", "/file2"],
  ["a b/c+d%2B.txt", "/a%20b/c%2Bd%252B.txt"],
  ["ünï/日本", "/%C3%BCn%C3%AF/%E6%97%A5%E6%9C%AC"],
  ["folder/", "/folder/"],
  ["health", "/api/files/health"],
  ["health/report", "/api/files/health/report"],
  ["healthy", "/healthy"],
  ["ui/index.html", "/api/files/ui/index.html"],
  ["docs", "/api/files/docs"],
  ["api", "/api/files/api"],
  ["api/list", "/api/files/api/list"],
  ["api/files/x", "/api/files/api/files/x"],
  ["apis/x", "/apis/x"],
])("is for %s the path %s", (key, path) => {
  expect(fileUrl(BASE, key)).toBe(BASE + path);
});

it("is the address of the same key, and of no other route of the API, for any key", () => {
  const allRoutes = [...routes, ...userRoutes, ...pageRoutes, ...docsRoutes];
  const paths = allRoutes.filter(({ path }) => path !== "/{key+}").map(({ path }) => path.slice(1));
  const segment = fc.oneof(
    fc.constantFrom("api", "health", "ui", "docs", "files", "list", "me", "users", "a", "", "%", "+", " ", "é"),
    fc.string({ unit: "grapheme", maxLength: 3 }),
  );
  const key = fc
    .oneof(
      fc.constantFrom(...paths),
      fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")),
    )
    .filter((text) => {
      try {
        return parseObjectKey(text) !== "";
      } catch {
        return false;
      }
    });
  const isLiteralRoute = (path: string): boolean =>
    paths.some((route) => {
      const pattern = route.replace(/\{\w+\+\}/, ".+").replace(/\{\w+\}/g, "[^/]+");
      return !route.startsWith("api/files/") && new RegExp(`^${pattern}$`, "s").test(path);
    });
  fc.assert(
    fc.property(key, (text) => {
      const path = new URL(fileUrl(BASE, text)).pathname.slice(1);
      expect(isLiteralRoute(path)).toBe(false);
      expect(decodeURIComponent(path.replace(/^api\/files\//, ""))).toBe(text);
    }),
  );
});
