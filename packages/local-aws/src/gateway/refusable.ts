import type { AwsService } from "./service.ts";
import { credentialScope } from "./signature.ts";

/** Session keys begin so, the developer's own does not. */
const SESSION_KEY = /^ASIA/;

/** A service that can be told to refuse roles for a while, as AWS does when it is overloaded; the developer's own key, and so Terraform, gets through. */
export class RefusableService implements AwsService {
  readonly signingName: string;
  readonly #service: AwsService;
  #refusing = false;

  constructor(service: AwsService) {
    this.signingName = service.signingName;
    this.#service = service;
  }

  begin(): void {
    this.#refusing = true;
  }

  end(): void {
    this.#refusing = false;
  }

  async handle(...[request, response]: Parameters<AwsService["handle"]>): Promise<void> {
    const signed = { method: request.method ?? "GET", url: request.url ?? "/", headers: request.headers };
    if (!this.#refusing || !SESSION_KEY.test(credentialScope(signed)?.accessKeyId ?? "")) {
      return this.#service.handle(request, response);
    }
    request.resume();
    response
      .writeHead(503, { "content-type": "application/xml" })
      .end("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
  }
}
