import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Processes } from "../../../runtime/processes.ts";
import type { EngineRequest, EngineResponse, EngineResults } from "./protocol.ts";

const PROGRAM = fileURLToPath(new URL("./query-process.ts", import.meta.url));
/** Of DuckDB, in the form of its setting. */
const MEMORY_LIMIT = "512MB";
/** Of the last output that an error message contains, in characters. */
const MAX_OUTPUT = 500;

/** The process was ended by {@link QueryEngine.stop}. */
export class EngineStoppedError extends Error {
  override readonly name = "EngineStoppedError";
}

/** DuckDB in a process of its own, for one query. */
export class QueryEngine {
  readonly #child: ChildProcess;
  #output = "";
  #stopped = false;

  /** @param folder the only one that the process may read. */
  constructor(processes: Processes, folder: string) {
    this.#child = processes.spawn(process.execPath, ["--no-warnings", PROGRAM, folder, MEMORY_LIMIT], {
      cwd: folder,
      env: {},
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.on("data", (bytes: Buffer) => {
      this.#output = `${this.#output}${bytes}`.slice(-MAX_OUTPUT);
    });
  }

  /** One request after the other. @throws Error with the message of DuckDB; EngineStoppedError */
  request<Kind extends EngineRequest["kind"]>(
    request: Extract<EngineRequest, { kind: Kind }>,
  ): Promise<EngineResults[Kind]> {
    return new Promise((resolve, reject) => {
      const child = this.#child;
      const finish = () => {
        child.off("message", onMessage);
        child.off("exit", onExit);
        child.off("error", reject);
      };
      const onExit = () => {
        finish();
        if (this.#stopped) reject(new EngineStoppedError("The query was stopped."));
        else reject(new Error(`The process of the query has ended. ${this.#output}`));
      };
      const onMessage = (response: EngineResponse) => {
        finish();
        if ("error" in response) reject(new Error(response.error));
        else resolve(response.result as EngineResults[Kind]);
      };
      child.once("message", onMessage);
      child.once("exit", onExit);
      child.once("error", reject);
      if (child.exitCode !== null || child.signalCode !== null) onExit();
      else child.send(request, (error) => error && child.exitCode === null && reject(error));
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#child.kill("SIGKILL");
  }
}
