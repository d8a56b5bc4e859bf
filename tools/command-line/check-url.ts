/** For arguments that are URLs. @returns what is wrong with the value. */
export function checkUrl(value: string): string | undefined {
  const valid = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  return valid ? undefined : `"${value}" is not a URL that begins with http:// or https://.`;
}
