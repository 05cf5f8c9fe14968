/**
 * Names and URIs of assets (datasets in 2.x): what Airflow makes of what was written, and what it
 * refuses. Source: sdk/definitions/asset, datasets/__init__.py; set `assets`.
 */
import type { Profile } from '../profile/index.ts';
import { applySchemeRule } from './assetSchemes.ts';
import { joinUrl, sortedQuery, splitUrl, type SplitUrl, splitUser } from './urlText.ts';

/** Whitespace as Python's str.isspace counts it, beside the file separators U+001C to U+001F. */
const BLANK = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

function isBlank(text: string): boolean {
  const letters = [...text];
  const isSeparator = (letter: string): boolean => letter >= '\u001c' && letter <= '\u001f';
  return letters.length > 0 && letters.every((one) => BLANK.test(one) || isSeparator(one));
}

/**
 * The URI as Airflow stores it, or null when it refuses it (ValueError). `schemes`: those for
 * which a rule is installed.
 */
export function assetUri(
  profile: Profile,
  written: string,
  schemes: ReadonlySet<string>,
): string | null {
  if (profile.assetUriMustBeAscii && !isOldUri(written)) return null;
  const uri = sanitize(profile, written, schemes);
  if (uri === null || uri === '' || isBlank(uri)) return null;
  return lengthOf(uri) <= profile.assetUriMaxLength ? uri : null;
}

/** True when 3.x takes the text as a name, a group or an alias; a group may be empty. */
export function isAssetIdentifier(profile: Profile, text: string): boolean {
  return !isBlank(text) && lengthOf(text) <= profile.assetUriMaxLength;
}

/** True when 3.x takes the text as the name of an asset. */
export function isAssetName(profile: Profile, text: string): boolean {
  return text !== '' && isAssetIdentifier(profile, text) && text !== 'self' && text !== 'context';
}

function sanitize(profile: Profile, text: string, schemes: ReadonlySet<string>): string | null {
  const url = splitUrl(text);
  if (url === null) return null;
  if (url.scheme === '' || url.scheme.startsWith('x-')) return text;
  if (url.scheme === 'airflow') return null;
  const plain: SplitUrl = {
    ...url,
    netloc: withoutSecrets(profile, url.netloc),
    path: url.path.replace(/\/+$/, '') || '/',
    query: sortedQuery(url.query),
    fragment: '',
  };
  if (!schemes.has(plain.scheme)) return joinUrl(plain);
  const fitting = applySchemeRule(plain);
  if (fitting === null && profile.assetSchemeRuleRefuses) return null;
  return joinUrl(fitting ?? plain);
}

function withoutSecrets(profile: Profile, netloc: string): string {
  const { user, host, hasUser } = splitUser(netloc);
  if (!hasUser) return netloc;
  const colon = user.indexOf(':');
  const hasPassword = colon >= 0 && colon < user.length - 1;
  return hasPassword || profile.assetUriDropsAnyUser ? host : netloc;
}

function isOldUri(text: string): boolean {
  return text !== '' && !isBlank(text) && ![...text].some((letter) => letter > '\u007f');
}

/** Length in code points, as Python counts. */
function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
