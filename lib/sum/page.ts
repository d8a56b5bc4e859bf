import { createHash } from "node:crypto";
import type { HttpError } from "../http/http-error.ts";
import type { HttpResponse } from "../http/response.ts";
import { Html, html } from "../server/html.ts";
import styles from "./browser/styles/index.css?bundle";

/** The pages of the system, each served by one of its services. */
const pages = [
  { path: "/adder_service", name: "Add" },
  { path: "/display_service", name: "Display" },
  { path: "/reset_service", name: "Reset" },
] as const;

export interface PageContent {
  /** Undefined for a page that is not in the navigation. */
  readonly path?: "/" | (typeof pages)[number]["path"];
  readonly title: string;
  readonly main: Html;
  /** An ES module, which runs after the page has been parsed. */
  readonly script?: string;
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const STYLE_HASH = hash(styles);

/** A self-contained page. Its policy allows only the style sheet and the script that it contains. */
export function renderPage({ path, title, main, script }: PageContent): HttpResponse {
  const policy = [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    "img-src data:",
    ...(script === undefined ? [] : [`script-src ${hash(script)}`, "connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Sum</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%231d4fd8'/%3E%3Cpath d='M5 4h6v2M5 4l3 4-3 4h6v-2' fill='none' stroke='%23fff' stroke-width='1.5'/%3E%3C/svg%3E">
<style>${new Html(styles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="bar"><div>
<a class="brand" href="/">Sum</a>
<nav aria-label="Services"><ul>
${pages.map((link) => html`<li><a href="${link.path}" data-name="${link.name}"${new Html(link.path === path ? ' aria-current="page"' : "")}>${link.name}</a></li>`)}
</ul></nav>
</div></header>
<main id="main" tabindex="-1">
${main}
</main>
${script !== undefined && new Html(`<script type="module">${script}</script>`)}
</body>
</html>
`;
  return {
    statusCode: 200,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy.join("; ") },
    body: document.text,
  };
}

/** The page that a browser shows for an error. */
export const errorPage = ({ status, message, headers }: HttpError): HttpResponse => {
  const title = status === 404 ? "Page not found" : status < 500 ? "Invalid request" : "Not available at the moment";
  const response = renderPage({
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${message}</p>
<p><a class="button" href="/">Go to the home page</a></p>`,
  });
  return { ...response, statusCode: status, headers: { ...headers, ...response.headers } };
};
