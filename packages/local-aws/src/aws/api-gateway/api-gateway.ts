import { randomBytes } from "node:crypto";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import { HttpApis, type HttpApisOptions } from "./http-apis.ts";
import { apiGatewayTerraform } from "./terraform/index.ts";

export interface ApiGatewayOptions extends HttpApisOptions {
  /** Creates an ID of this length: lower case letters and digits, as in API Gateway. */
  readonly newId?: (length: number) => string;
}

/** HTTP APIs of API Gateway, each on a loopback port of its own, which it keeps across restarts. */
export class ApiGateway {
  readonly terraform: TerraformParts;
  readonly #apis: HttpApis;

  constructor({ newId = randomId, ...options }: ApiGatewayOptions) {
    this.#apis = new HttpApis(options);
    this.terraform = apiGatewayTerraform({ apis: this.#apis, newId });
  }

  close(): Promise<void> {
    return this.#apis.close();
  }
}

function randomId(length: number): string {
  return Array.from(randomBytes(length), (byte) => (byte % 36).toString(36)).join("");
}
