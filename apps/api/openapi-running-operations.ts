import type { OperationRow } from './openapi-operation.ts';

/** The log is read, in turns. */
const feed = ['TOO_MANY_WAITING', 'REGISTER_UNREADABLE'] as const;

/** What other systems, operators and what watches the service ask. By the method of its controller. */
export const runningOperations: Readonly<Record<string, OperationRow>> = {
  'HealthController.live': { id: 'checkLive' },
  'HealthController.ready': { id: 'checkReady' },
  'HealthController.readyForCommands': { id: 'checkReadyForCommands' },
  'HealthController.readyForReads': { id: 'checkReadyForReads' },
  'MetricsController.metrics': { id: 'getMetrics' },
  'ProjectionsController.list': { id: 'listProjections' },
  'ProjectionsController.events': {
    id: 'watchProjections',
    refusals: ['TOO_MANY_LISTENERS', 'INVALID_HEADER'],
  },
  'FeedController.agency': { id: 'readFeed', refusals: feed },
  'FeedController.agencyEvents': { id: 'watchFeed', refusals: [...feed, 'TOO_MANY_LISTENERS'] },
  'FeedController.every': { id: 'readFeedOfEverything', refusals: feed },
  'FeedController.everyEvents': {
    id: 'watchFeedOfEverything',
    refusals: [...feed, 'TOO_MANY_LISTENERS'],
  },
  'TasksController.ask': {
    id: 'askOfProjections',
    refusals: ['PROJECTION_BUSY', 'NOTHING_TO_ROLL_BACK'],
  },
  'TasksController.list': { id: 'listProjectionTasks' },
  'TasksController.callOff': { id: 'callOffProjectionTask', refusals: ['NOTHING_TO_CALL_OFF'] },
  'TasksController.retry': { id: 'retryProjection', refusals: ['NOTHING_AT_FAULT'] },
  'TasksController.skip': { id: 'skipProjectionEvent', refusals: ['NOTHING_AT_FAULT'] },
};
