import { expect, test } from 'vitest';
import { readPartHead } from './part-head.ts';

const DISPOSITION = 'Content-Disposition: form-data';

/** Heads as the clients write them that people use. */
test.each([
  ['.NET', `Content-Type: text/plain; charset=utf-8\r\n${DISPOSITION}; name=model`],
  ['OpenAI for .NET', `Content-Type: text/plain\r\n${DISPOSITION}; name="model"`],
  [
    'Apache HttpMime',
    `${DISPOSITION}; name="model"\r\nContent-Type: text/plain; charset=ISO-8859-1\r\nContent-Transfer-Encoding: 8bit`,
  ],
  [
    'Retrofit',
    `${DISPOSITION}; name="model"\r\nContent-Transfer-Encoding: binary\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Length: 9`,
  ],
  [
    'Dart',
    `content-type: text/plain; charset=utf-8\r\ncontent-transfer-encoding: binary\r\n${DISPOSITION.toLowerCase()}; name="model"`,
  ],
  ['Python', `${DISPOSITION}; name="model"`],
  ['aiohttp', `Content-Type: text/plain; charset=utf-8\r\n${DISPOSITION}; name="model"\r\nContent-Length: 9`],
  ['curl with a type', `${DISPOSITION}; name="model"\r\nContent-Type: text/plain`],
  ['Guzzle', `${DISPOSITION}; name="model"\r\nContent-Length: 9`],
  ['mail libraries', `MIME-Version: 1.0\r\nContent-Transfer-Encoding: 7bit\r\n${DISPOSITION}; name="model"`],
  ['a trailing semicolon', `${DISPOSITION}; name="model";`],
  ['no white space', 'content-disposition:form-data;name=model'],
])('the model of %s is found', (_client, head) => {
  expect(readPartHead(head)).toEqual({ name: 'model', isModel: true, fault: null });
});

test.each([
  ['.NET', `${DISPOSITION}; name=file; filename=talk.wav; filename*=utf-8''talk.wav`, 'file'],
  [
    '.NET with another alphabet',
    `${DISPOSITION}; name=file; filename="=?utf-8?B?4oKs?="; filename*=utf-8''%E2%82%AC`,
    'file',
  ],
  ['httpx', `${DISPOSITION}; name="file"; filename*=utf-8''ng%C6%B0%E1%BB%9Di.mp3\r\nContent-Type: audio/mpeg`, 'file'],
  ['a browser', `${DISPOSITION}; name="file"; filename="a %22model%22.mp3"\r\nContent-Type: audio/mpeg`, 'file'],
  ['Go', `${DISPOSITION}; name="file"; filename="a \\"b\\".mp3"\r\nContent-Type: application/octet-stream`, 'file'],
  ['curl on Windows', `${DISPOSITION}; name="file"; filename="C:\\\\talks\\\\a.mp3"`, 'file'],
  [
    'Ruby',
    `${DISPOSITION}; name="file"; filename="a.mp3"\r\nContent-Length: 5\r\nContent-Type: audio/mpeg\r\nContent-Transfer-Encoding: binary`,
    'file',
  ],
  ['a mail library', `${DISPOSITION}; name="file"\r\nContent-Transfer-Encoding: base64`, 'file'],
  [
    'a client that says more',
    `${DISPOSITION}; size=5; creation-date="x"; name="timestamp_granularities[]"; x_y.z=1`,
    'timestamp_granularities[]',
  ],
  ['a file called so', `${DISPOSITION}; name="file"; filename="model"`, 'file'],
  [
    'a file with a parameter in its name',
    `${DISPOSITION}; name="file"; filename="a; filename=b; rename=c.mp3"`,
    'file',
  ],
  ['no name', DISPOSITION, null],
  ['an empty name', `${DISPOSITION}; name=""`, null],
  ['nothing but a file', `${DISPOSITION}; filename="a.mp3"`, null],
  ['no disposition', 'Content-Type: text/plain', null],
  ['another disposition', 'Content-Disposition: attachment; filename="a.mp3"', null],
])('a part of %s passes', (_client, head, name) => {
  expect(readPartHead(head)).toEqual({ name, isModel: false, fault: null });
});

test.each([
  ['an encoded name', `${DISPOSITION}; name*=utf-8''model`, '`name*=`'],
  ['an encoded name beside a plain one', `${DISPOSITION}; name="x"; name*=utf-8''model`, '`name*=`'],
  ['a name in pieces', `${DISPOSITION}; name*0=mo; name*1=del`, '`name*=`'],
  ['two names', `${DISPOSITION}; name="x"; name="model"`, 'two names'],
  [
    'a second name in what some take for the end of a text',
    `${DISPOSITION}; name="x"; filename="\\";name=model;x=\\""`,
    'two names',
  ],
  ['a second name in quotes', `${DISPOSITION}; name="x"; filename="a;name=model;b"`, 'two names'],
  ['a name in quotes only', `${DISPOSITION}; filename="; name=model"; Name=x`, 'two names'],
  ['an escaped name', `${DISPOSITION}; name="mod\\el"`, 'escaped'],
  ['a name in the words of mail', `${DISPOSITION}; name="=?utf-8?B?bW9kZWw=?="`, 'encoded'],
  ['a name with an encoded letter', `${DISPOSITION}; name="%6dodel"`, 'read as `model`'],
  ['a padded name', `${DISPOSITION}; name=" model"`, 'read as `model`'],
  ['a quoted name', `${DISPOSITION}; name='model'`, 'read as `model`'],
  ['a list', `${DISPOSITION}; name="model[]"`, 'read as `model`'],
  ['a name without its end', `${DISPOSITION}; name="model`, 'malformed'],
  ['white space around =', `${DISPOSITION}; name = model`, 'malformed'],
  ['no separator', `${DISPOSITION}; filename="a" name="model"`, 'malformed'],
  ['two dispositions', `${DISPOSITION}; name="x"\r\n${DISPOSITION}; name="model"`, 'more than one'],
  ['a model in another disposition', 'Content-Disposition: attachment; name="model"', 'form-data'],
  [
    'a model in base64',
    `${DISPOSITION}; name="model"\r\nContent-Transfer-Encoding: base64`,
    'Content-Transfer-Encoding',
  ],
  [
    'a model in quoted-printable',
    `${DISPOSITION}; name="model"\r\nContent-Transfer-Encoding: quoted-printable`,
    'plain',
  ],
  [
    'a model with two encodings',
    `${DISPOSITION}; name="model"\r\nContent-Transfer-Encoding: 8bit\r\nContent-Transfer-Encoding: base64`,
    'plain',
  ],
  ['a model in gzip', `${DISPOSITION}; name="model"\r\nContent-Encoding: gzip`, 'Content-Encoding'],
  [
    'a model that is a form',
    `${DISPOSITION}; name="model"\r\nContent-Type: multipart/mixed; boundary=C`,
    'a form itself',
  ],
  ['a part that its file names', `${DISPOSITION}; filename="model"`, 'taken for `model`'],
  ['a part that its encoded file names', `${DISPOSITION}; filename*=utf-8''mod%65l`, 'taken for `model`'],
  ['a part with an empty name that its file names', `${DISPOSITION}; name=""; filename="model"`, 'taken for `model`'],
  ['a part that its file in a folder names', `${DISPOSITION}; filename="C:\\a\\model"`, 'taken for `model`'],
  ['a part that its file names, with an escape', `${DISPOSITION}; filename="mo\\del"`, 'taken for `model`'],
  ['a part that its id names', `${DISPOSITION}\r\nContent-ID: <model>`, 'taken for `model`'],
  ['a part that its type names', 'Content-Type: model', 'taken for `model`'],
  ['a line without a name', `${DISPOSITION}; name="x"\r\nmodel`, 'a line of its head'],
  ['a folded line', `${DISPOSITION};\r\n name="model"`, 'a line of its head'],
  ['white space before a colon', 'Content-Disposition : form-data; name="model"', 'a line of its head'],
  ['a bare line feed', `${DISPOSITION}; name="x"\nX: y`, 'a line of its head'],
  ['no head', '', 'a line of its head'],
])('%s is refused, and the reason says why', (_what, head, fault) => {
  expect(readPartHead(head)).toMatchObject({ isModel: false, fault: expect.stringContaining(fault) });
});
