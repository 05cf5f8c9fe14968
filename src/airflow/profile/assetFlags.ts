/** Differences of assets (datasets in 2.x) (specification 9.10; set `assets`). */
import { flags } from './flag.ts';

export const ASSET_FLAGS = flags({
  assetsHaveNames: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'An asset has a name and a URI and both identify it; a dataset has a URI only.',
    source: 'specification 9.10',
  },
  assetListTakesConditions: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A plain list as schedule may hold expressions; 2.x wants datasets and aliases only.',
    source: 'assets/af2-cond-list-nested-ac',
  },
  assetUriDropsAnyUser: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'User info is dropped from a URI always; 3.x drops it only when it holds a password.',
    source: 'assets/tag uri',
  },
  assetUriMustBeAscii: {
    '2.11.2': true,
    '3.3.2': false,
    why: '3.x allows other letters in names and URIs (except on MySQL).',
    source: 'assets/tag uri',
  },
  assetUriMaxLength: {
    '2.11.2': 3000,
    '3.3.2': 1500,
    why: 'Longest URI; in 3.x the same limit holds for names and groups.',
    source: 'assets/tag uri',
  },
  assetSchemeRuleRefuses: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A URI that breaks the rule of its scheme is refused; 2.x keeps it and warns.',
    source: 'assets/tag with_provider_schemes',
  },
  assetAliasNameChecked: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The name of an alias must be a text that is not blank; 2.x takes anything.',
    source: 'assets/tag alias_name',
  },
});
