import type { Server } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { EngineServer } from "./engine-server.ts";

/** The part of the API that is used here; the package has no type declarations. */
type Dynalite = (options: {
  readonly path: string;
  readonly createTableMs: number;
  readonly deleteTableMs: number;
  readonly updateTableMs: number;
}) => Server;

/**
 * Starts Dynalite, an implementation of DynamoDB on LevelDB, in this process: for platforms without a build of
 * Dynoxide.
 */
export async function startDynalite(directory: string, port: number): Promise<EngineServer> {
  const dynalite = createRequire(import.meta.url)("dynalite") as Dynalite;
  const server = dynalite({ path: join(directory, "tables"), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const ended = new Promise<void>((resolve) => server.once("close", resolve));
  return {
    ended,
    async stop() {
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}
