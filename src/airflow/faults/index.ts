/** Faults: the catalogue, names of parts, the short form, the checks. The engine has apply.ts. */
export { existsIn, FAULTS, faultsOfPart, kindOf } from './catalogue.ts';
export { faultProblems } from './check.ts';
export { faultKey, PART_KINDS } from './kinds.ts';
export type { ArgShape, FaultKind, PartKind } from './kinds.ts';
export { parsePart, partText } from './partNames.ts';
export type { Part, TiName } from './partNames.ts';
export { faultText, parseFault, parseTimetable, timetableText } from './text.ts';
