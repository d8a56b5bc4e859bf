/** Values of a resource in the form of Terraform: snake_case names, blocks as arrays of objects, absent as `null`. */
export type Attributes = Record<string, unknown>;

/** The context of a call to a handler. */
export interface ResourceContext {
  readonly account: string;
  readonly region: string;
  /**
   * The configuration as written, including write-only arguments, which neither plan nor state contains. Empty objects
   * outside create and update.
   */
  readonly config: Attributes;
}

/**
 * The formats of the values that AWS generates for a new resource of a type. The generic rules use them for values that
 * the handler does not return.
 */
export interface IdentifierFormats {
  /**
   * The format of the id: the prefix before 17 hexadecimal digits (`vpc` for `vpc-0a1b…`), or a function. Default: the
   * name that the user chose.
   */
  readonly id?: string | ((known: Attributes, randomHex: (digits: number) => string) => string);
  /**
   * The format of the ARN after `arn:aws:`. `:*:` is replaced with region and account, `::@:` with the account of a
   * global service, and `{id}`, `{name}` or any other attribute with its value, or with random digits when it has none.
   * Default: `<service>:*:<type>/{id}`.
   */
  readonly arn?: string;
  /** The ARN is the ID, too. */
  readonly arnIsId?: boolean;
  /**
   * Other attributes whose computed value does not follow from their name. `{id}` and other attributes are replaced
   * with their values, and `{RANDOM}` with 16 random digits. Found by comparing states with those of hashicorp/aws.
   */
  readonly computed?: Readonly<Record<string, string | number>>;
}

/**
 * Everything that is specific to one resource type. All members but the type are optional: a type without a handler is
 * planned, recorded, refreshed, imported and destroyed by the generic rules alone.
 *
 * The lifecycle of the live part is derived from the recorded resources alone: `start` is called after each create,
 * after each update, and for every record, in order of creation, when the local AWS starts again. So the live part
 * stores only its data and no list of resources.
 */
export interface ResourceHandler {
  readonly type: string;
  readonly identifiers?: IdentifierFormats;
  /** The argument that names a file on the machine on which Terraform runs. Handlers receive its absolute path. */
  readonly fileArgument?: string;
  /** The name that AWS keeps unique for this type. Creating a second resource with this name is rejected as on AWS. */
  identity?(attributes: Attributes): string | undefined;
  /**
   * Sets values in the planned state that are known early, or `UNKNOWN` again. Called only when something changes;
   * `prior` is null on create.
   */
  plan?(planned: Attributes, prior: Attributes | null, context: ResourceContext): void;
  /** Creates the resource and returns computed values; the generic rules fill in the others. */
  create?(planned: Attributes, context: ResourceContext): Promise<Attributes> | Attributes;
  /** Changes the resource and returns the computed values that changed. */
  update?(planned: Attributes, prior: Attributes, context: ResourceContext): Promise<Attributes> | Attributes;
  /** Starts the live part of the recorded resource; must be safe to call again with the same or newer values. */
  start?(attributes: Attributes): Promise<void> | void;
  /** The recorded values, updated with the current ones; `null` when the resource no longer exists (drift). */
  read?(attributes: Attributes): Promise<Attributes | null> | Attributes | null;
  /** Deletes the resource. AWS refusals such as `BucketNotEmpty` are an `AwsError`. */
  delete?(attributes: Attributes): Promise<void> | void;
  /**
   * The attributes of an object named by an import ID, if it exists without a record. Recorded objects are found by the
   * generic rules.
   */
  import?(id: string): Promise<Attributes | null> | Attributes | null;
}

export interface DataSourceHandler {
  readonly type: string;
  /** The data source's computed values for this configuration. */
  read(config: Attributes, context: ResourceContext): Promise<Attributes> | Attributes;
}

export interface EphemeralHandler {
  readonly type: string;
  open(config: Attributes, context: ResourceContext): Promise<Attributes> | Attributes;
}

/** What one service folder of `aws/` contributes to the provider. */
export interface TerraformParts {
  readonly resources?: readonly ResourceHandler[];
  readonly dataSources?: readonly DataSourceHandler[];
  readonly ephemerals?: readonly EphemeralHandler[];
}
