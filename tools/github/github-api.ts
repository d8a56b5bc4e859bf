import * as v from "valibot";
import { CommandError } from "../command-line/errors.ts";

/** A request to GitHub failed. */
export class GithubApiError extends CommandError {
  override readonly name = "GithubApiError";
  readonly code = "GITHUB_API";
  /** The HTTP status; 0 if no request was sent. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface GithubApiOptions {
  /** Without a trailing slash, such as `https://api.github.com`. */
  readonly url: string;
  readonly token: string;
  /** `<owner>/<repository>` */
  readonly repository: string;
}

const PostSchema = v.object({
  id: v.number(),
  number: v.optional(v.number()),
  body: v.nullish(v.string()),
  user: v.nullish(v.object({ type: v.optional(v.string()) })),
});

/** A comment or an issue. */
export type Post = Readonly<v.InferOutput<typeof PostSchema>>;

/** The issue in the response to its creation. */
export const createdIssue = (response: unknown): Post => v.parse(PostSchema, response);

/** The maximum page size. */
const PAGE = 100;
/** Maximum length of a comment or an issue, in characters. */
export const BODY_LIMIT = 65_536;

/** A client of the REST API of GitHub for one repository: https://docs.github.com/en/rest */
export class GithubApi {
  readonly #options: GithubApiOptions;

  constructor(options: GithubApiOptions) {
    this.#options = options;
  }

  /**
   * @param path relative to the repository, such as `issues/7/comments`.
   * @throws GithubApiError
   */
  async call(method: "GET" | "PATCH" | "POST", path: string, body?: object): Promise<unknown> {
    const { url, token, repository } = this.#options;
    const response = await fetch(`${url}/repos/${repository}/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new GithubApiError(response.status, `GitHub returned ${response.status} for ${method} ${path}: ${text}`);
    }
    return text === "" ? undefined : JSON.parse(text);
  }

  /** The posts of bots on all pages; a post of a user is never treated as one of ours. */
  async botPosts(path: string): Promise<Post[]> {
    const found: Post[] = [];
    for (let page = 1; ; page += 1) {
      const query = `${path.includes("?") ? "&" : "?"}per_page=${PAGE}&page=${page}`;
      const posts = v.parse(v.array(PostSchema), await this.call("GET", `${path}${query}`));
      found.push(...posts.filter(({ user }) => user?.type === "Bot"));
      if (posts.length < PAGE) return found;
    }
  }
}

/**
 * The client for the environment variables of a workflow.
 *
 * @throws GithubApiError if there is no token or no repository.
 */
export function githubApi(variables: Readonly<Record<string, string | undefined>>): GithubApi {
  const {
    GITHUB_API_URL: url = "https://api.github.com",
    GITHUB_TOKEN: token,
    GITHUB_REPOSITORY: repository,
  } = variables;
  if (!token || !repository) {
    throw new GithubApiError(0, "Set GITHUB_TOKEN and GITHUB_REPOSITORY (owner/repository), as workflows do.");
  }
  return new GithubApi({ url, token, repository });
}
