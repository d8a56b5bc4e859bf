/** Validates an argument that is a URL. @returns why it is invalid; undefined if it is valid. */
export function checkUrl(value: string): string | undefined {
  const valid = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  return valid ? undefined : `"${value}" is not a URL that begins with http:// or https://.`;
}
