// @rc-ex/core sends a fax, pictures and a note to a colleague, keeps a template, rings out, and is kept from texting somebody
// who said STOP; @ringcentral/sdk reads several messages at once, pages through all of them, and refreshes once for many
// requests.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import RingCentral from '@rc-ex/core';
import {SDK} from '@ringcentral/sdk';
import {colleague, control, person, ready, step, until} from './common.mjs';

const application = {server: ready.base_url, clientId: ready.client_id, clientSecret: ready.client_secret};
const rc = new RingCentral(application);
await rc.authorize({jwt: person.jwt});
const me = rc.restapi().account().extension();
const outside = {phoneNumber: '+14155550125'};

const document = {filename: 'a.txt', content: 'Thirty bars, bent', contentType: 'text/plain'};
const fax = await me.fax().post({to: [outside], faxResolution: 'High', attachments: [document]});
assert.equal(fax.messageStatus, 'Queued');
const rendered = await me.messageStore(String(fax.id)).content(String(fax.attachments[0].id)).get();
assert.ok(rendered.length > 500);
step('sends a fax and reads it back as it was rendered');

// A file is what it is, byte for byte, whatever the SDK wraps around it.
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const faxes = async () => (await (await fetch(`${ready.control_url}/ledger`)).json()).entries.filter(one => one.kind === 'Fax');
const scan = Buffer.from(Array.from({length: 70000}, (_, place) => (place * 31) % 256));
const files = [
  {filename: 'one.psd', content: scan, contentType: 'application/octet-stream'},
  {filename: 'two.txt', content: 'Revised\r\n', contentType: 'text/plain'},
];
await control('/fax-failures', {number: '+14155550128', error: 'NoAnswer', times: 1});
const failing = await me.fax().post({
  to: [{phoneNumber: '+14155550128', name: 'Kim Lee'}], faxResolution: 'Low', coverIndex: 2, coverPageText: 'As agreed', attachments: files,
});
assert.deepEqual([failing.faxResolution, failing.coverIndex, failing.faxPageCount], ['Low', 2, 0]);
const settledFax = async id => until('the end of the fax', async () => {
  const message = await me.messageStore(String(id)).get();
  return message.messageStatus !== 'Queued' && message;
});
const failed = await settledFax(failing.id);
assert.deepEqual([failed.messageStatus, failed.to[0].faxErrorCode], ['SendingFailed', 'NoAnswer']);
const left = (await faxes()).at(-1);
assert.deepEqual(left.files.map(one => [one.name, one.sha256]), files.map(one => [one.filename, sha256(one.content)]));
assert.equal(left.fax.note, 'As agreed');
step('sends two files as one fax, which arrive as they were and fail as ordered');

const address = '/restapi/v1.0/account/~/extension/~/fax';
const again = (await rc.post(address, {originalMessageId: String(failing.id)})).data;
assert.equal((await settledFax(again.id)).messageStatus, 'Sent');
assert.equal((await faxes()).at(-1).fax.original_message_id, String(failing.id));
await assert.rejects(rc.post(address, {originalMessageId: String(again.id)}), /MSG-343/);
step('sends the failed fax again without its files');

const later = await me.fax().post({to: [outside], sendTime: new Date(Date.now() + 3600e3).toISOString(), attachments: [document]});
await me.messageStore(String(later.id)).delete();
assert.equal((await me.messageStore(String(later.id)).get()).availability, 'Deleted');
const covers = await rc.restapi().dictionary().faxCoverPage().get();
assert.equal(covers.records.length, 14);
step('calls a fax for later back and lists the cover pages');

const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
const picture = {filename: 'a.png', content: bytes, contentType: 'image/png'};
const mms = await me.mms().post({from: {phoneNumber: person.phone_number}, to: [outside], text: 'Look', attachments: [picture]});
const sent = mms.attachments.find(one => one.type === 'MmsAttachment');
const content = await rc.get(sent.uri, undefined, {responseType: 'arraybuffer'});
assert.deepEqual(Buffer.from(content.data), bytes);
step('sends a picture, which comes back byte for byte');

const note = await me.companyPager().post({to: [{extensionNumber: colleague.number}], text: 'Coffee?'});
assert.equal(note.type, 'Pager');
step('sends a note to a colleague');

const template = await me.messageStoreTemplates().post({displayName: 'On our way', body: {text: 'Half an hour'}});
const kept = await me.messageStoreTemplates().list({scope: 'Personal'});
assert.ok(kept.records.some(one => one.id === template.id && one.body.text === 'Half an hour'));
await me.messageStoreTemplates(template.id).delete();
step('keeps a text template and throws it away');

const ringing = await me.ringOut().post({from: outside, to: {phoneNumber: '+14155550126'}, playPrompt: false});
assert.equal(ringing.status.callStatus, 'InProgress');
assert.equal((await me.ringOut(ringing.id).get()).id, ringing.id);
await me.ringOut(ringing.id).delete();
await assert.rejects(me.ringOut(ringing.id).get(), /404/);
step('rings out and cancels');

await control('/texts', {from: '+14155550127', to: person.phone_number, text: 'STOP'});
const stopped = {phoneNumber: '+14155550127'};
const blocked = await me.sms().post({from: {phoneNumber: person.phone_number}, to: [stopped], text: 'Still there?'});
const settled = await until('the delivery report', async () => {
  const message = await me.messageStore(String(blocked.id)).get();
  return message.messageStatus !== 'Queued' && message;
});
assert.equal(settled.deliveryErrorCode, 'SMS-RC-413');
const consents = (await rc.get('/restapi/v2/accounts/~/sms/consents', {to: stopped.phoneNumber})).data;
assert.equal(consents.records[0].source, 'Recipient');
step('is kept from texting somebody who said STOP');

const sdk = new SDK({...application, cachePrefix: 'sending-'});
const platform = sdk.platform();
await platform.login({jwt: person.jwt});
const store = '/restapi/v1.0/account/~/extension/~/message-store';
const several = await platform.get(`${store}/${fax.id},${mms.id},111`);
const parts = await sdk.client().multipart(several);
assert.deepEqual(parts.map(part => part.status), [200, 200, 404]);
assert.equal((await parts[1].json()).type, 'SMS');
assert.match(await sdk.client().error(parts[2], true), /not found/);
step('takes a 207 apart');

const ids = new Set();
let page = await (await platform.get(store, {dateFrom: '2020-01-01T00:00:00Z', perPage: 1000})).json();
const total = page.paging.totalElements;
for (;;) {
  page.records.forEach(one => ids.add(one.id));
  if (!page.navigation.nextPage) break;
  page = await (await platform.get(page.navigation.nextPage.uri)).json();
}
assert.equal(ids.size, total);
step(`pages through all ${total} messages`);

const refreshes = async () => {
  const {requests} = await (await fetch(`${ready.control_url}/requests`)).json();
  return requests.filter(one => one.operation === 'getToken').length;
};
await control('/tokens/expire', {});
const before = await refreshes();
await Promise.all([1, 2, 3, 4].map(() => platform.get('/restapi/v1.0/account/~/extension/~')));
assert.equal((await refreshes()) - before, 1);
step('refreshes once for four requests with an expired token');

await platform.logout();
process.exit(0);
