import 'reflect-metadata';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AssignEntryDto } from '../apps/api/books/entries.dto.ts';

/** An empty Nest POST route, the same body checked by the same class: what the framework costs by itself. */
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
app.useGlobalPipes(
  new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
);
await app.listen(Number(process.env['PORT']), '127.0.0.1');
