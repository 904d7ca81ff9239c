import type { AsOf, Question, Replays } from '#audit';
import { askerOf } from '../http/asker.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';

/**
 * What a thing was; `field` is where the moment was named. A caller that goes away is not answered, and not worked for.
 * @throws ApiProblem REVISION_NOT_FOUND the stream has not come that far
 * @throws as `Replays.ask`
 */
export async function askAsOf(
  replays: Replays,
  request: ApiRequest,
  question: Question,
  field: 'revision' | 'from' | 'to' = 'revision',
): Promise<AsOf> {
  const answer = await replays.ask(question, askerOf(request));
  const { moment } = question;
  if ('revision' in moment && answer.revision < moment.revision) {
    throw new ApiProblem('REVISION_NOT_FOUND', { field, last: answer.revision });
  }
  return answer;
}
