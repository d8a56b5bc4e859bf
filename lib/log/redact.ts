/**
 * What looks like a credential: access keys of AWS and of the Files API, JSON Web Tokens, values of `Authorization`
 * headers, private keys, passwords in URLs and in assignments.
 */
const CREDENTIALS = [
  /\bA[KS]IA[0-9A-Z]{16}\b/g,
  /\bnvk_[\w-]+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b(?:Basic|Bearer)\s+[\w+/=.~-]{8,}/gi,
  /-----BEGIN [A-Z ]*KEY-[\s\S]*?(?:-END [A-Z ]*-----|$)/g,
  /(?<=\b(?:password|secret|token)["']?\s*[=:]\s*["']?)[^\s"',;]+/gi,
  /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
];

/** Removes the queries of URLs, which may be signatures, and everything that looks like a credential. */
export function redact(text: string): string {
  const withoutQueries = text.replace(/(\bhttps?:\/\/[^\s?#"']*)\?[^\s"']*/gi, "$1?…");
  return CREDENTIALS.reduce((redacted, pattern) => redacted.replace(pattern, "…"), withoutQueries);
}
