import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { YearFigures } from './figures.dto.ts';
import { yearFigures } from './year-figures.ts';

/** Số liệu: what the registers of a year come to. */
@ApiTags('Phí chứng thực')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class FiguresController {
  constructor(private readonly desk: Desk) {}

  @Get('figures/:year')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Số liệu của các sổ trong năm: từng ngày, từng tháng' })
  @ApiOkResponse({ type: YearFigures })
  year(
    @Param('agency') agency: string,
    @Param('year') year: string,
    @Req() request: ApiRequest,
  ): Promise<YearFigures> {
    if (!/^(19|20)\d{2}$/.test(year)) throw new ApiProblem('NOT_FOUND', {});
    return yearFigures(this.desk.pagesFor(request), { agency, year: Number(year) });
  }
}
