import { join } from "node:path";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import { type FunctionConfiguration, functionArn } from "./configuration.ts";
import { parseFunctionName } from "./function-name.ts";

export const LATEST = "$LATEST";

export interface FunctionVersion {
  readonly version: string;
  readonly configuration: FunctionConfiguration;
}

/** What was made of `$LATEST` past Terraform. */
interface Change {
  /** JSON of what Terraform had recorded at that time. */
  readonly recorded: string;
  readonly configuration: FunctionConfiguration;
}

export interface Alias {
  readonly functionName: string;
  readonly name: string;
  readonly description: string;
  readonly functionVersion: string;
  /** Share of the invocations, 0 to 1, that goes to another version. */
  readonly additionalVersionWeights: Readonly<Record<string, number>>;
  /** Changes with each update, so that two writers do not overwrite each other unseen. */
  readonly revisionId: string;
}

export interface ResolvedFunction extends FunctionVersion {
  /** As it was asked for, with the qualifier if there was one: the `invokedFunctionArn` of the context. */
  readonly invokedArn: string;
  readonly qualifier: string | undefined;
}

/**
 * Functions, their published versions and their aliases. `$LATEST` comes from Terraform's records at each start; versions and aliases are kept here,
 * because Terraform records neither the versions before the last nor an alias's weights that a release command moved.
 */
export class FunctionRegistry {
  readonly #latest = new Map<string, FunctionConfiguration>();
  readonly #recorded = new Map<string, FunctionConfiguration>();
  readonly #changes: Journal<Change>;
  readonly #versions: Journal<FunctionConfiguration>;
  readonly #lastNumbers: Journal<number>;
  readonly #aliases: Journal<Alias>;
  readonly #random: () => number;

  /** @param random 0 (inclusive) to 1, draws the version behind a weighted alias. */
  constructor(directory: string, random: () => number) {
    this.#changes = new Journal(join(directory, "changes.journal"));
    this.#versions = new Journal(join(directory, "versions.journal"));
    this.#lastNumbers = new Journal(join(directory, "version-numbers.journal"));
    this.#aliases = new Journal(join(directory, "aliases.journal"));
    this.#random = random;
  }

  /** What Terraform recorded. A change that was made past it since stays; one that was made before is over. */
  put(configuration: FunctionConfiguration): void {
    const { functionName } = configuration;
    this.#recorded.set(functionName, configuration);
    const change = this.#changes.get(functionName);
    const isSince = change !== undefined && change.recorded === JSON.stringify(configuration);
    if (!isSince) this.#changes.delete(functionName);
    this.#latest.set(functionName, isSince ? change.configuration : configuration);
  }

  /** Changes `$LATEST` past Terraform. */
  change(functionName: string, changes: Partial<FunctionConfiguration>): FunctionConfiguration {
    const configuration = { ...this.version(functionName, LATEST).configuration, ...changes };
    const recorded = JSON.stringify(this.#recorded.get(functionName));
    this.#changes.set(functionName, { recorded, configuration });
    this.#latest.set(functionName, configuration);
    return configuration;
  }

  /** Whether `$LATEST` is another than Terraform recorded. */
  isChanged(functionName: string): boolean {
    return this.#changes.get(functionName) !== undefined;
  }

  /** Takes the function away with its versions and aliases. */
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

  /** Publishes the configuration, unless it is the same as the last version, which then is the answer, as on Lambda. */
  publish(configuration: FunctionConfiguration): string {
    const { functionName } = configuration;
    const last = this.versions(functionName).at(-1);
    if (last && isSame(last.configuration, configuration)) return last.version;
    const number = (this.#lastNumbers.get(functionName) ?? 0) + 1;
    this.#lastNumbers.set(functionName, number);
    this.#versions.set(key(functionName, String(number)), configuration);
    return String(number);
  }

  /** @throws AwsError `ResourceConflictException` while an alias points to it. */
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
    if (!this.#versions.delete(key(functionName, version))) throw notFound(functionArn(functionName, version));
  }

  aliases(functionName: string): Alias[] {
    return this.#aliases.values().filter((alias) => alias.functionName === functionName);
  }

  alias(functionName: string, name: string): Alias | undefined {
    return this.#aliases.get(key(functionName, name));
  }

  /** @throws AwsError `ResourceNotFoundException` for a version that is not published, and what Lambda says of shares that cannot be. */
  putAlias(alias: Alias): void {
    for (const version of [alias.functionVersion, ...Object.keys(alias.additionalVersionWeights)]) {
      this.version(alias.functionName, version);
    }
    checkShares(alias);
    this.#aliases.set(key(alias.functionName, alias.name), alias);
  }

  deleteAlias(functionName: string, name: string): void {
    this.#aliases.delete(key(functionName, name));
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  version(functionName: string, version: string): FunctionVersion {
    const configuration =
      version === LATEST ? this.#latest.get(functionName) : this.#versions.get(key(functionName, version));
    if (!configuration) throw notFound(functionArn(functionName, version === LATEST ? undefined : version));
    return { version, configuration };
  }

  /**
   * The version that an invocation runs. Behind an alias with weights it is drawn anew at each call.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  resolve(reference: string, qualifierArgument?: string): ResolvedFunction {
    const { name, qualifier: ownQualifier } = parseFunctionName(reference);
    const qualifier = qualifierArgument ?? ownQualifier;
    const invokedArn = functionArn(name, qualifier);
    if (!this.#latest.has(name)) throw notFound(invokedArn);
    const alias = qualifier === undefined ? undefined : this.alias(name, qualifier);
    const version = alias ? this.#draw(alias) : (qualifier ?? LATEST);
    return { ...this.version(name, version), invokedArn, qualifier };
  }

  close(): void {
    this.#changes.close();
    this.#versions.close();
    this.#lastNumbers.close();
    this.#aliases.close();
  }

  #draw({ functionVersion, additionalVersionWeights }: Alias): string {
    let rest = this.#random();
    for (const [version, weight] of Object.entries(additionalVersionWeights)) {
      if (rest < weight) return version;
      rest -= weight;
    }
    return functionVersion;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html: two versions at most, and both published. */
function checkShares({ functionVersion, additionalVersionWeights }: Alias): void {
  const shares = Object.entries(additionalVersionWeights);
  const refuse = (message: string) => new AwsError("InvalidParameterValueException", message);
  if (shares.length > 1) throw refuse("Number of items in AdditionalVersionWeights cannot be greater than 1");
  for (const [version, weight] of shares) {
    if (version === LATEST || functionVersion === LATEST) {
      throw refuse("$LATEST is not supported for an alias pointing to more than 1 version");
    }
    if (version === functionVersion) {
      throw refuse(
        "Invalid function version, the same version cannot be in AdditionalVersionWeights and FunctionVersion",
      );
    }
    if (!(weight >= 0 && weight <= 1)) throw refuse("Weight must be between 0.0 and 1.0");
  }
}

export function notFound(arn: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
}

function key(functionName: string, qualifier: string): string {
  return `${functionName}:${qualifier}`;
}

function isSame(one: FunctionConfiguration, other: FunctionConfiguration): boolean {
  const comparable = (configuration: FunctionConfiguration) => JSON.stringify({ ...configuration, lastModified: "" });
  return comparable(one) === comparable(other);
}
