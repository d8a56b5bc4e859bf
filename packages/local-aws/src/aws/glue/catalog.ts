import { ACCOUNT_ID, arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";

export interface Database {
  readonly name: string;
  readonly description: string;
}

export interface Column {
  readonly name: string;
  /** A type of Hive, such as `string` or `array<int>`. */
  readonly type: string;
  readonly comment: string;
}

export interface Table {
  readonly database: string;
  readonly name: string;
  readonly description: string;
  readonly tableType: string;
  readonly columns: readonly Column[];
  readonly partitionKeys: readonly Column[];
  readonly parameters: Readonly<Record<string, string>>;
  /** `s3://<bucket>/<prefix>` */
  readonly location: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serializationLibrary: string;
  readonly serdeParameters: Readonly<Record<string, string>>;
}

/** The Data Catalog: databases and tables, which Terraform alone creates and changes. */
export class Catalog {
  readonly #databases = new Map<string, Database>();
  readonly #tables = new Map<string, Table>();

  putDatabase(database: Database): void {
    this.#databases.set(database.name, database);
  }

  deleteDatabase(name: string): void {
    this.#databases.delete(name);
    for (const { name: table } of this.tables(name)) this.deleteTable(name, table);
  }

  databases(): Database[] {
    return [...this.#databases.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  findDatabase(name: string): Database | undefined {
    return this.#databases.get(name.toLowerCase());
  }

  /** @throws AwsError `EntityNotFoundException`. */
  database(name: string): Database {
    const database = this.findDatabase(name);
    if (database) return database;
    throw new AwsError("EntityNotFoundException", `Database ${name} not found.`);
  }

  putTable(table: Table): void {
    this.#tables.set(keyOf(table.database, table.name), table);
  }

  deleteTable(database: string, name: string): void {
    this.#tables.delete(keyOf(database, name));
  }

  /** Those of a database, by name. */
  tables(database: string): Table[] {
    return [...this.#tables.values()]
      .filter((table) => table.database === database)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  findTable(database: string, name: string): Table | undefined {
    return this.#tables.get(keyOf(database, name));
  }

  /** @throws AwsError `EntityNotFoundException`. */
  table(database: string, name: string): Table {
    const table = this.findTable(database, name);
    if (table) return table;
    throw new AwsError("EntityNotFoundException", `Entity Not Found (Table ${name} not found in ${database}.)`);
  }
}

/** The resources that the permission for a database concerns. */
export function databaseArns(database: string): string[] {
  return [arn("glue", "catalog"), arn("glue", `database/${database}`)];
}

/** The resources that the permission for a table concerns. */
export function tableArns(database: string, table: string): string[] {
  return [...databaseArns(database), arn("glue", `table/${database}/${table}`)];
}

/** As in hashicorp/aws. */
export const databaseId = (name: string): string => `${ACCOUNT_ID}:${name}`;
export const tableId = (database: string, name: string): string => `${databaseId(database)}:${name}`;

function keyOf(database: string, table: string): string {
  return `${database.toLowerCase()}.${table.toLowerCase()}`;
}
