/** Faults: the catalogue, names of parts, the short form, the checks. The engine has apply.ts. */
export { FAULTS, faultsOfPart } from './catalogue.ts';
export { faultProblems } from './check.ts';
export { faultKey } from './kinds.ts';
export { parsePart, partText } from './partNames.ts';
export { faultText, parseFault, parseTimetable, timetableText } from './text.ts';
