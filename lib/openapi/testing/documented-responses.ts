import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface MediaType {
  readonly schema?: object;
}

interface DocumentedResponse {
  readonly content?: Readonly<Record<string, MediaType>>;
}

interface DocumentedOperation {
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

/** A response of the API as a client sees it. */
export interface SeenResponse {
  readonly status: number;
  /** Empty for a response without a body. */
  readonly contentType: string;
  readonly text: string;
}

/** Compares responses with the OpenAPI document of the API. */
export class DocumentedResponses {
  readonly #document: OpenApiDocument;
  readonly #ajv = new Ajv2020({ strict: false });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, "document");
  }

  /** @returns what the document does not have; undefined when it describes the response */
  problemOf(method: string, url: string, response: SeenResponse): string | undefined {
    const path = this.#find(method.toLowerCase(), new URL(url, "http://localhost").pathname);
    if (path === undefined) return isUnmatched(response) ? undefined : `${method} ${url} is not documented.`;
    const problem = this.problemOfOperation(path, method, response);
    return problem === undefined ? undefined : `${method} ${url}: ${problem}`;
  }

  /** The same for a path of the document, with its parameters. */
  problemOfOperation(path: string, method: string, { status, contentType, text }: SeenResponse): string | undefined {
    const request = `${method} ${path}`;
    const operation = this.#document.paths[path]?.[method.toLowerCase()];
    if (!operation) return `${request} is not documented.`;
    const response = operation.responses[String(status)];
    if (!response) return `${request} returned ${status}, which is not documented: ${text.slice(0, 500)}`;
    if (text === "") return undefined;
    const type = contentType.split(";")[0]?.trim() ?? "";
    const name = [type, "*/*"].find((candidate) => response.content?.[candidate] !== undefined);
    if (name === undefined) return `${request} returned ${status} with the undocumented type "${type}".`;
    if (response.content?.[name]?.schema === undefined) return undefined;
    const segments = ["paths", path, method.toLowerCase(), "responses", String(status), "content", name, "schema"];
    const validate = this.#validator(`document#/${segments.map(escapePointer).join("/")}`);
    if (validate(JSON.parse(text))) return undefined;
    return `${request} returned ${status} with an undocumented body: ${this.#ajv.errorsText(validate.errors)}: ${text.slice(0, 500)}`;
  }

  /** The most specific path, as API Gateway selects it. */
  #find(method: string, pathname: string): string | undefined {
    const paths = Object.entries(this.#document.paths).filter(([, item]) => item[method] !== undefined);
    return paths
      .map(([path]) => path)
      .filter((path) => patternOf(path).test(pathname))
      .toSorted((one, other) => (specificity(one) < specificity(other) ? 1 : -1))[0];
  }

  #validator(reference: string): ValidateFunction {
    const known = this.#validators.get(reference);
    if (known) return known;
    const validate = this.#ajv.compile({ $ref: reference });
    this.#validators.set(reference, validate);
    return validate;
  }
}

/** The response to a method or an address that the document does not have. */
const isUnmatched = ({ status, contentType }: SeenResponse): boolean =>
  (status === 404 || status === 405) && contentType.startsWith("application/problem+json");

/** `{key}` is the rest of the path, also with slashes. */
const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replaceAll(".", "\\.")
      .replace("{key}", ".+")
      .replace(/\{\w+\}/g, "[^/]+")}$`,
  );

/** Compares segment by segment: literal ones are the most specific, and `{key}` is the least. */
const specificity = (path: string): string =>
  path
    .split("/")
    .map((segment) => (segment === "{key}" ? "1" : segment.startsWith("{") ? "2" : "3"))
    .join("");

const escapePointer = (segment: string): string =>
  encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"));
