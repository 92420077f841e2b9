import { expect, it } from 'vitest';
import { createSseParser, type ServerEvent } from './sse';

function parse(...chunks: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const feed = createSseParser((e) => events.push(e));
  chunks.forEach(feed);
  return events;
}

it('reads events however they are cut', () => {
  const events = parse(
    ': hello\n\neve',
    'nt: dossier\r',
    '\ndata: {"a"',
    ':1}\r\n\r\nid: 7\ndata: x\ndata: y\n\n',
  );
  expect(events).toEqual([
    { event: 'dossier', data: '{"a":1}', id: undefined },
    { event: 'message', data: 'x\ny', id: '7' },
  ]);
});

it('says nothing of an unfinished event', () => {
  expect(parse('event: dossier\ndata: 1\n')).toEqual([]);
});
