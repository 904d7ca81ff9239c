import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AssignEntryDto } from '../apps/api/books/entries.dto.ts';
import { validationPipe } from '../apps/api/http/fields/validation.ts';

/** An empty Nest POST route with the same body validation: what the framework costs by itself. */
@Controller()
class EmptyController {
  @Post('empty')
  take(@Body() body: AssignEntryDto): { dossier: string } {
    return { dossier: body.dossier };
  }
}

@Module({ controllers: [EmptyController] })
class EmptyModule {}

const app = await NestFactory.create(EmptyModule, { logger: false });
app.useGlobalPipes(validationPipe());
await app.listen(Number(process.env['PORT']), '127.0.0.1');
