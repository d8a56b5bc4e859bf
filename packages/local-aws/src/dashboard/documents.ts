import { createHash } from "node:crypto";
import { BASE } from "./guard.ts";

/** The document of every page; the script renders it. */
export function indexDocument(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${BASE}/assets/icon.svg">
<link rel="stylesheet" href="${BASE}/assets/app.css">
<script type="module" src="${BASE}/assets/app.js"></script>
</head>
<body data-title="${escapeHtml(title)}"><noscript>The dashboard needs JavaScript.</noscript></body>
</html>
`;
}

/** Leads on from an address with the token when another site links to it: a redirect would lose the new cookie. */
export const continueDocument = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Opening the dashboard</title>
<meta http-equiv="refresh" content="0;url=${BASE}/"></head>
<body><a href="${BASE}/">Open the dashboard</a></body></html>
`;

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.5rem}
h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0 0 .75rem;opacity:.85}`;

/** For a person who opens the dashboard without the token. */
export function signInDocument(title: string, howToOpen: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body><main>
<h1>Open the dashboard with its own address</h1>
<p>This address lacks the token of the running deployment, or the deployment was started again and has a new one.</p>
<p>${escapeHtml(howToOpen)}</p>
</main></body>
</html>
`;
}

/** Allows the style of {@link signInDocument} and nothing else. */
export const SIGN_IN_POLICY =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
