/** Regions as people know them; Azure's responses contain the short form. */
const names =
  'Australia Central|Australia East|Australia Southeast|Austria East|Belgium Central|Brazil South|Brazil Southeast|Canada Central|' +
  'Canada East|Central India|Central US|Chile Central|China East|China East 2|China North|China North 2|China North 3|' +
  'East Asia|East US|East US 2|France Central|France South|Germany North|Germany West Central|Indonesia Central|' +
  'Israel Central|Italy North|Japan East|Japan West|Korea Central|Korea South|Malaysia West|Mexico Central|' +
  'New Zealand North|North Central US|North Europe|Norway East|Norway West|Poland Central|Qatar Central|' +
  'South Africa North|South Africa West|South Central US|South India|Southeast Asia|Spain Central|Sweden Central|' +
  'Sweden South|Switzerland North|Switzerland West|UAE Central|UAE North|UK South|UK West|US Gov Arizona|US Gov Texas|' +
  'US Gov Virginia|West Central US|West Europe|West India|West US|West US 2|West US 3';

const shortForm = (name: string) => name.toLowerCase().replace(/ /g, '');
const byShortForm = new Map(names.split('|').map((name) => [shortForm(name), name]));

/** `West Europe` for `westeurope`; an unlisted region is named as Azure names it. */
export function regionName(region: string): string {
  return byShortForm.get(shortForm(region)) ?? region;
}
