import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Client, credentials } from "@grpc/grpc-js";
import { type CtyType, decode, encode, type ObjectValue } from "../src/provider/cty.ts";
import { type Block, blockType } from "../src/provider/schema.ts";
import { protocol5Client } from "../src/provider/wire/plugin-protocol.ts";

/** go-plugin requires this magic cookie in the environment. Every Terraform provider has the same value. */
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

export interface PlanResult {
  readonly planned: unknown;
  /** First step of each path that forces replacement. */
  readonly replacedBy: readonly string[];
  readonly errors: readonly string[];
}

export interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  /** First step of the path that it concerns. */
  readonly attribute: string | undefined;
}

type Call = (request: object, callback: (error: Error | null, response: never) => void) => void;

/**
 * The released hashicorp/aws, started as by Terraform, to plan and validate single resources. It never connects to AWS.
 */
export class RealProvider {
  readonly #process: ChildProcess;
  readonly #client: Client & Record<string, Call>;

  private constructor(process: ChildProcess, client: Client & Record<string, Call>) {
    this.#process = process;
    this.#client = client;
  }

  /** @param configuration the schema of the provider configuration. */
  static async start(executable: string, configuration: Block): Promise<RealProvider> {
    const child = spawn(executable, [], {
      env: {
        PATH: process.env.PATH,
        TF_PLUGIN_MAGIC_COOKIE: COOKIE,
        PLUGIN_PROTOCOL_VERSIONS: "5",
        TMPDIR: process.env.TMPDIR,
      },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const lines = createInterface({ input: child.stdout });
    const [handshake] = (await once(lines, "line")) as [string];
    const [, , network, address] = handshake.split("|");
    const client = new (protocol5Client())(
      `${network === "unix" ? "unix:" : ""}${address}`,
      credentials.createInsecure(),
      {
        "grpc.max_receive_message_length": -1,
      },
    );
    const provider = new RealProvider(child, client as unknown as Client & Record<string, Call>);
    const config = { msgpack: encode(blockType(configuration), offline(configuration)) };
    await provider.#call("Configure", { terraform_version: "1.11.4", config });
    return provider;
  }

  async plan(typeName: string, type: CtyType, prior: unknown, config: unknown, proposed: unknown): Promise<PlanResult> {
    const response = await this.#call<PlanResponse>("PlanResourceChange", {
      type_name: typeName,
      prior_state: { msgpack: encode(type, prior) },
      proposed_new_state: { msgpack: encode(type, proposed) },
      config: { msgpack: encode(type, config) },
    });
    return {
      planned: decode(type, response.planned_state?.msgpack),
      replacedBy: response.requires_replace.map(({ steps }) => steps[0]?.attribute_name ?? ""),
      errors: response.diagnostics.filter(({ severity }) => severity === "ERROR").map(({ summary }) => summary),
    };
  }

  /** The errors in a configuration. */
  async validate(typeName: string, type: CtyType, config: unknown): Promise<readonly Diagnostic[]> {
    const response = await this.#call<{ diagnostics: readonly WireDiagnostic[] }>("ValidateResourceTypeConfig", {
      type_name: typeName,
      config: { msgpack: encode(type, config) },
    });
    return response.diagnostics
      .filter(({ severity }) => severity === "ERROR")
      .map(({ summary, detail, attribute }) => ({ summary, detail, attribute: attribute?.steps[0]?.attribute_name }));
  }

  stop(): void {
    this.#client.close();
    this.#process.kill();
  }

  #call<Result>(name: string, request: object): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#client[name]?.(request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }
}

/** A provider configuration with which the provider sends no request to AWS. */
function offline(block: Block): ObjectValue {
  return {
    ...Object.fromEntries(Object.keys(block.attributes ?? {}).map((name) => [name, null])),
    ...Object.fromEntries(Object.keys(block.block_types ?? {}).map((name) => [name, []])),
    region: "us-east-1",
    access_key: "none",
    secret_key: "none",
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    skip_requesting_account_id: true,
  };
}

interface PlanResponse {
  readonly planned_state?: { readonly msgpack: Uint8Array };
  readonly requires_replace: readonly { readonly steps: readonly { readonly attribute_name?: string }[] }[];
  readonly diagnostics: readonly WireDiagnostic[];
}

interface WireDiagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: { readonly steps: readonly { readonly attribute_name?: string }[] };
}
