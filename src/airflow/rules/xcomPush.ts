/**
 * What becomes of a task's return value when a mapped task waits for it (specification 11, 12):
 * only lists and dicts can be mapped over, up to core.max_map_length.
 */
import type { Profile } from '../profile/index.ts';

export interface PushQuery {
  /** nothing = None; other = a value without a length that can be mapped over, also a text. */
  readonly value: 'nothing' | 'mappable' | 'other';
  /** Items of a mappable value. */
  readonly length: number;
  /** An index of a mapped task may return anything. */
  readonly isMapped: boolean;
  readonly isMappedOver: boolean;
  readonly doXcomPush: boolean;
  /** core.max_map_length */
  readonly maxMapLength: number;
}

export interface PushAnswer {
  /** The value is stored. */
  readonly pushed: boolean;
  /** Length that the scheduler will expand over; null = none was reported. */
  readonly mappedLength: number | null;
  /** Exception that fails the task (with its normal retries). */
  readonly error: string | null;
  /** What the API server says when it refuses the value (3.x). */
  readonly reason: string | null;
}

const MISSING = { pushed: false, mappedLength: null, reason: null };

export function pushReturnValue(profile: Profile, query: PushQuery): PushAnswer {
  const wanted = query.isMappedOver && !query.isMapped;
  if (query.value === 'nothing' || !query.doXcomPush) {
    return { ...MISSING, error: wanted ? 'XComForMappingNotPushed' : null };
  }
  if (!wanted) return { pushed: true, mappedLength: null, error: null, reason: null };
  if (query.value === 'other') return { ...MISSING, error: 'UnmappableXComTypePushed' };
  if (query.length <= query.maxMapLength) {
    return { pushed: true, mappedLength: query.length, error: null, reason: null };
  }
  const reason = profile.serverRefusesLongValues ? 'unmappable_return_value_length' : null;
  return { ...MISSING, error: profile.longValueError, reason };
}
