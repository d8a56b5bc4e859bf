const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const day = String.raw`(?<day>[ \d]\d)`;
const month = `(?<month>${months.join("|")})`;
const time = String.raw`(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d|60)`;

/** The three forms of RFC 9110, section 5.6.7: the one that is sent, and two obsolete ones that are accepted. */
const forms = [
  new RegExp(String.raw`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), ${day} ${month} (?<year>\d{4}) ${time} GMT$`),
  new RegExp(String.raw`^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ${day}-${month}-(?<year>\d\d) ${time} GMT$`),
  new RegExp(String.raw`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} ${day} ${time} (?<year>\d{4})$`),
];

/**
 * The seconds since the epoch of an HTTP date; NaN for any other text. `Date.parse` accepts texts that are no HTTP
 * dates, whose headers must be ignored.
 *
 * @param now milliseconds since the epoch. A year of two digits is at most 50 years after it.
 */
export function parseHttpDate(text: string, now = Date.now()): number {
  const groups = forms.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (!groups) return Number.NaN;
  const { day = "", month = "", year = "", hour, minute, second } = groups;
  const date = Date.UTC(fullYear(year, now), months.indexOf(month), Number(day), Number(hour), Number(minute));
  // A date such as 31 Feb would continue in the next month.
  return new Date(date).getUTCDate() === Number(day) ? date / 1_000 + Number(second) : Number.NaN;
}

function fullYear(text: string, now: number): number {
  if (text.length === 4) return Number(text);
  const current = new Date(now).getUTCFullYear();
  const year = Math.floor(current / 100) * 100 + Number(text);
  return year > current + 50 ? year - 100 : year;
}
