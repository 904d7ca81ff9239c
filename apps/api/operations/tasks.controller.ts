import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  allProjections,
  askFor,
  callOff,
  projectionsNamed,
  ReadModels,
  readTasks,
  retryFaults,
  skipEvent,
  type Projection,
} from '#projections';
import { derivedId } from '../derived-id.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { TheCall, type Call } from '../http/call.ts';
import { KeyHeader } from '../http/document/openapi.ts';
import { contextOf, type ApiRequest } from '../http/request.ts';
import { taskRow } from './projection-rows.ts';
import { AskTasksDto, DecidedEvents, DecideDto, SkipDto, TaskList } from './tasks.dto.ts';

const names = allProjections.map(({ name }) => name);

/** @throws ApiProblem NOT_FOUND */
function projectionOf(name: string): Projection {
  if (!names.includes(name)) throw new ApiProblem('NOT_FOUND', {});
  return projectionsNamed([name])[0] as Projection;
}

/** What was done stands among the records of access, beside what is looked at. */
function operatorOf(request: ApiRequest): { readonly account: string; readonly name: string } {
  request.isOperation = true;
  const { actor } = contextOf(request);
  return { account: actor.account, name: actor.name };
}

/**
 * What `ops rebuild`, `rollback`, `verify`, `repair`, `retry` and `skip` do, for operators' own tools.
 * Whoever runs the read model does it, in whatever process; this one only asks.
 */
@ApiTags('Vận hành')
@ApiBearerAuth()
@Controller('v1/projections')
export class TasksController {
  constructor(private readonly models: ReadModels) {}

  @Post('tasks')
  @HttpCode(202)
  @Requires('projections.write')
  @KeyHeader()
  @ApiOperation({ summary: 'Dựng lại, quay về bản trước, đối chiếu hoặc sửa các bảng đọc' })
  @ApiAcceptedResponse({ type: TaskList })
  async ask(
    @Body() { kind, projections, reason }: AskTasksDto,
    @TheCall() { request, response }: Call,
  ): Promise<TaskList> {
    const { account, name } = operatorOf(request);
    const { idempotencyKey, requestHash = null } = contextOf(request);
    const idOf = (projection: Projection): string =>
      derivedId(idempotencyKey, 'task', projection.name, account).slice(0, 32);
    const asked = projectionsNamed(projections);
    const asking = { kind, by: { account, name, reason }, idOf, requestHash };
    const tasks = await askFor(this.models.readStore, asked, asking);
    response.location(`/v1/projections/${asked[0]?.name}/tasks`);
    const items = tasks.map((task, index) => ({
      projection: asked[index]?.name ?? '',
      ...taskRow(task),
    }));
    return { items };
  }

  @Get(':projection/tasks')
  @Requires('projections.read')
  @ApiOperation({ summary: 'Những việc đã yêu cầu với một bảng đọc, mới nhất trước' })
  @ApiOkResponse({ type: TaskList })
  async list(@Param('projection') projection: string): Promise<TaskList> {
    const { current, past } = await readTasks(this.models.readStore, projectionOf(projection));
    const all = current ? [current, ...past] : past;
    return { items: all.map((task) => ({ projection, ...taskRow(task) })) };
  }

  @Post(':projection/call-off')
  @HttpCode(200)
  @Requires('projections.write')
  @ApiOperation({
    summary: 'Dừng việc đang chờ hoặc đang làm, kể cả việc dựng lại do tiến trình khác bắt đầu',
  })
  @ApiOkResponse({ type: TaskList })
  async callOff(
    @Param('projection') projection: string,
    @Req() request: ApiRequest,
  ): Promise<TaskList> {
    await callOff(this.models.readStore, projectionOf(projection), operatorOf(request).account);
    return this.list(projection);
  }

  @Post(':projection/retry')
  @HttpCode(200)
  @Requires('projections.write')
  @ApiOperation({ summary: 'Thử lại những gì đã dừng hoặc để riêng' })
  @ApiOkResponse({ type: DecidedEvents })
  async retry(
    @Param('projection') projection: string,
    @Body() { reason }: DecideDto,
    @Req() request: ApiRequest,
  ): Promise<DecidedEvents> {
    const deciding = { reason, account: operatorOf(request).account };
    const { readStore } = this.models;
    return { events: await retryFaults(readStore, projectionOf(projection), deciding) };
  }

  @Post(':projection/skip')
  @HttpCode(200)
  @Requires('projections.write')
  @ApiOperation({ summary: 'Bỏ qua hẳn một sự kiện lỗi; những gì để riêng sau nó được đọc tiếp' })
  @ApiOkResponse({ type: DecidedEvents })
  async skip(
    @Param('projection') projection: string,
    @Body() { reason, position }: SkipDto,
    @Req() request: ApiRequest,
  ): Promise<DecidedEvents> {
    const deciding = { reason, position, account: operatorOf(request).account };
    const { readStore } = this.models;
    return { events: [await skipEvent(readStore, projectionOf(projection), deciding)] };
  }
}
