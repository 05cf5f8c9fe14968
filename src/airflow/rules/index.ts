/** The pure rules of Airflow: plain data in, plain data out, no clock, no table. */
export * from './relevantIndexes.ts';
export * from './setupScope.ts';
export * from './triggerRule.ts';
export * from './triggerRuleNames.ts';
export * from './upstreamCounts.ts';
export * from './weights.ts';
export * from './wiring.ts';
export * from './retryDelay.ts';
export * from './retryPolicy.ts';
export * from './assetCondition.ts';
export * from './assetNames.ts';
export * from './mapArguments.ts';
export * from './mapLength.ts';
export * from './partialArguments.ts';
export * from './pyValue.ts';
export * from './xcomPush.ts';
