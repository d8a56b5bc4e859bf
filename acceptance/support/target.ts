/** Where the tests go. Set by the global set-up, read by every spec through `inject("target")`. */
export interface Target {
  /** `local` also allows the tests that stop parts of the deployment or the whole of it. */
  readonly kind: "local" | "aws";
  /** Of the Files API, without a slash at the end. */
  readonly apiUrl: string;
  readonly username: string;
  readonly password: string;
  /** Of the Shout API, without a slash at the end; undefined where it is not deployed. */
  readonly shoutUrl: string | undefined;
  /** Of the Sum system, as `shoutUrl`. */
  readonly sumUrl: string | undefined;
  /** Of each stage of the Hello API, without a slash at the end; empty where it is not deployed. */
  readonly helloUrls: Readonly<Record<string, string>>;
  /** Of each stage of the Releases system, as `helloUrls`. */
  readonly releasesUrls: Readonly<Record<string, string>>;
  /** Physical names start with it. */
  readonly prefix: string;
  /** For the AWS SDK and CLI: endpoint and key locally; empty against AWS, where the shell's own credentials count. */
  readonly awsVariables: Readonly<Record<string, string>>;
  /** Of a local deployment. */
  readonly dataDirectory: string;
}

declare module "vitest" {
  interface ProvidedContext {
    target: Target;
  }
}
