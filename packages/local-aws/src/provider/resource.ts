/** Values of a resource in Terraform's own shape: snake_case names, blocks as arrays of objects, absent as `null`. */
export type Attributes = Record<string, unknown>;

/** The context of a call of a handler. */
export interface ResourceContext {
  readonly account: string;
  readonly region: string;
  /**
   * The configuration as written, with the write-only arguments that neither plan nor state hold. Empty objects outside
   * create and update.
   */
  readonly config: Attributes;
}

/** The values that AWS gives a new resource of a type, and that the generic rules make where a handler does not. */
export interface IdentifierForms {
  /**
   * Of the id: the prefix before 17 hexadecimal digits (`vpc` for `vpc-0a1b…`), or a function. Default: the name that
   * the user chose.
   */
  readonly id?: string | ((known: Attributes, randomHex: (digits: number) => string) => string);
  /**
   * Of the ARN, after `arn:aws:`. `:*:` stands for region and account, `::@:` for the account of a global service,
   * `{id}`, `{name}` and any other attribute are filled in, and an attribute without a value by random digits. Default:
   * `<service>:*:<type>/{id}`.
   */
  readonly arn?: string;
  /** The ARN is the id, too. */
  readonly arnIsId?: boolean;
  /**
   * Other attributes, whose name alone does not say what AWS computes: `{id}` and other attributes are filled in,
   * `{RANDOM}` is 16 random digits. Found by comparing states with those of hashicorp/aws.
   */
  readonly computed?: Readonly<Record<string, string | number>>;
}

/**
 * Everything that is known of one resource type. All members but the type are optional: a type without a handler is
 * planned, recorded, refreshed, imported and destroyed by the generic rules alone.
 *
 * The life of a live part is derived from the recorded resources alone: `start` is called after each create, after each
 * update, and for every record, in order of creation, when the local AWS starts again. So a live part keeps no list of
 * resources of its own, only its data.
 */
export interface ResourceHandler {
  readonly type: string;
  readonly identifiers?: IdentifierForms;
  /** The argument that names a file of the machine on which Terraform runs; handlers get its absolute path. */
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
  /** The live values over the recorded ones; `null` when the resource no longer exists (drift). */
  read?(attributes: Attributes): Promise<Attributes | null> | Attributes | null;
  /** Deletes the resource. AWS refusals such as `BucketNotEmpty` are an `AwsError`. */
  delete?(attributes: Attributes): Promise<void> | void;
  /**
   * The attributes of an object named by an import id, if it exists without a record. Recorded objects are found by the
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
