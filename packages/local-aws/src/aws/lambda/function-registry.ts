import { join } from "node:path";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import { type Alias, checkWeights } from "./alias.ts";
import { type FunctionConfiguration, functionArn } from "./configuration.ts";
import { parseFunctionName } from "./function-name.ts";
import { type FunctionVersion, LATEST, type ResolvedFunction } from "./function-version.ts";

/** A change of `$LATEST` by the API, not by Terraform. */
interface Change {
  /** JSON of the configuration that Terraform had recorded at that time. */
  readonly recorded: string;
  readonly configuration: FunctionConfiguration;
}

/**
 * Functions, their published versions and their aliases. `$LATEST` comes from Terraform's records at each start.
 * Versions and aliases are stored here: Terraform records only the last version, and not the aliases that the API has
 * updated.
 */
export class FunctionRegistry {
  readonly #latest = new Map<string, FunctionConfiguration>();
  readonly #recorded = new Map<string, FunctionConfiguration>();
  readonly #changes: Journal<Change>;
  readonly #versions: Journal<FunctionConfiguration>;
  readonly #lastNumbers: Journal<number>;
  readonly #aliases: Journal<Alias>;
  readonly #random: () => number;

  /** @param random returns a number from 0 (inclusive) to 1, which selects the version of an alias with weights. */
  constructor(directory: string, random: () => number) {
    this.#changes = new Journal(join(directory, "changes.journal"));
    this.#versions = new Journal(join(directory, "versions.journal"));
    this.#lastNumbers = new Journal(join(directory, "version-numbers.journal"));
    this.#aliases = new Journal(join(directory, "aliases.journal"));
    this.#random = random;
  }

  /** Sets the configuration that Terraform recorded. A later change by the API is kept; an earlier one is discarded. */
  put(configuration: FunctionConfiguration): void {
    const { functionName } = configuration;
    this.#recorded.set(functionName, configuration);
    const change = this.#changes.get(functionName);
    const isLater = change !== undefined && change.recorded === JSON.stringify(configuration);
    if (!isLater) this.#changes.delete(functionName);
    this.#latest.set(functionName, isLater ? change.configuration : configuration);
  }

  /** Changes `$LATEST` by the API; Terraform detects it as drift. */
  change(functionName: string, changes: Partial<FunctionConfiguration>): FunctionConfiguration {
    const configuration = { ...this.version(functionName, LATEST).configuration, ...changes };
    const recorded = JSON.stringify(this.#recorded.get(functionName));
    this.#changes.set(functionName, { recorded, configuration });
    this.#latest.set(functionName, configuration);
    return configuration;
  }

  /** Whether `$LATEST` differs from what Terraform recorded. */
  isChanged(functionName: string): boolean {
    return this.#changes.get(functionName) !== undefined;
  }

  /** Deletes the function with its versions and aliases. */
  delete(functionName: string): void {
    for (const { version } of this.versions(functionName)) this.#versions.delete(key(functionName, version));
    for (const { name } of this.aliases(functionName)) this.#aliases.delete(key(functionName, name));
    this.#lastNumbers.delete(functionName);
    this.#changes.delete(functionName);
    this.#recorded.delete(functionName);
    this.#latest.delete(functionName);
  }

  functions(): FunctionConfiguration[] {
    return [...this.#latest.values()];
  }

  /** Digests of the packages of all functions and versions. */
  packages(): string[] {
    return [...this.functions(), ...this.#versions.values()].map(({ codeSha256 }) => codeSha256);
  }

  /** Published versions, oldest first. */
  versions(functionName: string): FunctionVersion[] {
    return this.#versions
      .entries()
      .filter(([name]) => name.startsWith(`${functionName}:`))
      .map(([name, configuration]) => ({ version: name.slice(functionName.length + 1), configuration }));
  }

  /** Publishes the configuration and returns the version; that of the last one if it has the same configuration. */
  publish(configuration: FunctionConfiguration): string {
    const { functionName } = configuration;
    const last = this.versions(functionName).at(-1);
    if (last && isSame(last.configuration, configuration)) return last.version;
    const number = (this.#lastNumbers.get(functionName) ?? 0) + 1;
    this.#lastNumbers.set(functionName, number);
    this.#versions.set(key(functionName, String(number)), configuration);
    return String(number);
  }

  /**
   * @throws AwsError `ResourceNotFoundException`, or `ResourceConflictException` while an alias points to the version.
   */
  deleteVersion(functionName: string, version: string): void {
    const alias = this.aliases(functionName).find(
      ({ functionVersion, additionalVersionWeights }) =>
        functionVersion === version || version in additionalVersionWeights,
    );
    if (alias) {
      throw new AwsError(
        "ResourceConflictException",
        `Version ${version} is currently referenced by alias ${alias.name} and cannot be deleted.`,
        409,
      );
    }
    if (!this.#versions.delete(key(functionName, version))) throw functionNotFound(functionArn(functionName, version));
  }

  aliases(functionName: string): Alias[] {
    return this.#aliases.values().filter((alias) => alias.functionName === functionName);
  }

  authorizedAlias(functionName: string, name: string): Alias | undefined {
    return this.#aliases.get(key(functionName, name));
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  alias(functionName: string, name: string): Alias {
    const alias = this.authorizedAlias(functionName, name);
    if (alias) return alias;
    const arn = functionArn(functionName, name);
    throw new AwsError("ResourceNotFoundException", `Cannot find alias arn: ${arn}`, 404);
  }

  /**
   * @throws AwsError `ResourceNotFoundException` for a version that is not published, `InvalidParameterValueException`
   *   for invalid weights.
   */
  putAlias(alias: Alias): void {
    for (const version of [alias.functionVersion, ...Object.keys(alias.additionalVersionWeights)]) {
      this.version(alias.functionName, version);
    }
    checkWeights(alias);
    this.#aliases.set(key(alias.functionName, alias.name), alias);
  }

  deleteAlias(functionName: string, name: string): void {
    this.#aliases.delete(key(functionName, name));
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  version(functionName: string, version: string): FunctionVersion {
    const configuration =
      version === LATEST ? this.#latest.get(functionName) : this.#versions.get(key(functionName, version));
    if (!configuration) throw functionNotFound(functionArn(functionName, version === LATEST ? undefined : version));
    return { version, configuration };
  }

  /**
   * The version that an invocation runs. That of an alias with weights is selected at random at each call.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  resolve(reference: string, qualifierArgument?: string): ResolvedFunction {
    const { name, qualifier: ownQualifier } = parseFunctionName(reference);
    const qualifier = qualifierArgument ?? ownQualifier;
    const invokedArn = functionArn(name, qualifier);
    if (!this.#latest.has(name)) throw functionNotFound(invokedArn);
    const alias = qualifier === undefined ? undefined : this.authorizedAlias(name, qualifier);
    const version = alias ? this.#select(alias) : (qualifier ?? LATEST);
    return { ...this.version(name, version), invokedArn, qualifier };
  }

  close(): void {
    this.#changes.close();
    this.#versions.close();
    this.#lastNumbers.close();
    this.#aliases.close();
  }

  #select({ functionVersion, additionalVersionWeights }: Alias): string {
    let rest = this.#random();
    for (const [version, weight] of Object.entries(additionalVersionWeights)) {
      if (rest < weight) return version;
      rest -= weight;
    }
    return functionVersion;
  }
}

export function functionNotFound(arn: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
}

function key(functionName: string, qualifier: string): string {
  return `${functionName}:${qualifier}`;
}

function isSame(one: FunctionConfiguration, other: FunctionConfiguration): boolean {
  const comparable = (configuration: FunctionConfiguration) => JSON.stringify({ ...configuration, lastModified: "" });
  return comparable(one) === comparable(other);
}
