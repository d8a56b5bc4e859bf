import { join, sep } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Modules that a dependency loads and no service uses, with what takes their place. Each is a part of `pg`, which is
 * CommonJS, so esbuild cannot remove what is not used.
 */
const unusedModules: Readonly<Record<string, string>> = {
  // The driver by libpq, which needs the package pg-native.
  "pg/lib/native/index.js": "module.exports = {};",
  // Reads the password file of psql; services have the password from a secret.
  "pgpass/lib/index.js": "module.exports = {};",
  // Parses URLs of databases; services have a host and a port.
  "pg-connection-string/index.js": "module.exports = {};",
  // SCRAM with channel binding, which is off by default and which RDS does not require.
  "pg/lib/crypto/cert-signatures.js": "module.exports = {};",
  // Parses rows in the binary format; `pg` requests text by default.
  "pg-types/lib/binaryParsers.js": "exports.init = () => {};",
  // Parses columns; lib/database/column-types.ts does.
  "pg-types/lib/textParsers.js": "exports.init = () => {};",
  "pg-types/lib/arrayParser.js": "module.exports = {};",
  // Detects Cloudflare Workers, and otherwise opens these sockets.
  "pg/lib/stream.js":
    'module.exports = { getStream: () => new (require("net").Socket)(), getSecureStream: require("tls").connect };',
  // The names of the types' numbers, for the callers of `pg`.
  "pg-types/lib/builtins.js": "module.exports = {};",
};

const paths = Object.entries(unusedModules).map(([path, contents]) => [join("node_modules", path), contents] as const);

/** Replaces the modules that no service uses. */
export const withoutUnusedModules: Plugin = {
  name: "unused-modules",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]node_modules[/\\]p(g|ostgres-)/ }, ({ path }) => {
      const [, contents] = paths.find(([end]) => path.endsWith(`${sep}${end}`)) ?? [];
      return contents === undefined ? undefined : { contents, loader: "js" };
    });
  },
};
