import { once } from "node:events";
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { Processes } from "../../../runtime/processes.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { asUnprivilegedUser, type Command } from "./unprivileged-user.ts";

/** The superuser that RDS reserves for itself. */
const SUPERUSER = "rdsadmin";

/** Name of the file that overrides the settings below. */
export const PARAMETER_FILE = "parameter-group.conf";

/** Defaults of RDS. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html */
const SETTINGS = `
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%t:%r:%u@%d:[%p]:'
include_if_exists = '${PARAMETER_FILE}'
`;

/** The master user of an instance. */
export interface Master {
  readonly username: string;
  readonly password: string;
}

/** A PostgreSQL data directory (database cluster), which no server may use during these calls. */
export class PostgresCluster {
  readonly directory: string;
  readonly #binaries: PostgresBinaries;
  readonly #processes: Processes;

  constructor(directory: string, binaries: PostgresBinaries, processes: Processes) {
    this.directory = directory;
    this.#binaries = binaries;
    this.#processes = processes;
  }

  /**
   * Creates the data directory with the roles and databases of a new RDS instance. The operation is atomic and replaces
   * an existing directory.
   *
   * @param superuserPassword password of `rdsadmin`, which is not stored elsewhere.
   */
  async create(master: Master, database: string | undefined, superuserPassword: string): Promise<void> {
    const temporary = `${this.directory}.new`;
    const passwordFile = `${this.directory}.password`;
    mkdirSync(dirname(this.directory), { recursive: true });
    rmSync(temporary, { recursive: true, force: true });
    try {
      writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
      await this.#initialize(temporary, passwordFile);
    } finally {
      rmSync(passwordFile, { force: true });
    }
    appendFileSync(join(temporary, "postgresql.conf"), SETTINGS);
    await this.#executeIn(temporary, initialStatements(master, database));
    rmSync(this.directory, { recursive: true, force: true });
    renameSync(temporary, this.directory);
  }

  async setPassword({ username, password }: Master): Promise<void> {
    await this.#executeIn(this.directory, [`ALTER ROLE ${identifier(username)} PASSWORD ${literal(password)}`]);
  }

  async #initialize(directory: string, passwordFile: string): Promise<void> {
    const options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"];
    const user = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
    await this.#run([this.#binaries.initdb, [`--pgdata=${directory}`, ...user, ...options]], "");
  }

  /** Executes statements, each of which must be a single line, in single-user mode. */
  async #executeIn(directory: string, statements: readonly string[]): Promise<void> {
    const output = await this.#run(
      [this.#binaries.postgres, ["--single", "-D", directory, "postgres"]],
      statements.map((statement) => `${statement}\n`).join(""),
    );
    // In single-user mode PostgreSQL continues after an error and exits with 0.
    const error = /^.*(ERROR|FATAL|PANIC): .*$/m.exec(output)?.[0];
    if (error !== undefined) throw new Error(`PostgreSQL could not be set up: ${error}`);
  }

  /** @returns the output of the program on stderr. */
  async #run(command: Command, input: string): Promise<string> {
    const [program, args] = asUnprivilegedUser(command);
    const child = this.#processes.spawn(program, args, { stdio: ["pipe", "ignore", "pipe"], detached: true });
    if (!child.stdin || !child.stderr) throw new Error(`${program} could not be started`);
    child.stdin.end(input);
    const [output, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    if (code !== 0) throw new Error(`${command[0]} failed with code ${code}: ${output}`);
    return output;
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html */
function initialStatements({ username, password }: Master, database: string | undefined): string[] {
  const master = identifier(username);
  return [
    "CREATE ROLE rds_superuser",
    "GRANT pg_monitor, pg_signal_backend, pg_checkpoint TO rds_superuser WITH ADMIN OPTION",
    "CREATE ROLE rds_iam",
    `CREATE ROLE ${master} LOGIN CREATEDB CREATEROLE PASSWORD ${literal(password)}`,
    `GRANT rds_superuser, rds_iam TO ${master} WITH ADMIN OPTION`,
    `ALTER DATABASE postgres OWNER TO ${master}`,
    ...(database === undefined || database === "postgres"
      ? []
      : [`CREATE DATABASE ${identifier(database)} OWNER ${master}`]),
  ];
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
